"""Where the pages of papers and printers hang."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("printing", __name__, url_prefix="/printing")
