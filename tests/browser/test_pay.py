"""A large month's pay in a real browser: one press, and its parts follow by themselves."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from factory.db.session import transaction
from factory.kernel.time import now
from factory.payroll.routes import runs
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.browser.test_clock import sign_in
from tests.cast import PASSWORD
from tests.people.build import make_leader

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(house: tuple[Flask, str], page: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The manager before a month of four, of whom one is calculated at a time."""
    monkeypatch.setattr(runs, "AT_ONCE", 1)
    app, address = house
    with app.app_context(), transaction() as session:
        for name in ("Pine", "Cedar", "Hazel", "Birch"):
            make_leader(session, name)
        service.create_account(
            session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
        )
    sign_in(page, address, "willow", PASSWORD)
    page.goto(f"{address}/pay/2026-10")
    return page


def test_its_parts_follow_by_themselves_and_lead_to_the_month(desk: Page) -> None:
    desk.locator("form[action$='/calculate'] button").click()
    expect(desk.locator(".told")).to_be_visible()
    expect(desk.locator("[aria-current=step]")).to_contain_text("3")


def test_where_the_line_breaks_she_goes_on_by_the_button(desk: Page) -> None:
    broken = {"once": True}

    def cut(route: Route) -> None:
        by_script = route.request.headers.get("x-didim-parts")
        route.abort() if by_script and broken.pop("once", False) else route.continue_()

    desk.route("**/calculate", cut)
    desk.locator("form[action$='/calculate'] button").click()
    expect(desk.locator(".going button")).to_be_visible()
    assert desk.locator(".going progress").get_attribute("value") == "1"
    desk.locator(".going button").click()
    expect(desk.locator("[aria-current=step]")).to_contain_text("3")
