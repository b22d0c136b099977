"""What a browser keeps on its disk after she signed out: nobody's name, sealed or chosen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from factory.db.session import transaction
from factory.kernel.time import now
from factory.people import queries as people
from factory.people import service as hiring
from factory.people.domain import Worker
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.browser.conftest import ARGUMENTS
from tests.browser.scanner import scan
from tests.cast import PASSWORD, PIN
from tests.people.build import make_worker
from tests.prepare import browser
from tests.web.canary import files_betraying

pytestmark = pytest.mark.browser
LEGAL, PHONE, CHOSEN = "갈매기 Leftname 6604", "010-6604-7719", "Heronmarker"
ALL = """async () => {
  const found = [{...localStorage}, {...sessionStorage}, document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => {
      const asked = indexedDB.open(name); asked.onsuccess = () => done(asked.result);
    });
    for (const store of base.objectStoreNames) found.push(await new Promise((done) => {
      const asked = base.transaction(store).objectStore(store).getAll();
      asked.onsuccess = () => done(asked.result);
    }));
  }
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    for (const each of await kept.keys()) {
      found.push(each.url, await (await kept.match(each)).text());
    }
  }
  return JSON.stringify(found);
}"""
"""Everything that a page of ours can find in this browser."""


@pytest.fixture
def people_there(house: tuple[Flask, str]) -> tuple[Worker, str]:
    """Somebody with a sealed name, her badge, and the accounts of office and floor."""
    with house[0].app_context(), transaction() as session:
        worker = make_worker(session, CHOSEN)
        hiring.seal(session, worker, {"legal_name": LEGAL, "phone": PHONE}, by=SYSTEM, at=now())
        for role in (Role.MANAGER, Role.CLOCK_TERMINAL):
            service.create_account(
                session, role.value, PASSWORD, roles=[role], language="en", by=SYSTEM, at=now()
            )
        return worker, people.badges(session)[worker.id]


@pytest.fixture
def kept(chromium: Browser, tmp_path: Path) -> Iterator[tuple[BrowserContext, Path]]:
    """A browser that keeps what browsers keep, in a folder that can be looked at."""
    folder = tmp_path / "profile"
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    context = chromium.browser_type.launch_persistent_context(
        folder, executable_path=browser(), args=arguments
    )
    yield context, folder
    context.close()


def enter(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/sign-in?language=en")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("[name=password]")).to_have_count(0)


def leave(page: Page) -> None:
    page.locator("form[action='/sign-out'] button").first.click()
    expect(page.locator("[name=password]")).to_be_visible()


def test_nothing_of_anybody_stays_in_the_browser(
    house: tuple[Flask, str],
    people_there: tuple[Worker, str],
    kept: tuple[BrowserContext, Path],
) -> None:
    address, (worker, badge), (context, folder) = house[1], people_there, kept
    page = context.new_page()
    enter(page, address, Role.MANAGER.value)
    for field, text in (("legal_name", LEGAL), ("phone", PHONE)):
        page.goto(f"{address}/people/{worker.number}/sealed")
        page.select_option("[name=field]", field)
        page.fill("[name=reason]", "a letter")
        page.press("[name=reason]", "Enter")
        expect(page.get_by_text(text)).to_be_visible()
    for there in ("", "/terms"):
        page.goto(f"{address}/people/{worker.number}{there}")
    leave(page)
    page.go_back()
    expect(page.get_by_text(LEGAL)).to_have_count(0)
    expect(page.get_by_text(PHONE)).to_have_count(0)
    enter(page, address, Role.CLOCK_TERMINAL.value)
    page.goto(f"{address}/clock/")
    scan(page, badge)
    expect(page.locator(".answer.green")).to_be_visible()
    expect(page.get_by_text(CHOSEN).first).to_be_visible()
    page.goto(f"{address}/clock/")
    page.wait_for_function("navigator.serviceWorker.ready.then((it) => !!it.active)")
    seen = page.evaluate(ALL)
    assert "/static/app.css" in seen, "it looked where the door's page is kept"
    assert not [text for text in (LEGAL, PHONE, CHOSEN, PASSWORD, badge) if text in seen]
    context.close()
    assert files_betraying(folder, (LEGAL, "Leftname", PHONE, CHOSEN, PIN * 3, PASSWORD)) == {}
    assert files_betraying(folder, ["/static/app.css"]), "these are the files it keeps"


def test_a_page_with_people_on_it_hides_when_nobody_touches_it(
    house: tuple[Flask, str], people_there: tuple[Worker, str], page: Page
) -> None:
    address, (worker, _badge) = house[1], people_there
    enter(page, address, Role.MANAGER.value)
    page.clock.install()
    page.goto(f"{address}/people/{worker.number}/sealed")
    page.fill("[name=reason]", "half of a reason")
    page.clock.fast_forward(299_000)
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press("Shift")
    page.clock.fast_forward(299_000)
    expect(page.locator("h1")).to_be_visible()
    page.clock.fast_forward(2_000)
    expect(page.locator("h1")).not_to_be_visible()
    expect(page.locator(".curtain")).to_contain_text("so it hides")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert page.input_value("[name=reason]") == "half of a reason"
    page.goto(f"{address}/board/")
    page.clock.fast_forward(600_000)
    expect(page.locator("main")).to_be_visible()
