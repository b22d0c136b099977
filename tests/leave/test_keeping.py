"""Why somebody was away is kept as long as the law wants it; what pay reckons with stays."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.cli.purge import lines
from factory.db.engine import scrub
from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.leave import queries, service
from factory.leave.domain import Answer, LeaveKind
from factory.people import queries as workers
from factory.people import service as people
from factory.people.domain import Worker
from factory.people.domain.keeping import NothingToErase
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from factory.security.records import SealedRow
from tests.conftest import SignIn, make_app_on_copy
from tests.leave.build import ask, grant, make_house, make_wish

pytestmark = pytest.mark.usefixtures("clock")
ILL, LATER = date(2026, 12, 7), date(2026, 12, 14)
NOTE = "her knee"


def make_leave(session: Session) -> Worker:
    """Oak was ill in one week, was refused leave in the next, and was given a day."""
    oak = make_house(session, "Oak")
    grant(session, oak, make_wish(ILL, kind=LeaveKind.SICK, note=NOTE))
    later = ask(session, oak, make_wish(LATER, note=NOTE))
    service.answer(session, later.id, Answer.REFUSED, "a rush", by=SYSTEM, at=now())
    service.enter(session, oak, LATER, 480, "long service", by=SYSTEM, at=now())
    return oak


def sealed(session: Session) -> list[tuple[str, str]]:
    row = SealedRow
    rows = session.execute(select(row.kind, row.field).where(row.kind.startswith("leave")))
    return sorted((kind, field) for kind, field in rows)


COUNTS = [("leave", "counts")] * 2
WHYS = [("leave", "why"), ("leave", "note"), ("leave_answer", "why"), ("leave_entry", "why")]


def moved(clock: time_machine.Traveller, day: str) -> None:
    clock.move_to(datetime.fromisoformat(f"{day}T10:00:00+09:00"))


def reckoned(session: Session, oak: Worker) -> object:
    """All that hours and pay know of her leave."""
    ledger = queries.ledger(session, oak.id, date(2026, 12, 31))
    pay = queries.for_pay(session, oak.id, date(2026, 12, 1), date(2026, 12, 31))
    grants = [(each.day, each.minutes, each.used) for each in ledger.grants]
    return (grants, ledger.left, ledger.used, pay)


def test_of_whoever_works_here_it_goes_three_years_after_each_leave(
    session: Session, clock: time_machine.Traveller
) -> None:
    oak = make_leave(session)
    before = reckoned(session, oak)
    moved(clock, "2029-12-07")
    with pytest.raises(NothingToErase):
        people.erase_due(session, by=SYSTEM, at=now())
    moved(clock, "2029-12-08")
    assert people.erase_due(session, by=SYSTEM, at=now()) == 1
    assert sealed(session) == sorted([*COUNTS, *WHYS])
    ill, refused = queries.requests_of(session, oak.id)
    assert (ill.wish.kind, ill.wish.note) == (None, "")
    assert (refused.wish.kind, refused.wish.note) == (LeaveKind.ANNUAL, NOTE)
    moved(clock, "2029-12-15")
    people.erase_due(session, by=SYSTEM, at=now())
    assert sealed(session) == COUNTS
    assert reckoned(session, oak) == before
    entry = security.audit(session)[0]
    assert (entry.what, entry.thing) == ("erase_sealed", f"worker {oak.number}")
    assert workers.worker(session, oak.id).name == "Oak"


def test_of_whoever_left_her_words_go_first_and_at_her_wish_at_once(
    session: Session, clock: time_machine.Traveller
) -> None:
    oak = make_leave(session)
    people.leave(session, oak, date(2026, 12, 31), by=SYSTEM, at=now())
    moved(clock, "2027-01-04")
    left = workers.worker(session, oak.id)
    (gone,) = people.gone(session)
    assert [(each.field, each.until) for each in gone.kept] == [
        ("leave_note", date(2027, 12, 31)),
        ("leave", date(2029, 12, 7)),
    ]
    assert people.erase_at_wish(session, left, by=SYSTEM, at=now()) == ("leave_note",)
    assert sealed(session) == sorted([*COUNTS, ("leave", "why"), ("leave", "why"), *WHYS[2:]])
    assert {each.wish.kind for each in queries.requests_of(session, oak.id)} == {
        LeaveKind.SICK,
        LeaveKind.ANNUAL,
    }


def test_at_her_wish_years_later_only_what_is_over_goes(
    session: Session, clock: time_machine.Traveller
) -> None:
    oak = make_leave(session)
    people.leave(session, oak, date(2026, 12, 31), by=SYSTEM, at=now())
    moved(clock, "2029-12-10")
    left = workers.worker(session, oak.id)
    assert set(people.erase_at_wish(session, left, by=SYSTEM, at=now())) == {"leave", "leave_note"}
    assert sealed(session) == sorted([*COUNTS, ("leave", "why"), *WHYS[2:]])


def test_purge_lists_it_with_its_day_and_the_page_erases_it(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        oak = make_leave(session)
    moved(clock, "2029-12-08")
    with app.app_context(), reading() as session:
        listed = lines(people.waiting(session, date(2029, 12, 8)), over=0)
    assert [line.split("\t")[:3] for line in listed[:-1]] == [
        [str(oak.number), "leave", "2029-12-07"],
        [str(oak.number), "leave_note", "2029-12-07"],
    ]
    manager = sign_in(Role.MANAGER)
    page = manager.get("/people/keeping?language=en").text
    assert "Why she was away" in page
    assert "What she said about her leave" in page
    assert manager.post("/people/keeping").location == "/people/keeping"
    with app.app_context(), reading() as session:
        assert sealed(session) == sorted([*COUNTS, *WHYS])


def test_no_byte_of_it_is_left_in_the_file(
    empty_database: Path, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    app = make_app_on_copy(empty_database, tmp_path)
    with app.app_context():
        with transaction() as session:
            make_leave(session)
        with reading() as session:
            rows = select(SealedRow.envelope).where(SealedRow.kind.startswith("leave"))
            gone = session.scalars(rows.where(SealedRow.field != "counts")).all()
        before = bytes_in(tmp_path)
        moved(clock, "2029-12-15")
        with transaction() as session:
            people.erase_due(session, by=SYSTEM, at=now())
        scrub(db.engine)
        after = bytes_in(tmp_path)
        db.engine.dispose()
    assert len(gone) == 6
    assert [(each in before, each in after) for each in gone] == [(True, False)] * 6


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("*.sqlite*"))
