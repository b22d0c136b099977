"""`make pictures`: the README's screenshots, from the demo season; and those of the story.

`python -m tests.pictures story` takes those of the story alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

from config import load_settings
from factory.catalogue.domain import Station
from factory.cli.demo import PASSWORD, demo_app
from factory.db.session import reading, transaction
from factory.kernel.time import months_later, now, today
from factory.people import queries as people
from factory.production import queries as production
from factory.security import service
from factory.security.domain import SYSTEM, Role
from factory.stock import queries as stock
from factory.timeclock import queries as timeclock
from tests.browser.conftest import ARGUMENTS
from tests.browser.scanner import scan
from tests.conftest import make_app
from tests.prepare import browser
from tests.story import CHAPTERS, Story

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
TABLET, OFFICE = (800, 1100), (1280, 900)


@dataclass(frozen=True, slots=True)
class Picture:
    """One screenshot: whose, of which page, at which size, after which acts."""

    name: str
    account: str
    path: str
    size: tuple[int, int] = OFFICE
    language: str = "ko"
    act: Callable[[Page, Flask], None] | None = None


def come(page: Page, app: Flask) -> None:
    """Somebody who is not there yet holds her badge to the door."""
    with app.app_context(), reading() as session:
        here = {each.number for each in timeclock.present(session, at=now())}
        badges = people.badges(session)
        away = [w for w in people.workers(session, today()) if w.number not in here]
    scan(page, badges[away[0].id])
    page.wait_for_selector(".answer")


def work(page: Page, app: Flask) -> None:
    """A machinist holds her badge and then a bundle to the scanner of the station."""
    page.click("button[value=assembly]")
    with app.app_context(), reading() as session:
        badge = next(iter(people.badges(session).values()))
        assembly = {
            step.code
            for each in production.open_bundles(session)
            for step in each.routing.steps
            if step.operation.station is Station.ASSEMBLY
        }
        code = next(
            each.bundle.code
            for each in production.open_bundles(session)
            if {step for step, _ in each.ready} & assembly
        )
    for scanned in (badge, code):
        page.wait_for_selector("[data-scan]")
        scan(page, scanned)
        page.wait_for_load_state()
        page.wait_for_timeout(500)
    if page.locator(".go").count() == 0:
        page.locator(".choices a").first.click()
    page.wait_for_selector(".go")


def sell(page: Page, app: Flask) -> None:
    """Two coats are scanned."""
    with app.app_context(), reading() as session:
        coats = [line.code for line in stock.list_stock(session, today()) if line.on_hand > 1]
    for code in coats[:2]:
        scan(page, code)
        page.wait_for_timeout(800)


PICTURES = (
    Picture("start", "manager", "/"),
    Picture("clock", "door", "/clock/", TABLET, "ko_easy", come),
    Picture("station", "floor", "/station/place", TABLET, "ko_easy", work),
    Picture("board", "manager", "/board/", OFFICE, "en"),
    Picture("order", "orders", "/orders/2026-0010", OFFICE, "en"),
    Picture("till", "cashier", "/till/", TABLET, "ko", sell),
    Picture("payslip", "manager", "/pay/{last_month}/4", OFFICE, "en"),
)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The house on a port of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def take(page: Page, app: Flask, address: str, picture: Picture) -> None:
    """Sign in, go there, do what there is to do, and press the shutter."""
    page.context.clear_cookies()
    page.set_viewport_size({"width": picture.size[0], "height": picture.size[1]})
    page.goto(f"{address}/sign-in?language={picture.language}")
    page.fill("[name=name]", picture.account)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.click(f"button[name=language][value={picture.language}]")
    last_month = f"{months_later(today(), -1):%Y-%m}"
    page.goto(address + picture.path.format(last_month=last_month))
    if picture.act is not None:
        picture.act(page, app)
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    print(f"docs/pictures/{picture.name}.png")


def take_story(page: Page, folder: str) -> None:
    """Tell the story of 117 coats in an empty house, and press the shutter after each chapter."""
    app, story = make_app(f"sqlite:///{folder}/story.sqlite", Path(folder)), Story()
    roles = (Role.MANAGER, Role.SUPERVISOR)
    with app.app_context(), transaction() as session:
        service.create_account(
            session, "Willow", PASSWORD, roles=roles, language="en", by=SYSTEM, at=now()
        )
    page.context.clear_cookies()
    page.set_viewport_size({"width": OFFICE[0], "height": OFFICE[1]})
    with served(app) as address:
        page.goto(f"{address}/sign-in?language=en")
        page.fill("[name=name]", "Willow")
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        for chapter in CHAPTERS:
            with app.app_context(), transaction() as session:
                chapter(session, story)
            page.goto(address + story.shown)
            page.screenshot(path=FOLDER / f"story-{chapter.__name__}.png")
            print(f"docs/pictures/story-{chapter.__name__}.png")


def main() -> None:
    """Open the demo in a place of its own, and walk through it with a camera."""
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    if sys.argv[1:] == ["story"]:
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
            chromium = play.chromium.launch(executable_path=browser(), args=arguments)
            take_story(chromium.new_page(locale="ko-KR", timezone_id="Asia/Seoul"), folder)
            chromium.close()
        return
    with tempfile.TemporaryDirectory() as folder:
        app = demo_app(load_settings(os.environ | {"DIDIM_INSTANCE": folder}))
        with served(app) as address, sync_playwright() as play:
            chromium = play.chromium.launch(executable_path=browser(), args=arguments)
            page = chromium.new_page(locale="ko-KR", timezone_id="Asia/Seoul")
            for picture in PICTURES:
                take(page, app, address, picture)
            take_story(page, folder)
            chromium.close()


if __name__ == "__main__":
    main()
