"""The board of today, the line, what was delivered, and what was sold."""

from __future__ import annotations

from datetime import date
from math import ceil

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Section
from factory.db.session import reading, transaction
from factory.kernel.money import ZERO
from factory.kernel.time import month_of, now, today
from factory.kernel.words import language, mark
from factory.reports import coat, queries
from factory.reports import deliveries as promised
from factory.reports import line as seats
from factory.reports import margins as brought
from factory.reports import quality as days
from factory.reports import reconcile as coats
from factory.reports.domain import NET_MINUTES, PACE_DAYS
from factory.reports.forecast import HISTORY_DAYS, Forecast
from factory.reports.selling import (
    Selling,
    month_so_far,
    selling,
    selling_sheet,
    sold_through,
    through_csv,
)
from factory.security.domain import Permission
from factory.till import service as till
from factory.till.forms.firms import CostForm
from factory.web.asides import Aside
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import download, page, see_other
from factory.web.tiles import Group, Tile

CSV = "text/csv"
bp = Blueprint("reports", __name__, url_prefix="/board")
bp.add_app_template_filter(ceil, "round_up")
bp.add_app_template_filter(brought.exactly, "exactly")
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
    return download(selling_sheet(report), name, CSV)


@bp.get("/sold/through.csv")
@allow(Permission.SEE_SALES)
def through_sheet() -> ResponseReturnValue:
    """How far each coat has sold, as a file for a spreadsheet."""
    with reading() as session:
        data = through_csv(sold_through(session))
    return download(data, f"sold-through-{today().isoformat()}.csv", CSV)


def _chosen() -> Selling:
    with reading() as session:
        return selling(session, *_days())


def _days() -> tuple[date, date]:
    first, last = month_so_far(today())
    first = as_day(request.args.get("first", "")) or first
    last = as_day(request.args.get("last", "")) or last
    return min(first, last), max(first, last)


@bp.route("/margins", methods=["GET", "POST"])
@allow(Permission.SEE_SALES)
def margins() -> ResponseReturnValue:
    """Show what each style brings beyond its cost; enter what its materials cost."""
    form, styles = CostForm.sent(), _styles()
    form.style.choices = [(number, f"{number} {name}") for number, name in styles.items()]
    if form.ok():
        with form.catching(), transaction() as session:
            style, cost = form.style.data, form.cost.data or ZERO
            till.enter_material_cost(session, style, cost, by=actor(), at=now())
            return see_other("reports.margins", mark("The cost is kept."))
    first, last = _days()
    with reading() as session:
        found = brought.margins(session, first, last)
    shown = {"found": found, "styles": styles, "first": first, "last": last}
    return page("reports/margins.html", form=form, source=brought.source, **shown)


@bp.get("/margins.csv")
@allow(Permission.SEE_SALES)
def margins_sheet() -> ResponseReturnValue:
    """The same figures as a file for a spreadsheet."""
    first, last = _days()
    with reading() as session:
        data = brought.margins_sheet(brought.margins(session, first, last), _styles())
    return download(data, f"margins-{first.isoformat()}-{last.isoformat()}.csv", CSV)


@bp.get("/margins/<number>")
@allow(Permission.SEE_SALES)
def margin(number: str) -> ResponseReturnValue:
    """Show line by line what the cloth and trims of a style cost, and by which rolls."""
    _, last = _days()
    with reading() as session:
        found = brought.explained(session, number, last)
    return page("reports/margin.html", found=found, last=last)


def _styles() -> dict[str, str]:
    with reading() as session:
        return {each.number: each.called(language()) for each in catalogue.styles(session)}
