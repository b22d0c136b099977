"""A day at the till with scanner and keyboard alone, in a browser."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from factory.db.session import reading, transaction
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.security import service as security
from factory.security.domain import SYSTEM, Role
from factory.stock import queries as stock
from factory.till import queries
from factory.till.domain.sale import receipt_code
from tests.browser.test_clock import sign_in
from tests.cast import PASSWORD
from tests.till.build import FLOAT, PRICE, make_coat

pytestmark = pytest.mark.browser


def scan(page: Page, code: str) -> None:
    """Type as a scanner does: digits 5 ms apart, then Enter, wherever the cursor is."""
    page.wait_for_load_state()
    wire = page.context.new_cdp_session(page)
    start = now().timestamp()
    for place, key in enumerate([*code, "Enter"]):
        digit = key != "Enter"
        what = {
            "code": f"Digit{key}" if digit else "Enter",
            "key": key,
            "text": key if digit else "\r",
            "windowsVirtualKeyCode": ord(key) if digit else 13,
            "timestamp": start + place * 0.005,
        }
        wire.send("Input.dispatchKeyEvent", {"type": "keyDown", **what})
        wire.send("Input.dispatchKeyEvent", {"type": "keyUp", **what})


def press(page: Page, key: str) -> None:
    page.wait_for_load_state()
    page.keyboard.press(key)


def enter(page: Page, text: str = "") -> None:
    """Type as a person does, who looks where she types."""
    page.wait_for_load_state()
    expect(page.locator(":focus")).to_be_visible()
    page.keyboard.type(text, delay=50)
    page.wait_for_timeout(50)
    page.keyboard.press("Enter")


@pytest.fixture
def shop(house: tuple[Flask, str], page: Page) -> tuple[Flask, str, str]:
    """Birch stands at the till; two kinds of coat hang on the rail."""
    app, address = house
    with app.app_context(), transaction() as session:
        black, camel = make_coat(session, 3), make_coat(session, 3, colour="CA")
        security.create_account(
            session, "birch", PASSWORD, roles=[Role.CASHIER], by=SYSTEM, at=now()
        )
    sign_in(page, address, "birch", PASSWORD)
    page.goto(f"{address}/till/")
    return app, black, camel


def sell_with_cash(page: Page, black: str, camel: str) -> None:
    lines = page.locator(".till-lines li")
    enter(page, "200000")  # the float
    expect(page.locator("#code")).to_be_focused()
    scan(page, black)
    expect(lines).to_have_count(1)
    scan(page, camel)
    expect(lines).to_have_count(2)
    expect(page.locator("#total")).to_have_text("₩378,000")

    enter(page)  # on to the money
    expect(page.locator("#cash")).to_be_focused()
    page.keyboard.type("3")
    page.wait_for_timeout(60)  # nobody is as quick as a scanner
    scan(page, camel)  # one more, with the cursor in the money: nothing of it lands there
    expect(page.locator("#lines-1-quantity")).to_have_value("2")
    press(page, "F9")
    expect(page.locator("#cash")).to_have_value("3")
    page.keyboard.press("Control+A")
    enter(page, "500000")
    expect(page.locator(".problem")).to_contain_text("₩67,000 are still missing.")
    expect(page.locator("#cash")).to_have_value("500000")
    page.keyboard.press("Control+A")
    page.keyboard.type("600000")
    expect(page.locator("[data-rest]")).to_have_text("₩33,000")
    enter(page)
    expect(page.locator(".till-done .till-big")).to_have_text("₩33,000")


def sell_by_card(page: Page, black: str) -> None:
    scan(page, black)  # the next customer, straight away
    expect(page.locator(".till-lines li")).to_have_count(1)
    press(page, "F9")
    expect(page.locator("#cash")).to_be_focused()
    press(page, "F4")  # everything by card
    expect(page.locator(".till-done")).to_contain_text("no change")


def take_back(page: Page, code: str) -> None:
    enter(page)  # an empty basket
    expect(page.locator("#code")).to_be_focused()
    scan(page, code)  # a receipt: coats come back
    expect(page.locator("h1")).to_have_text(code)
    press(page, "F2")
    expect(page.locator("button[value=pay_back]")).to_be_focused()
    enter(page)
    expect(page.locator(".till-done .till-big")).to_have_text("₩567,000")


def test_a_day_with_scanner_and_keyboard_alone(shop: tuple[Flask, str, str], page: Page) -> None:
    app, black, camel = shop
    sell_with_cash(page, black, camel)
    sell_by_card(page, black)
    take_back(page, receipt_code(1))
    with app.app_context(), reading() as session:
        day = queries.today(session)
        assert (day.sales, day.returns, day.expected) == (2, 1, Money(FLOAT))
        assert day.net == Money(PRICE)
        assert (stock.on_hand(session, black), stock.on_hand(session, camel)) == (2, 3)


def test_two_scans_at_once_lose_nothing(shop: tuple[Flask, str, str], page: Page) -> None:
    _, black, camel = shop
    enter(page, "0")
    expect(page.locator("#code")).to_be_focused()
    for code in (black, camel, black):
        scan(page, code)
    expect(page.locator("#total")).to_have_text("₩567,000")
    expect(page.locator("#lines-0-quantity")).to_have_value("2")


def test_a_discount_is_counted_while_it_is_typed_and_stays_when_the_server_is_away(
    shop: tuple[Flask, str, str], page: Page
) -> None:
    _, black, _ = shop
    enter(page, "0")
    expect(page.locator("#code")).to_be_focused()
    scan(page, black)
    expect(page.locator(".till-lines li")).to_have_count(1)
    page.locator("#lines-0-discount").focus()
    page.keyboard.type("9,000")
    page.keyboard.press("Tab")
    expect(page.locator("#total")).to_have_text("₩180,000")
    page.evaluate(
        "() => { window.away = fetch; window.fetch = () => Promise.reject(new Error()); }"
    )
    page.locator("#code").focus()
    enter(page)
    expect(page.locator("[data-offline=away]")).to_be_visible()
    expect(page.locator("#lines-0-discount")).to_have_value("9,000")
    page.evaluate("() => { window.fetch = window.away; }")  # and it goes on by itself
    expect(page.locator(".till-due strong")).to_have_text("₩180,000")


def test_another_language_keeps_the_basket_and_the_money(
    shop: tuple[Flask, str, str], page: Page
) -> None:
    _, black, _ = shop
    enter(page, "0")
    expect(page.locator("#code")).to_be_focused()
    scan(page, black)
    expect(page.locator(".till-lines li")).to_have_count(1)
    page.click("button[name=language][value=ko]")
    expect(page.locator("#total")).to_have_text("189,000원")
    enter(page)
    expect(page.locator("#cash")).to_be_focused()
    page.keyboard.type("200000", delay=50)
    page.click(".letters button")
    expect(page.locator("html.big")).to_be_attached()
    expect(page.locator("#cash")).to_have_value("200000")
    expect(page.locator("[data-rest]")).to_have_text("11,000원")
    page.click("button[name=language][value=en]")
    expect(page.locator("[data-rest]")).to_have_text("₩11,000")


def cut_off(page: Page) -> None:
    """The server is gone from one moment to the next."""
    page.evaluate(
        "() => { window.away = fetch; window.fetch = () => Promise.reject(new Error()); }"
    )


def come_back(page: Page) -> None:
    page.evaluate("() => { window.fetch = window.away; }")


def test_it_is_said_at_once_that_the_server_is_away_and_what_was_scanned_comes_after(
    shop: tuple[Flask, str, str], page: Page
) -> None:
    _, black, camel = shop
    enter(page, "0")
    expect(page.locator("#code")).to_be_focused()
    scan(page, black)
    expect(page.locator(".till-lines li")).to_have_count(1)
    cut_off(page)
    expect(page.locator("[data-offline=away]")).to_be_visible()  # nobody pressed anything
    scan(page, camel)
    scan(page, black)
    page.get_by_role("link", name="Returns").click()  # would lose the basket
    expect(page.locator("#code")).to_have_value(camel)
    come_back(page)
    expect(page.locator("#total")).to_have_text("₩567,000")
    expect(page.locator("#lines-0-quantity")).to_have_value("2")
    expect(page.locator("[data-offline=away]")).to_be_hidden()


def test_money_on_its_way_when_the_server_goes_is_sent_again_and_counts_once(
    shop: tuple[Flask, str, str], page: Page
) -> None:
    app, black, _ = shop
    enter(page, "0")
    expect(page.locator("#code")).to_be_focused()
    scan(page, black)
    expect(page.locator(".till-lines li")).to_have_count(1)
    press(page, "F9")
    expect(page.locator("#cash")).to_be_focused()
    page.evaluate(
        """() => { window.away = fetch; window.fetch = async (...asked) => {
          await window.away(...asked); throw new Error(); }; }"""
    )  # the sale gets there, its answer does not come back
    press(page, "F2")
    expect(page.locator("[data-offline=unsure]")).to_be_visible()
    expect(page.locator(".till-due strong")).to_have_text("₩189,000")
    come_back(page)
    expect(page.locator(".news")).to_contain_text("Nothing was sold or paid twice.")
    expect(page.locator(".till-done .till-big")).to_have_text("₩189,000")
    with app.app_context(), reading() as session:
        assert queries.today(session).sales == 1


def test_whoever_goes_back_to_the_coats_is_told_that_they_were_sold(
    shop: tuple[Flask, str, str], page: Page
) -> None:
    app, black, _ = shop
    enter(page, "0")
    expect(page.locator("#code")).to_be_focused()
    scan(page, black)
    expect(page.locator(".till-lines li")).to_have_count(1)
    press(page, "F9")
    expect(page.locator("#cash")).to_be_focused()
    page.evaluate(
        """() => { window.away = fetch; window.fetch = async (...asked) => {
          if (asked[0] !== "/healthz") await window.away(...asked); throw new Error(); }; }"""
    )
    press(page, "F2")
    expect(page.locator("[data-offline=unsure]")).to_be_visible()
    press(page, "Escape")
    come_back(page)
    expect(page.locator(".till-done .till-big")).to_have_text("₩189,000")
    with app.app_context(), reading() as session:
        assert queries.today(session).sales == 1


def test_only_cash_gives_change_and_a_refused_tag_does_not_stop_the_sale(
    shop: tuple[Flask, str, str], page: Page
) -> None:
    _, black, _ = shop
    enter(page, "0")
    expect(page.locator("#code")).to_be_focused()
    scan(page, black)
    expect(page.locator(".till-lines li")).to_have_count(1)
    scan(page, "40999991")
    expect(page.locator(".problem")).to_contain_text("No coat has this code.")
    press(page, "F9")
    expect(page.locator("#cash")).to_be_focused()
    page.locator("#card").fill("200000")
    expect(page.locator("[data-word]")).to_have_text("Too much by card or transfer")
    expect(page.locator("[data-rest]")).to_have_text("₩11,000")


def test_a_tag_and_a_badge_are_scanned_where_coats_come_back_without_a_receipt(
    shop: tuple[Flask, str, str], page: Page
) -> None:
    _, black, _ = shop
    enter(page, "0")
    expect(page.locator("#code")).to_be_focused()
    page.goto(page.url.replace("/till/", "/till/returns/without"))
    scan(page, black)
    expect(page.locator("#code")).to_have_value(black)
    expect(page.locator("#quantity")).to_be_focused()
    scan(page, "185283827186")
    expect(page.locator("#badge")).to_have_value("185283827186")
    expect(page.locator("#pin")).to_be_focused()
    expect(page.locator("#quantity")).to_have_value("1")


def test_money_that_did_not_reach_the_server_stays_typed(
    shop: tuple[Flask, str, str], page: Page
) -> None:
    app, _, _ = shop
    enter(page, "50000")
    expect(page.locator("#code")).to_be_focused()
    page.goto(page.url.replace("/till/", "/till/money/in"))
    page.keyboard.type("7,000")
    page.locator("#reason").fill("coins")
    cut_off(page)
    enter(page)
    expect(page.locator("[data-offline=away]")).to_be_visible()
    expect(page.locator("#amount")).to_have_value("7,000")
    come_back(page)
    expect(page.locator("[data-offline=away]")).to_be_hidden()
    enter(page)
    expect(page.locator(".news")).to_contain_text("It is noted")
    with app.app_context(), reading() as session:
        assert queries.today(session).paid_in == Money(7_000)
