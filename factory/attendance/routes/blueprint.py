"""The blueprint of the days, into which each part hangs its pages."""

from flask import Blueprint

bp = Blueprint("attendance", __name__, url_prefix="/days")
