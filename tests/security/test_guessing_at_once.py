"""Guesses from many places at the same moment: each sees those that were counted before it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask

from factory.db.session import db, transaction
from factory.kernel.time import now
from factory.security.domain import TooManyHere
from factory.security.guessing import FREE_FOR_ALL, LET_THROUGH_IN_ALL, Noted, begin, was_right
from tests.conftest import make_app
from tests.postgres import fresh_database

T = TypeVar("T")
pytestmark = pytest.mark.postgresql
"""On SQLite writers take turns anyway."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Flask]:
    with fresh_database() as url:
        app = make_app(url, tmp_path)
        yield app
        with app.app_context():
            db.engine.dispose()


def at_once(house: Flask, job: Callable[[int], T], times: int) -> list[T]:
    def run(turn: int) -> T:
        with house.app_context():
            return job(turn)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def guess(turn: int) -> bool:
    """Whether a number, from an address that never was wrong, would be compared."""
    try:
        with transaction() as session:
            begin(session, str(100 + turn), f"from 10.0.1.{turn}", at=now())
            time.sleep(0.05)  # the others begin before this one is kept
    except TooManyHere:
        return False
    return True


def test_no_more_are_let_through_at_once_than_one_after_another(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        for turn in range(FREE_FOR_ALL):
            begin(session, str(turn), f"from 10.0.0.{turn}", at=now())
    assert sum(at_once(house, guess, LET_THROUGH_IN_ALL + 4)) == LET_THROUGH_IN_ALL


def test_pressed_twice_a_right_pin_makes_her_known_once(house: Flask) -> None:
    def attempt(_turn: int) -> Noted:
        with transaction() as session:
            return begin(session, "7", "screen 1", "screen 1", at=now())

    both = at_once(house, attempt, 2)

    def know(turn: int) -> bool:
        with transaction() as session:
            was_right(session, both[turn], at=now())
            session.flush()
            time.sleep(0.05)
        return True

    assert at_once(house, know, 2) == [True, True]
    with house.app_context(), transaction() as session:
        assert begin(session, "7", "screen 1", "screen 1", at=now()).known
