"""What a customer pays for a style is agreed once, and stands in every order from then on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.orders import queries, service
from factory.orders.domain import CustomerUnknown, OrderKind, PriceMissing
from factory.orders.domain.agreed import (
    Agreed,
    AgreedForNothing,
    AgreedInThePast,
    check_agreed,
    prices_on,
    with_agreed,
)
from factory.security.domain import SYSTEM
from tests.orders.build import STYLE, make_customer, make_entry, make_lines, make_style
from tests.orders.house import kept
from tests.orders.test_importing import HEAD, SENT
from tests.orders.test_routes import sheet

DAY = date(2026, 11, 24)
FREE = tuple(
    type(line)(line.style, line.colour, Money(0), line.cells) for line in make_lines(BK=(0, 3))
)


def agreed(won: int, since: date = DAY) -> Agreed:
    return Agreed(STYLE, since, Money(won))


def test_the_price_that_began_last_holds_and_of_one_day_the_one_entered_last() -> None:
    entered = [agreed(90_000, DAY + timedelta(3)), agreed(80_000), agreed(85_000)]
    assert prices_on(entered, DAY - timedelta(1)) == {}
    assert prices_on(entered, DAY) == {STYLE: Money(85_000)}
    assert prices_on(entered, DAY + timedelta(3)) == {STYLE: Money(90_000)}


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (agreed(0), AgreedForNothing),
        (agreed(-1), AgreedForNothing),
        (agreed(80_000, DAY - timedelta(1)), AgreedInThePast),
    ],
)
def test_a_price_is_more_than_nothing_and_for_days_to_come(
    new: Agreed, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        check_agreed(new, today=DAY)


def test_a_typed_price_stays_and_coats_for_the_house_s_own_rail_have_none() -> None:
    prices = {STYLE: Money(80_000)}
    typed = make_entry(lines=make_lines(BK=(0, 3)))
    assert with_agreed(typed, prices) == typed
    own = make_entry(kind=OrderKind.STOCK, customer=None, lines=FREE)
    assert with_agreed(own, prices) == own
    hers = with_agreed(make_entry(lines=FREE), prices)
    assert [line.price for line in hers.lines] == [Money(80_000)]


def test_an_order_takes_the_price_of_its_own_customer_and_keeps_it(session: Session) -> None:
    make_style(session)
    hers, other = make_customer(session), make_customer(session, "Birch Lane Shop")
    new = agreed(81_000, today())
    service.agree_price(session, hers.number, new, by=SYSTEM, at=now())
    entry = make_entry(customer=hers.number, lines=FREE)
    taken = service.take(session, entry, by=SYSTEM, at=now())
    assert [line.price for line in taken.lines] == [Money(81_000)]
    elsewhere = make_entry(customer=other.number, lines=FREE)
    with pytest.raises(PriceMissing):
        service.take(session, elsewhere, by=SYSTEM, at=now())
    service.agree_price(session, hers.number, agreed(99_000, today()), by=SYSTEM, at=now())
    assert queries.order(session, taken.number).lines[0].price == Money(81_000)
    assert [each.price.won for each in queries.agreed(session, hers.number)] == [99_000, 81_000]
    with pytest.raises(CustomerUnknown):
        service.agree_price(session, 99, new, by=SYSTEM, at=now())


def test_it_is_agreed_on_the_customer_s_page_and_an_empty_price_takes_it(
    app: Flask, office: FlaskClient
) -> None:
    page, day = "/orders/customers/1/prices", today().isoformat()
    asked = {"style": STYLE, "price": "77,000", "since": day}
    assert office.post(page, data=asked | {"price": ""}).status_code == 422
    assert office.post(page, data=asked | {"price": "cheap"}).status_code == 422
    assert office.post(page, data=asked | {"style": "W-0000"}).status_code in {404, 422}
    assert office.post(page, data=asked | {"since": "2020-01-01"}).status_code == 422
    assert office.post(page, data=asked).status_code == 303
    assert "₩77,000" in office.get(page).text
    assert office.get("/orders/customers/99/prices").status_code == 404

    sent = sheet() | {"price:W-2601": ""}
    assert office.post("/orders/new", data=sent).status_code == 303
    (order,) = kept(app)
    assert {line.price for line in order.lines} == {Money(77_000)}

    look = SENT | {"sheet": HEAD + "W-2601,BK,,1,2,3\n", "step": "take"}
    assert office.post("/orders/import", data=look).status_code == 303
    with app.app_context(), reading() as session:
        newest = max(queries.orders(session), key=lambda each: each.number)
    assert {line.price for line in newest.lines} == {Money(77_000)}
