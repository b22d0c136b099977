"""A month of the audit on one sheet, and things by the names that people know."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.time import Period, now
from factory.people import service as people
from factory.security import review, service
from factory.security.domain import SYSTEM, Actor, Role
from tests.conftest import SignIn
from tests.people.build import make_worker

pytestmark = pytest.mark.usefixtures("clock")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
WILLOW, CEDAR = Actor(name="Willow"), Actor(name="Cedar")


def kept(session: Session, what: str, by: Actor = WILLOW, after: object = None) -> None:
    service.record(session, by, what, "papers", at=now(), after=after)


def test_readings_are_counted_for_each_person_and_each_text(session: Session) -> None:
    for by, field in (
        (WILLOW, "address"),
        (CEDAR, "phone"),
        (WILLOW, "address"),
        (WILLOW, "phone"),
    ):
        kept(session, "read_vault", by, {"field": field})
    session.flush()
    found = review.review(session, NOVEMBER, {}).opened
    assert [(each.actor, each.field, each.times) for each in found] == [
        ("Cedar", "phone", 1),
        ("Willow", "address", 2),
        ("Willow", "phone", 1),
    ]


@pytest.mark.parametrize(
    ("what", "after", "stands"),
    [
        ("draw_paper", {"paper": "ledger", "named": True, "second": "Cedar"}, True),
        ("draw_paper", {"paper": "ledger", "named": False}, False),
        ("draw_contract", {"since": "2026-03-02", "named": False}, False),
        ("draw_contract", {"since": "2026-03-02", "named": True}, True),
        ("certify", "employment", True),
        ("make_transfer", {"form": "hana", "second": "Cedar"}, True),
        ("set_skills", [], False),
    ],
)
def test_what_leaves_with_legal_names_is_listed(
    session: Session, what: str, after: object, stands: object
) -> None:
    kept(session, what, after=after)
    session.flush()
    found = review.review(session, NOVEMBER, {}).left
    assert [each.what for each in found] == ([what] if stands else [])
    assert all(each.second in ("Cedar", "") for each in found)


def test_another_month_is_another_sheet(session: Session) -> None:
    kept(session, "certify")
    session.flush()
    october = Period(date(2026, 10, 1), date(2026, 10, 31))
    found = review.review(session, october, {})
    assert (found.left, found.opened, found.doors, found.others) == ((), (), (), ())


def test_the_sheet_shows_doors_and_everything_else(sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    keeper.post("/terminals", data={"name": "door", "role": "clock"})
    page = unescape(keeper.get("/audit/month/2026-11").text)
    assert "device door" in page
    assert "Mark of the chain" in page
    assert "/audit/month/2026-10" in page
    assert "/audit/month/2026-12" not in page, "it has not begun"


@pytest.mark.parametrize("month", ["2026-12", "1999-12", "2026-13", "x", "2026-11-01"])
def test_there_is_no_sheet_of_a_month_that_was_not(sign_in: SignIn, month: str) -> None:
    assert sign_in(Role.KEEPER).get(f"/audit/month/{month}").status_code == 404


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.CASHIER, Role.FLOOR_TERMINAL])
def test_the_sheet_is_for_those_who_see_the_audit(sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get("/audit/month/2026-11").status_code == 403


def test_a_worker_stands_in_the_audit_by_her_number(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
        people.seal(session, pine, {"phone": "010-1234-5678"}, by=SYSTEM, at=now())
        people.read_sealed(session, pine, "phone", reason="to call her", by=SYSTEM, at=now())
    manager = sign_in(Role.MANAGER)
    page = manager.get("/audit?what=read_vault").text
    assert f'href="/audit?thing=worker+{pine.number}">worker {pine.number}</a>' in page
    hers = manager.get(f"/audit?thing=worker+{pine.number}").text
    assert "to call her" in hers
    assert "hire" in hers
