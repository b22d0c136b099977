"""Styles and coats in a browser: a sheet of operations, a hang tag that is scanned, a count."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import FilePayload, Page, expect

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.security import service
from factory.security.domain import SYSTEM, Role
from factory.stock import queries
from seed_data.catalogue import SHEET, fill
from tests.browser.scanner import scan
from tests.cast import PASSWORD
from tests.stock.build import make_item, make_stock

pytestmark = pytest.mark.browser


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("[name=name]", "willow")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.click("button[name=language][value=en]")


@pytest.fixture
def coat(house: tuple[Flask, str]) -> str:
    """Ten black wool coats in 66, in a house with the demo's styles."""
    app, _ = house
    with app.app_context(), transaction() as session:
        service.create_account(
            session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
        )
        fill(session, now())
        return make_stock(session, make_item(session), 10)


def test_a_hang_tag_leads_to_its_coat_and_a_count_is_entered_by_keyboard(
    house: tuple[Flask, str], page: Page, coat: str
) -> None:
    app, address = house
    sign_in(page, address)
    page.get_by_role("link", name="Coats on the rail").click()
    expect(page.get_by_role("link", name="black 66: 10")).to_be_visible()
    scan(page, coat)
    expect(page.get_by_role("heading", level=1)).to_have_text("Women's wool coat · black · 66")
    page.get_by_role("link", name="Count it").press("Enter")
    page.get_by_label("Coats counted").fill("8")
    page.keyboard.press("Tab")
    page.keyboard.type("count of the year")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("8 counted, 2 missing")
    expect(page.get_by_label("Reason")).to_have_value("count of the year")
    with app.app_context(), reading() as session:
        assert queries.on_hand(session, coat) == 8


def test_a_sheet_is_chosen_looked_at_and_taken_over(
    house: tuple[Flask, str], page: Page, coat: str
) -> None:
    _, address = house
    sign_in(page, address)
    page.goto(f"{address}/styles/W-2601/operations")
    faster = SHEET.read_text(encoding="utf-8").replace("SNLS,3.60,E", "SNLS,3.40,E")
    file: FilePayload = {
        "name": "coat.csv",
        "mimeType": "text/csv",
        "buffer": faster.encode("cp949"),
    }
    page.set_input_files("[name=file]", files=[file])
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("tr.change-changed")).to_have_count(1)
    expect(page.locator("tr.change-changed")).to_contain_text("S28")
    page.get_by_role("button", name="Take it over").click()
    expect(page.get_by_text("Version 2")).to_be_visible()
    expect(page.get_by_text("45 operations · 78.70 minutes")).to_be_visible()


def test_nothing_runs_over_the_edge_of_a_telephone(
    house: tuple[Flask, str], page: Page, coat: str
) -> None:
    _, address = house
    sign_in(page, address)
    page.set_viewport_size({"width": 360, "height": 740})
    for path in (
        "/styles/",
        "/styles/W-2601",
        "/styles/W-2601/operations",
        "/styles/new",
        "/stock/",
        f"/stock/coats/{coat}",
        "/stock/count",
    ):
        page.goto(f"{address}{path}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, path
