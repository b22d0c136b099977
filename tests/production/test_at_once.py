"""Many terminals at once: with real commits, on databases of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from factory.db.session import db, reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.orders import queries as order_queries
from factory.orders import service as orders
from factory.orders.domain import OrderState
from factory.production import queries, service
from factory.production.domain.scans import NewScan
from factory.security.domain import SYSTEM, WorkerId
from tests.conftest import ENGINES, make_app
from tests.orders.build import make_lines
from tests.people.build import make_worker
from tests.production.build import make_bundles, make_coat_order, new_scan, scan, sew

Work = Callable[[Session], object]


@pytest.fixture(params=ENGINES)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    if request.param == "sqlite":
        yield make_app(f"sqlite:///{tmp_path / 'busy.sqlite'}", tmp_path)
        return
    from tests.postgres import fresh_database

    with fresh_database() as url:
        app = make_app(url, tmp_path)
        yield app
        with app.app_context():
            db.engine.dispose()


def enter(house: Flask, entry: NewScan) -> str:
    with house.app_context():
        try:
            with transaction() as session:
                kept = service.record_scan(session, entry, received=now())
        except Refused as refusal:
            return refusal.code()
        return "again" if kept.again else "kept"


def at_once(house: Flask, entries: list[NewScan]) -> list[str]:
    with ThreadPoolExecutor(6) as pool:
        return list(pool.map(lambda entry: enter(house, entry), entries))


def test_many_scans_at_once_count_each_piece_once(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        order = make_coat_order(session)
        bundles = make_bundles(session, order, plies={1: 10}, marker={"66": 1, "55": 1})
        workers = [make_worker(session, name).id for name in ("Pine", "Birch", "Maple")]
    same = [new_scan(bundles[0], "C06", 3, worker=workers[0])] * 6
    answers = at_once(house, same)
    assert sorted(answers) == ["again"] * 5 + ["kept"]

    rest = [new_scan(bundles[0], "C06", 2, worker=who) for who in workers * 3]
    answers = at_once(house, rest)
    assert answers.count("kept") == 3  # seven were left: two, two and two
    assert answers.count("too_many") == 6

    other = [new_scan(each, "S20", 1, worker=who) for who in workers for each in bundles * 4]
    assert set(at_once(house, other)) <= {"kept", "already_done"}
    _nothing_is_wrong(house, workers, {"C06": 9, "S20": 20})


def _nothing_is_wrong(house: Flask, workers: list[WorkerId], pieces: dict[str, int]) -> None:
    from datetime import timedelta

    from factory.kernel.time import today

    with house.app_context(), reading() as session:
        assert queries.recomputed(session) == ()
        paid = dict.fromkeys(pieces, 0)
        for worker in workers:
            yesterday = today() - timedelta(days=1)  # midnight may pass while this runs
            for part in queries.pieces(session, worker, yesterday, today()):
                paid[part.operation] += part.count
        assert paid == pieces


def test_coats_packed_at_once_hang_on_the_rail_once(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        order = make_coat_order(session)
        bundles = make_bundles(session, order, plies={1: 10}, marker={"66": 1, "55": 1})
        for bundle in bundles:
            sew(session, bundle)
            sew(session, bundle, "F04", "F05")
    entries = [new_scan(bundle, "F07", 2) for bundle in bundles * 5]
    assert at_once(house, entries) == ["kept"] * 10
    with house.app_context(), reading() as session:
        assert queries.open_bundles(session) == ()
        assert queries.recomputed(session) == ()


def add(code: str, event: str = "") -> Work:
    def work(session: Session) -> object:
        told: dict[str, Any] = {"by": SYSTEM, "at": now(), "event_id": event or new_id()}
        return service.add_found(session, code, 1, "counted again", **told)

    return work


def do(house: Flask, work: Work) -> str:
    with house.app_context():
        try:
            with transaction() as session:
                work(session)
        except Refused as refusal:
            return refusal.code()
    return "done"


def test_pieces_found_beside_scans_and_a_split_are_all_there_once(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        order = make_coat_order(session)
        bundle, other = make_bundles(session, order, plies={1: 10}, marker={"66": 1, "55": 1})
    event = new_id()

    def fuse(session: Session) -> object:
        return service.record_scan(session, new_scan(bundle, "C06", 1), received=now())

    def split(session: Session) -> object:
        told: dict[str, Any] = {"by": SYSTEM, "at": now(), "event_id": event}
        return service.split(session, other.code, 4, **told)

    works = [add(bundle.code), fuse, add(other.code, "one"), add(bundle.code, "two"), split] * 4
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda work: do(house, work), works))
    assert set(answers) <= {"done", "bundle_regrouped"}
    with house.app_context(), reading() as session:
        progress = queries.bundle(session, bundle.code).progress
        assert (progress.found, progress.quantity) == (5, 15)  # four of their own, and "two" once
        assert progress.steps["C06"].good == 4
        assert queries.recomputed(session) == ()


ON_POSTGRES = pytest.mark.parametrize("house", ENGINES[1:], indirect=True)
"""On SQLite writers take turns anyway."""


def wait_until_somebody_waits(session: Session, other: Future[str]) -> None:
    """Until the other waits for a lock of ours, or is through."""
    waits = text(
        "SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
        " WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"
    )
    while not other.done() and session.scalar(waits) is None:
        time.sleep(0.02)


@ON_POSTGRES
def test_nothing_is_found_in_an_order_while_it_is_closed(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        bundle = make_bundles(session, make_coat_order(session))[0]
    with ThreadPoolExecutor(1) as pool:
        with house.app_context(), transaction() as session:
            orders.close(session, bundle.order, "no more cloth", by=SYSTEM, at=now())
            other = pool.submit(do, house, add(bundle.code))
            wait_until_somebody_waits(session, other)
        assert other.result() == "found_too_late"


@ON_POSTGRES
def test_the_last_two_bundles_lost_at_once_let_their_order_be_complete(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        lines = make_lines(BK=(0, 9, 9, 0, 0))
        order = make_coat_order(session, lines=lines)
        bundles = make_bundles(session, order, plies={1: 10}, marker={"66": 1, "55": 1})
        for each in bundles:
            sew(session, each)
            sew(session, each, "F04", "F05")
            scan(session, each, "F07", 9)

    def lose(code: str) -> Work:
        def work(session: Session) -> object:
            told: dict[str, Any] = {"by": SYSTEM, "at": now(), "event_id": new_id()}
            return service.mark_lost(session, code, 1, "gone", **told)

        return work

    with ThreadPoolExecutor(1) as pool:
        with house.app_context(), transaction() as session:
            lose(bundles[0].code)(session)
            other = pool.submit(do, house, lose(bundles[1].code))
            wait_until_somebody_waits(session, other)
        assert other.result() == "done"
    with house.app_context(), reading() as session:
        assert order_queries.order(session, order.number).state is OrderState.COMPLETE
