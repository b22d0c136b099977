"""The chain of entries: whatever is changed, taken out or slipped in past the program is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from factory.db.engine import writing
from factory.db.session import new_session, reading, transaction
from factory.kernel.time import now
from factory.security import chain, service
from factory.security.chain import CHANGED, CUT, FIRST_MARK, GAP, GONE, NO_KEY, OUTSIDE, mark_of
from factory.security.domain import SYSTEM, Role
from factory.security.keys import KeyFileUnusable, Ring, new_ring
from factory.security.vault import RING
from tests.conftest import make_app_on_copy

KEY = b"k" * 32
SPOILT = {
    "UPDATE audit_entries SET reason = 'nothing' WHERE id = 2": (CHANGED, 2),
    "UPDATE audit_entries SET actor = 'Willow' WHERE id = 3": (CHANGED, 3),
    "UPDATE audit_entries SET at = '2026-01-01 00:00:00.000000' WHERE id = 1": (CHANGED, 1),
    "DELETE FROM audit_entries WHERE id = 2": (GONE, 2),
    "UPDATE audit_links SET key = 7 WHERE number = 1": (NO_KEY, 1),
    "INSERT INTO audit_entries (id, at, actor, what, thing, reason)"
    " VALUES (9, '2026-01-01', 'Willow', 'seal', 'worker 7', '')": (OUTSIDE, 9),
}


@pytest.fixture(scope="module")
def house(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A house of its own with three entries; what a test writes besides is rolled back."""
    app = make_app_on_copy(empty_database, tmp_path_factory.mktemp("chain"))
    with app.app_context():
        for thing in ("worker 7", "worker 8", "worker 9"):
            with transaction() as session:
                service.record(session, SYSTEM, "seal", thing, at=now(), after={"a": [1, None]})
    return app


@contextmanager
def spoilt(app: Flask, *statements: str) -> Iterator[Session]:
    """Write into the database as a thief who has taken its guards away."""
    with app.app_context(), writing(), new_session() as session:
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'"
        for name in session.scalars(text(guards)).all():
            session.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            session.execute(text(statement))
        yield session
        session.rollback()


def told(session: Session, written_down: str = "") -> list[tuple[str, int]]:
    return [(each.sentence, each.number) for each in chain.faults(session, written_down)]


def test_a_chain_nobody_touched_holds(house: Flask) -> None:
    with house.app_context(), reading() as session:
        assert told(session) == []


@pytest.mark.parametrize("statement", SPOILT)
def test_it_tells_what_was_done_past_the_program(house: Flask, statement: str) -> None:
    with spoilt(house, statement) as session:
        assert told(session) == [SPOILT[statement]]


def test_an_entry_taken_out_with_its_link_leaves_a_gap(house: Flask) -> None:
    entry, link = (
        "DELETE FROM audit_entries WHERE id = 2",
        "DELETE FROM audit_links WHERE number = 2",
    )
    with spoilt(house, entry, link) as session:
        assert told(session) == [(GAP, 2)]


def test_a_cut_off_end_is_found_with_a_mark_that_was_written_down(house: Flask) -> None:
    with house.app_context(), reading() as session:
        mark = str(chain.newest(session))
        assert told(session, mark) == []
    entry, link = (
        "DELETE FROM audit_entries WHERE id = 3",
        "DELETE FROM audit_links WHERE number = 3",
    )
    with spoilt(house, entry, link) as session:
        assert told(session) == []
        assert told(session, mark) == [(CUT, 3)]
        assert told(session, "nonsense") == [(CUT, 0)]
        assert told(session, "2-") == [(CUT, 2)]


def test_with_another_key_nobody_can_make_it_fit(house: Flask) -> None:
    with house.app_context(), reading() as session:
        session.info[RING] = new_ring()
        assert [fault.sentence for fault in chain.faults(session)] == [CHANGED] * 3


def test_after_the_key_was_changed_old_and_new_entries_hold(house: Flask) -> None:
    with spoilt(house) as session:
        session.info[RING] = session.info[RING].rotated()
        service.record(session, SYSTEM, "seal", "worker 10", at=now())
        chain.link_new(session)
        assert told(session) == []
        assert chain.newest(session).number == 4


def test_what_was_rolled_back_is_not_linked(house: Flask) -> None:
    with spoilt(house) as session:
        service.record(session, SYSTEM, "seal", "worker 10", at=now())
        nested = session.begin_nested()
        service.record(session, SYSTEM, "seal", "worker 11", at=now())
        session.flush()
        nested.rollback()
        service.record(session, SYSTEM, "seal", "worker 12", at=now())
        chain.link_new(session)
        assert chain.newest(session).number == 5
        assert told(session) == []


def test_entries_of_both_engines_are_linked_when_they_are_kept(
    session: Session, clock: object
) -> None:
    before = chain.newest(session).number
    service.create_account(
        session, "hazel", "a long sentence", roles=[Role.CUTTER], by=SYSTEM, at=now()
    )
    service.record(session, SYSTEM, "seal", "worker 7", at=now(), before={2: "b", 10: "a"})
    session.commit()
    assert chain.newest(session).number == before + 2
    session.expire_all()
    assert list(chain.faults(session)) == []


@given(st.text(), st.text(), st.integers(1, 9))
def test_another_content_or_place_has_another_mark(one: str, other: str, number: int) -> None:
    here = mark_of(KEY, FIRST_MARK, number, one)
    assert (here == mark_of(KEY, FIRST_MARK, number, other)) is (one == other)
    assert here != mark_of(KEY, FIRST_MARK, number + 1, one)
    assert here != mark_of(KEY, here, number, one)


def test_a_ring_that_was_rotated_opens_what_was_sealed_before() -> None:
    old = new_ring()
    new = old.rotated()
    assert new.newest == 2
    assert new.open(old.seal("text", "place"), "place") == "text"
    assert new.seal("text", "place")[1] == 2
    assert new.peppered("2580", 1) == old.peppered("2580") != new.peppered("2580")
    assert new.numbers == [2, 1]


def test_a_ring_holds_no_more_keys_than_an_envelope_can_name() -> None:
    full = Ring({255: b"k" * 32})
    with pytest.raises(KeyFileUnusable):
        full.rotated()
