"""From the badge at the door to her payslip, in a browser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from factory.db.session import transaction
from factory.kernel.time import now, today
from factory.people import queries as people
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.browser.scanner import scan
from tests.cast import PASSWORD, PIN
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.browser


def sign_in(page: Page, address: str, name: str, secret: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{address}/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", secret)
    page.click("main button")
    page.click("button[name=language][value=en]")


def test_from_the_badge_to_the_payslip(house: tuple[Flask, str], page: Page) -> None:
    app, address = house
    first = today().replace(day=1) - timedelta(days=40)
    with app.app_context(), transaction() as session:
        pine = make_worker(session, hired=first, terms=make_terms(since=first))
        badge = people.badges(session)[pine.id]
        for name, role in (("door", Role.CLOCK_TERMINAL), ("willow", Role.MANAGER)):
            service.create_account(session, name, PASSWORD, roles=[role], by=SYSTEM, at=now())

    sign_in(page, address, "door", PASSWORD)
    page.goto(f"{address}/clock/")
    scan(page, badge)
    expect(page.locator(".answer.green")).to_contain_text("Pine 님, 출근했어요")
    expect(page.locator("[data-scan]")).to_be_visible()

    scan(page, badge)
    expect(page.locator(".answer.over.green")).to_contain_text("Pine 님, 출근했어요")
    expect(page.locator(".answer.over")).to_have_count(0)

    page.fill("[data-scan]", "104839572617")
    page.keyboard.press("Enter")
    expect(page.locator(".over .answer.red")).to_contain_text("not read well")
    expect(page.locator("[data-scan]")).to_have_value("104839572617")

    page.goto(f"{address}/days/hours")
    page.fill("[name=number]", str(pine.number))
    page.fill("[name=pin]", PIN)
    page.click("main button")
    expect(page.locator("main h1")).to_contain_text("내 시간")
    expect(page.locator("main [data-hide]")).to_be_attached()

    sign_in(page, address, "willow", PASSWORD)
    page.goto(f"{address}/pay/{today():%Y-%m}")
    page.locator("form[action$='/calculate'] button").first.click()
    page.get_by_role("cell", name="Pine").get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Payslip")
