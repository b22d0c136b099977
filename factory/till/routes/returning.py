"""Coats that come back: scan the receipt, say which, pay back."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import day_of, now, today
from factory.kernel.words import mark
from factory.lawbook import queries as lawbook
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.domain import drawer
from factory.till.domain.receipt import Receipt
from factory.till.domain.refund import NoSaleToCustomer, Refund, Returnable, decide_refund
from factory.till.forms import LooseForm, ReturnForm, ScanForm
from factory.till.routes import approval
from factory.till.routes.door import bp
from factory.till.routes.here import here
from factory.till.routes.selling import show_basket
from factory.web.guard import actor, kiosk
from factory.web.responses import page, see_other

SHORTEST_CODE = 8
"""Whatever has fewer digits is the number on a customer's card."""


@bp.route("/returns", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def returns() -> ResponseReturnValue:
    """Take the receipt whose coats come back."""
    form, found = ScanForm.sent(), None
    if not form.was_sent and _is_closed():
        return see_other(
            "till.open_up", mark("The till is closed. Please open it first with a counted float.")
        )
    if form.ok():
        with form.catching(), reading() as session:
            code = (form.code.data or "").strip()
            if code.isascii() and code.isdigit() and len(code) < SHORTEST_CODE:
                return _of_customer(session, form, int(code))
            queries.returnable(session, queries.number_of(session, code))
            return redirect(url_for("till.give_back", code=code), code=303)
    return page("till/returns.html", form=form, found=found)


def _of_customer(session: Session, form: ScanForm, customer: int) -> ResponseReturnValue:
    """The receipt is at home: what the customer with this card bought."""
    found = queries.sales_to_customer(session, customer)
    if not found:
        raise NoSaleToCustomer(customer=customer)
    return page("till/returns.html", form=form, found=found)


def _is_closed() -> bool:
    with reading() as session:
        return queries.opening(session, here()) is None


@bp.route("/returns/<code>", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def give_back(code: str) -> ResponseReturnValue:
    """Say which coats come back, look at what is paid back, and do it."""
    do, refund = request.form.get("do", ""), None
    with reading() as session:
        if request.method == "GET":
            drawer.refuse_closed(queries.opening(session, here()))
        slip = queries.receipt(session, queries.number_of(session, code))
        sold = queries.returnable(session, slip.number)
    form = ReturnForm.of(sold, whole=do == "all")
    if form.was_sent and (do == "all" or form.validate()):
        with form.catching():
            refund = _refund(sold, form)
            if do == "pay_back":
                return _paid_back(slip, sold, form)
            if do == "exchange":
                return show_basket(form.to_till(sold, slip.code))
    late = _is_late(slip)
    return page("till/return.html", form=form, slip=slip, sold=sold, refund=refund, late=late)


def _is_late(slip: Receipt) -> bool:
    """Whether only a manager may take these coats back."""
    with reading() as session:
        days = queries.return_days(session)
    return (today() - day_of(slip.at)).days > days


def _refund(sold: Returnable, form: ReturnForm) -> Refund:
    with reading() as session:
        rate = lawbook.book(session).on(today()).number("sales_tax.standard")
    return decide_refund(sold, form.to_wanted(sold), rate)


def _paid_back(slip: Receipt, sold: Returnable, form: ReturnForm) -> ResponseReturnValue:
    new = replace(form.to_return(sold, slip.number, approval.given(form)), till=here())
    with transaction() as session:
        done = service.give_back(session, new, by=actor(), at=now())
    told = mark("These coats came back already. Nothing was paid back twice.")
    return see_other("till.receipt", told if done.again else "", code=done.receipt.code, new=1)


@bp.route("/returns/without", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def without_receipt() -> ResponseReturnValue:
    """Take coats back whose receipt is lost: a manager has to be here."""
    form = LooseForm.sent()
    if not form.was_sent and _is_closed():
        return redirect(url_for("till.open_up"), code=303)
    if form.ok():
        with form.catching():
            code = (form.code.data or "").strip()
            with reading() as session:
                price = queries.coats(session, (code,), today())[code].price
            new = form.to_return(price, approval.given(form), here())
            with transaction() as session:
                done = service.give_back_without(session, new, by=actor(), at=now())
            return see_other("till.receipt", code=done.receipt.code, new=1)
    return page("till/return_without.html", form=form)
