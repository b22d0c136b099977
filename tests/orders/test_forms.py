"""What the order sheet makes of what is typed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from factory.catalogue.domain import Style
from factory.kernel.money import Money
from factory.kernel.words import speaking
from factory.orders.domain import Customer, Order, OrderKind, OrderState
from factory.orders.forms import Coats, OrderForm, order_form
from factory.web.forms import BaseForm
from tests.catalogue.build import BLACK, CAMEL, SIZES
from tests.orders.build import DUE, order_value

COAT = Style("W-2601", "여성 울 코트", "Women's wool coat", "26FW", SIZES, (BLACK, CAMEL))
OTHER = Style("W-2602", "롱 코트", "Long coat", "26FW", SIZES[:2], (BLACK,))


class OneCell(BaseForm):
    """A table of one cell."""

    cell = Coats("black 66")


def typed(text: str) -> OneCell:
    return OneCell(MultiDict({"cell": text}))


@pytest.mark.parametrize(
    ("text", "coats"),
    [("", 0), (" ", 0), ("0", 0), ("007", 7), ("12", 12), (" 1 200 ", 1200), ("1,200", 1200)],
)
def test_a_cell_reads_whole_coats(text: str, coats: int) -> None:
    form = typed(text)
    assert form.validate()
    assert form.cell.data == coats


@settings(deadline=None)
@given(st.text(max_size=8))
@example("-1")
@example("1.5")
@example("١٢")
@example("１２")
@example("1e3")
@example("12345")
def test_a_cell_is_whole_coats_or_refused_and_never_anything_else(text: str) -> None:
    form = typed(text)
    bare = re.sub(r"[\s,]", "", text)
    assert form.validate() is bool(re.fullmatch(r"[0-9]{0,4}", bare, re.ASCII))
    if form.errors:
        assert form.cell.data == 0
    assert str(form.cell._value()) == text


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 9999))
def test_what_is_kept_comes_back_into_the_cell(coats: int) -> None:
    form = OneCell(data={"cell": coats})
    assert form.cell._value() == (str(coats) if coats else "")


def sheet(app: Flask, given: dict[str, Any] | None = None, order: Order | None = None) -> OrderForm:
    """The sheet of two styles, as a request fills it."""
    customers = [Customer(1, "Larch Street Shop"), Customer(2, "Plum Lane")]
    method = "GET" if given is None else "POST"
    with app.test_request_context(method=method, data=given), speaking("en"):
        form = order_form((COAT, OTHER), customers, order)
        form.ok()
        return form


HEAD = {"kind": "customer", "customer": "2", "due": DUE.isoformat(), "tolerance_percent": "3"}


def test_the_sheet_becomes_an_order_with_its_styles_in_turn(app: Flask) -> None:
    cells = {"cell:W-2601:CA:66": "4", "cell:W-2602:BK:44": "1"}
    prices = {"price:W-2601": "120,000", "price:W-2602": "₩90,000"}
    entry = sheet(app, HEAD | cells | prices).to_entry()
    assert (entry.kind, entry.customer, entry.due) == (OrderKind.CUSTOMER, 2, DUE)
    assert [(line.style, line.colour, line.price) for line in entry.lines] == [
        ("W-2601", "BK", Money(120_000)),
        ("W-2601", "CA", Money(120_000)),
        ("W-2602", "BK", Money(90_000)),
    ]
    assert dict(entry.lines[1].cells)["66"] == 4
    assert dict(entry.lines[2].cells) == {"44": 1, "55": 0}


def test_what_is_left_empty_is_nothing(app: Flask) -> None:
    entry = sheet(app, HEAD | {"customer": "", "deposit": ""}).to_entry()
    assert entry.customer is None
    assert (entry.deposit, entry.lines[0].price) == (Money(0), Money(0))
    assert not any(coats for line in entry.lines for _, coats in line.cells)


def test_a_draft_comes_back_into_its_sheet_as_it_was(app: Flask) -> None:
    draft = order_value(state=OrderState.DRAFT, deposit=Money(70_000), note="by noon")
    form = sheet(app, order=draft)
    assert form.due.data == draft.due
    assert form.customer.data == 1
    assert (form.deposit.data, form.note.data) == (Money(70_000), "by noon")
    assert form.cell("W-2601", "BK", "66").data == draft.line(1).of("66")
    assert form.price("W-2601").data == draft.line(1).price
    assert form.price("W-2602").data is None


def test_what_is_typed_wins_over_what_was_kept(app: Flask) -> None:
    form = sheet(app, HEAD | {"cell:W-2601:BK:66": ""}, order_value(state=OrderState.DRAFT))
    assert form.cell("W-2601", "BK", "66").data == 0
    assert not form.cell("W-2601", "BK", "55").data


def test_asking_for_another_table_keeps_nothing_and_complains_of_nothing(app: Flask) -> None:
    form = sheet(app, {"more": "1", "cell:W-2601:BK:66": "x"})
    assert not form.form_errors
    assert 'value="x"' in form.cell("W-2601", "BK", "66")()
