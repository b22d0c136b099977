"""Many terminals at once: with real commits, on databases of their own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from factory.db.session import db, reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.time import now
from factory.production import queries, service
from factory.production.domain.scans import NewScan
from factory.security.domain import WorkerId
from tests.conftest import ENGINES, make_app
from tests.people.build import make_worker
from tests.production.build import make_bundles, make_coat_order, new_scan, sew


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
