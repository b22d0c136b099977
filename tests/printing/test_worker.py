"""Print workers on loopback printers: off, out of paper, half-way, silent; and the threads."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from factory.db.engine import still_held
from factory.db.session import SESSIONS, db, transaction
from factory.kernel.time import now
from factory.printing import fleet, papers, pictures, queries, spool, worker
from factory.printing.domain import PaperErased, Problem, Purpose, State
from factory.printing.fleet import NewPrinter
from factory.security.keys import KeyAway, Ring
from printers.document import Barcode, Document
from printers.transport import limits
from tests.conftest import make_app
from tests.printers.stub import Stub
from tests.printing.build import BIRCH, make_document, make_job, make_printer


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STATUS_SECONDS", 0.1)
    monkeypatch.setattr(limits, "PROGRESS_SECONDS", 0.2)
    monkeypatch.setattr(limits, "BURNING_SECONDS", 0)


@pytest.fixture
def house(app: Flask, clock: time_machine.Traveller) -> Iterator[Flask]:
    with app.app_context():
        yield app


def ask(target: str, document: Document | None = None) -> tuple[int, int]:
    with transaction() as session:
        printer = make_printer(session, target, Purpose.RECEIPT)
        return printer, make_job(session, document)


def line(app: Flask, number: int) -> queries.JobLine:
    with app.extensions[SESSIONS]() as session:
        return queries.job(session, number)


def test_a_printer_that_is_off_keeps_its_paper_and_prints_it_once_when_it_is_on(
    house: Flask, clock: time_machine.Traveller
) -> None:
    with Stub() as stub:
        address = stub.address
    printer, number = ask(address)
    assert worker.print_next(printer)
    assert (line(house, number).state, line(house, number).problem) == (
        State.QUEUED,
        Problem.UNREACHABLE,
    )
    assert not worker.print_next(printer)
    with Stub(port=stub.port) as stub:
        clock.shift(timedelta(seconds=6))
        assert worker.print_next(printer)
        assert not worker.print_next(printer)
    assert line(house, number).state is State.SENT
    assert len(stub.jobs) == 1


def test_a_printer_without_paper_gets_not_a_byte_of_the_job(house: Flask) -> None:
    with Stub(paper=b"\x72") as stub:
        printer, number = ask(stub.address)
        worker.print_next(printer)
    assert line(house, number).problem is Problem.PAPER_OUT
    assert stub.jobs == [b""]


def test_a_connection_that_breaks_half_way_leaves_the_paper_to_a_person(house: Flask) -> None:
    long = Document("Long", tuple(Barcode(f"{n:08d}") for n in range(500)))
    with Stub(reset_after=2000) as stub:
        printer, number = ask(stub.address, long)
        worker.print_next(printer)
    assert line(house, number).state is State.UNSURE
    assert not worker.print_next(printer)


def test_a_paper_that_came_out_is_noted_once_the_database_is_free_again(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer, number = ask("virtual")
    conclude, held = spool.conclude, [True] * (worker.TRIES - 1)

    def once_free(*given: Any, **named: Any) -> State:
        if held:
            held.pop()
            raise still_held()
        return conclude(*given, **named)

    monkeypatch.setattr(spool, "conclude", once_free)
    assert worker.print_next(printer)
    assert line(house, number).state is State.SENT
    assert not worker.print_next(printer)


def test_a_paper_that_can_not_be_drawn_fails_and_the_next_is_printed(house: Flask) -> None:
    printer, number = ask("virtual", Document("Wide", (Barcode("x" * 20),)))
    narrower = NewPrinter(
        name="Corner", place="", profile="virtual-58", target="virtual", purposes=(Purpose.RECEIPT,)
    )
    with transaction() as session:
        fleet.change_printer(session, printer, narrower, by=BIRCH, at=now())
        following = make_job(session)
    assert worker.print_next(printer)
    assert worker.print_next(printer)
    assert line(house, number).state is State.FAILED
    assert line(house, following).state is State.SENT


def test_a_paper_taken_by_another_worker_is_not_printed_twice(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer, number = ask("virtual")
    with house.extensions[SESSIONS]() as session:
        waiting = spool.next_waiting(session, printer, at=now())
    assert worker.print_next(printer)
    monkeypatch.setattr(spool, "next_waiting", lambda *_a, **_k: waiting)
    sent = papers.stream(number)
    (papers.folder() / f"{papers.name(number)}.bin").unlink()
    assert worker.print_next(printer)
    assert sent
    assert papers.stream(number) is None


def test_virtual_paper_is_thrown_away_after_a_day(house: Flask) -> None:
    printer, number = ask("virtual")
    worker.print_next(printer)
    assert papers.throw_away(now()) == 0
    path = papers.folder() / f"{papers.name(number)}.bin"
    old = (now() - timedelta(days=2)).timestamp()
    os.utime(path, (old, old))
    assert papers.throw_away(now()) == 1
    assert papers.stream(number) is None


def test_private_virtual_paper_lies_there_sealed_for_a_quarter_of_an_hour(house: Flask) -> None:
    with transaction() as session:
        number = make_job(session, make_document("Pine earned"), Purpose.PAYSLIP)
    assert worker.print_all() == 1
    assert papers.stream(number) is None
    sealed = papers.sealed_stream(number)
    assert sealed
    assert b"Pine" not in sealed
    assert shown(house, number) == "Pine earned"
    path = papers.folder() / f"{papers.name(number, private=True)}.bin"
    old = (now() - timedelta(minutes=16)).timestamp()
    os.utime(path, (old, old))
    assert papers.throw_away(now()) == 1
    with pytest.raises(PaperErased):
        shown(house, number)


def shown(app: Flask, number: int) -> str:
    with app.extensions[SESSIONS]() as session:
        return pictures.of_job(session, number).text.split("\n")[0]


def test_a_private_paper_comes_out_though_the_stick_is_pulled_and_is_shown_to_nobody(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(*_given: object) -> str:
        raise KeyAway

    with transaction() as session:
        number = make_job(session, make_document("Pine earned"), Purpose.PAYSLIP)
    monkeypatch.setattr(Ring, "open", pulled)
    with pytest.raises(KeyAway):
        shown(house, number)
    assert worker.print_all() == 1
    assert line(house, number).state is State.SENT
    with pytest.raises(KeyAway):
        shown(house, number)


def test_a_private_paper_sealed_with_a_lost_key_fails_and_the_next_is_printed(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        lost = make_job(session, make_document("Pine earned"), Purpose.PAYSLIP)
        following = make_job(session)
    monkeypatch.setattr(Ring, "derived", lambda *_given: bytes(32))
    worker.print_all()
    assert line(house, lost).state is State.FAILED
    assert line(house, following).state is State.SENT


def test_half_a_paper_that_a_cut_of_power_left_is_thrown_away_as_well(house: Flask) -> None:
    papers.folder().mkdir(exist_ok=True)
    half = papers.folder() / f"{papers.name(7)}.unfinished"
    half.write_bytes(b"Pine earned")
    assert papers.throw_away(now()) == 0  # it may be written just now
    old = (now() - timedelta(days=2)).timestamp()
    os.utime(half, (old, old))
    assert papers.throw_away(now()) == 1
    assert not half.exists()


def test_the_names_of_paper_files_are_numbers(house: Flask) -> None:
    printer, number = ask("virtual")
    worker.print_next(printer)
    assert (papers.folder() / f"paper-{number}.bin").exists()


def test_workers_print_after_the_commit_and_stop_when_asked(tmp_path: Path) -> None:
    app = make_app(f"sqlite:///{tmp_path / 'live.sqlite'}", tmp_path)
    with app.app_context(), transaction() as session:
        lost = make_job(session)
        spool.claim(session, lost, b"x", at=now())
    workers = worker.PrintWorkers(app)
    workers.start()
    try:
        with app.app_context():
            assert line(app, lost).state is State.UNSURE
            with transaction() as session:
                number = make_job(session)
            for _ in range(100):
                if line(app, number).state is State.SENT:
                    break
                time.sleep(0.1)
            assert line(app, number).state is State.SENT
            assert papers.stream(number)
    finally:
        workers.stop()
        with app.app_context():
            db.engine.dispose()
    assert not any(thread.is_alive() for thread in workers.threads)
