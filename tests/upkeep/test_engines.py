"""Leave with all that is sealed of it comes back from each engine into each, table by table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.cli.verify import differences
from factory.db.append_only import missing_guards
from factory.db.session import Base, db, reading, transaction
from factory.kernel.time import now
from factory.leave import queries, service
from factory.leave.domain import Answer, LeaveKind
from factory.people import queries as people
from factory.security import chain
from factory.security.domain import SYSTEM
from factory.security.vault import ring_of
from factory.upkeep import backup, nightly
from factory.upkeep.records import last_check
from tests.conftest import make_app
from tests.leave.build import ask, grant, make_house, make_wish
from tests.postgres import fresh_database

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.postgresql]
NOTE, REFUSAL, GIVEN = "her knee 4417", "a rush 4417", "long service 4417"
DAYS = tuple(date(2026, 12, day) for day in (7, 8, 9, 10))
PAIRS = tuple(product(("sqlite", "postgresql"), repeat=2))


@contextmanager
def house_on(engine: str, folder: Path) -> Iterator[Flask]:
    """An empty house on one of the engines."""
    folder.mkdir()
    with ExitStack() as opened:
        url = f"sqlite:///{folder / 'house.sqlite'}"
        if engine == "postgresql":
            url = opened.enter_context(fresh_database())
        app = make_app(url, folder)
        yield app
        with app.app_context():
            db.engine.dispose()


def live(session: Session) -> None:
    """Leave granted, refused, taken back and waiting, and some that the office entered."""
    oak = make_house(session, "Oak")
    grant(session, oak, make_wish(DAYS[0], kind=LeaveKind.SICK, note=NOTE))
    refused = ask(session, oak, make_wish(DAYS[1], note=NOTE))
    service.answer(session, refused.id, Answer.REFUSED, REFUSAL, by=SYSTEM, at=now())
    back = grant(session, oak, make_wish(DAYS[2]))
    service.withdraw(session, oak, back.id, by=SYSTEM, at=now())
    ask(session, oak, make_wish(DAYS[3], kind=LeaveKind.MENSTRUAL))
    service.enter(session, oak, DAYS[0], 480, GIVEN, by=SYSTEM, at=now())


def sums(session: Session) -> dict[str, str]:
    """Of every table a sum over all its rows, in one order."""
    return {
        table.name: hashlib.sha256(
            "\n".join(sorted(str(tuple(row)) for row in session.execute(select(table)))).encode()
        ).hexdigest()
        for table in Base.metadata.sorted_tables
    }


def told(session: Session) -> object:
    """What herself and pay are told."""
    oak = next(each for each in people.workers(session) if each.name == "Oak")
    requests = queries.requests_of(session, oak.id)
    ledger = queries.ledger(session, oak.id, date(2026, 12, 31))
    reasons = [grant.reason for grant in ledger.grants]
    pay = queries.for_pay(session, oak.id, DAYS[0], DAYS[-1])
    return requests, ledger.left, reasons, pay


@pytest.mark.parametrize(("source", "target"), PAIRS, ids="-to-".join)
def test_leave_comes_back_to_the_last_row_and_goes_on(
    tmp_path: Path, source: str, target: str
) -> None:
    file = tmp_path / "b"
    with house_on(source, tmp_path / "old") as old, old.app_context():
        with transaction() as session:
            live(session)
        with reading() as session:
            backup.at_one_moment(session)
            backup.create(session, ring_of(session), file)
            before, known = sums(session), told(session)
    for word in (NOTE, REFUSAL, GIVEN):
        assert word.encode() not in file.read_bytes()
    with house_on(target, tmp_path / "new") as new, new.app_context():
        with transaction() as session:
            backup.restore(session, ring_of(session), file)
        with reading() as session:
            assert sums(session) == before
            assert told(session) == known
            assert list(chain.faults(session)) == []
            assert list(differences(session)) == []
            assert missing_guards(session.connection()) == []
            assert backup.differing(session, ring_of(session), file) == []
        with transaction() as session:
            waiting = queries.requests(session, since=DAYS[0])
            oak = people.worker(session, waiting[0].worker.id)
            service.answer(session, waiting[0].id, Answer.GRANTED, by=SYSTEM, at=now())
            assert ask(session, oak, make_wish(date(2026, 12, 21))).id > waiting[0].id


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_balances_are_held_against_the_facts_of_one_moment_whoever_writes_meanwhile(
    tmp_path: Path, engine: str
) -> None:
    def looked_at(session: Session) -> Iterator[str]:
        before = len(people.workers(session))
        with transaction() as other:
            make_house(other, "Oak")
        if len(people.workers(session)) != before:
            yield "a balance whose fact came in between"

    with house_on(engine, tmp_path / "house") as house, house.app_context():
        nightly.look_at_balances(looked_at, at=now())
        with reading() as session:
            check = last_check(session)
            assert check is not None
            assert (check.differing, len(people.workers(session))) == (0, 5)
