"""At the station when something is wrong: one tap for help, for a needle; visitors see no names."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from factory.db.session import reading
from factory.kernel.time import now
from factory.production import queries
from factory.production.domain.holds import HoldKind
from factory.production.queries import help as calls
from tests.browser.scanner import scan
from tests.browser.test_clock import sign_in
from tests.browser.test_station import floor  # noqa: F401 - the same floor
from tests.cast import PASSWORD
from tests.production.floor import Floor

pytestmark = pytest.mark.browser


@pytest.fixture
def card(
    house: tuple[Flask, str],
    page: Page,
    floor: Floor,  # noqa: F811 - the fixture
) -> Page:
    """Pine has scanned her badge and a bundle's ticket."""
    sign_in(page, house[1], "floor", PASSWORD)
    page.goto(f"{house[1]}/station/")
    page.click("button[value=fuse]")
    scan(page, floor.badge)
    expect(page.locator(".acting")).to_have_text("Pine")
    scan(page, floor.code)
    expect(page.locator(".go")).to_be_visible()
    return page


def test_one_tap_calls_for_help_and_one_says_that_it_goes_on(
    house: tuple[Flask, str], card: Page
) -> None:
    app, address = house
    card.goto(f"{address}/station/")
    card.locator(".help").click()
    card.locator("button[value=machine]").click()
    card.wait_for_url("**/station/")  # by itself, after the green answer
    with app.app_context(), reading() as session:
        assert len(calls.open_calls(session, at=now())) == 1
    card.goto(f"{address}/station/help")
    card.locator(".entries button").click()
    card.wait_for_url("**/station/")
    with app.app_context(), reading() as session:
        assert calls.open_calls(session, at=now()) == ()


def test_a_broken_needle_holds_the_bundle_with_one_tap(
    house: tuple[Flask, str],
    card: Page,
    floor: Floor,  # noqa: F811 - the fixture
) -> None:
    card.locator("form[action$='/needle'] button").click()
    card.wait_for_url("**/station/")  # by itself, after the green answer
    with house[0].app_context(), reading() as session:
        (hold,) = queries.open_holds(session, HoldKind.NEEDLE)
    assert hold.bundle == floor.code
    scan(card, floor.code)
    expect(card.get_by_role("alert").first).to_be_visible()
    expect(card.locator(".go")).to_have_count(0)


def test_visitors_see_no_name_and_read_how_a_coat_is_made(
    house: tuple[Flask, str], card: Page
) -> None:
    address = house[1]
    card.goto(f"{address}/")
    card.locator("form[action='/visitors'] button").click()
    card.goto(f"{address}/station/")
    expect(card.get_by_text("Pine")).to_have_count(0)
    card.goto(f"{address}/board/how")
    expect(card.locator("h1")).to_contain_text("How a coat is made")
    expect(card.get_by_text("Pine")).to_have_count(0)
