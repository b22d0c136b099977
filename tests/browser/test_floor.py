"""At a screen of the floor, in a browser: nothing typed and no scan is lost, hers hides itself."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Page, expect

from factory.db.session import transaction
from factory.kernel.time import now
from factory.people import queries as people
from factory.security import service
from factory.security.domain import SYSTEM, Permission, Role
from factory.web.guard import kiosk
from factory.web.responses import red
from tests.browser.scanner import pass_time, scan
from tests.browser.test_clock import sign_in
from tests.cast import PASSWORD, PIN
from tests.people.build import make_worker

pytestmark = pytest.mark.browser
A_FORM = """{% extends "kiosk.html" %}{% from "_macros.html" import csrf %}{% block main %}
<h1>Pieces</h1><form method="post">{{ csrf() }}
<label for="pieces">Pieces</label><input id="pieces" name="pieces">
<label for="pin">PIN</label><input id="pin" name="pin" type="password">
<button>Go on</button></form>{% endblock %}"""


@kiosk(Permission.CLOCK)
def pieces() -> ResponseReturnValue:
    """A page of the floor whose entries are all refused."""
    if request.method == "POST":
        return red("There is no such page here.")
    return render_template_string(A_FORM)


@pytest.fixture
def door(house: tuple[Flask, str], page: Page) -> tuple[str, str]:
    """The door's screen, and Pine's number and badge."""
    app, address = house
    app.add_url_rule("/pieces", "pieces", pieces, methods=["GET", "POST"])
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
        badge = people.badges(session)[pine.id]
        service.create_account(
            session, "door", PASSWORD, roles=[Role.CLOCK_TERMINAL], by=SYSTEM, at=now()
        )
    sign_in(page, address, "door", PASSWORD)
    return address, badge


def test_after_a_refusal_she_finds_what_she_had_typed_but_no_secret(
    door: tuple[str, str], page: Page
) -> None:
    page.goto(f"{door[0]}/pieces")
    page.fill("[name=pieces]", "12")
    page.fill("[name=pin]", PIN)
    page.click("main button")
    expect(page.locator(".answer.red")).to_be_visible()
    expect(page.get_by_role("link", name="Go back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[name=pieces]")).to_have_value("12")
    expect(page.locator("[name=pin]")).to_have_value("")
    page.goto(f"{door[0]}/pieces")
    expect(page.locator("[name=pieces]")).to_have_value("")


def test_a_red_screen_goes_back_by_itself(door: tuple[str, str], page: Page) -> None:
    page.clock.install()
    page.goto(f"{door[0]}/pieces")
    page.click("main button")
    expect(page.locator(".answer.red")).to_be_visible()
    pass_time(page, 8100)
    expect(page.locator("[name=pieces]")).to_be_visible()


def test_whoever_comes_next_need_not_wait_for_the_green_screen(
    door: tuple[str, str], page: Page
) -> None:
    address, badge = door
    page.clock.install()
    page.goto(f"{address}/clock/")
    scan(page, badge)
    expect(page.locator(".answer.over.green")).to_contain_text("Pine")
    page.locator(".answer.over").evaluate("(answer) => { answer.id = 'first'; }")
    scan(page, badge)
    expect(page.locator("#first")).to_have_count(0)
    expect(page.locator(".answer.over.green")).to_contain_text("Pine")


def test_two_seconds_later_the_door_is_ready_by_itself(door: tuple[str, str], page: Page) -> None:
    address, badge = door
    page.clock.install()
    page.goto(f"{address}/clock/")
    scan(page, badge)
    expect(page.locator(".answer.over.green")).to_contain_text("Pine")
    pass_time(page, 2000)
    expect(page.locator(".answer.over")).to_have_count(0)
    expect(page.locator(".answer.beside button").first).to_be_visible()
    expect(page.locator("[data-scan]")).to_be_focused()
    expect(page.locator("[data-scan]")).to_have_value("")


def test_whoever_began_and_went_away_leaves_nothing_for_the_next_one(
    door: tuple[str, str], page: Page
) -> None:
    """Neither a number without its PIN, nor that the next entry is to take one back."""
    address, badge = door
    page.clock.install()
    page.goto(f"{address}/clock/")
    page.click("[data-undo]")
    expect(page.locator("[data-undoing]")).to_be_visible()
    page.fill("[data-scan]", "1")
    page.keyboard.press("Enter")
    expect(page.locator("#pin")).to_be_focused()
    pass_time(page, 20500)
    expect(page.locator("#pin")).to_be_hidden()
    expect(page.locator("[data-undoing]")).to_be_hidden()
    expect(page.locator("[data-scan]")).to_be_focused()
    expect(page.locator("[data-scan]")).to_have_value("")
    scan(page, badge)
    expect(page.locator(".answer.over.green")).to_contain_text("Pine")
    page.click("[data-undo]")
    page.fill("[data-scan]", "1")
    page.keyboard.press("Enter")
    page.fill("#pin", PIN)
    page.keyboard.press("Enter")
    expect(page.locator(".answer.over.green")).to_contain_text("되돌렸어요")
    expect(page.locator("[data-undoing]")).to_be_hidden()
    assert page.input_value("[name=undo]") == ""


def test_a_scan_leaves_nothing_behind_in_another_field(door: tuple[str, str], page: Page) -> None:
    address, badge = door
    page.goto(f"{address}/clock/")
    page.evaluate(
        "document.querySelector('main form').insertAdjacentHTML('beforeend', "
        "'<textarea aria-label=note>as it was</textarea>')"
    )
    page.evaluate(
        "document.querySelector('main form').addEventListener('submit', "
        "(e) => { e.preventDefault(); e.stopImmediatePropagation(); }, true)"
    )
    scan(page, badge, into="textarea")
    expect(page.locator("[data-scan]")).to_have_value(badge)
    expect(page.locator("textarea")).to_have_value("as it was")


def test_her_hours_hide_themselves_and_the_next_badge_is_welcome(
    door: tuple[str, str], page: Page
) -> None:
    address, _ = door
    page.clock.install()
    page.goto(f"{address}/days/hours")
    page.fill("[name=number]", "1")
    page.fill("[name=pin]", PIN)
    page.click("main button")
    expect(page.locator(".acting")).to_have_text("Pine")
    pass_time(page, 20500)
    expect(page.locator("[data-scan]")).to_be_visible()
    page.goto(f"{address}/days/hours")
    expect(page.locator("[name=pin]")).to_be_visible()
