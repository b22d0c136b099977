"""Coats that come back: scan the receipt, say which, pay back."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import day_of, now, today
from factory.kernel.words import mark
from factory.lawbook import queries as lawbook
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.domain import drawer
from factory.till.domain.receipt import Receipt
from factory.till.domain.refund import Refund, Returnable, decide_refund
from factory.till.forms import ReturnForm, ScanForm
from factory.till.routes import approval
from factory.till.routes.door import bp
from factory.till.routes.selling import show_basket
from factory.web.guard import actor, kiosk
from factory.web.responses import page, see_other


@bp.route("/returns", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def returns() -> ResponseReturnValue:
    """Take the receipt whose coats come back."""
    form = ScanForm.sent()
    if not form.was_sent and _is_closed():
        return see_other(
            "till.open_up", mark("The till is closed. Please open it first with a counted float.")
        )
    if form.ok():
        with form.catching(), reading() as session:
            code = (form.code.data or "").strip()
            queries.returnable(session, queries.number_of(session, code))
            return redirect(url_for("till.give_back", code=code), code=303)
    return page("till/returns.html", form=form)


def _is_closed() -> bool:
    with reading() as session:
        return queries.opening(session) is None


@bp.route("/returns/<code>", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def give_back(code: str) -> ResponseReturnValue:
    """Say which coats come back, look at what is paid back, and do it."""
    do, refund = request.form.get("do", ""), None
    with reading() as session:
        if request.method == "GET":
            drawer.refuse_closed(queries.opening(session))
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
    new = form.to_return(sold, slip.number, approval.given(form))
    with transaction() as session:
        done = service.give_back(session, new, by=actor(), at=now())
    told = mark("These coats came back already. Nothing was paid back twice.")
    return see_other("till.receipt", told if done.again else "", code=done.receipt.code, new=1)
