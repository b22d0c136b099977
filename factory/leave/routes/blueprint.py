"""Where the pages of leave hang."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("leave", __name__, url_prefix="/leave")
