"""A backup comes back whole into an empty place, on either engine, and nowhere else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from factory.db.session import Base, reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import at, now
from factory.leave import queries as leave_queries
from factory.leave import service as leave
from factory.leave.domain import LeaveKind, Wish
from factory.people import queries as people
from factory.people import service as people_service
from factory.security.domain import SYSTEM
from factory.security.keys import Ring, new_ring
from factory.security.vault import ring_of
from factory.timeclock import queries as timeclock
from factory.timeclock import service as clock
from factory.timeclock.domain import PunchKind
from factory.upkeep import backup
from factory.upkeep.backup import BackupOfAnother, BackupUnreadable, FileExists, PlaceNotEmpty
from tests.conftest import make_app
from tests.people.build import make_worker

AWAY = date(2026, 12, 7)
pytestmark = pytest.mark.usefixtures("clock")


def live(session: Session) -> None:
    """Something of every kind."""
    pine = make_worker(session)
    badge = people.badges(session)[pine.id]
    moment = at(date(2026, 11, 24), "08:52")
    clock.punch(session, badge, PunchKind.IN, at=moment, event_id=new_id(), received=now())
    people_service.seal(session, pine, {"phone": "010-0000"}, by=SYSTEM, at=now())
    ill = Wish(LeaveKind.SICK, AWAY, AWAY, note="the knee")
    leave.ask(session, pine, ill, by=SYSTEM, at=now())
    session.flush()


def whole(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: [
            tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))
        ]
        for table in Base.metadata.sorted_tables
    }


def test_everything_comes_back(session: Session, tmp_path: Path) -> None:
    live(session)
    before, ring, file = whole(session), ring_of(session), tmp_path / "b"
    counts = backup.create(session, ring, file)
    assert counts["punches"] == 1
    assert b"Pine" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    empty = make_app(f"sqlite:///{tmp_path / 'new.sqlite'}", tmp_path)
    with empty.app_context():
        with transaction() as other:
            assert backup.restore(other, ring, file) == counts
        with reading() as other:
            assert whole(other) == before
            assert timeclock.recomputed(other) == ()
            (away,) = leave_queries.requests_of(other, people.worker_numbered(other, 1).id)
            assert (away.wish.kind, away.wish.note) == (LeaveKind.SICK, "the knee")


def test_a_place_with_a_house_in_it_is_refused(session: Session, tmp_path: Path) -> None:
    live(session)
    backup.create(session, ring_of(session), tmp_path / "b")
    with pytest.raises(PlaceNotEmpty):
        backup.restore(session, ring_of(session), tmp_path / "b")
    with pytest.raises(FileExists):
        backup.create(session, ring_of(session), tmp_path / "b")


def test_a_spoilt_file_or_another_key_is_refused(session: Session, tmp_path: Path) -> None:
    ring, file = ring_of(session), tmp_path / "b"
    backup.create(session, ring, file)
    data = file.read_bytes()
    with pytest.raises(BackupUnreadable):
        backup.restore(session, new_ring(), file)
    for spoilt in (data[:-1], data[:-1] + bytes([data[-1] ^ 1]), b"", b"other"):
        file.write_bytes(spoilt)
        with pytest.raises(BackupUnreadable):
            backup.restore(session, ring, file)
    with pytest.raises(BackupUnreadable):
        backup.restore(session, ring, tmp_path / "nothing")


def test_a_stick_that_another_account_wrote_is_said_not_to_be_ours(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "b"
    backup.create(session, ring_of(session), file)
    assert file.stat().st_mode & 0o077 == 0

    def denied(*_given: object, **_named: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(BackupOfAnother):
        backup.verified(ring_of(session), file)


def test_numbers_go_on_after_a_restore(session: Session, tmp_path: Path) -> None:
    source = make_app(f"sqlite:///{tmp_path / 'old.sqlite'}", tmp_path)
    with source.app_context():
        with transaction() as other:
            live(other)
        with reading() as other:
            backup.create(other, ring_of(session), tmp_path / "b")
    backup.restore(session, ring_of(session), tmp_path / "b")
    assert make_worker(session, "Cedar").number == 2
    assert session.execute(text("SELECT count(*) FROM workers")).scalar_one() == 2


def test_a_backup_sealed_with_an_older_key_opens_with_the_ring_that_has_it(
    session: Session, tmp_path: Path
) -> None:
    old = ring_of(session)
    counts = backup.create(session, old, tmp_path / "b")
    ring, file = old.rotated(), tmp_path / "b"
    assert backup.verified(ring, file) == counts
    assert backup.differing(session, ring, file) == []
    make_worker(session)
    assert {"workers", "terms"} <= set(backup.differing(session, ring, file))


def contents(ring: Ring, file: Path) -> list[backup.Row]:
    with backup.opened(ring, file) as (_, rows):
        return sorted(rows, key=lambda each: each[0])


def test_before_an_upgrade_the_tables_are_kept_as_they_are(
    session: Session, tmp_path: Path
) -> None:
    live(session)
    ring, older = ring_of(session), tmp_path / "older"
    session.execute(text("ALTER TABLE devices ADD COLUMN colour TEXT"))
    backup.create(session, ring, older, backup.tables_there(session))
    backup.create(session, ring, tmp_path / "b")
    ours = contents(ring, tmp_path / "b")
    assert contents(ring, older) == ours
    (punch,) = (row for name, row in ours if name == "punches")
    assert punch["at"].endswith("+00:00")
