"""What is kept is what the facts give; a figure that somebody tampered with is found."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from factory.cli.verify import differences
from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.outcomes import Outcome
from factory.production.domain.pay import PayMode
from factory.production.domain.progress import Stage
from factory.production.records import (
    BundleBalanceRow,
    DayOutputRow,
    LayCutRow,
    ScanRow,
    StepBalanceRow,
)
from factory.security.domain import SYSTEM
from tests.people.build import make_worker
from tests.production.build import make_bundle, scan, sew


def busy(session: Session) -> Bundle:
    """A bundle with a bit of everything behind it."""
    bundle, pine = make_bundle(session), make_worker(session)
    scan(session, bundle, "C06", 8, bad=2, worker=pine.id)
    for outcome in (Outcome.REPAIRED, Outcome.SCRAPPED):
        service.decide(
            session, bundle.code, "C06", outcome, 1, "burnt", pine.id,
            by=SYSTEM, at=now(), event_id=new_id(),
        )  # fmt: skip
    sew(session, bundle, "S01", "S17", "S20", "S28", "S32", worker=pine.id)
    front = scan(session, bundle, "F04", 5, worker=pine.id)
    service.undo(session, front.scan.id, by=SYSTEM, at=now())
    event = new_id()
    service.mark_lost(session, bundle.code, 1, "gone", by=SYSTEM, at=now(), event_id=event)
    sew(session, bundle, "F04", "F05")
    scan(session, bundle, "F07", 3, worker=pine.id)
    return bundle


def test_whatever_happens_the_replay_gives_what_is_kept(session: Session) -> None:
    bundle = busy(session)
    progress = queries.bundle(session, bundle.code).progress
    assert (progress.scrapped, progress.lost, progress.packed) == (1, 1, 3)
    assert queries.recomputed(session) == ()
    assert list(differences(session)) == []  # what `didim verify` asks


@pytest.mark.parametrize(
    ("row", "where", "changes", "kinds"),
    [
        (StepBalanceRow, {"operation": "S28"}, {"good": 8}, {"step", "R6"}),
        (StepBalanceRow, {"operation": "S28"}, {"gone": 0}, {"step"}),
        (StepBalanceRow, {"operation": "F05"}, {"rework": 1}, {"step", "step waiting"}),
        (StepBalanceRow, {"operation": "F07"}, {"left": 1}, {"step", "step waiting"}),
        (StepBalanceRow, {"operation": "C06"}, {"good": 7}, {"step", "R6"}),
        (BundleBalanceRow, {}, {"scrapped": 0}, {"bundle scrapped"}),
        (BundleBalanceRow, {}, {"lost": 2}, {"bundle lost"}),
        (BundleBalanceRow, {}, {"packed": 4}, {"bundle packed", "R2"}),
        (BundleBalanceRow, {}, {"sewn": 7}, {"bundle sewn"}),
        (BundleBalanceRow, {}, {"started": False}, {"bundle started"}),
        (BundleBalanceRow, {}, {"stage": Stage.CLOSED}, {"bundle stage"}),
        (DayOutputRow, {"operation": "S28"}, {"good": 8}, {"day output"}),
        (DayOutputRow, {"operation": "C06"}, {"rejected": 1}, {"day output"}),
    ],
    ids=lambda given: given.__name__ if isinstance(given, type) else repr(sorted(given)),
)
def test_a_tampered_balance_is_found(
    session: Session, row: Any, where: dict[str, str], changes: dict[str, Any], kinds: set[str]
) -> None:
    busy(session)
    changed = update(row).values(changes)
    for name, value in where.items():
        changed = changed.where(getattr(row, name) == value)
    session.execute(changed)
    found = queries.recomputed(session)
    assert {one.kind for one in found} == kinds
    assert all(one.kept != one.replayed for one in found)


def test_what_waits_at_a_station_is_held_against_its_step(session: Session) -> None:
    busy(session)
    session.execute(update(StepBalanceRow).values(waiting=5))
    assert {one.kind for one in queries.recomputed(session)} == {"step waiting"}


def test_a_balance_that_is_missing_is_found(session: Session) -> None:
    bundle = busy(session)
    gone = delete(StepBalanceRow).where(StepBalanceRow.operation == "S28")
    session.execute(gone)
    session.execute(delete(DayOutputRow).where(DayOutputRow.operation == "F04"))
    keys = {one.key for one in queries.recomputed(session)}
    assert keys == {f"{bundle.code} S28", f"{today()} F04"}


def raw_scan(bundle: Bundle, **changes: Any) -> dict[str, Any]:
    given = {
        "id": new_id(), "bundle": bundle.code, "operation": "S28", "worker_id": None, "good": 0,
        "rejected": 0, "at": now(), "received": now(), "day": today(), "source": "hand",
        "by": "somebody", "rate": 0, "reverses": None, "pay": PayMode.TIME,
    }  # fmt: skip
    return given | changes


def test_a_scan_slipped_in_past_the_service_breaks_the_rules(session: Session) -> None:
    bundle = busy(session)
    from factory.kernel.money import Money

    session.execute(insert(ScanRow), [raw_scan(bundle, good=5, rate=Money(0))])
    kinds = {one.kind for one in queries.recomputed(session)}
    assert {"step", "day output", "R3"} <= kinds


def test_facts_are_not_changed_by_anybody(session: Session) -> None:
    bundle = busy(session)
    for statement in (
        f"UPDATE scans SET good = 1 WHERE bundle = '{bundle.code}'",  # noqa: S608 - a test's own
        "DELETE FROM outcomes",
        "UPDATE bundles SET quantity = 99",
        "DELETE FROM lay_cuts",
        "UPDATE bundle_tickets SET issue = 9",
        "DELETE FROM scan_rejects",
    ):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(text(statement))
    assert queries.recomputed(session) == ()


def test_a_lay_that_gave_another_number_of_pieces_is_found(session: Session) -> None:
    """R1: the cut says eleven plies, the bundle holds ten pieces."""
    from tests.production.build import make_lay

    bundle = make_bundle(session)
    lay = make_lay(session, marker={"55": 1})
    row = queries.lay(session, lay.id)
    session.add(LayCutRow(lay_id=row.id, plies=[(1, 3)], centimetres=0, at=now(), by="somebody"))
    session.execute(text(f"UPDATE lays SET state = 'cut' WHERE id = {row.id}"))  # noqa: S608
    session.flush()
    session.expire_all()
    found = {(one.kind, one.kept, one.replayed) for one in queries.recomputed(session)}
    assert found == {("R1", "0", "3"), ("R2", "0", "3")}
    assert bundle.quantity == 10
