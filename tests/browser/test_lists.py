"""Lists of the office on a telephone: one row below another, nothing to push sideways."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from factory.db.session import transaction
from factory.kernel.time import DAY, monday_of, now, today
from factory.people import service as people
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.cast import PASSWORD
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.browser
PUSHED = """() => [...document.querySelectorAll("main .scroll")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1)
  .map((box) => `${box.scrollWidth} in ${box.clientWidth}`)"""


def in_work_for_weeks(app: Flask) -> int:
    """Five people of whom one leaves, and somebody who may look at everything."""
    hired = today() - 60 * DAY
    with app.app_context(), transaction() as session:
        service.create_account(
            session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
        )
        workers = [
            make_worker(session, name, hired=hired, terms=make_terms(since=hired))
            for name in ("Pine", "Cedar", "Hazel", "Birch", "Maple")
        ]
        people.leave(session, workers[-1], today() + 9 * DAY, by=SYSTEM, at=now())
        return workers[0].number


@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_no_list_of_people_and_hours_is_pushed_sideways_on_a_telephone(
    house: tuple[Flask, str], page: Page, language: str
) -> None:
    app, address = house
    number = in_work_for_weeks(app)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/sign-in")
    page.fill("[name=name]", "willow")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.click(f"button[name=language][value={language}]")
    month = f"{today() - 20 * DAY:%Y-%m}"
    for path in (
        "/people/",
        "/days/week",
        f"/days/{monday_of(today()) + 7 * DAY}",
        "/days/headcount",
        f"/days/month/{month}/{number}",
        "/audit",
        f"/audit/month/{today():%Y-%m}",
    ):
        page.goto(f"{address}{path}")
        assert page.evaluate(PUSHED) == [], path
