"""Where the pages of the door are hung in."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("security", __name__)
