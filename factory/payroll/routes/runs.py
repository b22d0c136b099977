"""Pay runs, and payslips with their reasons for whoever runs pay."""

from __future__ import annotations

from datetime import date

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import months_later, now, today
from factory.kernel.words import mark, say, show_month
from factory.law.book import FIRST_DAY
from factory.payroll import queries, service
from factory.payroll.forms import ApproveForm, PrintForm
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.places import place_of
from factory.payroll.routes.shown import (
    PRINTED,
    WORDS,
    corrected_by,
    give_to_printer,
    month_in,
    put_right,
)
from factory.people import queries as people
from factory.printing.service import pdf_of
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.parts import all_done, going_on
from factory.web.responses import inline, page, see_other
from factory.web.tiles import Reminder, Waiting

MONTHS_SHOWN = 12
AT_ONCE = 100
"""People calculated in one transaction: so long other writers wait."""
CALCULATING = mark("Pay is being calculated")
CALCULATED = mark("Calculated. Please look at it.")
APPROVED = mark("The pay of this month is approved.")


@bp.get("/")
@allow(Permission.RUN_PAYROLL)
def runs() -> ResponseReturnValue:
    """List the months whose pay can be looked at."""
    with reading() as session:
        lines = queries.month_lines(session, _months(session))
    return page("payroll/runs.html", lines=lines, this=today().replace(day=1))


def _months(session: Session) -> list[date]:
    """The last twelve, as far as anybody was employed."""
    this = today().replace(day=1)
    hired = min((each.hired for each in people.workers(session)), default=this)
    first = max(FIRST_DAY, min(hired, this).replace(day=1))
    months = (months_later(this, -back) for back in range(MONTHS_SHOWN))
    return [month for month in months if month >= first]


@bp.get("/<month>")
@allow(Permission.RUN_PAYROLL)
def run(month: str) -> ResponseReturnValue:
    """Show a month's pay: what must be settled first, and what differs from last month."""
    return _run(month, ApproveForm())


def _run(month: str, form: ApproveForm) -> ResponseReturnValue:
    on, looked = month_in(month), form.was_sent or "looked" in request.args
    with reading() as session:
        desk = queries.desk(session, on, today=today(), looked=looked)
    return page(
        "payroll/run.html",
        desk=desk,
        form=form,
        month=month,
        place_of=place_of,
        **_around(on),
        **WORDS,
    )


def _around(month: date) -> dict[str, str | None]:
    before, after = months_later(month, -1), months_later(month, 1)
    return {
        "before": f"{before:%Y-%m}" if before >= FIRST_DAY else None,
        "after": f"{after:%Y-%m}" if after <= today() else None,
    }


@bp.route("/<month>/calculate", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def calculate(month: str) -> ResponseReturnValue:
    """Calculate a month from what is known now, so many people at a time."""
    if request.method == "GET":
        return see_other("payroll.run", month=month)
    with transaction() as session:
        step = service.calculate(session, month_in(month), by=actor(), at=now(), most=AT_ONCE)
    if step.is_whole:
        return all_done(see_other("payroll.run", CALCULATED, month=month))
    stop = url_for("payroll.run", month=month)
    return going_on(CALCULATING, step.done, step.of, stop=stop)


@bp.post("/<month>/approve")
@allow(Permission.APPROVE_PAYROLL)
def approve(month: str) -> ResponseReturnValue:
    """Freeze and lock a month's pay as it was shown."""
    form = ApproveForm.sent()
    if form.ok():
        with form.catching():
            approval = form.to_approval(at=now())
            with transaction() as session:
                service.approve(session, month_in(month), approval, by=actor(), at=now())
            return see_other("payroll.run", APPROVED, month=month)
    return _run(month, form)


@bp.get("/<month>/<int:number>")
@allow(Permission.RUN_PAYROLL)
def payslip(month: str, number: int) -> ResponseReturnValue:
    """Show a payslip with every line's reason; she sees who looked."""
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        found = service.look(session, worker, month_in(month), by=actor(), at=now())
        why = corrected_by(session, worker, found)
        right = put_right(session, worker, month_in(month))
    return page(
        "payroll/payslip.html",
        corrected=why,
        **right,
        entry=found,
        month=month,
        paper=url_for("payroll.paper", month=month, number=number),
        press=url_for("payroll.print_slip", month=month, number=number),
        form=PrintForm(),
        earlier=(),
        wish=None,
        hide=False,
        **WORDS,
    )


@bp.get("/<month>/<int:number>.pdf")
@allow(Permission.RUN_PAYROLL)
def paper(month: str, number: int) -> ResponseReturnValue:
    """Give a payslip as PDF; she sees who looked."""
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        found = service.look(session, worker, month_in(month), by=actor(), at=now())
        (sheet,) = service.sheets(session, month_in(month), (found,), by=actor(), at=now())
    return inline(pdf_of(sheet), f"payslip-{month}-{number}.pdf", "application/pdf")


@bp.post("/<month>/<int:number>/print")
@allow(Permission.RUN_PAYROLL)
def print_slip(month: str, number: int) -> ResponseReturnValue:
    """Print a payslip on the slip printer."""
    with reading() as session:
        worker = people.worker_numbered(session, number)
    place = give_to_printer(worker, month)
    return see_other(
        "payroll.payslip", PRINTED, values={"place": place}, month=month, number=number
    )


def _waiting(session: Session) -> Waiting | None:
    before = months_later(today().replace(day=1), -1)
    if before not in _months(session):
        return None
    (line,) = queries.month_lines(session, [before])
    if line.approved_by is not None:
        return None
    told = say(
        "The pay of {month} is not approved. Pay day: {day}",
        month=show_month(before),
        day=line.pay_date,
    )
    return told, {"month": f"{before:%Y-%m}"}


REMINDERS = (Reminder("payroll.run", Permission.RUN_PAYROLL, _waiting),)
