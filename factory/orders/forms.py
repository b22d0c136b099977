"""What the pages about orders accept: the head of an order, and its tables of coats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from flask import request
from wtforms import Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from factory.catalogue.domain import Style
from factory.kernel.money import ZERO, Money
from factory.kernel.words import language, mark, tell, translate
from factory.orders.domain import (
    MOST_IN_A_CELL,
    OVERCUT_PERCENT,
    Customer,
    Matrix,
    NewLine,
    NewOrder,
    Order,
    OrderKind,
    TooManyInACell,
    price_field,
    ready,
    ship_field,
)
from factory.orders.domain.agreed import Agreed
from factory.orders.domain.quoting import Quote, quote
from factory.web.days import DateField
from factory.web.forms import BaseForm, EventForm, Whole, Won, choices_of
from factory.web.sheets import SheetFile

HIGHEST_TOLERANCE = 20
LONGEST_SHEET = 50_000


class Coats(Field):
    """So many coats, typed into a cell of a table; an empty cell is none."""

    widget = TextInput()
    data: int | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed."""
        if not valuelist:
            return
        text, self.data = re.sub(r"[\s,]", "", valuelist[0]), 0
        if text and not re.fullmatch(r"[0-9]+", text, re.ASCII):
            raise ValidationError(translate("Please type how many coats, for example 12."))
        if len(text) > len(str(MOST_IN_A_CELL)):
            raise ValidationError(tell(TooManyInACell(most=MOST_IN_A_CELL)))
        self.data = int(text or 0)


def _customer_number(chosen: object) -> int | None:
    return int(str(chosen)) if chosen not in (None, "", "None") else None


class OrderForm(BaseForm):
    """The head of an order; `order_form` adds a table for each of its styles."""

    kind = SelectField(mark("For whom"), choices=choices_of(OrderKind))
    customer = SelectField(mark("Customer"), coerce=_customer_number, validate_choice=False)
    due = DateField(mark("Due date"), [InputRequired()])
    deposit = Won(mark("Deposit in won"), render_kw={"inputmode": "numeric"})
    tolerance_percent = Whole(
        mark("May be cut beyond, in the hundred"),
        [InputRequired(), NumberRange(min=0, max=HIGHEST_TOLERANCE)],
        default=OVERCUT_PERCENT,
        render_kw={"inputmode": "numeric"},
    )
    note = TextAreaField(mark("Note"), [Length(max=500)], render_kw={"rows": 3})
    reason = StringField(mark("Why it is changed"), [Length(max=200)])
    styles: tuple[Style, ...] = ()

    def ok(self) -> bool:
        """Whether it is to be kept; not where it only asks for another style's table."""
        return "more" not in request.form and super().ok()

    def cell(self, style: str, colour: str, size: str) -> Field:
        """The field of one cell."""
        return self[_cell_name(style, colour, size)]

    def price(self, style: str) -> Field:
        """The field of a style's price."""
        return self[price_field(style)]

    def to_entry(self) -> NewOrder:
        """The order as a value; what is left empty is no line."""
        return NewOrder(
            kind=OrderKind(self.kind.data),
            customer=self.customer.data,
            due=cast("date", self.due.data),
            deposit=self.deposit.data or ZERO,
            tolerance_percent=self.tolerance_percent.data or 0,
            note=self.note.data or "",
            lines=tuple(
                NewLine(
                    style.number,
                    colour.code,
                    self.price(style.number).data or ZERO,
                    tuple(
                        (size.label, self.cell(style.number, colour.code, size.label).data or 0)
                        for size in style.sizes
                    ),
                )
                for style in self.styles
                for colour in style.colours
            ),
        )


class ImportForm(OrderForm, SheetFile):
    """The head of an order, with a customer's spreadsheet: a file, or copied into the field."""

    sheet = TextAreaField(
        mark("Or the sheet itself"),
        [Length(max=LONGEST_SHEET)],
        render_kw={"rows": 8, "spellcheck": "false", "wrap": "off"},
    )

    def name(self, customers: Iterable[Customer]) -> None:
        """Offer the customers."""
        chosen = [(str(each.number), each.name) for each in customers]
        self.customer.choices = [("", translate("none")), *chosen]

    @property
    def is_too_long(self) -> bool:
        """Whether the sheet is longer than is read."""
        return len(self.sheet.data or "") > LONGEST_SHEET

    @property
    def takes_over(self) -> bool:
        """Whether she pressed the button that takes the order."""
        return request.form.get("step") == "take"

    def to_order(self, lines: tuple[NewLine, ...]) -> NewOrder:
        """The order as a value, with the lines of the sheet."""
        return replace(self.to_entry(), lines=lines)


def order_form(
    styles: tuple[Style, ...], customers: Iterable[Customer], order: Order | None = None
) -> OrderForm:
    """The form for these styles, filled by this request or, before that, from a draft."""
    fields: dict[str, Any] = {"styles": styles}
    for style in styles:
        fields[price_field(style.number)] = Won(
            mark("Price of one coat in won"),
            render_kw={"inputmode": "numeric", "data-price": "", "autocomplete": "off"},
        )
        fields |= _cells(style)
    sheet = cast("type[OrderForm]", type("OrderSheet", (OrderForm,), fields))
    filled = _filled(order) if order is not None and not request.form else None
    form: OrderForm = sheet.sent(data=filled)
    chosen = [(str(each.number), each.name) for each in customers]
    form.customer.choices = [("", translate("none")), *chosen]
    return form


def _cells(style: Style) -> dict[str, Any]:
    return {
        _cell_name(style.number, colour.code, size.label): Coats(
            f"{colour.called(language())} {size.label}"
        )
        for colour in style.colours
        for size in style.sizes
    }


def _cell_name(style: str, colour: str, size: str) -> str:
    return f"cell:{style}:{colour}:{size}"


def _filled(order: Order) -> Mapping[str, object]:
    """A draft as the form shows it."""
    values: dict[str, object] = {
        "kind": order.kind.value,
        "customer": order.customer.number if order.customer else None,
        "due": order.due,
        "deposit": order.deposit or None,
        "tolerance_percent": order.tolerance_percent,
        "note": order.note,
    }
    for line in order.lines:
        values[price_field(line.style)] = line.price
        for size, quantity in line.cells:
            values[_cell_name(line.style, line.colour, size)] = quantity
    return values


class ShipForm(EventForm):
    """Coats that go out; where it began, it got its id and its time."""

    def cell(self, line: int, size: str) -> Field:
        """The field of one cell."""
        return self[ship_field(line, size)]

    def to_going(self, order: Order) -> dict[tuple[int, str], int]:
        """Coats going out, by line and size."""
        return {
            (line.no, size): self.cell(line.no, size).data or 0
            for line in order.lines
            for size, _ in line.cells
        }


def ship_form(matrices: tuple[Matrix, ...]) -> ShipForm:
    """The form for an order's cells; at first it proposes what could go out now."""
    fields: dict[str, Any] = {
        ship_field(row.line.no, size): Coats(f"{row.colour.called(language())} {size}")
        for matrix in matrices
        for row in matrix.rows
        for size, _ in row.line.cells
    }
    proposed = {ship_field(*key): coats for key, coats in ready(matrices).items()}
    sheet = cast("type[ShipForm]", type("ShipSheet", (ShipForm,), fields))
    form: ShipForm = sheet.sent(data={} if request.form else proposed)
    return form


class QuoteForm(BaseForm):
    """What an offer is made of."""

    rate = Won(mark("Cost of a minute of work, in won"), [InputRequired()])
    trims = Won(mark("Trims for one coat, in won"), [Optional()])
    margin = Whole(mark("Margin in the hundred"), [Optional(), NumberRange(0, 200)], default=10)
    coats = Whole(mark("Coats"), [Optional(), NumberRange(1, 9_999)], default=100)

    def to_quote(self, minutes: int) -> Quote:
        """The offer for a coat of so many hundredths of a minute."""
        trims, margin = self.trims.data or Money(0), self.margin.data or 0
        rate, coats = self.rate.data or Money(0), self.coats.data or 1
        return quote(minutes, rate, trims, margin, coats)


class ReasonForm(BaseForm):
    """Why an order is cancelled or closed short."""

    reason = StringField(mark("Reason"), [Length(max=200)])


class AgreedForm(BaseForm):
    """What a customer pays for a style."""

    style = SelectField(mark("Style"), validate_choice=False)
    price = Won(mark("Price of one coat in won"), render_kw={"inputmode": "numeric"})
    since = DateField(mark("Holds from"), [InputRequired()])

    def offer(self, styles: Iterable[Style]) -> None:
        """Offer the styles."""
        self.style.choices = [(s.number, f"{s.number} · {s.called(language())}") for s in styles]

    def to_agreed(self) -> Agreed:
        """The price as a value."""
        since = cast("date", self.since.data)
        return Agreed(str(self.style.data or ""), since, self.price.data or ZERO)


class CustomerForm(BaseForm):
    """A business that orders coats."""

    name = StringField(mark("Name of the business"), [InputRequired(), Length(max=80)])
    business_number = StringField(
        mark("Business registration number"), [Length(max=20)], render_kw={"inputmode": "numeric"}
    )
    phone = StringField(mark("Telephone"), [Length(max=40)], render_kw={"inputmode": "tel"})
    address = StringField(mark("Delivery address"), [Length(max=200)])

    def to_customer(self, number: int = 0) -> Customer:
        """The entry as a value."""
        return Customer(
            number,
            (self.name.data or "").strip(),
            (self.business_number.data or "").strip(),
            (self.phone.data or "").strip(),
            (self.address.data or "").strip(),
        )
