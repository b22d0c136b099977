"""One worker from badge to payslip and one coat from bundle to receipt, all in a browser."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pypdf
import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.db.session import reading, transaction
from factory.kernel.fields import Fields
from factory.kernel.time import local, month_of, now, today
from factory.kernel.words import show_money
from factory.payroll.calc import payslip
from factory.people import queries as people
from factory.people.domain import TermsKind, Worker
from factory.printing import worker as printing
from factory.printing.domain import Purpose
from factory.printing.records import JobRow
from factory.production import queries as production
from factory.security import service as security
from factory.security.domain import SYSTEM, Role
from factory.stock import queries as stock
from factory.timeclock.domain import Shift, door
from tests.browser.scanner import scan
from tests.browser.test_clock import sign_in
from tests.cast import PASSWORD
from tests.people.build import make_terms, make_worker
from tests.production import build

pytestmark = pytest.mark.browser
COATS, PRICE, HANDED = 2, 189_000, 200_000
HOUSE = {
    "door": Role.CLOCK_TERMINAL,
    "floor": Role.FLOOR_TERMINAL,
    "birch": Role.CASHIER,
    "willow": Role.MANAGER,
}


@dataclass(frozen=True, slots=True)
class Walk:
    """The house that is walked through."""

    app: Flask
    address: str
    page: Page
    pine: Worker
    badge: str
    bundle: str

    def sign_in(self, name: str) -> None:
        sign_in(self.page, self.address, name, PASSWORD)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def coats_on_the_rail(self) -> dict[str, int]:
        with self.app.app_context(), reading() as session:
            lines = stock.list_stock(session, today())
            return {line.code: line.on_hand for line in lines if line.on_hand}

    def paper(self, purpose: Purpose) -> int:
        """Print whatever waits; the number of the newest paper of a kind."""
        with self.app.app_context():
            printing.print_all()
            with reading() as session:
                newest = select(func.max(JobRow.id)).where(JobRow.purpose == purpose)
                return session.scalar(newest) or 0


@pytest.fixture
def walk(house: tuple[Flask, str], page: Page) -> Walk:
    """Pine sews by the piece; two coats are sewn and wait for the last iron."""
    app, address = house
    with app.app_context(), transaction() as session:
        first = today().replace(day=1) - timedelta(days=40)
        pine = make_worker(
            session, hired=first, terms=make_terms(since=first, kind=TermsKind.PIECE)
        )
        order = build.make_coat_order(session)
        bundle = build.make_bundle(session, order, plies={1: COATS})
        build.sew(session, bundle)
        for name, role in HOUSE.items():
            security.create_account(session, name, PASSWORD, roles=[role], by=SYSTEM, at=now())
        badge = people.badges(session)[pine.id]
    return Walk(app, address, page, pine, badge, bundle.code)


def test_the_whole_house(walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "SAME_SCAN", timedelta(0))  # so that nobody waits a minute
    she_comes(walk)
    she_presses_and_packs(walk)
    (code,) = walk.coats_on_the_rail()
    the_tag_names_the_coat(walk, code)
    the_coat_is_sold(walk, code)
    she_goes(walk)
    her_payslip_is_right(walk)


def she_comes(walk: Walk) -> None:
    walk.sign_in("door")
    walk.go("/clock/")
    scan(walk.page, walk.badge)
    expect(walk.page.locator(".answer.green")).to_contain_text("Pine 님, 출근했어요")


def she_presses_and_packs(walk: Walk) -> None:
    walk.sign_in("floor")
    assert walk.coats_on_the_rail() == {}
    for place in ("finish", "inspection", "pack"):
        if place == "inspection":
            walk.go("/inspection/")
        else:
            walk.go("/station/place")
            walk.page.click(f"button[value={place}]")
        expect(walk.page.locator("[data-scan]")).to_be_visible()
        scan(walk.page, walk.badge)
        expect(walk.page.locator(".acting")).to_have_text("Pine")
        scan(walk.page, walk.bundle)
        expect(walk.page.locator(".go").first).to_contain_text(f"{COATS}장")
        walk.page.wait_for_load_state()
        walk.page.locator(".go").first.click()
        expect(walk.page.locator(".answer.green")).to_contain_text(f"{COATS}장")
    assert list(walk.coats_on_the_rail().values()) == [COATS]


def the_tag_names_the_coat(walk: Walk, code: str) -> None:
    walk.sign_in("willow")
    walk.go(f"/printing/paper/{walk.paper(Purpose.HANG_TAG)}")
    expect(walk.page.locator("main")).to_contain_text(code)
    expect(walk.page.locator("main")).to_contain_text("189,000")
    shown = walk.page.locator("figure.paper img")
    assert shown.evaluate("picture => picture.naturalHeight") > 100


def the_coat_is_sold(walk: Walk, code: str) -> None:
    page = walk.page
    walk.sign_in("birch")
    walk.go("/till/")
    page.keyboard.type("200000", delay=60)
    page.keyboard.press("Enter")
    expect(page.locator("#code")).to_be_focused()
    scan(page, code)
    expect(page.locator("#total")).to_have_text(show_money(PRICE, "en"))
    page.keyboard.press("F9")
    expect(page.locator("#cash")).to_be_focused()
    page.keyboard.type(str(HANDED), delay=60)
    page.keyboard.press("Enter")
    expect(page.locator(".till-done .till-big")).to_have_text(show_money(HANDED - PRICE, "en"))
    walk.go(f"/printing/paper/{walk.paper(Purpose.RECEIPT)}")
    paper = page.locator("main")
    for words in ("189,000", "17,182", "171,818", "200,000", "11,000"):
        expect(paper).to_contain_text(words)
    assert list(walk.coats_on_the_rail().values()) == [COATS - 1]


def she_goes(walk: Walk) -> None:
    walk.sign_in("door")
    walk.go("/clock/")
    scan(walk.page, walk.badge)
    answer = walk.page.locator(".answer.green")
    expect(answer).to_be_visible()
    if "퇴근" not in answer.inner_text():  # at noon it is understood as a break
        walk.page.click("button[value=out]")
    expect(answer).to_contain_text("퇴근")


def her_payslip_is_right(walk: Walk) -> None:
    walk.sign_in("willow")
    walk.go(f"/pay/{today():%Y-%m}")
    walk.page.locator("form[action$='/calculate'] button").first.click()
    walk.page.locator("table").get_by_role("link", name="Pine").first.click()
    link = walk.page.locator("a[href$='.pdf']").first.get_attribute("href")
    assert link is not None
    answer = walk.page.request.get(walk.address + link)
    assert answer.ok
    text = "".join(part.extract_text() for part in pypdf.PdfReader(io.BytesIO(answer.body())).pages)
    with walk.app.app_context(), reading() as session:
        net = payslip(Fields(case_of(session, walk.pine), ""))["net"]
    assert show_money(net, walk.pine.language) in text


def case_of(session: Session, pine: Worker) -> dict[str, object]:
    """The month as an auditor would put it: what the clock and the tickets say, by the contract."""
    month = month_of(today())
    book = attendance.load(session, month.start, month.end, pine.id)
    shifts = attendance.for_pay(book, pine, month.start, month.end).shifts
    pieces = production.pieces(session, pine.id, month.start, month.end)
    assert {piece.count for piece in pieces} == {COATS}
    assert len(pieces) == 3
    return {
        "pay_date": f"{_next_month(month.end):%Y-%m}-10",
        "period": {"start": month.start.isoformat(), "end": month.end.isoformat()},
        "workplace": {"regular_employees": len(people.workers(session)), "full_time_hours": 40},
        "worker": {"hired": pine.hired.isoformat()},
        "terms": {"kind": "piece", "weekly_hours": 40},
        "shifts": [_shift(each) for each in shifts],
        "pieces": [
            {"operation": each.operation, "count": each.count, "rate": each.rate.won}
            for each in pieces
        ],
    }


def _shift(worked: Shift) -> dict[str, object]:
    gaps = [[_wall(gap.start)[-5:], _wall(gap.end)[-5:]] for gap in worked.breaks]
    return {"start": _wall(worked.start), "end": _wall(worked.end), "breaks": gaps}


def _next_month(end: date) -> date:
    return end + timedelta(days=1)


def _wall(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%dT%H:%M}"
