"""Who is woken when a paper was committed, and who is left to rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from factory.db.session import SESSIONS, transaction
from factory.kernel.time import now
from factory.printing import bell, fleet, queries, worker
from factory.printing.domain import Purpose, State
from tests.printers.stub import Stub
from tests.printing.build import BIRCH, make_job, make_printer


@pytest.fixture
def house(app: Flask, clock: time_machine.Traveller) -> Flask:
    return app


def test_a_new_paper_wakes_its_own_printer_only_and_a_resting_one_not_at_all() -> None:
    mine, other = bell.sleeper(71), bell.sleeper(72)
    bell.ring(71)
    assert mine.is_set()
    assert not other.is_set()
    mine.clear()
    bell.ring()
    assert mine.is_set()
    assert other.is_set()


def test_a_printer_that_has_no_worker_yet_gets_one() -> None:
    minder = bell.sleeper(bell.NEW)
    bell.ring(73)
    assert minder.is_set()


def test_a_printer_that_is_off_is_left_alone_until_it_is_time_or_somebody_asks(
    house: Flask, clock: time_machine.Traveller
) -> None:
    with Stub() as stub:
        gone = stub.address
    with house.app_context():
        with transaction() as session:
            printer = make_printer(session, gone, Purpose.RECEIPT)
            make_job(session)
        woken = bell.sleeper(printer)
        assert worker.print_next(printer)
        with transaction() as session:
            make_job(session)
        assert not woken.is_set()
        assert not worker.print_next(printer)
        with transaction() as session:
            fleet.let_go(session, printer, by=BIRCH, at=now())
        assert woken.is_set()
        clock.shift(timedelta(seconds=1))
        with Stub(port=stub.port):
            while worker.print_next(printer):
                pass
        with house.extensions[SESSIONS]() as session:
            assert len(queries.jobs(session, State.SENT)) == 2
        woken.clear()
        with transaction() as session:
            make_job(session)
        assert woken.is_set()


def test_a_dead_printer_costs_one_line_an_attempt_and_nothing_is_drawn_for_it(
    house: Flask, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Stub() as stub:
        gone = stub.address
    monkeypatch.setattr(worker, "_made", lambda _waiting: pytest.fail("drawn for nobody"))
    with house.app_context():
        with transaction() as session:
            printer = make_printer(session, gone, Purpose.RECEIPT)
            number = make_job(session)
        for seconds in (0, 6, 11, 21, 41, 81, 121, 121):
            clock.shift(timedelta(seconds=seconds))
            assert worker.print_next(printer)
            assert not worker.print_next(printer)
        with house.extensions[SESSIONS]() as session:
            assert queries.job(session, number).attempts == 8


def test_papers_wait_while_somebody_else_still_asks_for_hers(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("factory.printing.bell.time.sleep", slept.append)
    monkeypatch.setattr("factory.printing.bell.time.monotonic", lambda: 1_000.0)
    with house.app_context(), transaction() as session:
        make_job(session)
    bell.wait_for_quiet()
    assert slept == [pytest.approx(bell.QUIET_SECONDS)] * bell.PATIENCE
    slept.clear()
    monkeypatch.setattr("factory.printing.bell.time.monotonic", lambda: 1_000.1)
    bell.wait_for_quiet()
    assert slept == []


def test_a_paper_asked_for_within_a_savepoint_rings_when_all_may_read_it(house: Flask) -> None:
    with house.app_context():
        with transaction() as session:
            printer = make_printer(session, "virtual", Purpose.RECEIPT)
        bell.stir(printer)
        woken = bell.sleeper(printer)
        with transaction() as session:
            with session.begin_nested():
                make_job(session)
            assert not woken.is_set()
        assert woken.is_set()
