"""Take in an alteration or a coat made to order, and take the money for it."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.lawbook import queries as lawbook
from factory.orders import queries as orders
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.domain import drawer
from factory.till.domain import ticket as domain
from factory.till.domain.sale import quick_cash
from factory.till.domain.ticket import PricedTask, Ticket, TicketState
from factory.till.forms import quick_tender
from factory.till.forms.tickets import PayForm, TicketForm
from factory.till.routes.door import bp
from factory.till.routes.here import here
from factory.till.routes.tickets import show_ticket
from factory.web.guard import actor, kiosk
from factory.web.responses import page, see_other

MONEY = {"cash", "card", "card_note", "transfer", "purpose", "identifier", "approval"}
"""Fields that stand on the page of the money, where what is wrong with them is told."""
WRITTEN = {"coat", "order", "promised", "task"}
"""Fields that stand on the page before it: what is wrong with them sends her back there."""
PAID_ALREADY = mark("This was paid already. Nothing was paid twice.")


@bp.route("/tickets/new", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def new_ticket() -> ResponseReturnValue:
    """Write down what is to be done, until when and for how much."""
    form = TicketForm.sent()
    if not form.was_sent:
        return _begun()
    do = request.form.get("do", "")
    if do.startswith("add"):
        form.with_task(_task(do.removeprefix("add:")))
        return _written(form)
    if do in {"", "pay"} and form.validate():
        with form.catching():
            return _go_on(form)
    if form.errors and form.errors.keys() <= MONEY and form.amount.data:
        return _money(form, form.amount.data, mark("Deposit"))
    return _written(form)


@bp.get("/tickets/orders")
@kiosk(Permission.SELL)
def orders_to_pay() -> ResponseReturnValue:
    """List the orders for which a deposit may be paid and a ticket printed."""
    with reading() as session:
        found = queries.orders_without_ticket(session)
        names = {
            each.number: ", ".join(name for name, *_ in queries.coats_of_order(session, each)[:3])
            for each in found
        }
    return page("till/ticket_orders.html", found=found, names=names)


def _begun() -> ResponseReturnValue:
    number = request.args.get("order", "")
    if not number:
        form = TicketForm()
        form.with_task(None)
        return _written(form)
    with reading() as session:
        due = orders.order(session, number).due
    return _written(TicketForm(data={"order": number, "promised": max(due, today())}))


def _task(number: str) -> PricedTask | None:
    with reading() as session:
        listed = queries.price_list(session)
    return next((task for task in listed if str(task.number) == number), None)


def _go_on(form: TicketForm) -> ResponseReturnValue:
    """To the money where something is paid now; else it is taken in at once."""
    amount, quick = form.amount.data or ZERO, request.form.get("quick", "")
    if not amount or _was_taken(form):
        return _taken(form, quick)
    domain.checked_promise(form.promised.data or today(), today())
    domain.checked_deposit(amount, _price(form))
    if not quick and request.form.get("do") != "pay":
        return _money(form, amount, mark("Deposit"))
    try:
        return _taken(form, quick)
    except Refused as refusal:
        form.refuse(refusal)
        if refusal.field in WRITTEN:
            return _written(form)
        return _money(form, amount, mark("Deposit"))


def _was_taken(form: TicketForm) -> bool:
    """Whether this very ticket was taken in before: pressed twice, or sent again."""
    with reading() as session:
        return queries.is_taken_in(session, form.ticket_id.data or "")


def _price(form: TicketForm) -> Money:
    """What it comes to; refuses what could not be taken in, before anybody takes money for it."""
    number = (form.order.data or "").strip()
    if not number:
        domain.checked_coat(form.coat.data or "")
        return Money.total(task.price for task in domain.checked_tasks(form.to_tasks()))
    with reading() as session:
        return queries.order_for_ticket(session, number).worth


def _taken(form: TicketForm, quick: str = "") -> ResponseReturnValue:
    amount = form.amount.data or ZERO
    payment = form.to_payment(amount, quick_tender(quick), here()) if amount else None
    with transaction() as session:
        done = service.take_in(session, form.to_ticket(payment), by=actor(), at=now())
    told = mark("It is taken in. The ticket is on its way.")
    if done.receipt is not None:
        return see_other("till.receipt", told, code=done.receipt.code, new=1)
    return see_other("till.ticket", told, number=done.ticket.number)


def _written(form: TicketForm) -> ResponseReturnValue:
    number, order = (form.order.data or "").strip(), None
    with reading() as session:
        listed = queries.price_list(session)
        if number:
            order = orders.order(session, number)
        made = queries.coats_of_order(session, order) if order else ()
    tasks = form.to_tasks()
    price = order.worth if order else Money.total(task.price for task in tasks)
    values: dict[str, Any] = {"listed": listed, "order": order, "made": made, "price": price}
    return page("till/ticket_new.html", form=form, **values)


def _money(
    form: PayForm, due: Money, title: str, ticket: Ticket | None = None
) -> ResponseReturnValue:
    with reading() as session:
        drawer.refuse_closed(queries.opening(session, here()))
        law = lawbook.book(session).on(today())
    values: dict[str, Any] = {"owed_from": Money(int(law.number("sales_tax.cash_receipt_from")))}
    values |= {"due": due, "quick": quick_cash(due), "title": title, "ticket": ticket}
    return page("till/ticket_pay.html", form=form, **values)


@bp.route("/tickets/<int:number>/pay", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def pay_ticket(number: int) -> ResponseReturnValue:
    """Take a deposit; of what is ready, take the rest and hand it over."""
    form = PayForm.sent()
    with reading() as session:
        found = queries.ticket(session, number)
    if not form.was_sent:
        domain.refuse_ended(number, found.state)
    ready = found.state is TicketState.READY
    due = found.open if ready else form.amount.data or ZERO
    title = mark("Hand over") if ready else mark("Deposit")
    quick, do = request.form.get("quick", ""), request.form.get("do", "")
    if form.was_sent and form.validate():
        with form.catching():
            if quick or do == "pay":
                return _paid(found, form, due, quick)
            if not ready:
                domain.checked_deposit(due, found.open)
    if form.errors and not ready and not due:
        return show_ticket(number, pay=form)
    return _money(form, due, title, found)


def _paid(found: Ticket, form: PayForm, due: Money, quick: str) -> ResponseReturnValue:
    payment = form.to_payment(due, quick_tender(quick), here())
    ready = found.state is not TicketState.TAKEN and found.state is not TicketState.AT_WORK
    do = service.pick_up if ready else service.pay_deposit
    with transaction() as session:
        done = do(session, found.number, payment, by=actor(), at=now())
    told = PAID_ALREADY if done.again else ""
    return see_other("till.receipt", told, code=done.receipt.code, new=1)
