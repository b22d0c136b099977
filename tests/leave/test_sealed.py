"""Why somebody is away is sealed: no table tells it, and without the key hours and pay go on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from factory.db.session import SESSIONS, Base, transaction
from factory.kernel.time import now
from factory.leave import domain, queries, service
from factory.leave.domain import Answer, HouseRule, LeaveKind, Wish
from factory.leave.records import LeaveAnswerRow
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security import keeping, vault
from factory.security.domain import SYSTEM, Actor, Role
from factory.security.keys import SealBroken
from factory.security.records import SealedRow
from tests.conftest import Kept, SignIn
from tests.leave.build import ask, grant, make_house, make_wish
from tests.leave.test_routes import herself, pine
from tests.web.canary import betrayed

__all__ = ["pine"]
EVENT, NOTE, REFUSAL, GIVEN = (f"{word} 4417" for word in ("잔치", "무릎", "사유", "병간호"))
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 12, day) for day in (7, 8, 9))
CEDAR = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))
FEAST = HouseRule(LeaveKind.FAMILY_EVENT, EVENT, 1, paid=True)


@pytest.fixture
def oak(kept: Kept) -> Worker:
    """Oak, in a house of five."""
    return kept(make_house, "Oak")


def ask_all(session: Session, worker: Worker) -> None:
    """Leave of several kinds, with every text that may tell why."""
    service.set_house_rule(session, replace(FEAST, event="feast"), by=SYSTEM, at=now())
    ill = grant(session, worker, make_wish(MONDAY, kind=LeaveKind.SICK, note=NOTE))
    service.answer(session, ill.id, Answer.REFUSED, REFUSAL, by=SYSTEM, at=now())
    grant(session, worker, make_wish(TUESDAY, kind=LeaveKind.MENSTRUAL, note=NOTE))
    feast = Wish(LeaveKind.FAMILY_EVENT, WEDNESDAY, WEDNESDAY, note=NOTE, event="feast")
    grant(session, worker, feast)
    service.enter(session, worker, MONDAY, 480, GIVEN, by=SYSTEM, at=now())


def facts(session: Session) -> str:
    """Every row of every table but what the house gives to all."""
    tables = (t for t in Base.metadata.sorted_tables if t.name != "house_leave")
    return "\n".join(
        f"{table.name} {tuple(row)}" for table in tables for row in session.execute(select(table))
    )


def test_no_table_tells_why_somebody_is_away(session: Session, oak: Worker) -> None:
    before = facts(session)
    ask_all(session, oak)
    added = set(facts(session).splitlines()) - set(before.splitlines())
    told = "\n".join(line for line in added if "set_house_leave" not in line)
    assert "leave_requests" in told
    assert list(betrayed(told.encode(), [NOTE, REFUSAL, GIVEN])) == []
    for word in (*LeaveKind, "feast"):
        assert f"'{word}'" not in told
        assert f"{word!r}" not in told


def test_she_reads_all_of_it(session: Session, oak: Worker) -> None:
    ask_all(session, oak)
    ill, menstrual, feast = queries.requests_of(session, oak.id)
    assert (ill.wish.kind, ill.wish.note, ill.reason) == (LeaveKind.SICK, NOTE, REFUSAL)
    assert (menstrual.wish.kind, menstrual.answer) == (LeaveKind.MENSTRUAL, Answer.GRANTED)
    assert (feast.wish.kind, feast.wish.event) == (LeaveKind.FAMILY_EVENT, "feast")
    assert GIVEN in {grant.reason for grant in queries.ledger(session, oak.id, MONDAY).grants}


def test_the_length_of_what_is_sealed_tells_no_kind(session: Session, oak: Worker) -> None:
    ask_all(session, oak)
    of_leave = SealedRow.kind.startswith("leave"), SealedRow.field == "why"
    rows = session.scalars(select(SealedRow).where(*of_leave))
    assert len({len(row.envelope) for row in rows}) == 1


def shape(session: Session, worker: Worker, kind: LeaveKind, on: date) -> list[str]:
    """Every row that asking and granting one day of a kind leaves, its numbers taken out."""
    before = set(facts(session).splitlines())
    asked = ask(session, worker, make_wish(on, kind=kind, note=NOTE, event=EVENT))
    service.answer(session, asked.id, Answer.GRANTED, by=CEDAR, at=now())
    added = [line for line in facts(session).splitlines() if line not in before]
    plain = (re.sub(r"b'.*'|b\".*\"", "SEALED", line) for line in added)
    plain = (re.sub(r"'[0-9a-f]{32,}'", "HASH", line) for line in plain)
    return [re.sub(r"\d+", "0", line) for line in plain]


def test_all_kinds_leave_the_same_rows_and_the_same_entries(session: Session, oak: Worker) -> None:
    service.set_house_rule(session, replace(FEAST, paid=False), by=SYSTEM, at=now())
    days = (date(2026, 12, 7 + number) for number in range(5))
    shapes = [shape(session, oak, kind, on) for kind, on in zip(LeaveKind, days, strict=True)]
    assert len(shapes[0]) == 8  # request, day, answer, three texts, two entries
    assert all(each == shapes[0] for each in shapes)


def test_what_was_asked_waits_for_a_person_whatever_it_is(session: Session, oak: Worker) -> None:
    service.set_house_rule(session, FEAST, by=SYSTEM, at=now())
    for kind, on in zip(LeaveKind, range(7, 12), strict=True):
        ask(session, oak, make_wish(date(2026, 12, on), kind=kind, event=EVENT))
    assert session.scalars(select(LeaveAnswerRow)).all() == []
    assert len(queries.requests(session, since=MONDAY)) == len(LeaveKind)


def test_what_is_sealed_opens_for_no_other_request(session: Session, oak: Worker) -> None:
    ask_all(session, oak)
    wishes = select(SealedRow).where(SealedRow.kind == "leave", SealedRow.field == "why")
    one, other = session.scalars(wishes.limit(2))
    one.envelope, other.envelope = other.envelope, one.envelope
    session.flush()
    with pytest.raises(SealBroken):
        queries.requests_of(session, oak.id)


def test_without_what_it_counts_as_nobody_is_reckoned_to_have_been_there(
    session: Session, oak: Worker
) -> None:
    wish = make_wish(date(2026, 12, 1))
    grant(session, oak, wish)
    assert len(queries.on_leave(session, wish.first, wish.last)) == 1
    session.execute(delete(SealedRow).where(SealedRow.field == "counts"))
    for reckon in (
        lambda: queries.on_leave(session, wish.first, wish.last),
        lambda: queries.for_pay(session, oak.id, wish.first, wish.last),
        lambda: queries.ledger(session, oak.id, wish.last),
    ):
        with pytest.raises(SealBroken):
            reckon()


def test_keys_rotate_seals_it_anew(session: Session, oak: Worker) -> None:
    ask_all(session, oak)
    ring = vault.ring_of(session)
    try:
        keeping.rotate(session, ring.rotated(), by=SYSTEM, at=now())
        fresh = vault.ring_of(session)
        session.info[vault.RING] = replace(fresh, masters={fresh.newest: fresh.derived(b"")})
        with pytest.raises(SealBroken):
            queries.requests_of(session, oak.id)
        only = {fresh.newest: fresh.masters[fresh.newest]}
        session.info[vault.RING] = replace(fresh, masters=only)
        ill, *_ = queries.requests_of(session, oak.id)
        assert (ill.wish.note, ill.reason) == (NOTE, REFUSAL)
    finally:
        session.info[vault.RING] = ring


def test_hours_and_pay_open_what_it_counts_as_and_never_why(
    session: Session, oak: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.set_house_rule(session, HouseRule(LeaveKind.SICK), by=SYSTEM, at=now())
    grant(session, oak, make_wish(MONDAY, kind=LeaveKind.SICK))
    grant(session, oak, make_wish(TUESDAY, kind=LeaveKind.MENSTRUAL))
    grant(session, oak, make_wish(WEDNESDAY))
    session.execute(delete(SealedRow).where(SealedRow.field == "why"))
    away = replace(vault.ring_of(session), file=Path("away"))
    monkeypatch.setitem(session.info, vault.RING, away)
    found = queries.for_pay(session, oak.id, MONDAY, WEDNESDAY)
    days = [sorted(some) for some in (found.absent, found.excused, found.whole)]
    assert days == [[MONDAY], [TUESDAY], [WEDNESDAY]]
    assert queries.ledger(session, oak.id, MONDAY).taken
    assert queries.team_month(session, MONDAY).count(TUESDAY) == 1
    assert queries.requests(session, open_only=False, since=MONDAY)


@pytest.fixture
def pulled(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stick with the key is out, while the program runs on."""
    sessions = app.extensions[SESSIONS]
    with app.app_context(), sessions() as session:
        away = replace(vault.ring_of(session), file=tmp_path / "away")
    monkeypatch.setitem(sessions.kw, "info", {vault.RING: away})


@pytest.mark.usefixtures("pulled")
def test_with_the_stick_pulled_her_pages_say_leave(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        ask_all(session, pine)
    told = (NOTE, REFUSAL, GIVEN, "Ill", "Menstrual leave", "feast")
    office = sign_in(Role.MANAGER).get(f"/leave/people/{pine.number}?language=en")
    own = herself(app.test_client(), pine).get("/leave/?language=en")
    for page in (office, own):
        assert page.status_code == 200
        assert "<span>Leave</span>" in page.text
        assert not [word for word in told if word in page.text.split("<main")[1]]


@pytest.mark.usefixtures("pulled")
def test_with_the_stick_pulled_the_law_of_leave_still_holds(app: Flask, pine: Worker) -> None:
    wish = make_wish(kind=LeaveKind.MENSTRUAL)
    with app.app_context(), transaction() as session:
        worker = people.worker(session, pine.id)
        hers = ask(session, worker, wish)
        assert hers.answer is Answer.OPEN
        with pytest.raises(domain.OnceAMonth):
            ask(session, worker, replace(wish, first=TUESDAY, last=TUESDAY))
        with pytest.raises(domain.HersAlone):
            service.answer(session, hers.id, Answer.REFUSED, "rush", by=SYSTEM, at=now())
