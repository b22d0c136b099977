"""The board of today."""

from __future__ import annotations

from math import ceil

from flask import Blueprint
from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.reports import quality as days
from factory.reports import queries
from factory.reports import reconcile as coats
from factory.reports.domain import PACE_DAYS
from factory.security.domain import Permission
from factory.web.guard import allow
from factory.web.responses import page
from factory.web.tiles import Group, Tile

bp = Blueprint("reports", __name__, url_prefix="/board")
bp.add_app_template_filter(ceil, "round_up")
TILES = (
    Tile("reports.board", mark("Board"), Permission.SEE_BOARD, Group.FLOOR, "board"),
    Tile("reports.quality", mark("Quality"), Permission.SEE_REPORTS, Group.ORDERS, "inspect"),
    Tile("reports.reconcile", mark("Every coat"), Permission.SEE_REPORTS, Group.ORDERS, "coat"),
)


@bp.get("/")
@allow(Permission.SEE_BOARD)
def board() -> ResponseReturnValue:
    """Show today: work in hand, output, who is in, orders at risk."""
    with reading() as session:
        found = queries.board(session, at=now())
    return page("reports/board.html", board=found, pace_days=PACE_DAYS)


@bp.get("/quality")
@allow(Permission.SEE_REPORTS)
def quality() -> ResponseReturnValue:
    """Faults, coats right the first time and efficiency by day, and what is wrong most often."""
    with reading() as session:
        found = days.quality(session, today())
    return page("reports/quality.html", found=found)


@bp.get("/coats")
@allow(Permission.SEE_REPORTS)
def reconcile() -> ResponseReturnValue:
    """Where every coat of the open orders is; red where a rule does not hold."""
    with reading() as session:
        found = coats.reconciliation(session)
    return page("reports/reconcile.html", found=found, figures=coats.FIGURES)
