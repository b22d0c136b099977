"""The drill: a printer that is off, silent, out of paper, cut off, stuck; a killed worker."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from factory.db.session import SESSIONS, transaction
from factory.kernel.time import now
from factory.printing import fleet, papers, queries, service, spool, who, worker
from factory.printing.domain import Answer, Problem, Purpose, State
from printers import escpos, paper, transport
from printers.document import Align, Cut, Document, Label, OpenDrawer, Text
from printers.profiles import PROFILES
from printers.transport import limits
from tests.printers.stub import Stub
from tests.printing.build import BIRCH, make_document, make_job, make_printer

LABELS = 200
ONE_LABEL = (Text("여성 울 코트 66", align=Align.CENTER), Cut())
BATCH = Document("hang tag", ONE_LABEL * LABELS, Label(40, 15))
DRAWER = b"\x1bp"


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("STATUS", 0.1), ("PROGRESS", 0.2), ("BURNING", 0), ("CONNECT", 1)):
        monkeypatch.setattr(limits, f"{name}_SECONDS", seconds)


@pytest.fixture
def house(app: Flask, clock: time_machine.Traveller) -> Iterator[Flask]:
    with app.app_context():
        yield app


def ask(target: str, document: Document | None = None) -> tuple[int, int]:
    with transaction() as session:
        printer = make_printer(session, target, Purpose.RECEIPT)
        return printer, make_job(session, document or make_document(drawer=True))


def job(house: Flask, number: int) -> queries.JobLine:
    with house.extensions[SESSIONS]() as session:
        return queries.job(session, number)


def print_until_quiet(printer: int) -> None:
    while worker.print_next(printer):
        pass


def off() -> Stub:
    """A printer that is switched off: its address is known."""
    with Stub() as stub:
        return stub


def test_1_nobody_listens_then_it_is_printed_once(
    house: Flask, clock: time_machine.Traveller
) -> None:
    gone = off()
    printer, number = ask(gone.address)
    print_until_quiet(printer)
    assert (job(house, number).state, job(house, number).problem) == (
        State.QUEUED,
        Problem.UNREACHABLE,
    )
    clock.shift(timedelta(seconds=6))
    with Stub(port=gone.port) as stub:
        print_until_quiet(printer)
    assert job(house, number).state is State.SENT
    assert len(stub.jobs) == 1
    assert stub.jobs[0].count(DRAWER) == 1


def test_2_a_printer_that_answers_nothing_is_sent_to_once_and_nothing_is_confirmed(
    house: Flask,
) -> None:
    with Stub(paper=None) as stub:
        printer, number = ask(stub.address)
        print_until_quiet(printer)
    assert job(house, number).state is State.SENT
    assert not job(house, number).confirmed
    assert len(stub.jobs) == 1


def test_2_one_that_answers_confirms(house: Flask) -> None:
    with Stub() as stub:
        printer, number = ask(stub.address)
        print_until_quiet(printer)
    assert job(house, number).confirmed
    assert len(stub.jobs) == 1


@pytest.mark.parametrize("answer", [b"\x72", b"\x7e"])
def test_3_out_of_paper_not_a_byte_leaves_and_refilled_it_is_printed_once(
    house: Flask, clock: time_machine.Traveller, answer: bytes
) -> None:
    with Stub(paper=answer) as stub:
        printer, number = ask(stub.address)
        print_until_quiet(printer)
        assert job(house, number).problem is Problem.PAPER_OUT
        clock.shift(timedelta(seconds=6))
        stub.answers[b"\x10\x04\x04"] = b"\x12"
        print_until_quiet(printer)
    assert job(house, number).state is State.SENT
    assert [len(each) > 0 for each in stub.jobs] == [False, True]


def test_3_paper_that_runs_out_while_it_is_printed_is_for_a_person(house: Flask) -> None:
    with Stub(then_paper=b"\x72") as stub:
        printer, number = ask(stub.address)
        print_until_quiet(printer)
    assert (job(house, number).state, job(house, number).problem) == (
        State.UNSURE,
        Problem.PAPER_OUT,
    )


def test_4_one_that_spoke_before_and_is_silent_after_its_paper_is_for_a_person(
    house: Flask,
) -> None:
    with Stub(then_silent=True) as stub:
        printer, number = ask(stub.address)
        print_until_quiet(printer)
        print_until_quiet(printer)
    assert (job(house, number).state, job(house, number).problem) == (
        State.UNSURE,
        Problem.BROKEN_OFF,
    )
    assert len(stub.jobs) == 1


def test_4_a_reset_half_way_is_for_a_person_and_the_copy_leaves_the_drawer_shut(
    house: Flask,
) -> None:
    long = Document("Receipt", (OpenDrawer(), *make_document().blocks * 40))
    with Stub(reset_after=2000) as stub:
        printer, number = ask(stub.address, long)
        print_until_quiet(printer)
        assert len(stub.jobs) == 1
    assert job(house, number).state is State.UNSURE
    with Stub(port=stub.port) as again:
        with transaction() as session:
            service.decide(session, number, Answer.NO, by=BIRCH, at=now())
        print_until_quiet(printer)
    assert DRAWER not in again.jobs[0]
    assert "재출력 1" in paper.read(again.jobs[0]).text


def test_5_a_printer_that_never_reads_frees_its_worker(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = escpos.Job((b"x" * 8_000_000,), 1)
    monkeypatch.setattr(worker, "_made", lambda _waiting: endless)
    with Stub(reads=False) as stub:
        printer, number = ask(stub.address)
        begun = time.monotonic()
        print_until_quiet(printer)
        assert time.monotonic() - begun < 10
    assert (job(house, number).state, job(house, number).problem) == (
        State.UNSURE,
        Problem.TOO_SLOW,
    )


def test_6_what_a_killed_worker_was_sending_is_for_a_person_and_never_sent_again(
    house: Flask,
) -> None:
    with Stub() as stub:
        printer, number = ask(stub.address)
        with transaction() as session:
            assert spool.claim(session, number, b"x", at=now(), worker="here/999999999/x")
        print_until_quiet(printer)
        with transaction() as session:
            assert spool.recover(session, at=now(), gone=lambda _worker: True) == 1
        print_until_quiet(printer)
    assert (job(house, number).state, job(house, number).problem) == (
        State.UNSURE,
        Problem.STOPPED,
    )
    assert stub.jobs == []


def test_6_the_same_event_is_one_paper(house: Flask) -> None:
    with transaction() as session:
        words: dict[str, Any] = {"purpose": Purpose.RECEIPT, "by": BIRCH, "at": now()}
        first = service.enqueue(session, make_document(), event_id="sale 1", **words)
        assert service.enqueue(session, make_document(), event_id="sale 1", **words) == first


def test_7_two_workers_never_send_to_one_printer_at_once(house: Flask) -> None:
    printer, first = ask("virtual")
    with transaction() as session:
        second = make_job(session)
        assert spool.claim(session, first, b"x", at=now(), worker="one")
        assert not spool.claim(session, second, b"x", at=now(), worker="two")
        later = now() + timedelta(seconds=30)
        assert spool.progress(session, first, sent=9, units=0, at=later, worker="one")
        assert not spool.progress(session, first, sent=9, units=0, at=later, worker="two")
        still = later + timedelta(seconds=45)
        assert spool.next_waiting(session, printer, at=still) is None
        assert spool.recover(session, at=still) == 0
        spool.settle(session, first, None, 9, at=still)
        assert spool.claim(session, second, b"x", at=still, worker="two")


def test_7_a_second_program_does_not_even_connect_while_another_speaks_with_the_printer(
    house: Flask, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    with Stub() as stub:
        printer, number = ask(stub.address)
        with transaction() as session:
            assert spool.take_printer(session, printer, at=now(), worker="one")
        monkeypatch.setattr(who, "myself", lambda: "two")
        assert not worker.print_next(printer)
        assert job(house, number).state is State.QUEUED
        clock.shift(timedelta(seconds=61))
        print_until_quiet(printer)
    assert job(house, number).state is State.SENT
    assert len(stub.jobs) == 1


@pytest.mark.parametrize("garbage", [b"\xff", b"\x00", b"P"])
def test_a_printer_that_answers_garbage_says_nothing_of_itself(
    house: Flask, garbage: bytes
) -> None:
    with Stub(paper=garbage, cover=garbage) as stub:
        printer, number = ask(stub.address)
        print_until_quiet(printer)
    assert job(house, number).state is State.SENT
    assert not job(house, number).confirmed
    assert len(stub.jobs) == 1


def test_8_a_printer_that_hangs_up_at_once_is_not_well(house: Flask) -> None:
    with Stub(hangs_up=True) as stub:
        printer, number = ask(stub.address)
        print_until_quiet(printer)
        with pytest.raises(transport.Unreachable):
            transport.ask(papers.where(stub.address))
    assert (job(house, number).state, job(house, number).problem) == (
        State.QUEUED,
        Problem.UNREACHABLE,
    )


def test_a_batch_of_labels_whose_cable_was_pulled_goes_on_with_the_next(house: Flask) -> None:
    size = len(escpos.to_job(BATCH, PROFILES["virtual-80"]).units[0])
    with Stub(reset_after=119 * size + size // 2) as stub:
        printer, number = ask(stub.address, BATCH)
        print_until_quiet(printer)
    line = job(house, number)
    assert (line.state, line.units, line.units_done) == (State.UNSURE, LABELS, 120)
    whole = stub.jobs[0][: 119 * size]
    assert paper.read(whole, 576).cuts == 119
    with Stub(port=stub.port) as again:
        with transaction() as session:
            assert service.go_on(session, number, 119, by=BIRCH, at=now()) is State.QUEUED
        print_until_quiet(printer)
    assert paper.read(again.jobs[0], 576).cuts == LABELS - 119
    line = job(house, number)
    assert (line.state, line.units_done) == (State.SENT, LABELS)


def test_a_batch_is_stopped_between_two_labels_when_the_paper_runs_out(house: Flask) -> None:
    with Stub(then_paper=b"\x72") as stub:
        printer, number = ask(stub.address, BATCH)
        print_until_quiet(printer)
    assert (job(house, number).problem, job(house, number).units_done) == (Problem.PAPER_OUT, 1)
    assert paper.read(stub.jobs[0], 576).cuts == 1


def test_a_printer_that_was_off_over_night_prints_what_is_still_needed_with_the_drawer_shut(
    house: Flask, clock: time_machine.Traveller
) -> None:
    gone = off()
    printer, receipt = ask(gone.address)
    with transaction() as session:
        ticket = make_job(session, make_document(drawer=True), purpose=Purpose.DAY_END)
    print_until_quiet(printer)
    clock.shift(timedelta(hours=14))
    with Stub(port=gone.port) as stub:
        print_until_quiet(printer)
    assert job(house, receipt).state is State.EXPIRED
    assert job(house, ticket).state is State.SENT
    assert len(stub.jobs) == 1
    assert DRAWER not in stub.jobs[0]


def test_a_held_paper_waits_and_those_behind_it_come_out_first(house: Flask) -> None:
    printer, first = ask("virtual")
    with transaction() as session:
        second = make_job(session)
        service.hold_back(session, first, by=BIRCH, at=now())
    print_until_quiet(printer)
    assert [job(house, number).state for number in (first, second)] == [State.HELD, State.SENT]
    with transaction() as session:
        service.let_go(session, first, by=BIRCH, at=now())
    print_until_quiet(printer)
    assert job(house, first).state is State.SENT


def test_a_held_printer_prints_nothing_until_it_is_let_go(house: Flask) -> None:
    printer, number = ask("virtual")
    with transaction() as session:
        fleet.hold_back(session, printer, by=BIRCH, at=now())
    print_until_quiet(printer)
    assert job(house, number).state is State.QUEUED
    with transaction() as session:
        fleet.let_go(session, printer, by=BIRCH, at=now())
    print_until_quiet(printer)
    assert job(house, number).state is State.SENT


def test_a_program_knows_itself_and_those_that_ended() -> None:
    mine = who.myself()
    host, process, _ = mine.split("/")
    assert not who.is_gone(mine)
    assert who.is_gone("")
    assert who.is_gone(f"{host}/{process}/before")
    assert who.is_gone(f"{host}/999999999/x")
    assert not who.is_gone("elsewhere/1/x")
