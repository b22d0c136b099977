"""While another program holds the database: the door's queue and an office page, in a browser."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from factory.db import engine
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.security import devices, service
from factory.security.domain import SYSTEM, Role
from tests.browser.scanner import scan
from tests.browser.test_clock import sign_in
from tests.browser.test_door import NAMES, House, door
from tests.cast import PASSWORD
from tests.web.held import BUSY, held

__all__ = ["door"]
pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for long."""
    monkeypatch.setattr(engine, "PATIENCE", 0.3)


def test_whoever_scans_meanwhile_waits_in_the_browser_and_is_taken_once(
    door: House, page: Page
) -> None:
    with held(door.app):
        for name in NAMES[:3]:
            scan(page, door.people[name][1])
        expect(page.locator("[data-waiting]")).to_be_visible()
        assert door.punches() == []
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert len(door.punches()) == 3


def test_a_page_of_the_office_keeps_what_was_typed(house: tuple[Flask, str], page: Page) -> None:
    app, address = house
    with app.app_context(), transaction() as session:
        service.create_account(
            session, "juniper", PASSWORD, roles=[Role.KEEPER], language="en", by=SYSTEM, at=now()
        )
    sign_in(page, address, "juniper", PASSWORD)
    page.goto(f"{address}/terminals?language=en")
    page.fill("[name=name]", "door <문> & yard")
    with held(app):
        page.locator("main form:has([name=name]) button").click()
        expect(page.get_by_role("alert")).to_contain_text(BUSY)
    page.get_by_role("button", name="Send it once more").click()
    expect(page.locator("main")).to_contain_text("door <문> & yard")
    with app.app_context(), reading() as session:
        assert [each.name for each in devices.listed(session)] == ["door <문> & yard"]
