"""Selling: scan hang tags, take the money, show the change."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, is_well_read
from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of, now, today
from factory.kernel.words import mark
from factory.lawbook import queries as lawbook
from factory.printing import queries as printed
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.domain.cash_receipt import ReceiptPurpose, by_cash, duty_for
from factory.till.domain.exchange import changed_hands
from factory.till.domain.sale import Basket, Bill, quick_cash
from factory.till.forms import CashReceiptForm, TillForm, quick_tender
from factory.till.routes import approval, exchanging, waiting
from factory.till.routes.door import bp
from factory.till.routes.here import here
from factory.web.forms import event_id
from factory.web.guard import actor, kiosk
from factory.web.responses import page, see_other

SOLD_ALREADY = mark("This was sold already. Nothing was sold or paid twice.")


@bp.route("/", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def basket() -> ResponseReturnValue:
    """Take one hang tag after the other; with none, go on to the money."""
    form = TillForm.sent()
    if not form.was_sent:
        with reading() as session:
            closed = queries.opening(session, here()) is None
        return redirect(url_for("till.open_up"), code=303) if closed else show_basket(TillForm())
    return _carry_on(form)


def _carry_on(form: TillForm) -> ResponseReturnValue:
    """Only the coats have to hold here; what is wrong about the money is said with the money."""
    if request.form.get("unsure") and (kept := _kept(form)):
        return see_other("till.receipt", SOLD_ALREADY, code=kept, new=1)
    if form.lines_hold():
        with form.catching():
            return waiting.asked(form) or _after(form)
    return show_basket(form)


def _after(form: TillForm) -> ResponseReturnValue:
    code, do = _code(form), request.form.get("do", "")
    if do.startswith("recall:"):
        return show_basket(waiting.fetched(do.removeprefix("recall:")))
    if do == "show" or do.startswith("grid"):
        return show_basket(form, do if do != "show" else "")
    if not form.lines and is_well_read(code) and code.startswith(CodeKind.RECEIPT.value):
        return redirect(url_for("till.give_back", code=code), code=303)
    if not form.lines and is_well_read(code) and code.startswith(CodeKind.TICKET.value):
        return redirect(url_for("till.tickets", code=code), code=303)
    changed = form.to_basket()
    if code:
        changed = changed.with_coat(code)
    elif ":" in do:
        changed = _stepped(changed, *do.split(":", 1))
    bill = _bill(changed) if changed.lines or not do else None
    if do == "" and not code and bill is not None:
        return _pay(form, bill)
    return show_basket(TillForm.around(changed, form))


def _kept(form: TillForm) -> str:
    """The receipt of this basket, where its money came here although nobody was told."""
    with reading() as session:
        return queries.code_of_event(session, event_id(form.sale_id.data))


def _code(form: TillForm) -> str:
    """The tag that was scanned or typed, or the coat that was chosen by its picture."""
    return request.form.get("pick", "") or (form.code.data or "").strip()


def _stepped(basket: Basket, step: str, place: str) -> Basket:
    """One more or one fewer in a line; the buttons beside it say `more:0` and `less:0`."""
    number = int(place) if place.isdigit() else len(basket.lines)
    if number >= len(basket.lines):
        return basket
    quantity = basket.lines[number].quantity + (1 if step == "more" else -1)
    return basket.with_quantity(number, quantity)


def _bill(basket: Basket) -> Bill:
    with reading() as session:
        return queries.bill(session, basket, today())


@bp.post("/pay")
@kiosk(Permission.SELL)
def pay() -> ResponseReturnValue:
    """Take the money; a tag that is scanned here goes into the basket first."""
    form = TillForm.sent()
    if request.form.get("do") == "show":
        return _pay(form)
    if approval.scanned(form):
        return _pay(form)
    if (form.code.data or "").strip():
        return _carry_on(form)
    if form.validate():
        with form.catching():
            approved = approval.given(form)
            new = form.to_sale(quick_tender(request.form.get("quick", "")), approved)
            new = replace(new, till=here())
            if form.back_code.data:
                return exchanging.exchanged(form, new)
            with transaction() as session:
                done = service.sell(session, new, by=actor(), at=now(), received=now())
            told = SOLD_ALREADY if done.again else ""
            return see_other("till.receipt", told, code=done.sale.code, new=1)
    return show_basket(form) if form.is_about_lines else _pay(form)


def show_basket(form: TillForm, grid: str = "") -> ResponseReturnValue:
    """The page of a basket, with the rail in pictures where somebody looks at it."""
    codes = [entry.form.code.data or "" for entry in form.lines]
    with reading() as session:
        coats = queries.coats(session, codes, today())
    lines = (entry.form.to_wanted() for entry in form.lines)
    amounts = [line.worth(coats[line.code].price) for line in lines]
    total, off = Money.total(amounts), form.off.data or ZERO
    left = total - off if ZERO <= off <= total else total
    values = waiting.beside(form, grid) | exchanging.beside(form, left)
    return page("till/basket.html", form=form, coats=coats, amounts=amounts, total=left, **values)


def _pay(form: TillForm, bill: Bill | None = None) -> ResponseReturnValue:
    bill = bill or _bill_of(form)
    if bill is None:
        return show_basket(form)
    with reading() as session:
        law = lawbook.book(session).on(today())
    owed_from = Money(int(law.number("sales_tax.cash_receipt_from")))
    values = exchanging.beside(form, bill.total)
    due = values["difference"].to_pay if values["difference"] else bill.total
    values |= {"due": due, "quick": quick_cash(due), "owed_from": owed_from}
    return page("till/pay.html", form=form, bill=bill, **values)


def _bill_of(form: TillForm) -> Bill | None:
    try:
        return _bill(form.to_basket())
    except Refused as refusal:
        form.refuse(refusal)
        return None


@bp.get("/receipt/<code>")
@kiosk(Permission.SELL)
def receipt(code: str) -> ResponseReturnValue:
    """Show a receipt: the change in big figures, its paper, its cash receipt."""
    return _receipt(code, CashReceiptForm(purpose=ReceiptPurpose.INCOME_DEDUCTION))


@bp.post("/receipt/<code>/cash-receipt")
@kiosk(Permission.SELL)
def note_cash_receipt(code: str) -> ResponseReturnValue:
    """Note the cash receipt that the card terminal has issued."""
    form = CashReceiptForm.sent()
    noted = form.to_cash_receipt() if form.validate() else None
    if noted is not None:
        with form.catching(), transaction() as session:
            number = queries.number_of(session, code)
            service.note_cash_receipt(session, number, noted, by=actor(), at=now())
            return see_other("till.receipt", mark("The cash receipt is noted."), code=code)
    return _receipt(code, form)


@bp.post("/receipt/<code>/again")
@kiosk(Permission.SELL)
def receipt_again(code: str) -> ResponseReturnValue:
    """Print a marked copy of a receipt; the drawer stays shut."""
    with transaction() as session:
        slip = queries.receipt(session, queries.number_of(session, code))
        service.print_again(session, slip.event_id, by=actor(), at=now())
    return see_other("till.receipt", mark("A marked copy is on its way."), code=code)


def _receipt(code: str, form: CashReceiptForm) -> ResponseReturnValue:
    with reading() as session:
        slip = queries.receipt(session, queries.number_of(session, code))
        paper = printed.job_of_event(session, slip.event_id)
        law = lawbook.book(session).on(day_of(slip.at))
        whole = queries.whole_price(session, slip)
        back = queries.exchanged_for(session, slip) if slip.is_sale else None
        first = queries.receipt(session, slip.sale) if slip.is_back and slip.sale else None
    noted = slip.cash_receipt is not None or slip.is_back
    owed = None if noted else duty_for(by_cash(slip.paid), whole, law)
    fresh = "new" in request.args
    moved = changed_hands(slip, back) if back else ()
    shown = {"slip": slip, "back": back, "moved": moved, "first": first, "paper": paper}
    return page("till/receipt.html", form=form, fresh=fresh, owed=owed, **shown)
