"""The blueprint of pay, into which each part hangs its pages."""

from flask import Blueprint

bp = Blueprint("payroll", __name__, url_prefix="/pay")
