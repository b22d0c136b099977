"""Pages of the law book: its figures, the public holidays, what was entered here and by whom."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.law.book import FIRST_DAY
from factory.law.shown import shown
from factory.lawbook import queries, service
from factory.lawbook.forms import FigureForm, HolidayForm, WhyForm
from factory.security.domain import Permission
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other
from factory.web.tiles import Group, Tile

bp = Blueprint("lawbook", __name__, url_prefix="/law")
bp.add_app_template_filter(shown, "amounts")
TILES = (Tile("lawbook.book", mark("Law book"), Permission.APPROVE_LAW, Group.PEOPLE, "ledger"),)
ENTERED = mark("It is entered. It holds once a second person has approved it.")


@bp.get("/")
@allow(Permission.APPROVE_LAW)
def book() -> ResponseReturnValue:
    """Show every figure as it holds on a day, with article and source."""
    day = max(as_day(request.args.get("on", "")) or today(), FIRST_DAY)
    with reading() as session:
        fields = queries.figures(session, day)
        missing = queries.missing(session, day)
        waiting = queries.waiting(session)
    return page("lawbook/book.html", fields=fields, missing=missing, waiting=waiting, day=day)


@bp.get("/figures/<name>")
@allow(Permission.APPROVE_LAW)
def figure(name: str) -> ResponseReturnValue:
    """Show a figure's history."""
    with reading() as session:
        found = queries.figure(session, name)
    return page("lawbook/figure.html", found=found)


@bp.route("/figures/<name>/new", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def enter(name: str) -> ResponseReturnValue:
    """Enter a new value of a figure."""
    with reading() as session:
        found = queries.figure(session, name)
    if not found.may_be_entered:
        raise NotFound("figure", name)
    form = FigureForm.of(found.newest)
    if form.ok():
        with form.catching(), transaction() as session:
            number = service.enter(session, form.to_figure(today()), by=actor(), at=now())
            return see_other("lawbook.entry", ENTERED, number=number)
    return page("lawbook/enter.html", form=form, found=found)


@bp.get("/holidays")
@allow(Permission.APPROVE_LAW)
def holidays() -> ResponseReturnValue:
    """Show the public holidays of a year, printed and decreed."""
    year = _year(request.args.get("year", ""))
    with reading() as session:
        found = queries.holidays(session, year)
    return page("lawbook/holidays.html", found=found, year=year, first=FIRST_DAY.year)


@bp.route("/holidays/new", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def decree() -> ResponseReturnValue:
    """Enter a day that was decreed a public holiday."""
    form = HolidayForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            number = service.enter(session, form.to_day(), by=actor(), at=now())
            return see_other("lawbook.entry", ENTERED, number=number)
    return page("lawbook/decree.html", form=form)


@bp.get("/entries")
@allow(Permission.APPROVE_LAW)
def entries() -> ResponseReturnValue:
    """Show everything that was ever entered, with who and when."""
    with reading() as session:
        found = queries.entries(session)
        titles = queries.titles(session)
    return page("lawbook/entries.html", found=found, titles=titles)


@bp.get("/entries/<int:number>")
@allow(Permission.APPROVE_LAW)
def entry(number: int) -> ResponseReturnValue:
    """Show an entry beside what held until then."""
    with reading() as session:
        found = queries.shown_entry(session, number)
    own = found.entry.entered.is_by(actor())
    return page("lawbook/entry.html", found=found, entry=found.entry, own=own)


@bp.post("/entries/<int:number>/approve")
@allow(Permission.APPROVE_LAW)
def approve(number: int) -> ResponseReturnValue:
    """Approve what somebody else entered."""
    with transaction() as session:
        service.approve(session, number, by=actor(), at=now())
    return see_other("lawbook.entry", mark("It is approved and holds from now on."), number=number)


@bp.route("/entries/<int:number>/refuse", methods=["GET", "POST"])
@allow(Permission.APPROVE_LAW)
def refuse(number: int) -> ResponseReturnValue:
    """Say why an entry is not approved."""
    form = WhyForm.sent()
    with reading() as session:
        found = queries.shown_entry(session, number)
    if form.ok():
        with form.catching(), transaction() as session:
            service.refuse(session, number, form.reason.data, by=actor(), at=now())
            return see_other("lawbook.entry", mark("It is not approved."), number=number)
    return page("lawbook/why.html", form=form, found=found, refusing=True)


@bp.route("/entries/<int:number>/take-back", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def take_back(number: int) -> ResponseReturnValue:
    """Ask to take back what holds."""
    form = WhyForm.sent()
    with reading() as session:
        found = queries.shown_entry(session, number)
    if form.ok():
        with form.catching(), transaction() as session:
            asked = service.take_back(session, number, form.reason.data, by=actor(), at=now())
            return see_other("lawbook.entry", ENTERED, number=asked)
    return page("lawbook/why.html", form=form, found=found, refusing=False)


def _year(text: str) -> int:
    found = as_day(f"{text}-01-01") or today()
    return max(date(found.year, 1, 1), FIRST_DAY).year
