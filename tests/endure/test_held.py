"""A database that another program holds for half a minute, as `docs/operations.md` states it."""

from __future__ import annotations

from pathlib import Path

import pytest

from factory.db import engine
from tests.conftest import make_app
from tests.postgres import fresh_database
from tests.web.held import check, play

pytestmark = pytest.mark.endure
HELD = 30.0
SLACK = 3.0


def test_half_a_minute_on_sqlite(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path / 'held.sqlite'}", tmp_path)
    house, found = play(app, HELD)
    check(house, found, patience=engine.PATIENCE, slack=SLACK)
    assert max(took for took, _ in house.looked) < engine.STANDS + SLACK


@pytest.mark.postgresql
def test_half_a_minute_on_postgresql(tmp_path: Path) -> None:
    with fresh_database() as url:
        house, found = play(make_app(url, tmp_path), HELD)
    check(house, found, patience=engine.PATIENCE, slack=SLACK)
    assert max(took for took, _ in house.looked) < engine.STANDS + SLACK
