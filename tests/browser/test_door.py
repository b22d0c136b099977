"""The door in a browser: a row of people, the Korean input method, large letters, no server."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cheroot.wsgi import Server
from flask import Flask
from playwright.sync_api import Page, Request, expect
from sqlalchemy import select

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import at, now, today
from factory.people import queries as people
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.security import service
from factory.security.domain import SYSTEM, Role
from factory.timeclock import queries as timeclock
from factory.timeclock import service as clock
from factory.timeclock.domain import PunchKind
from factory.timeclock.records import PunchRow
from tests.browser.scanner import scan
from tests.cast import PASSWORD, PIN
from tests.conftest import hurried, make_app_on_copy
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.browser
AT_ONCE = 300
"""Milliseconds within which she sees her answer."""
UNKNOWN = "104839572616"
NAMES = ("Pine", "Cedar", "Hazel", "Birch", "Maple")


@dataclass
class House:
    """A house whose server can be stopped and started at the same address."""

    app: Flask
    port: int
    people: dict[str, tuple[Worker, str]]
    server: Server | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.server = Server(("127.0.0.1", self.port), self.app, numthreads=6, shutdown_timeout=1)
        self.server.prepare()
        threading.Thread(target=self.server.serve, daemon=True).start()

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()
        self.server = None

    def punches(self) -> list[PunchRow]:
        with self.app.app_context(), reading() as session:
            return list(session.scalars(select(PunchRow).order_by(PunchRow.id)))


@pytest.fixture
def door(tmp_path: Path, empty_database: Path, page: Page) -> Iterator[House]:
    """The door's page, signed in, with five people who have badges."""
    app = hurried(make_app_on_copy(empty_database, tmp_path))
    long_ago = today() - timedelta(days=40)
    with app.app_context(), transaction() as session:
        terms = make_terms(since=long_ago)
        workers = [make_worker(session, name, hired=long_ago, terms=terms) for name in NAMES]
        badges = people.badges(session)
        roles = [Role.CLOCK_TERMINAL]
        service.create_account(session, "door", PASSWORD, roles=roles, by=SYSTEM, at=now())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    house = House(app, port, {one.name: (one, badges[one.id]) for one in workers})
    house.start()
    page.goto(f"{house.address}/sign-in")
    page.fill("[name=name]", "door")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.goto(f"{house.address}/clock/")
    yield house
    house.stop()


def answered(page: Page) -> list[float]:
    """How long each answer took, from the scan to the answer on the page."""
    taken: list[float] = page.evaluate(
        "performance.getEntriesByName('answer').map((each) => each.duration)"
    )
    return taken


def test_each_of_a_row_of_people_sees_her_answer_and_nobody_waits(door: House, page: Page) -> None:
    """One request a scan and no page in between: nothing else stands between her and the answer.

    How long each of a long row waits is measured by `tests/endure`, on a machine left alone.
    """
    asked: list[Request] = []
    page.on("request", lambda each: asked.append(each))  # noqa: PLW0108 - playwright marks handlers
    for name in NAMES:
        scan(page, door.people[name][1])
        expect(page.locator(".answer.over h1")).to_contain_text(f"{name} 님, 출근했어요")
    taken = answered(page)
    assert len(taken) == len(NAMES)
    assert min(taken) < AT_ONCE
    assert sum(each.method == "POST" for each in asked) == len(NAMES)
    assert not any(each.is_navigation_request() for each in asked)
    expect(page.locator(".answer.over")).to_have_count(0)
    expect(page.locator("[data-scan]")).to_be_focused()
    assert len(door.punches()) == len(NAMES)


def test_whoever_scans_at_once_after_another_is_answered_too(door: House, page: Page) -> None:
    for name in NAMES[:3]:
        scan(page, door.people[name][1])
    expect(page.locator(".answer.over h1")).to_contain_text("Hazel")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert [row.terminal for row in door.punches()] == ["door"] * 3


@pytest.mark.parametrize("ends", [True, False], ids=["it ends", "it stays open"])
def test_a_scan_in_the_middle_of_a_syllable_is_read(door: House, page: Page, *, ends: bool) -> None:
    page.focus("[data-scan]")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "ㅂ", "selectionStart": 1, "selectionEnd": 1})
    assert page.input_value("[data-scan]") == "ㅂ"
    page.evaluate(COMPOSING, {"code": door.people["Pine"][1], "ends": ends})
    expect(page.locator(".answer h1")).to_contain_text("Pine 님, 출근했어요")


def test_whoever_scans_while_another_is_asked_is_answered_and_answers_for_nobody(
    door: House, page: Page
) -> None:
    """Also with a scanner as slow as a hand: its keys are no time of her who is asked."""
    yesterday = today() - timedelta(days=1)
    with door.app.app_context(), transaction() as session:
        badge, came = door.people["Pine"][1], at(yesterday, "06:00")
        clock.punch(session, badge, PunchKind.IN, at=came, event_id=new_id(), received=came)
    for name, slow in (("Cedar", True), ("Hazel", False)):
        scan(page, door.people["Pine"][1])
        expect(page.locator("#gone")).to_be_focused()
        if slow:
            page.keyboard.type(door.people[name][1], delay=60)
            page.keyboard.press("Enter")
        else:
            scan(page, door.people[name][1], into="#gone")
        expect(page.locator(".answer h1").first).to_contain_text(f"{name} 님, 출근했어요")
        with door.app.app_context(), transaction() as session:
            assert timeclock.asked(session, open_only=False) == ()
            clock.undo_last(session, door.people["Pine"][0].id, at=now())


COMPOSING = """({ code, ends }) => {
  const field = document.activeElement, begun = new Event("keydown").timeStamp;
  let keys = 0;
  const press = (key, code, open) => {
    const about = { key, code, isComposing: open, bubbles: true, cancelable: true };
    const event = new KeyboardEvent("keydown", about);
    Object.defineProperty(event, "timeStamp", { value: begun + 5 * keys++ });
    field.dispatchEvent(event);
  };
  [...code].forEach((digit, at) => {
    press(at ? digit : "Process", `Digit${digit}`, at === 0 || !ends);
    const ended = new CompositionEvent("compositionend", { data: "ㅂ" });
    if (at === 0 && ends) field.dispatchEvent(ended);
    field.value += digit;
  });
  press("Enter", "Enter", !ends);
}"""


def test_with_large_letters_nothing_is_cut_off(door: House, page: Page) -> None:
    page.click("form.letters button")
    expect(page.locator("html.big")).to_be_attached()
    scan(page, door.people["Pine"][1])
    expect(page.locator(".answer.over h1")).to_contain_text("Pine")
    wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert wide
    expect(page.locator(".answer.over")).to_have_count(0)
    expect(page.locator(".answer.beside button").last).to_be_visible()


def test_number_and_pin_are_typed_into_the_same_field(door: House, page: Page) -> None:
    """What was refused to whoever came before is gone by then."""
    scan(page, UNKNOWN)
    expect(page.locator("[data-wrong] .errors")).to_be_visible()
    page.locator("[data-scan]").type(str(door.people["Pine"][0].number), delay=60)
    page.keyboard.press("Enter")
    expect(page.locator("#pin")).to_be_focused()
    expect(page.locator("[data-wrong] .errors")).to_have_count(0)
    page.locator("#pin").type(PIN, delay=60)
    page.keyboard.press("Enter")
    expect(page.locator(".answer.over h1")).to_contain_text("Pine 님, 출근했어요")
    expect(page.locator("#pin")).to_be_hidden()
    expect(page.locator("#pin")).to_have_value("")
    expect(page.locator("[data-scan]")).to_have_value("")
    assert page.evaluate("sessionStorage.getItem('typed')") is None


def test_without_the_server_every_punch_waits_and_is_stored_once_in_order(
    door: House, page: Page
) -> None:
    scan(page, door.people["Pine"][1])
    expect(page.locator(".answer.over h1")).to_contain_text("Pine")
    door.stop()
    for number, name in enumerate(("Cedar", "Hazel", "Birch"), 1):
        scan(page, door.people[name][1])
        expect(page.locator(".over [data-number]").last).to_have_text(str(number))
        expect(page.locator(".over .said").last).to_have_text("받았어요.")
    kept = page.evaluate(KEPT)
    assert [len(entry["values"]) for entry in kept] == [len(kept[0]["values"])] * 3
    assert not any(name in str(kept) for name in NAMES)
    assert not any(word in str(kept) for word in ("pin", "csrf", PIN))
    page.locator("[data-scan]").type("1", delay=60)
    page.keyboard.press("Enter")
    page.locator("#pin").type(PIN, delay=60)
    page.keyboard.press("Enter")
    expect(page.get_by_text("이름표는 찍어도 돼요").last).to_be_visible()
    page.get_by_role("link", name="내 시간").click()
    expect(page.locator("[data-scan]")).to_be_attached()
    door.start()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    rows = door.punches()
    ids = {int(door.people[name][0].id): name for name in NAMES}
    assert [ids[row.worker_id] for row in rows] == ["Pine", "Cedar", "Hazel", "Birch"]
    times = [row.device_at for row in rows if row.device_at is not None]
    assert times == sorted(times)
    assert len(times) == len(rows)
    assert all(row.received_at >= row.at - timedelta(seconds=2) for row in rows)
    assert page.evaluate(KEPT) == []
    scan(page, door.people["Maple"][1])
    expect(page.locator(".answer.over h1")).to_contain_text("Maple")
    with door.app.app_context(), reading() as session:
        assert len(timeclock.present(session, at=now())) == len(NAMES)
        assert timeclock.recomputed(session) == ()


KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open("didim", 1);
  asked.onsuccess = () => {
    const all = asked.result.transaction("waiting").objectStore("waiting").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result); };
  };
})"""


def test_an_entry_that_can_not_be_taken_any_more_goes_to_the_supervisor(
    door: House, page: Page
) -> None:
    cedar, badge = door.people["Cedar"]
    door.stop()
    scan(page, badge)
    expect(page.locator(".over .said").last).to_have_text("받았어요.")
    with door.app.app_context(), transaction() as session:
        people_service.void_badge(session, cedar, by=SYSTEM, at=now())
    door.start()
    expect(page.get_by_text("반장님이 볼 거예요")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert door.punches() == []


def test_over_a_trusted_connection_the_page_survives_a_reload_without_the_server(
    door: House, page: Page
) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("[data-scan]")).to_be_visible()
    page.wait_for_function("caches.match('/clock/').then((kept) => Boolean(kept))")
    kept = page.evaluate(
        "caches.open('door-1').then((k) => k.keys()).then((all) => all.map((r) => r.url))"
    )
    assert all("/static/" in url or url.endswith("/clock/") for url in kept)
    door.stop()
    page.reload()
    scan(page, door.people["Pine"][1])
    expect(page.locator(".over .said").last).to_have_text("받았어요.")
    page.reload()
    expect(page.locator("[data-waiting] [data-number]")).to_have_text("1")
    door.start()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert len(door.punches()) == 1
