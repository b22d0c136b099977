"""Letters of double size at a screen of the floor: nothing sticks out, no word breaks inside."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from factory.db.session import transaction
from factory.kernel.time import now, today
from factory.people import queries as people
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.browser.scanner import scan
from tests.browser.test_clock import sign_in
from tests.cast import PASSWORD, PIN
from tests.people.build import make_terms, make_worker
from tests.production.floor import Floor, make_floor

pytestmark = pytest.mark.browser
FAULTS = (Path(__file__).parent / "letters.js").read_text(encoding="utf-8")
HERS = ("/", "/days/hours", "/pay/mine", "/pay/mine/pieces", "/settings", "/settings/pin")


@pytest.fixture
def badge(house: tuple[Flask, str]) -> str:
    """A door, and Pine who has been working here for a while."""
    first = today().replace(day=1) - timedelta(days=40)
    with house[0].app_context(), transaction() as session:
        pine = make_worker(session, name="은행나무", hired=first, terms=make_terms(since=first))
        terminal = [Role.CLOCK_TERMINAL]
        service.create_account(session, "door", PASSWORD, roles=terminal, by=SYSTEM, at=now())
        return people.badges(session)[pine.id]


@pytest.fixture
def floor(house: tuple[Flask, str]) -> Floor:
    """A terminal of the floor, three bundles, and a machinist with a long name."""
    with house[0].app_context(), transaction() as session:
        made = make_floor(session, name="은행나무")
        terminal = [Role.FLOOR_TERMINAL]
        service.create_account(session, "floor", PASSWORD, roles=terminal, by=SYSTEM, at=now())
    return made


def look(page: Page, language: str) -> list[str]:
    """What is wrong with the letters of this page, on a telephone and on a tablet."""
    page.wait_for_load_state()
    faults = []
    for width in (360, 800):
        page.set_viewport_size({"width": width, "height": 900})
        found: list[str] = page.evaluate(FAULTS)
        faults += [f"{page.url} {language} {width}: {fault}" for fault in found]
    return faults


@pytest.mark.parametrize("language", ["ko_easy", "en"])
def test_her_pages_are_whole_in_large_letters(
    house: tuple[Flask, str], page: Page, badge: str, language: str
) -> None:
    address = house[1]
    sign_in(page, address, "door", PASSWORD)
    page.click(".letters button")
    page.goto(f"{address}/days/hours")
    page.fill("[name=number]", "1")
    page.fill("[name=pin]", PIN)
    page.click("main button")
    page.click(f"button[name=language][value={language}]")
    faults = []
    for path in HERS:
        page.goto(address + path)
        faults += look(page, language)
    page.evaluate("document.forms[document.forms.length - 1].noValidate = true")
    page.click("main .card button")
    faults += look(page, language)
    page.goto(f"{address}/clock/")
    scan(page, badge)
    page.wait_for_selector(".answer")
    assert faults + look(page, language) == []


@pytest.mark.parametrize("language", ["ko_easy", "en"])
def test_the_floor_is_whole_in_large_letters(
    house: tuple[Flask, str], page: Page, floor: Floor, language: str
) -> None:
    address = house[1]
    sign_in(page, address, "floor", PASSWORD)
    page.click(".letters button")
    page.click(f"button[name=language][value={language}]")
    faults = []
    for path in ("/", "/station/", "/inspection/", "/rework/", "/pin"):
        page.goto(address + path)
        faults += look(page, language)
    page.goto(f"{address}/station/")
    page.click("button[value=fuse]")
    scan(page, floor.badge)
    page.wait_for_selector(".acting")
    faults += look(page, language)
    scan(page, floor.code)
    page.wait_for_selector(".go")
    assert page.locator("[name=good]").input_value() == "10"
    assert faults + look(page, language) == []
