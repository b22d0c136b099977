"""Who leaves, with the days left to pay her, and a page of steps for each."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark, say
from factory.lawbook import queries as lawbook
from factory.payroll import queries, service
from factory.payroll.domain.severance import from_age, small
from factory.payroll.forms import TransferForm
from factory.payroll.forms.leaving import GoesForm, LastDayForm, PaidForm, SettleForm
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import WORDS
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.forms import BaseForm, EventForm
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other
from factory.web.tiles import Reminder, Waiting


@bp.get("/leaving")
@allow(Permission.RUN_PAYROLL)
def leavers() -> ResponseReturnValue:
    """List who leaves, the most urgent first."""
    with reading() as session:
        found = queries.leavers(session, today())
        after = queries.after_leaving(session, today())
    return page("payroll/leavers.html", found=found, after=after)


@bp.route("/leaving/<int:number>", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def leaver(number: int) -> ResponseReturnValue:
    """Show what she is owed step by step, and keep that it was paid."""
    form = PaidForm.sent()
    if form.ok():
        paid_on, told = form.to_paid()
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, number)
            service.pay_leaver(session, worker, paid_on, **told, by=actor(), at=now())
            return see_other("payroll.leaver", mark("It is kept that she was paid."), number=number)
    return shown(number, paid_form=form)


@bp.post("/leaving/<int:number>/goes")
@allow(Permission.RUN_PAYROLL)
def severance_goes(number: int) -> ResponseReturnValue:
    """Keep where her severance goes."""
    form = GoesForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, number)
            service.say_where(session, worker, form.to_goes(), by=actor(), at=now())
            return see_other("payroll.leaver", mark("It is kept."), number=number)
    return shown(number, goes_form=form)


@bp.post("/leaving/<int:number>/day")
@allow(Permission.RUN_PAYROLL)
def last_day(number: int) -> ResponseReturnValue:
    """Set her last day right, or keep that she stays."""
    form = LastDayForm.sent()
    if form.ok():
        day, why = form.to_last_day()
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, number)
            service.set_last_day(session, worker, day, why, by=actor(), at=now())
            return see_other("people.person", mark("The last day is set right."), number=number)
    return shown(number, day_form=form)


@bp.post("/leaving/<int:number>/settle")
@allow(Permission.RUN_PAYROLL)
def settle_afterwards(number: int) -> ResponseReturnValue:
    """Keep that a difference was paid, or settled with her."""
    form = SettleForm.sent()
    with reading() as session:
        worker = people.worker_numbered(session, number)
        form.offer(queries.differences(session, queries.leaving(session, worker, today())))
    if form.ok():
        with form.catching(), transaction() as session:
            told = form.to_settled()
            service.settle_afterwards(session, worker, *told, by=actor(), at=now())
            return see_other("payroll.leaver", mark("It is kept."), number=number)
    return shown(number, settle_form=form)


def shown(number: int, **sent: BaseForm) -> ResponseReturnValue:
    """Her page, with a form that could not be kept in place of a fresh one."""
    with reading() as session:
        worker = people.worker_numbered(session, number)
        found = queries.leaving(session, worker, today())
        after = queries.differences(session, found)
        files = queries.leavers_transfers(session, worker.id), queries.given_unpaid(session, found)
        law = lawbook.book(session).at(found.leaver.left)
    settle = SettleForm()
    settle.offer(after)
    forms: dict[str, BaseForm] = {
        "paid_form": PaidForm(),
        "day_form": LastDayForm(),
        "goes_form": GoesForm.after(found.severance.goes),
        "settle_form": settle,
        "transfer_form": TransferForm(),
        "print_form": EventForm(),
    }
    forms |= sent
    for name, each in forms.items():
        each.stand_apart(name)
    steps = tuple(queries.steps(found))
    values = {
        "after": after,
        "kept": files[0],
        "gone": files[1],
        "most": small(law),
        "age": from_age(law),
    }
    values["form"] = next(iter(sent.values()), None)
    return page("payroll/leaver.html", found=found, steps=steps, **values, **forms, **WORDS)


def waiting(session: Session) -> Waiting | None:
    """What the start page reminds of while a leaver's file for the bank is not deleted."""
    whose = [each.worker for each in queries.leavers_transfers(session) if each.worker]
    if not whose:
        return None
    told = say("Files for the bank that are not deleted yet: {count}", count=len(whose))
    return told, {"number": people.worker(session, whose[0]).number}


REMINDERS = (Reminder("payroll.leaver", Permission.RUN_PAYROLL, waiting),)
