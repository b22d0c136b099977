"""The room's blueprint, into which every place hangs its pages."""

from flask import Blueprint

bp = Blueprint("production", __name__)
