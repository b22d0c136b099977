"""An order typed into the table of colours and sizes, by keyboard alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.orders import queries
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.browser.test_clock import sign_in
from tests.cast import PASSWORD
from tests.orders.build import make_customer, make_style

pytestmark = pytest.mark.browser


@pytest.fixture
def sheet(house: tuple[Flask, str], page: Page) -> Page:
    """The order manager before an empty sheet of one style; the cursor in its first cell."""
    app, address = house
    with app.app_context(), transaction() as session:
        make_style(session)
        make_customer(session)
        service.create_account(
            session, "maple", PASSWORD, roles=[Role.ORDER_MANAGER], by=SYSTEM, at=now()
        )
    sign_in(page, address, "maple", PASSWORD)
    page.goto(f"{address}/orders/new?style=W-2601")
    page.locator("[data-row='0'][data-column='0']").focus()
    return page


def here(page: Page) -> str:
    """Row and column of the cell that has the cursor."""
    return str(
        page.evaluate(
            "(({row, column}) => `${row}/${column}`)"
            "(Object.assign({row: '', column: ''}, document.activeElement.dataset))"
        )
    )


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_arrows_enter_and_tab_walk_through_the_table(sheet: Page) -> None:
    for keys, place in (
        (["ArrowRight"], "0/1"),
        (["ArrowDown", "ArrowDown"], "2/1"),
        (["ArrowDown"], "2/1"),  # below the last row there is nothing
        (["ArrowLeft", "ArrowUp"], "1/0"),
        (["ArrowLeft"], "1/0"),
        (["Tab"], "1/1"),
        (["Shift+Tab"], "1/0"),
        (["Enter"], "2/0"),
        (["Enter"], "0/1"),  # from the foot of a column to the head of the next
        (["Shift+Enter"], "0/1"),
    ):
        press(sheet, *keys)
        assert here(sheet) == place, keys
    sheet.locator("[data-row='2'][data-column='4']").focus()
    press(sheet, "Enter")
    expect(sheet.locator("[data-send]")).to_be_focused()


def test_totals_follow_every_key_and_the_server_comes_to_the_same(
    house: tuple[Flask, str], sheet: Page
) -> None:
    for quantity in (5, 10, 15):
        sheet.keyboard.type(str(quantity))
        press(sheet, "ArrowRight")
    sheet.locator("[data-row='1'][data-column='2']").focus()
    sheet.keyboard.type("14")
    expect(sheet.locator("[data-row-total='0']")).to_have_text("30")
    expect(sheet.locator("[data-column-total='2']")).to_have_text("29")
    expect(sheet.locator("[data-total]")).to_have_text("44")
    sheet.get_by_label("Price of one coat in won").focus()
    sheet.keyboard.type("120,000")
    expect(sheet.locator("[data-all]")).to_have_text("44")
    expect(sheet.locator("[data-all-worth]")).to_have_text("₩5,280,000")

    sheet.get_by_label("Customer").focus()
    sheet.keyboard.type("Larch")
    sheet.locator("[name=due]").fill((today() + timedelta(weeks=3)).isoformat())
    sheet.locator("[data-send]").focus()
    press(sheet, "Enter")
    expect(sheet.locator("h1")).to_contain_text("Larch Street Shop")
    expect(sheet.locator(".about")).to_contain_text("₩5,280,000")
    app, _ = house
    with app.app_context(), reading() as session:
        (order,) = queries.orders(session)
    assert (order.quantity, order.line(1).of("66"), order.line(2).of("66")) == (44, 15, 14)


def test_enter_in_a_field_keeps_the_sheet_and_adds_no_table_of_another_style(
    house: tuple[Flask, str], sheet: Page
) -> None:
    app, address = house
    with app.app_context(), transaction() as session:
        make_style(session, "W-2602")
    sheet.goto(f"{address}/orders/new?style=W-2601")
    sheet.locator("[data-row='0'][data-column='0']").fill("5")
    sheet.locator("[name=due]").fill((today() + timedelta(weeks=3)).isoformat())
    sheet.get_by_label("Customer").focus()
    sheet.keyboard.type("Larch")
    expect(sheet.get_by_role("button", name="Add its table")).to_be_visible()
    sheet.get_by_label("Price of one coat in won").fill("120,000")
    press(sheet, "Enter")
    expect(sheet.locator(".about")).to_contain_text("₩600,000")


def test_a_wrong_cell_counts_for_nothing_is_marked_and_stays_typed(sheet: Page) -> None:
    sheet.keyboard.type("1x")
    expect(sheet.locator("[data-row='0'][data-column='0']")).to_have_attribute("data-wrong", "")
    expect(sheet.locator("[data-total]")).to_have_text("0")
    sheet.locator("[name=due]").fill((today() + timedelta(weeks=3)).isoformat())
    sheet.locator("[data-send]").focus()
    press(sheet, "Enter")
    expect(sheet.get_by_role("alert")).to_contain_text("Please type how many coats")
    expect(sheet.locator("[data-row='0'][data-column='0']")).to_have_value("1x")


def test_a_block_from_a_spreadsheet_falls_into_its_cells(sheet: Page) -> None:
    sheet.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text", "5\\t10\\t15\\r\\n4\\t9\\t14\\r\\n");
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    expect(sheet.locator("[data-row='1'][data-column='2']")).to_have_value("14")
    expect(sheet.locator("[data-total]")).to_have_text("57")


@pytest.fixture
def tape(sheet: Page, house: tuple[Flask, str]) -> Page:
    """The same house before the empty table of measures; the cursor in its first name."""
    sheet.goto(f"{house[1]}/styles/W-2601/measures")
    sheet.locator("[data-row='0'][data-column='0']").focus()
    return sheet


def test_measures_are_typed_by_keyboard_and_a_name_is_mended_within(tape: Page) -> None:
    tape.keyboard.type("chst around")
    press(tape, "Home", "ArrowRight", "ArrowRight")
    assert here(tape) == "0/0"  # still within the word
    tape.keyboard.type("e")
    press(tape, "End", "ArrowRight")
    assert here(tape) == "0/1"
    for text in ("102", "105", "108.5", "111", "114"):
        tape.keyboard.type(text)
        press(tape, "ArrowRight")
    assert here(tape) == "0/6"
    assert tape.locator("[data-wrong]").count() == 0  # a decimal is no mistake here
    tape.keyboard.type("1.5")
    tape.locator("[data-send]").click()
    expect(tape.locator("table.cells")).to_contain_text("chest around")
    expect(tape.locator("table.cells")).to_contain_text("± 1.5")


def test_measures_of_a_spreadsheet_are_pasted_into_the_table(tape: Page) -> None:
    tape.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text", "hem around\\t120\\t123\\ncuff around\\t28\\t28.5");
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
            );
        }"""
    )
    expect(tape.locator("[name='length:0:55']")).to_have_value("123")
    expect(tape.locator("[name='name:1']")).to_have_value("cuff around")
    expect(tape.locator("[name='length:1:55']")).to_have_value("28.5")
