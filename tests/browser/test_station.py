"""At the station with nothing but the scanner: a bundle is logged, refused, taken back."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from factory.db.session import reading, transaction
from factory.kernel.ids import CodeKind, running_code
from factory.kernel.time import now
from factory.people import queries as people
from factory.production import queries
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.browser.scanner import scan, scan_quickly
from tests.browser.test_clock import sign_in
from tests.browser.test_door import KEPT
from tests.cast import PASSWORD
from tests.people.build import make_worker
from tests.production.floor import Floor, make_floor

pytestmark = pytest.mark.browser
STUTTER = 1600
"""Milliseconds after which the same ticket again is a yes, not a stutter of the scanner."""


@pytest.fixture
def floor(house: tuple[Flask, str]) -> Floor:
    """A terminal of the floor, three bundles, Pine and her badge."""
    with house[0].app_context(), transaction() as session:
        made = make_floor(session)
        terminal = [Role.FLOOR_TERMINAL]
        service.create_account(session, "floor", PASSWORD, roles=terminal, by=SYSTEM, at=now())
    return made


def fused(app: Flask, floor: Floor) -> int:
    with app.app_context(), reading() as session:
        return queries.bundle(session, floor.code).progress.steps["C06"].passed


def test_a_bundle_is_logged_refused_and_taken_back_with_the_scanner_alone(
    house: tuple[Flask, str], page: Page, floor: Floor
) -> None:
    app, address = house
    sign_in(page, address, "floor", PASSWORD)
    page.goto(f"{address}/station/")
    page.click("button[value=fuse]")

    scan(page, floor.badge)
    expect(page.locator(".acting")).to_have_text("Pine")
    scan(page, floor.code)
    expect(page.locator(".go")).to_contain_text("10장 다 했어요")
    scan(page, floor.code)
    expect(page.locator(".go")).to_be_visible()
    assert fused(app, floor) == 0

    page.wait_for_timeout(STUTTER)
    scan(page, floor.code)
    expect(page.locator(".answer.green")).to_contain_text("10장")
    assert fused(app, floor) == 10

    scan(page, floor.code)
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text(re.compile(r"Pine 님이 \d\d:\d\d에"))
    expect(page.locator("[data-scan]")).to_have_value(floor.code)
    assert fused(app, floor) == 10

    page.wait_for_load_state()
    page.get_by_role("button", name="되돌리기").click()
    expect(page.locator(".answer.green")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("묶음표")
    assert fused(app, floor) == 0


def test_fewer_pieces_and_a_defect_with_the_keyboard_alone(
    house: tuple[Flask, str], page: Page, floor: Floor
) -> None:
    app, address = house
    sign_in(page, address, "floor", PASSWORD)
    page.goto(f"{address}/station/")
    page.click("button[value=fuse]")
    scan(page, floor.badge)
    expect(page.locator(".acting")).to_have_text("Pine")
    scan(page, floor.code)

    expect(page.locator(".go")).to_be_visible()
    page.wait_for_load_state()
    page.locator("summary").press("Enter")
    page.locator("button[value=stain]").press("Enter")
    expect(page.locator(".answer.green")).to_be_visible()
    expect(page.locator(".go")).to_contain_text("9장 다 했어요")

    page.wait_for_load_state()
    page.get_by_role("button", name="하나 빼기").press("Enter")
    expect(page.locator(".go")).to_contain_text("8장 했어요")
    page.locator("input[name=good]").first.fill("")
    expect(page.locator(".go")).to_contain_text("0장 했어요")
    page.locator("input[name=good]").first.fill("8")
    page.locator(".go").press("Enter")
    expect(page.locator(".answer.green")).to_contain_text("8장")
    assert fused(app, floor) == 8


@pytest.fixture
def fusing(house: tuple[Flask, str], page: Page, floor: Floor) -> Page:
    """The screen at the fusing press, nobody's badge scanned yet."""
    sign_in(page, house[1], "floor", PASSWORD)
    page.goto(f"{house[1]}/station/")
    page.click("button[value=fuse]")
    expect(page.locator("[data-scan]")).to_be_visible()
    return page


def test_a_ticket_scanned_right_after_the_badge_waits_until_the_page_is_ready(
    fusing: Page, floor: Floor
) -> None:
    scan_quickly(fusing, floor.badge, floor.code)
    expect(fusing.locator(".go")).to_contain_text("10장 다 했어요")
    expect(fusing.locator(".acting")).to_have_text("Pine")
    assert fusing.evaluate("JSON.stringify(sessionStorage)") == "{}"


def test_the_same_ticket_twice_is_one_scan(
    house: tuple[Flask, str], fusing: Page, floor: Floor
) -> None:
    scan(fusing, floor.badge)
    expect(fusing.locator(".acting")).to_have_text("Pine")
    scan_quickly(fusing, floor.code, floor.code)
    expect(fusing.locator(".go")).to_be_visible()
    expect(fusing.locator("[data-once-more]")).to_be_hidden()
    assert fused(house[0], floor) == 0


def test_a_badge_that_came_too_quickly_is_asked_for_once_more(fusing: Page, floor: Floor) -> None:
    scan_quickly(fusing, floor.code, floor.badge)
    expect(fusing.locator("[data-once-more]")).to_be_visible()
    scan(fusing, floor.badge)
    expect(fusing.locator(".go")).to_contain_text("10장 다 했어요")


def test_a_refusal_is_not_hidden_by_the_ticket_that_came_after_it(
    fusing: Page, floor: Floor
) -> None:
    scan(fusing, floor.badge)
    expect(fusing.locator(".acting")).to_have_text("Pine")
    scan_quickly(fusing, running_code(CodeKind.BUNDLE, 999), floor.code)
    expect(fusing.get_by_role("alert").filter(has_text="묶음이 없어요")).to_be_visible()
    expect(fusing.locator("[data-once-more]")).to_be_visible()


def test_going_back_after_the_green_answer_asks_nobody_to_send_again(
    house: tuple[Flask, str], fusing: Page, floor: Floor
) -> None:
    scan(fusing, floor.badge)
    expect(fusing.locator(".acting")).to_have_text("Pine")
    scan(fusing, floor.code)
    expect(fusing.locator(".go")).to_be_visible()
    fusing.wait_for_load_state()
    fusing.locator(".go").click()
    expect(fusing.locator(".answer.green")).to_be_visible()
    expect(fusing.locator("h1")).to_contain_text("묶음표")
    fusing.go_back()
    expect(fusing.locator(".answer.green")).to_contain_text("10장")
    assert fused(house[0], floor) == 10


def test_pieces_entered_without_the_network_wait_here_and_are_stored_once(
    house: tuple[Flask, str], fusing: Page, floor: Floor
) -> None:
    scan(fusing, floor.badge)
    expect(fusing.locator(".acting")).to_have_text("Pine")
    scan(fusing, floor.code)
    expect(fusing.locator(".go")).to_be_visible()
    fusing.wait_for_load_state()
    fusing.context.set_offline(offline=True)
    fusing.locator(".go").click()
    expect(fusing.locator(".over .said").last).to_have_text("받았어요.")
    expect(fusing.locator(".go")).to_be_disabled()
    assert fused(house[0], floor) == 0
    (kept,) = fusing.evaluate(KEPT)
    assert "Pine" not in str(kept)
    assert "csrf" not in str(kept)
    fusing.context.set_offline(offline=False)
    expect(fusing.locator("[data-waiting]")).to_be_hidden()
    assert fused(house[0], floor) == 10
    assert fusing.evaluate(KEPT) == []


def test_tickets_scanned_while_the_server_is_away_are_stored_once_each(
    house: tuple[Flask, str], fusing: Page, floor: Floor
) -> None:
    scan(fusing, floor.badge)
    expect(fusing.locator(".acting")).to_have_text("Pine")
    fusing.wait_for_load_state()
    fusing.context.set_offline(offline=True)
    ticket, go = fusing.locator(".away [data-away-ticket]"), fusing.locator(".away .go")
    for count, bundle in enumerate(floor.bundles, 1):
        scan(fusing, bundle.code)
        expect(ticket).to_have_text(bundle.code)
        if count == 2:
            fusing.wait_for_timeout(STUTTER)
            scan(fusing, bundle.code)
        else:
            go.press("Enter")
        expect(fusing.locator(".away [data-number]")).to_have_text(str(count))
    kept = fusing.evaluate(KEPT)
    assert "Pine" not in str(kept)
    assert "csrf" not in str(kept)
    assert fused(house[0], floor) == 0
    fusing.context.set_offline(offline=False)
    expect(fusing.locator(".away")).to_have_count(0)
    expect(fusing.locator(".entries li")).to_have_count(3)
    with house[0].app_context(), reading() as session:
        done = [queries.bundle(session, each.code).progress for each in floor.bundles]
    assert [progress.steps["C06"].passed for progress in done] == [10, 10, 10]
    assert fusing.evaluate(KEPT) == []


def test_a_ticket_that_the_browser_could_not_keep_stays_and_is_taken_the_next_time(
    fusing: Page, floor: Floor
) -> None:
    scan(fusing, floor.badge)
    expect(fusing.locator(".acting")).to_have_text("Pine")
    fusing.wait_for_load_state()
    fusing.context.set_offline(offline=True)
    scan(fusing, floor.code)
    expect(fusing.locator("[data-away-ticket]")).to_have_text(floor.code)
    fusing.evaluate(
        """() => { const { add } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.add = function () {
          IDBObjectStore.prototype.add = add;
          throw new DOMException("full", "QuotaExceededError");
        }; }"""
    )
    fusing.locator(".away .go").click()
    expect(fusing.locator("[data-away-ticket]")).to_have_text(floor.code)
    fusing.locator(".away .go").click()
    expect(fusing.locator(".away [data-number]")).to_have_text("1")


def test_a_badge_scanned_while_the_server_is_away_is_whose_work_it_is(
    house: tuple[Flask, str], fusing: Page, floor: Floor
) -> None:
    with house[0].app_context(), transaction() as session:
        birch = make_worker(session, name="Birch")
        badge = people.badges(session)[birch.id]
    scan(fusing, floor.badge)
    expect(fusing.locator(".acting")).to_have_text("Pine")
    fusing.wait_for_load_state()
    fusing.context.set_offline(offline=True)
    scan(fusing, badge)
    expect(fusing.locator("[data-away-somebody]")).to_be_visible()
    expect(fusing.locator(".acting")).to_be_hidden()
    scan(fusing, floor.code)
    fusing.locator("#away-good").fill("4")
    expect(fusing.locator(".away .go")).to_contain_text("4장 했어요")
    fusing.locator(".away .go").click()
    expect(fusing.locator(".over .said").last).to_have_text("받았어요.")
    fusing.context.set_offline(offline=False)
    expect(fusing.locator(".away")).to_have_count(0)
    expect(fusing.locator(".acting")).to_have_text("Birch")
    with house[0].app_context(), reading() as session:
        (entry,) = queries.my_scans(session, birch.id, floor.pine_began)
    assert (entry.bundle, entry.good) == (floor.code, 4)


def test_the_green_answer_stays_while_the_server_is_away_and_takes_the_next_ticket(
    fusing: Page, floor: Floor
) -> None:
    scan(fusing, floor.badge)
    expect(fusing.locator(".acting")).to_have_text("Pine")
    scan(fusing, floor.code)
    expect(fusing.locator(".go").first).to_be_visible()
    fusing.wait_for_load_state()
    fusing.locator(".go").first.click()
    expect(fusing.locator(".answer.green")).to_be_visible()
    fusing.wait_for_load_state()
    fusing.context.set_offline(offline=True)
    fusing.wait_for_timeout(2500)
    scan(fusing, floor.bundles[1].code)
    expect(fusing.locator("[data-away-ticket]")).to_have_text(floor.bundles[1].code)
