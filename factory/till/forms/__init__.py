"""What the pages of the till accept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from flask import request
from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    PasswordField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark, say, show, tell, translate
from factory.till.domain.cash_receipt import CashReceipt, ReceiptPurpose
from factory.till.domain.discount import OffFor
from factory.till.domain.drawer import DENOMINATIONS, Counted, NothingCounted, count
from factory.till.domain.held import Held
from factory.till.domain.receipt import Fate, LooseReturn, NewReturn, NewSale
from factory.till.domain.refund import Returnable
from factory.till.domain.sale import Basket, Tender, TenderKind, Wanted
from factory.web.forms import BaseForm, EventForm, Whole, Won, choices_of, event_id, not_below_zero

NUMBER = {"inputmode": "numeric", "autocomplete": "off", "type": "text"}
LONGEST_NUMBER = 40
MOST_LINES = 60
MOST_CUSTOMER = 999_999
MOST_FLOAT, MOST_MOVED, MOST_NOTES = Money(10_000_000), Money(100_000_000), 9_999


def purposes() -> list[tuple[str, str]]:
    """What a cash receipt may be for; the first is that there is none."""
    none = [("", translate("No cash receipt"))]
    return none + [(purpose.value, show(purpose)) for purpose in ReceiptPurpose]


def reasons_off() -> list[tuple[str, str]]:
    """Why something may be taken off; the first is that nobody has said yet."""
    none = [("", translate("Please choose"))]
    return none + [(reason.value, show(reason)) for reason in OffFor]


def fates() -> list[tuple[str, str]]:
    """What may become of coats that come back."""
    return [(fate.value, show(fate)) for fate in Fate]


def up_to(most: Money) -> Callable[[BaseForm, Any], None]:
    """Refuse an amount that nobody means: a code typed into the wrong field, a key held down."""

    def check(_form: BaseForm, field: Any) -> None:
        if field.data is not None and field.data > most:
            raise ValidationError(say("At most {most} can be entered here.", most=most))

    return check


class ManagerForm(BaseForm):
    """Where a manager may have to answer for something: badge, PIN, her telephone if she has it."""

    badge = StringField(mark("Manager's badge or number"), [Length(max=60)], render_kw=NUMBER)
    pin = PasswordField(
        mark("The manager's PIN or password"), [Length(max=80)], render_kw={"autocomplete": "off"}
    )
    telephone = PasswordField(
        mark("Code of her telephone, if she signs in with one"),
        [Length(max=40)],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )


class LineForm(BaseForm):
    """A line of a basket."""

    code = HiddenField()
    quantity = Whole(mark("How many coats"), [InputRequired()], render_kw=NUMBER)
    discount = Won(mark("Discount in won"), render_kw=NUMBER)
    price = Won(
        mark("Another price for this coat"), [not_below_zero, up_to(MOST_FLOAT)], render_kw=NUMBER
    )

    def to_wanted(self) -> Wanted:
        """The line as a value."""
        code, quantity = self.code.data or "", self.quantity.data or 0
        return Wanted(code, quantity, self.discount.data or ZERO, self.price.data)


class CashReceiptForm(BaseForm):
    """A cash receipt that was issued at the card terminal."""

    purpose = SelectField(mark("Cash receipt"), choices=purposes, default="")
    identifier = StringField(
        mark("Customer's number"), [Length(max=LONGEST_NUMBER)], render_kw=NUMBER
    )
    approval = StringField(
        mark("Approval no."), [Length(max=LONGEST_NUMBER)], render_kw={"autocomplete": "off"}
    )

    def validate_approval(self, field: Any) -> None:
        """What the terminal has not issued is still due, and stays on the list of it."""
        if self.purpose.data and not (field.data or "").strip():
            raise ValidationError(
                translate("Please issue it at the card terminal and type its approval number.")
            )

    def to_cash_receipt(self) -> CashReceipt | None:
        """What was noted, if anything."""
        if not self.purpose.data:
            return None
        identifier, approval = self.identifier.data or "", self.approval.data or ""
        return CashReceipt(ReceiptPurpose(self.purpose.data), identifier.strip(), approval.strip())


class TenderForm(CashReceiptForm):
    """What is handed over, and the number on the customer's own card."""

    cash = Won(mark("Cash received"), render_kw=NUMBER)
    card = Won(mark("By card"), render_kw=NUMBER)
    card_note = StringField(
        mark("Approval no. on the card slip"), [Length(max=LONGEST_NUMBER)], render_kw=NUMBER
    )
    transfer = Won(mark("By bank transfer"), render_kw=NUMBER)
    customer = Whole(
        mark("Number on the customer's card"),
        [Optional(), NumberRange(min=1, max=MOST_CUSTOMER)],
        render_kw=NUMBER,
    )

    def to_tenders(self, quick: Tender | None = None) -> tuple[Tender, ...]:
        """What was handed over; a quick button stands for whatever was typed."""
        typed = ((kind, self[kind.value].data) for kind in TenderKind)
        given = (Tender(kind, amount) for kind, amount in typed if amount)
        return self._noted([quick] if quick else given)

    def _noted(self, tenders: Iterable[Tender]) -> tuple[Tender, ...]:
        """With the approval number of the card slip, where a card pays."""
        note = (self.card_note.data or "").strip()
        return tuple(
            replace(tender, note=note if tender.kind is TenderKind.CARD else "")
            for tender in tenders
        )


class TillForm(TenderForm, ManagerForm):
    """A basket and how it is paid; it is stored nowhere but in this form."""

    sale_id = HiddenField(default=new_id)
    code = StringField(mark("Scan a hang tag"))
    lines = FieldList(FormField(LineForm), max_entries=MOST_LINES)
    off = Won(mark("Off the whole sale, in won"), render_kw=NUMBER)
    why = SelectField(mark("Why it is taken off"), choices=reasons_off, default="")
    back_code = HiddenField()
    back_id = HiddenField()
    back_lines = HiddenField()
    back_fate = HiddenField()
    back_reason = HiddenField()

    @classmethod
    def around(cls, basket: Basket, sent: TillForm) -> TillForm:
        """The form with another basket; everything else stays as it was typed."""
        kept = {name: value for name, value in sent.data.items() if name != "code"}
        kept["lines"] = [
            {
                "code": line.code,
                "quantity": line.quantity,
                "discount": line.discount or None,
                "price": line.price,
            }
            for line in basket.lines
        ]
        made = cls(data=kept)
        for name in (*TenderKind, "off"):
            made[name].raw_data = sent[name].raw_data  # also what was typed wrongly
        return made

    @classmethod
    def of(cls, held: Held) -> TillForm:
        """The form around a basket that has waited; the sale keeps its id."""
        made = cls(data={"sale_id": held.sale_id, "off": held.basket.off or None})
        return cls.around(held.basket, made)

    def lines_hold(self) -> bool:
        """Whether every line can be read."""
        return bool(self.lines.validate(self)) and bool(self.off.validate(self))

    def to_basket(self) -> Basket:
        """The lines as a value; a line of none is none."""
        lines = (entry.form.to_wanted() for entry in self.lines)
        return Basket(tuple(line for line in lines if line.quantity), self.off.data or ZERO)

    def to_sale(self, quick: Tender | None = None, approved: str = "") -> NewSale:
        """The whole sale; a quick button stands for whatever was typed as paid."""
        basket = self.to_basket()
        return NewSale(
            event_id(self.sale_id.data),
            basket.lines,
            self.to_tenders(quick),
            self.to_cash_receipt(),
            basket.off,
            OffFor(self.why.data) if self.why.data else None,
            approved,
            customer=self.customer.data,
        )

    def to_back(self, number: int, approved: str = "") -> NewReturn:
        """What comes back, where coats are exchanged."""
        pairs = re.findall(r"(\d{1,4}):(\d{1,4})", self.back_lines.data or "")
        wanted = {int(no): int(count) for no, count in pairs}
        known = {fate.value: fate for fate in Fate}
        fate = known.get(self.back_fate.data or "", Fate.RAIL)
        reason = (self.back_reason.data or "")[:200]
        return NewReturn(event_id(self.back_id.data), number, wanted, reason, fate, approved)

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal about a line beside that line, others as ever."""
        place = self._place(refusal.values)
        if place is None:
            super().refuse(refusal)
            return
        line = self.lines[place].form
        field = line.discount if "line" in refusal.values else line.quantity
        field.errors = [*field.errors, tell(refusal)]
        self.lines.errors = [*self.lines.errors, {field.short_name: field.errors}]

    def _place(self, values: dict[str, Any]) -> int | None:
        codes = [entry.form.code.data for entry in self.lines]
        if values.get("item") in codes:
            return codes.index(values["item"])
        place = values.get("line", 0) - 1
        return place if 0 <= place < len(codes) else None

    @property
    def is_about_lines(self) -> bool:
        """Whether what was refused stands beside a line."""
        return bool(self.lines.errors)


def _notes(worth: int) -> Whole:
    return Whole(f"{worth:,}", [Optional(), NumberRange(max=MOST_NOTES)], render_kw=NUMBER)


class OpenForm(BaseForm):
    """The float that lies in the drawer in the morning."""

    float = Won(mark("Float"), [InputRequired(), up_to(MOST_FLOAT)], render_kw=NUMBER)


class ShownForm(EventForm):
    """Got its id when the page was first shown: pressing twice is pressing once."""

    event_id = HiddenField(default=new_id)


class MoneyForm(ShownForm):
    """Money that is put into the drawer or taken out of it."""

    amount = Won(mark("Amount"), [InputRequired(), up_to(MOST_MOVED)], render_kw=NUMBER)
    reason = StringField(mark("What for"), [Length(max=120)])


class ScanForm(BaseForm):
    """A receipt at the till."""

    code = StringField(mark("Receipt"))


class WhoForm(BaseForm):
    """Who sells from now on at this till."""

    name = StringField(mark("Name or number"), [InputRequired(), Length(max=60)])
    secret = PasswordField(
        mark("PIN or password"),
        [InputRequired(), Length(max=80)],
        render_kw={"autocomplete": "off"},
    )


class CancelReceiptForm(BaseForm):
    """A cash receipt was cancelled at the card terminal."""

    approval = StringField(
        mark("Approval no. of the cancellation"),
        [Length(max=LONGEST_NUMBER)],
        render_kw={"autocomplete": "off"},
    )


class LooseForm(ShownForm, ManagerForm):
    """Coats that come back without a receipt."""

    code = StringField(mark("Scan a hang tag"))
    quantity = Whole(
        mark("How many coats"), [InputRequired(), NumberRange(min=1, max=99)], default=1
    )
    amount = Won(mark("Paid back for it"), [up_to(MOST_FLOAT)], render_kw=NUMBER)
    kind = SelectField(mark("Paid back by"), choices=choices_of(TenderKind), default="cash")
    reason = StringField(mark("Reason"), [Length(max=200)])
    fate = SelectField(mark("What becomes of them"), choices=fates, default=Fate.RAIL.value)

    def to_return(self, price: Money, approved: str, till: int) -> LooseReturn:
        """The return as a value; without an amount it is the price of today."""
        quantity = self.quantity.data or 0
        return LooseReturn(
            id=self.to_event_id(),
            item=(self.code.data or "").strip(),
            quantity=quantity,
            amount=price * quantity if self.amount.data is None else self.amount.data,
            kind=TenderKind(self.kind.data),
            reason=self.reason.data or "",
            approved=approved,
            fate=Fate(self.fate.data),
            till=till,
        )


class CountForm(BaseForm):
    """Notes and coins, one field for each worth."""

    def to_count(self) -> Counted:
        """The count as a value; what should lie there is not told to who counted nothing."""
        if all(field.data is None for field in self):
            raise NothingCounted
        return count({worth: self[f"n{worth}"].data or 0 for worth in DENOMINATIONS})


for _worth in DENOMINATIONS:
    setattr(CountForm, f"n{_worth}", _notes(_worth))


class CloseForm(BaseForm):
    """The end of the day."""

    note = StringField(mark("Note"), [Length(max=300)])


class ReturnForm(ShownForm, ManagerForm):
    """Which coats of a receipt come back."""

    reason = StringField(mark("Reason"), [Length(max=200)])
    fate = SelectField(mark("What becomes of them"), choices=fates, default=Fate.RAIL.value)
    lines = FieldList(Whole(mark("Come back"), [Optional()], render_kw=NUMBER))

    @classmethod
    def of(cls, sold: Returnable, *, whole: bool = False) -> ReturnForm:
        """The form of this request, with a field for each line of the receipt.

        Where the whole comes back, every line says what is left of it.
        """
        form = cls(request.form)
        while len(form.lines) < len(sold.lines):
            form.lines.append_entry()
        if whole:
            for line, field in zip(sold.lines, form.lines, strict=False):
                field.data, field.raw_data = line.left, None
        return form

    def to_wanted(self, sold: Returnable) -> dict[int, int]:
        """How many of which line."""
        typed = zip(sold.lines, self.lines, strict=False)
        return {line.no: field.data for line, field in typed if field.data}

    def to_return(self, sold: Returnable, number: int, approved: str = "") -> NewReturn:
        """The return as a value."""
        wanted, fate = self.to_wanted(sold), Fate(self.fate.data)
        return NewReturn(self.to_event_id(), number, wanted, self.reason.data or "", fate, approved)

    def to_till(self, sold: Returnable, code: str) -> TillForm:
        """The form of a sale that what comes back pays for."""
        wanted = self.to_wanted(sold)
        told = {
            "back_code": code,
            "back_id": self.to_event_id(),
            "back_lines": ",".join(f"{no}:{count}" for no, count in wanted.items()),
            "back_fate": self.fate.data,
            "back_reason": self.reason.data or "",
        }
        return TillForm(data=told)


def quick_tender(text: str) -> Tender | None:
    """What a quick button stands for: `cash:400000`."""
    kind, _, amount = text.partition(":")
    if kind not in set(TenderKind) or not amount.isdigit():
        return None
    return Tender(TenderKind(kind), Money(int(amount)))
