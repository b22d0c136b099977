"""Pay runs, payslips with their reasons, and one's own payslips."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import months_later, now, today
from factory.kernel.words import mark
from factory.law.articles import cite
from factory.law.book import FIRST_DAY
from factory.payroll import documents, explain, queries, service
from factory.payroll.forms import PrintForm
from factory.people import queries as people
from factory.people.domain import Worker
from factory.printing import queries as printing
from factory.printing.service import pdf_of
from factory.security.domain import Permission
from factory.web.forms import as_day
from factory.web.guard import actor, allow
from factory.web.responses import inline, page, see_other
from factory.web.tiles import Group, Tile

bp = Blueprint("payroll", __name__, url_prefix="/pay")
TILES = (
    Tile("payroll.runs", mark("Pay runs"), Permission.RUN_PAYROLL, Group.PEOPLE, "money"),
    Tile("payroll.my_pieces", mark("My pieces"), Permission.SEE_OWN_WORK, Group.PEOPLE, "needle"),
    Tile("payroll.mine", mark("My pay"), Permission.SEE_OWN_WORK, Group.PEOPLE, "money"),
)
MONTHS_SHOWN = 12
PRINTED = mark("The payslip is on its way to the printer: {place}.")
WORDS = {
    "name_of": explain.name_of,
    "show_quantity": explain.show_quantity,
    "show_decimal": explain.show_decimal,
    "calculation": explain.calculation,
    "input_words": explain.input_words,
    "remark": explain.remark,
    "cite": cite,
}


@bp.get("/")
@allow(Permission.RUN_PAYROLL)
def runs() -> ResponseReturnValue:
    """List the months whose pay can be looked at."""
    return page("payroll/runs.html", months=_months())


def _months() -> list[date]:
    this = today().replace(day=1)
    months = (months_later(this, -back) for back in range(MONTHS_SHOWN))
    return [month for month in months if month >= FIRST_DAY]


@bp.get("/<month>")
@allow(Permission.RUN_PAYROLL)
def run(month: str) -> ResponseReturnValue:
    """Show a month's pay: what must be settled first, and what differs from last month."""
    on = _month(month)
    with reading() as session:
        found = queries.comparison(session, on)
    return page("payroll/run.html", comparison=found, run=found.run, month=month, **WORDS)


@bp.post("/<month>/approve")
@allow(Permission.APPROVE_PAYROLL)
def approve(month: str) -> ResponseReturnValue:
    """Freeze and lock a month's pay."""
    with transaction() as session:
        service.approve(session, _month(month), by=actor(), at=now())
    return see_other("payroll.run", mark("The pay of this month is approved."), month=month)


@bp.get("/<month>/<int:number>")
@allow(Permission.RUN_PAYROLL)
def payslip(month: str, number: int) -> ResponseReturnValue:
    """Show a payslip with every line's reason; she sees who looked."""
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        found = service.look(session, worker, _month(month), by=actor(), at=now())
    return page(
        "payroll/payslip.html",
        entry=found,
        month=month,
        paper=url_for("payroll.paper", month=month, number=number),
        press=url_for("payroll.print_slip", month=month, number=number),
        form=PrintForm(),
        earlier=(),
        hide=False,
        **WORDS,
    )


@bp.get("/<month>/<int:number>.pdf")
@allow(Permission.RUN_PAYROLL)
def paper(month: str, number: int) -> ResponseReturnValue:
    """Give a payslip as PDF; she sees who looked."""
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        found = service.look(session, worker, _month(month), by=actor(), at=now())
    sheet = documents.payslip(found, _month(month))
    return inline(pdf_of(sheet), f"payslip-{month}-{number}.pdf", "application/pdf")


@bp.post("/<month>/<int:number>/print")
@allow(Permission.RUN_PAYROLL)
def print_slip(month: str, number: int) -> ResponseReturnValue:
    """Print a payslip on the slip printer."""
    with reading() as session:
        worker = people.worker_numbered(session, number)
    place = _print(worker, month)
    return see_other(
        "payroll.payslip", PRINTED, values={"place": place}, month=month, number=number
    )


def _print(worker: Worker, month: str) -> str:
    """Put a payslip into the outbox; gives the place of its printer."""
    event = PrintForm.sent().to_event_id()
    with transaction() as session:
        job = service.print_slip(
            session, worker, _month(month), event_id=event, by=actor(), at=now()
        )
        return printing.job(session, job).place


# What is her own


@bp.get("/mine")
@allow(Permission.LOOK_AROUND)
def mine() -> ResponseReturnValue:
    """Go to one's own pay of this month."""
    return redirect(url_for("payroll.my_payslip", month=f"{today():%Y-%m}"), code=303)


@bp.get("/mine/pieces")
@allow(Permission.LOOK_AROUND)
def my_pieces() -> ResponseReturnValue:
    """Show her own pieces of today and of this month; at a shared screen only after her PIN."""
    if not _is_open():
        return _ask_pin(url_for("payroll.my_pieces"))
    with reading() as session:
        worker = people.worker(session, actor().worker)
        found = queries.my_pieces(session, worker, today())
    return page("payroll/pieces.html", found=found)


@bp.get("/mine/<month>")
@allow(Permission.LOOK_AROUND)
def my_payslip(month: str) -> ResponseReturnValue:
    """Show her own payslip, this month's so far; at a shared screen only after her PIN."""
    if not _is_open():
        return _ask_pin(url_for("payroll.my_payslip", month=month))
    with reading() as session:
        worker = people.worker(session, actor().worker)
        found = queries.entry(session, worker, _month(month))
        earlier = queries.payslips_of(session, worker)
    return page(
        "payroll/payslip.html",
        entry=found,
        month=month,
        paper=None,
        press=url_for("payroll.print_mine", month=month),
        form=PrintForm(),
        earlier=earlier,
        hide=True,
        **WORDS,
    )


@bp.post("/mine/<month>/print")
@allow(Permission.LOOK_AROUND)
def print_mine(month: str) -> ResponseReturnValue:
    """Print her own payslip; at a shared screen only after her PIN."""
    if not _is_open():
        return _ask_pin(url_for("payroll.my_payslip", month=month))
    with reading() as session:
        worker = people.worker(session, actor().worker)
    place = _print(worker, month)
    return see_other("payroll.my_payslip", PRINTED, values={"place": place}, month=month)


def _is_open() -> bool:
    """Whether whoever stands here has shown that it is she."""
    me = actor()
    return me.worker is not None and me.with_pin


def _ask_pin(after: str) -> ResponseReturnValue:
    return redirect(url_for("security.pin", next=after), code=303)


def _month(text: str) -> date:
    month = as_day(f"{text}-01")
    if month is None or month < FIRST_DAY:
        raise NotFound("month", text)
    return month
