"""The blueprint of the clock, into which each part hangs its pages."""

from flask import Blueprint

bp = Blueprint("timeclock", __name__, url_prefix="/clock")
