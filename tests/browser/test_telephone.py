"""On a telephone: a table that is wider than the screen opens with today in view."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page

from factory.db.session import transaction
from factory.kernel.time import now, today
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.browser.test_clock import sign_in
from tests.cast import PASSWORD
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/leave/team", "/days/month"])
def test_the_month_opens_with_today_in_view(
    house: tuple[Flask, str], page: Page, path: str
) -> None:
    app, address = house
    first = today() - timedelta(days=40)
    with app.app_context(), transaction() as session:
        make_worker(session, hired=first, terms=make_terms(since=first))
        leader = [Role.SUPERVISOR]
        service.create_account(session, "cedar", PASSWORD, roles=leader, by=SYSTEM, at=now())
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, address, "cedar", PASSWORD)
    page.goto(address + path)
    page.evaluate("document.fonts.ready.then(() => true)")
    cell = page.locator("[aria-current=date]")
    box, name = cell.bounding_box(), page.locator("thead th").first.bounding_box()
    assert box is not None
    assert name is not None
    assert name["x"] + name["width"] <= box["x"] + 1
    assert box["x"] + box["width"] <= 390
