"""What firms owe by its age, their tax invoices and statements; what styles bring beyond cost."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now, today
from factory.kernel.words import say, show, speaking
from factory.orders import service as ordering
from factory.security.domain import SYSTEM, Role
from factory.till import queries, service
from factory.till.documents.firms import statement
from factory.till.domain.accounts import (
    Account,
    Delivered,
    FirmPayment,
    Margin,
    PaidInTheFuture,
    PaidNothing,
    checked_payment,
    invoices,
)
from factory.till.domain.sale import TenderKind
from factory.till.exports import accounts_csv, invoices_csv
from printers.sheet import Facts
from tests.conftest import SignIn
from tests.orders.build import finish, make_customer, make_order
from tests.till.build import PRICE, SHOP, make_coat, make_till, sold

DAY, RATE = date(2026, 11, 23), Fraction(1, 10)
AT = datetime.fromisoformat("2026-11-23T10:00:00+09:00")


def delivered(won: int, days_ago: int = 0, number: str = "2026-0001-1") -> Delivered:
    return Delivered(number, "2026-0001", DAY - timedelta(days=days_ago), 1, Money(won))


def payment(won: int) -> FirmPayment:
    return FirmPayment(DAY, Money(won), TenderKind.TRANSFER, "", AT, "Willow")


def account(*went: Delivered, paid: int = 0) -> Account:
    payments = (payment(paid),) if paid else ()
    return Account(1, "Sample Trading", "1248100998", went, payments)


def test_payments_go_to_the_oldest_delivery_first() -> None:
    old, middle, new = delivered(100, 95), delivered(200, 45), delivered(300, 5)
    firm = account(old, middle, new, paid=150)
    assert firm.owed == Money(450)
    assert firm.open_deliveries() == ((middle, Money(150)), (new, Money(300)))
    assert firm.by_age(DAY) == (Money(300), Money(150), ZERO, ZERO)
    assert firm.oldest(DAY) == 45
    assert account(old, paid=150).owed == Money(-50)
    assert account(old, paid=150).open_deliveries() == ()


@pytest.mark.parametrize(
    ("days", "place"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3)]
)
def test_an_age_ends_with_its_last_day(days: int, place: int) -> None:
    assert account(delivered(7, days)).by_age(DAY)[place] == Money(7)


@given(
    went=st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 200)), max_size=5),
    paid=st.integers(0, 10**6),
)
def test_what_is_owed_is_what_is_open_by_age_or_was_paid_ahead(
    went: list[tuple[int, int]], paid: int
) -> None:
    firm = account(*sorted((delivered(*each) for each in went), key=lambda d: d.day), paid=paid)
    assert Money.total(firm.by_age(DAY)) == max(firm.owed, ZERO)


def test_a_tax_invoice_splits_a_delivery_once() -> None:
    firm = account(delivered(10_000), delivered(5_000, 40, "2026-0001-0"))
    (one,) = invoices([firm], DAY, DAY, RATE)
    assert (one.supply, one.vat, one.total) == (Money(9_091), Money(909), Money(10_000))


def test_a_payment_of_nothing_or_of_tomorrow_is_refused() -> None:
    for amount in (ZERO, Money(-1)):
        with pytest.raises(PaidNothing):
            checked_payment(amount, DAY, DAY)
    with pytest.raises(PaidInTheFuture):
        checked_payment(Money(1), DAY + timedelta(days=1), DAY)


def test_a_margin_is_what_is_left_without_tax_labour_and_materials() -> None:
    one = Margin(style="W-1", coats=2, supply=Money(300), labour=Money(40), material=Money(60))
    assert (one.cost, one.margin, one.percent) == (Money(100), Money(100), 33)
    assert one.is_known
    unknown = Margin(style="W-1", coats=0, supply=ZERO, labour=Money(40), material=None)
    assert (unknown.margin, unknown.percent, unknown.is_known) == (ZERO, 0, False)


# Stored


def test_a_firms_payment_counts_once(session: Session, clock: time_machine.Traveller) -> None:
    number = make_customer(session).number
    event = new_id()
    for _ in "12":
        service.note_payment(
            session,
            number,
            Money(5_000),
            TenderKind.TRANSFER,
            today(),
            "advance",
            event_id=event,
            by=SYSTEM,
            at=now(),
        )
    found = queries.account(session, number)
    assert (found.paid, found.owed) == (Money(5_000), Money(-5_000))


def test_labour_is_the_piece_rates_of_a_coat_and_materials_are_entered(
    session: Session, clock: time_machine.Traveller
) -> None:
    make_till(session)
    code = make_coat(session)
    sold(session, code, 2)
    style = catalogue.item(session, code).style
    (one,) = queries.margins(session, today(), today())
    assert (one.style, one.coats, one.material) == (style, 2, None)
    assert one.supply == Money(round(2 * PRICE / 1.1))
    service.enter_material_cost(session, style, Money(70_000), by=SYSTEM, at=now())
    (again,) = queries.margins(session, today(), today())
    assert again.margin == again.supply - (again.labour + Money(70_000)) * 2


def test_a_delivery_s_statement_says_who_what_the_tax_and_what_is_owed(
    session: Session, clock: time_machine.Traveller
) -> None:
    order = make_order(session)
    finish(session, order, 1, "66", 2)
    gone = ordering.ship(
        session, order.number, {(1, "66"): 2}, event_id=new_id(), by=SYSTEM, at=now()
    )
    firm = order.customer.number if order.customer else 0
    told = queries.statement(session, firm, gone.number)
    total = order.lines[0].price * 2
    assert (told.supply + told.vat, told.firm.owed) == (total, total)
    paper = statement(told, SHOP)
    facts = dict(pair for block in paper.blocks if isinstance(block, Facts) for pair in block.pairs)
    for name in ("Business registration number", "Representative", "Customer", "Value of supply"):
        assert facts[say(name)]
    assert facts[say("Still owed")] == show(total)
    (invoice,) = queries.tax_invoices(session, today(), today())
    row = rows_of(invoices_csv([invoice], SHOP))[1]
    assert row[1:3] == [SHOP.registration, SHOP.name]
    assert int(row[8]) + int(row[9]) == int(row[10]) == total.won
    assert rows_of(accounts_csv([told.firm], today()))[1][4:6] == [str(total.won)] * 2


# At the pages


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ORDER_MANAGER)


@pytest.fixture
def firm(app: Flask, clock: time_machine.Traveller) -> int:
    with app.app_context(), transaction() as session:
        make_order(session)
        return make_customer(session, name="Second Trading").number


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_office_sees_what_firms_owe_and_notes_what_they_pay(
    office: FlaskClient, firm: int
) -> None:
    assert "Second Trading" in office.get("/till/firms").text
    typed = {"amount": "1,000", "day": today().isoformat(), "kind": "transfer"}
    for wrong in ({"amount": "0"}, {"amount": ""}, {"day": "2026-12-31"}):
        assert office.post(f"/till/firms/{firm}", data=typed | wrong).status_code == 422
    assert office.post(f"/till/firms/{firm}", data=typed).status_code == 303
    assert "₩1,000" in office.get(f"/till/firms/{firm}").text
    assert office.get("/till/firms/99").status_code == 404
    assert office.get(f"/till/firms/{firm}/statements/2026-0001-9.pdf").status_code == 404
    assert [row[0] for row in rows_of(office.get("/till/firms.csv").data)][1:]
    assert len(rows_of(office.get("/till/firms/invoices.csv").data)) == 1


def test_in_korean_an_invoice_says_buyer_and_item_and_not_how_many(
    app: Flask, office: FlaskClient
) -> None:
    with app.app_context(), speaking("ko"):
        firm = account(delivered(10_000))
        head, row = rows_of(invoices_csv(invoices([firm], DAY, DAY, RATE), None))
        owed = rows_of(accounts_csv([firm], DAY))[0]
    assert head[4] == "공급받는 자 등록번호"
    assert row[6] == "코트"
    assert owed[2] == "지금까지 나간 금액"


def test_margins_are_shown_and_material_costs_entered(
    app: Flask, office: FlaskClient, coat: str
) -> None:
    with app.app_context(), transaction() as session:
        sold(session, coat)
        style = catalogue.item(session, coat).style
    assert "not entered yet" in office.get("/board/margins").text
    for cost in ("-1", "", "x"):
        refused = office.post("/board/margins", data={"style": style, "cost": cost})
        assert refused.status_code == 422
    assert office.post("/board/margins", data={"style": style, "cost": "70,000"}).status_code == 303
    assert "₩70,000" in office.get("/board/margins").text


def test_the_cashier_sees_neither_what_firms_owe_nor_margins(birch: FlaskClient) -> None:
    for address in ("/till/firms", "/till/firms.csv", "/till/firms/invoices.csv", "/board/margins"):
        assert birch.get(address).status_code == 403
