"""The board of today, the line, what was delivered, and what was sold."""

from __future__ import annotations

from math import ceil

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from factory.catalogue.domain import Section
from factory.db.session import reading
from factory.kernel.time import month_of, now, today
from factory.kernel.words import mark
from factory.reports import coat, queries
from factory.reports import deliveries as promised
from factory.reports import line as seats
from factory.reports import quality as days
from factory.reports import reconcile as coats
from factory.reports.domain import NET_MINUTES, PACE_DAYS
from factory.reports.forecast import HISTORY_DAYS, Forecast
from factory.reports.selling import Selling, month_so_far, selling, selling_sheet
from factory.security.domain import Permission
from factory.web.asides import Aside
from factory.web.forms import as_day
from factory.web.guard import allow
from factory.web.responses import download, page
from factory.web.tiles import Group, Tile

bp = Blueprint("reports", __name__, url_prefix="/board")
bp.add_app_template_filter(ceil, "round_up")
TILES = (
    Tile("reports.board", mark("Board"), Permission.SEE_BOARD, Group.FLOOR, "board"),
    Tile("reports.line", mark("The line"), Permission.SEE_BOARD, Group.FLOOR, "people"),
    Tile("reports.how", coat.TITLE, Permission.SEE_BOARD, Group.HOUSE, "coat"),
    Tile("reports.quality", mark("Quality"), Permission.SEE_REPORTS, Group.ORDERS, "inspect"),
    Tile("reports.deliveries", mark("Deliveries"), Permission.SEE_REPORTS, Group.ORDERS, "truck"),
    Tile("reports.reconcile", mark("Every coat"), Permission.SEE_REPORTS, Group.ORDERS, "coat"),
    Tile("reports.sold", mark("What was sold"), Permission.SEE_SALES, Group.SHOP, "ledger"),
)


def _ahead(number: str) -> Forecast | None:
    """When an order will be finished, for its own page."""
    with reading() as session:
        return queries.look_ahead(session, at=now()).forecasts.get(number)


ASIDES = (Aside("orders.order", Permission.SEE_ORDERS, "reports/_forecast.html", _ahead),)


@bp.get("/")
@allow(Permission.SEE_BOARD)
def board() -> ResponseReturnValue:
    """Show today: work in hand, output, who is in, orders at risk."""
    with reading() as session:
        found = queries.board(session, at=now())
    return page("reports/board.html", board=found, pace_days=PACE_DAYS, history_days=HISTORY_DAYS)


@bp.get("/wall")
@allow(Permission.SEE_BOARD)
def wall() -> ResponseReturnValue:
    """Today against plan and takt, for a screen on the wall; no names."""
    with reading() as session:
        found = queries.board(session, at=now())
    return page("reports/wall.html", board=found)


@bp.get("/line")
@allow(Permission.SEE_BOARD)
def line() -> ResponseReturnValue:
    """Who works at which step on a day, and how evenly a coat's minutes are spread."""
    day, asked = as_day(request.args.get("day", "")), request.args.get("section", "")
    section = Section(asked) if asked in set(Section) else Section.SEWING
    with reading() as session:
        found = seats.lines(session, day, section, today())
    return page("reports/line.html", found=found, sections=tuple(Section), minutes=NET_MINUTES)


@bp.get("/deliveries")
@allow(Permission.SEE_REPORTS)
def deliveries() -> ResponseReturnValue:
    """What was promised for a month, and what of it went out whole and in time."""
    first = as_day(f"{request.args.get('month', '')}-01") or today()
    with reading() as session:
        found = promised.deliveries(session, month_of(first), today())
    return page("reports/deliveries.html", found=found)


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
