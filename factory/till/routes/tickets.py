"""Alterations and coats made to order: what is ready, what is promised, one ticket and its way."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark, say
from factory.printing import queries as printed
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.domain.ticket import TicketState, TicketUnknown
from factory.till.forms import ScanForm
from factory.till.forms.tickets import CancelForm, FittingForm, PayForm, PromiseForm
from factory.till.routes.door import bp
from factory.till.routes.here import here
from factory.web.forms import event_id
from factory.web.guard import actor, kiosk
from factory.web.responses import page, see_other
from factory.web.tiles import Reminder, Waiting


@bp.route("/tickets", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def tickets() -> ResponseReturnValue:
    """List what is ready and what is promised; a scanned ticket opens."""
    form = ScanForm.sent()
    code = form.code.data if form.was_sent else request.args.get("code")
    if code:
        with form.catching(), reading() as session:
            number = queries.ticket_number(session, code)
            return redirect(url_for("till.ticket", number=number), code=303)
    with reading() as session:
        found = queries.tickets(session)
        made = queries.on_the_rail(session, found)
    values = {"ready": [each for each in found if each.state is TicketState.READY]}
    values["waiting"] = [each for each in found if each.state is not TicketState.READY]
    return page("till/tickets.html", form=form, day=today(), made=made, **values)


@bp.get("/tickets/<int:number>")
@kiosk(Permission.SELL)
def ticket(number: int) -> ResponseReturnValue:
    """Show one ticket: what is to be done, until when, what is still to be paid."""
    return show_ticket(number)


def show_ticket(
    number: int,
    *,
    pay: PayForm | None = None,
    promise: PromiseForm | None = None,
    fitting: FittingForm | None = None,
    cancel: CancelForm | None = None,
) -> ResponseReturnValue:
    """The page of a ticket, with whatever form was refused."""
    with reading() as session:
        found = queries.ticket(session, number)
        receipts = [queries.receipt(session, n) for n in queries.ticket_receipts(session, number)]
        paper = printed.job_of_event(session, service.ticket_event(number))
        made = queries.on_the_rail(session, [found])
    forms = {
        "pay": pay or PayForm(),
        "promise": promise or PromiseForm(data={"promised": found.promised}),
        "fitting": fitting or FittingForm(),
        "cancel": cancel or CancelForm(),
    }
    refused = next((form for form in (pay, promise, fitting, cancel) if form is not None), None)
    values = {"receipts": receipts, "paper": paper, "day": today(), "form": refused, "made": made}
    for name, form in forms.items():
        form.stand_apart(name)
    return page("till/ticket.html", ticket=found, **values, **forms)


@bp.post("/tickets/<int:number>/move")
@kiosk(Permission.SELL)
def move_ticket(number: int) -> ResponseReturnValue:
    """Somebody works on it, or it is ready, or it was not ready after all."""
    to = request.form.get("to", "")
    if to not in set(TicketState):
        raise TicketUnknown
    with transaction() as session:
        found = service.move_ticket(session, number, TicketState(to), by=actor(), at=now())
    told = MOVED.get(found.state, "")
    return see_other("till.ticket", told, number=number)


MOVED = {
    TicketState.AT_WORK: mark("It is being worked on."),
    TicketState.READY: mark("It is ready to pick up."),
}


@bp.post("/tickets/<int:number>/promise")
@kiosk(Permission.SELL)
def promise_anew(number: int) -> ResponseReturnValue:
    """Promise another day."""
    form = PromiseForm.sent()
    if form.validate():
        with form.catching(), transaction() as session:
            day, reason = form.promised.data, form.reason.data or ""
            service.promise_anew(session, number, day, reason, by=actor(), at=now())
            return see_other("till.ticket", mark("The new day is kept."), number=number)
    return show_ticket(number, promise=form)


@bp.post("/tickets/<int:number>/fitting")
@kiosk(Permission.SELL)
def plan_fitting(number: int) -> ResponseReturnValue:
    """Note when the customer comes to try it on, or that she came."""
    held = request.form.get("held", "")
    if held.isdigit():
        with transaction() as session:
            service.hold_fitting(session, number, int(held), at=now())
        return see_other("till.ticket", mark("It was tried on."), number=number)
    form = FittingForm.sent()
    if form.validate():
        with form.catching(), transaction() as session:
            service.plan_fitting(session, number, form.to_moment(), by=actor(), at=now())
            return see_other("till.ticket", mark("The fitting is noted."), number=number)
    return show_ticket(number, fitting=form)


@bp.post("/tickets/<int:number>/cancel")
@kiosk(Permission.SELL)
def cancel_ticket(number: int) -> ResponseReturnValue:
    """Let nothing come of it, and pay the deposit back."""
    form = CancelForm.sent()
    if form.validate():
        with form.catching(), transaction() as session:
            event, why = event_id(form.cancel_id.data), form.reason.data or ""
            service.cancel_ticket(session, number, why, event, by=actor(), at=now(), till=here())
            return see_other("till.ticket", mark("It is cancelled."), number=number)
    return show_ticket(number, cancel=form)


@bp.post("/tickets/<int:number>/again")
@kiosk(Permission.SELL)
def ticket_again(number: int) -> ResponseReturnValue:
    """Print a marked copy of a ticket."""
    with transaction() as session:
        service.print_again(session, service.ticket_event(number), by=actor(), at=now())
    return see_other("till.ticket", mark("A marked copy is on its way."), number=number)


def _waiting(session: Session) -> Waiting | None:
    late = [
        each
        for each in queries.tickets(session)
        if each.state is not TicketState.READY and each.promised <= today()
    ]
    if not late:
        return None
    return say("Promised by today and not ready: {count}", count=len(late)), {}


REMINDERS = (Reminder("till.tickets", Permission.SELL, _waiting),)
