"""Pay runs, payslips with their reasons, and one's own payslips."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import months_later, now, today
from factory.kernel.words import mark
from factory.law.book import FIRST_DAY
from factory.payroll import documents, service
from factory.payroll.explain import NOTICES, name_of, show_decimal, show_quantity
from factory.people import queries as people
from factory.printing.service import pdf_of
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import inline, page, see_other
from factory.web.tiles import Group, Tile

bp = Blueprint("payroll", __name__, url_prefix="/pay")
TILES = (
    Tile("payroll.runs", mark("Pay runs"), Permission.RUN_PAYROLL, Group.PEOPLE, "money"),
    Tile("payroll.mine", mark("My pay"), Permission.SEE_OWN_WORK, Group.PEOPLE, "money"),
)
MONTHS_SHOWN = 12
WORDS = {
    "name_of": name_of,
    "show_quantity": show_quantity,
    "show_decimal": show_decimal,
    "notices": NOTICES,
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
    """Show a month's pay, what must be settled first."""
    on = _month(month)
    with reading() as session:
        found = service.run(session, on)
    return page("payroll/run.html", run=found, month=month, **WORDS)


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
    """Show a payslip with every line's reason."""
    with reading() as session:
        worker = people.worker_numbered(session, number)
        found = service.entry(session, worker, _month(month))
    paper = url_for("payroll.paper", month=month, number=number)
    return page("payroll/payslip.html", entry=found, month=month, paper=paper, hide=None, **WORDS)


@bp.get("/<month>/<int:number>.pdf")
@allow(Permission.RUN_PAYROLL)
def paper(month: str, number: int) -> ResponseReturnValue:
    """Give a payslip as PDF."""
    with reading() as session:
        worker = people.worker_numbered(session, number)
        found = service.entry(session, worker, _month(month))
    sheet = documents.payslip(found, _month(month))
    return inline(pdf_of(sheet), f"payslip-{month}-{number}.pdf", "application/pdf")


@bp.get("/mine")
@allow(Permission.LOOK_AROUND)
def mine() -> ResponseReturnValue:
    """Go to one's own pay of this month."""
    return redirect(url_for("payroll.my_payslip", month=f"{today():%Y-%m}"), code=303)


@bp.get("/mine/<month>")
@allow(Permission.LOOK_AROUND)
def my_payslip(month: str) -> ResponseReturnValue:
    """Show her own payslip, this month's so far; at a shared screen only after her PIN."""
    me = actor()
    if me.worker is None or not me.with_pin:
        asked = url_for("payroll.my_payslip", month=month)
        return redirect(url_for("security.pin", next=asked), code=303)
    with reading() as session:
        worker = people.worker(session, me.worker)
        found = service.entry(session, worker, _month(month))
    hide = url_for("security.start")
    return page("payroll/payslip.html", entry=found, month=month, paper=None, hide=hide, **WORDS)


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise NotFound("month", text) from None
