"""The board of today, and what was sold."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.reports import coat, queries
from factory.reports import quality as days
from factory.reports import reconcile as coats
from factory.reports.domain import PACE_DAYS
from factory.reports.selling import Selling, month_so_far, selling, selling_sheet
from factory.security.domain import Permission
from factory.web.forms import as_day
from factory.web.guard import allow
from factory.web.responses import download, page
from factory.web.tiles import Group, Tile

bp = Blueprint("reports", __name__, url_prefix="/board")
bp.add_app_template_filter(ceil, "round_up")
TILES = (
    Tile("reports.board", mark("Board"), Permission.SEE_BOARD, Group.FLOOR, "board"),
    Tile("reports.how", coat.TITLE, Permission.SEE_BOARD, Group.HOUSE, "coat"),
    Tile("reports.quality", mark("Quality"), Permission.SEE_REPORTS, Group.ORDERS, "inspect"),
    Tile("reports.reconcile", mark("Every coat"), Permission.SEE_REPORTS, Group.ORDERS, "coat"),
    Tile("reports.sold", mark("What was sold"), Permission.SEE_SALES, Group.SHOP, "ledger"),
)


@bp.get("/")
@allow(Permission.SEE_BOARD)
def board() -> ResponseReturnValue:
    """Show today: work in hand, output, who is in, orders at risk."""
    with reading() as session:
        found = queries.board(session, at=now())
    return page("reports/board.html", board=found, pace_days=PACE_DAYS)


@bp.get("/wall")
@allow(Permission.SEE_BOARD)
def wall() -> ResponseReturnValue:
    """Today against plan and takt, for a screen on the wall; no names."""
    with reading() as session:
        found = queries.board(session, at=now())
    return page("reports/wall.html", board=found)


@bp.get("/how")
@allow(Permission.LOOK_AROUND)
def how() -> ResponseReturnValue:
    """How a coat is made, in two languages, for whoever visits."""
    with reading() as session:
        found = coat.way(session)
    return page("reports/how.html", way=found, title=coat.both(coat.TITLE))


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


@bp.get("/sold")
@allow(Permission.SEE_SALES)
def sold() -> ResponseReturnValue:
    """Show what was sold from one day to another; without days, in this month so far."""
    return page("reports/sold.html", report=_chosen())


@bp.get("/sold.csv")
@allow(Permission.SEE_SALES)
def sold_sheet() -> ResponseReturnValue:
    """The same figures as a file for a spreadsheet."""
    report = _chosen()
    name = f"sold-{report.first.isoformat()}-{report.last.isoformat()}.csv"
    return download(selling_sheet(report), name, "text/csv")


def _chosen() -> Selling:
    first, last = month_so_far(today())
    first = as_day(request.args.get("first", "")) or first
    last = as_day(request.args.get("last", "")) or last
    with reading() as session:
        return selling(session, min(first, last), max(first, last))
