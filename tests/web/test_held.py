"""Another program holds the database: who writes is told, who looks is served, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from factory.db import engine
from tests.conftest import ENGINES, make_app, make_app_on_copy
from tests.postgres import fresh_database
from tests.web.held import check, play

PATIENCE, STANDS, HELD, SLACK = 0.5, 0.2, 2.0, 2.0


@pytest.fixture(params=ENGINES)
def hasty(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    empty_database: Path,
    tmp_path: Path,
) -> Iterator[Flask]:
    """A house on a database of its own in which nobody waits for long."""
    monkeypatch.setattr(engine, "PATIENCE", PATIENCE)
    monkeypatch.setattr(engine, "STANDS", STANDS)
    if request.param == "sqlite":
        yield make_app_on_copy(empty_database, tmp_path)
        return
    with fresh_database() as url:
        yield make_app(url, tmp_path)


def test_who_writes_hears_it_in_time_and_nothing_is_lost_or_double(hasty: Flask) -> None:
    house, found = play(hasty, HELD)
    check(house, found, patience=PATIENCE, slack=SLACK)
    slowest = sorted(took for took, _ in house.looked)[int(len(house.looked) * 0.95)]
    assert slowest < STANDS + PATIENCE + SLACK
