"""A cashier's day by keyboard and scanner: what waits, an exchange, a coat made to order."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from factory.db.session import reading, transaction
from factory.kernel.money import ZERO, Money
from factory.kernel.time import now
from factory.orders import queries as orders
from factory.orders import service as ordering
from factory.orders.domain import OrderState
from factory.security import service as security
from factory.security.domain import SYSTEM, Role
from factory.stock import queries as stock
from factory.till import queries
from factory.till.domain.sale import receipt_code, ticket_code
from factory.till.domain.ticket import TicketState
from tests.browser.test_clock import sign_in
from tests.browser.test_till import enter, press, scan
from tests.cast import PASSWORD
from tests.orders.build import finish, make_order
from tests.till.build import FLOAT, PRICE, make_coat
from tests.till.test_made_to_order import DEPOSIT, LINES
from tests.till.test_made_to_order import PRICE as MADE

pytestmark = pytest.mark.browser
Shop = tuple[Flask, str, dict[str, str]]


@pytest.fixture
def shop(house: tuple[Flask, str], page: Page) -> Shop:
    """Birch stands at the till; two coats hang there, and one is ordered to measure."""
    app, address = house
    with app.app_context(), transaction() as session:
        coats = {"order": make_order(session, lines=LINES).number}
        coats |= {"black": make_coat(session, 3), "other": make_coat(session, 3, size="77")}
        roles = [Role.CASHIER]
        security.create_account(session, "birch", PASSWORD, roles=roles, by=SYSTEM, at=now())
    sign_in(page, address, "birch", PASSWORD)
    page.goto(f"{address}/till/")
    enter(page, str(FLOAT))
    expect(page.locator("#code")).to_be_focused()
    return app, address, coats


def ask(app: Flask, question: Any) -> Any:
    with app.app_context(), reading() as session:
        return question(session)


def on(page: Page, what: str) -> None:
    """Go to something with the keyboard and press it."""
    page.locator(what).first.focus()
    press(page, "Enter")


def test_a_basket_waits_while_another_customer_is_served(shop: Shop, page: Page) -> None:
    app, _, coats = shop
    scan(page, coats["black"])
    expect(page.locator(".till-lines li")).to_have_count(1)
    press(page, "F6")  # she fetches her purse
    expect(page.locator(".till-held")).to_be_visible()
    scan(page, coats["other"])
    expect(page.locator(".till-lines li")).to_have_count(1)
    press(page, "F9")
    expect(page.locator("#cash")).to_be_focused()
    press(page, "F2")
    expect(page.locator(".till-done")).to_be_visible()
    enter(page)
    on(page, "button[value^=recall]")
    expect(page.locator("#total")).to_have_text("₩189,000")
    press(page, "F9")
    expect(page.locator("#cash")).to_be_focused()
    press(page, "F2")
    expect(page.locator(".till-done")).to_be_visible()
    assert ask(app, queries.held) == ()
    assert ask(app, queries.today).sales == 2


def test_a_coat_is_exchanged_for_another_size_of_the_same_price(shop: Shop, page: Page) -> None:
    app, _, coats = shop
    scan(page, coats["black"])
    expect(page.locator(".till-lines li")).to_have_count(1)
    press(page, "F9")
    expect(page.locator("#cash")).to_be_focused()
    press(page, "F4")
    expect(page.locator(".till-done")).to_be_visible()
    scan(page, receipt_code(1))
    expect(page.locator("h1")).to_have_text(receipt_code(1))
    press(page, "F2")  # all of it comes back
    expect(page.locator("button[value=pay_back]")).to_be_focused()
    press(page, "F4")  # for something else
    expect(page.locator(".till-exchange")).to_be_visible()
    scan(page, coats["other"])
    press(page, "F9")  # at once: it waits for the scan
    expect(page.locator(".till-pay button.go")).to_be_focused()
    press(page, "F9")
    expect(page.locator(".till-done")).to_be_visible()
    there = [ask(app, lambda s, c=coats[name]: stock.on_hand(s, c)) for name in ("black", "other")]
    assert there == [3, 2]
    assert ask(app, queries.today).net == Money(PRICE)


def test_a_coat_made_to_order_from_its_deposit_to_the_evening(shop: Shop, page: Page) -> None:
    app, address, coats = shop
    page.goto(f"{address}/till/tickets")
    expect(page.locator("#code")).to_be_focused()
    on(page, "a[href$='/tickets/orders']")
    on(page, f"a[href$='order={coats['order']}']")
    page.locator("#amount").focus()
    enter(page, str(DEPOSIT))
    expect(page.locator("#cash")).to_be_focused()
    press(page, "F2")
    expect(page.locator(".till-done .till-big")).to_have_text("₩100,000")
    with app.app_context(), transaction() as session:
        number = coats["order"]
        done = ordering.advance(session, number, OrderState.COMPLETE, by=SYSTEM, at=now())
        assert done is OrderState.COMPLETE
        finish(session, orders.order(session, number), 1, "66", 1)
    expect(page.locator("#code")).to_be_focused()
    scan(page, ticket_code(1))
    expect(page.locator("h1")).to_contain_text("1")
    press(page, "F9")  # it is ready
    expect(page.locator("a.go")).to_be_visible()
    press(page, "F9")  # to the money
    expect(page.locator("#cash")).to_be_focused()
    press(page, "F4")  # the rest by card
    expect(page.locator(".till-done")).to_be_visible()
    ticket = ask(app, lambda session: queries.ticket(session, 1))
    assert ticket.state is TicketState.PICKED_UP
    assert ask(app, queries.deposits_held) == ZERO
    count_and_close(page, address)
    end = ask(app, lambda session: queries.day_end(session, 1))
    assert (end.over, end.day.net) == (ZERO, Money(MADE))


def count_and_close(page: Page, address: str) -> None:
    page.goto(f"{address}/till/day")
    expect(page.locator("#n50000")).to_be_focused()
    page.wait_for_load_state()
    page.keyboard.type(str((FLOAT + DEPOSIT) // 50_000), delay=60)
    expect(page.locator("[data-counted]")).to_contain_text(f"{FLOAT + DEPOSIT:,}")
    press(page, "F9")
    expect(page.locator(".till-off")).to_have_count(0)
    expect(page.locator("#note")).to_be_focused()
    press(page, "F9")
    expect(page.locator("#note")).to_have_count(0)
    expect(page.locator(".till-done")).to_be_visible()


def test_what_is_refused_over_the_whole_page_goes_by_itself(shop: Shop, page: Page) -> None:
    _, address, coats = shop
    page.goto(f"{address}/till/tickets/new?order={coats['order']}")
    press(page, "F9")
    expect(page.locator("h1")).to_contain_text("Ticket no.")
    press(page, "F9")  # it is not made yet
    expect(page.locator(".answer.red")).to_be_visible()
    expect(page.locator(".answer.red")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("Ticket no.")
