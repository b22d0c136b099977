from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.time import now
from factory.kernel.words import speaking
from factory.printing import fleet, queries, service, spool
from factory.printing.domain import (
    AddressUnusable,
    Answer,
    NoLongerWaiting,
    PaperErased,
    PrinterNameTaken,
    Problem,
    Purpose,
    State,
    StillOnItsWay,
)
from factory.printing.fleet import NewPrinter
from factory.security import queries as audit
from printers import escpos, paper
from printers.document import Cut, Document, OpenDrawer, Text
from printers.profiles import PROFILES
from tests.printing.build import BIRCH, make_document, make_job, make_printer


@pytest.fixture(autouse=True)
def _clock(clock: time_machine.Traveller) -> None:
    """Time stands still in these tests."""


def sent(session: Session, number: int) -> None:
    assert spool.claim(session, number, b"bytes", at=now())
    spool.settle(session, number, None, 5, at=now())


def test_the_same_event_is_one_paper(session: Session) -> None:
    def ask() -> int:
        return service.enqueue(
            session, make_document(), purpose="receipt", by=BIRCH, at=now(), event_id="sale 1"
        )

    assert ask() == ask()
    assert len(queries.jobs(session, State.QUEUED)) == 1


def test_an_empty_house_gets_its_usual_printers_with_the_first_paper(session: Session) -> None:
    number = make_job(session, purpose=Purpose.HANG_TAG)
    with speaking("en"):
        assert len(queries.printers(session)) == 4
    job = queries.job(session, number)
    assert job.state is State.QUEUED
    taking = [line for line in queries.printers(session) if Purpose.HANG_TAG in line.purposes]
    assert [line.waiting for line in taking] == [1]


def test_a_paper_that_no_printer_takes_goes_to_one_that_works(session: Session) -> None:
    make_printer(session, "virtual", Purpose.RECEIPT)
    number = make_job(session, purpose=Purpose.BUNDLE_TICKET)
    assert queries.job(session, number).printer == "Corner"


def test_a_paper_is_claimed_once(session: Session) -> None:
    number = make_job(session)
    assert spool.claim(session, number, b"first", at=now())
    assert not spool.claim(session, number, b"second", at=now())
    assert queries.contents(session, number)[1] == b"first"


def test_papers_of_a_printer_are_taken_in_the_order_they_were_asked_for(session: Session) -> None:
    printer = make_printer(session, "virtual", Purpose.RECEIPT)
    first, second = make_job(session), make_job(session)
    waiting = spool.next_waiting(session, printer, at=now())
    assert waiting is not None
    assert waiting.job == first
    sent(session, first)
    following = spool.next_waiting(session, printer, at=now())
    assert following is not None
    assert following.job == second


def test_a_printer_without_paper_is_left_alone_for_a_while_and_then_tried_again(
    session: Session,
) -> None:
    printer = make_printer(session, "virtual", Purpose.RECEIPT)
    number = make_job(session)
    spool.claim(session, number, b"x", at=now())
    assert spool.settle(session, number, Problem.PAPER_OUT, 0, at=now()) is State.QUEUED
    assert queries.printer(session, printer).problem is Problem.PAPER_OUT
    assert spool.next_waiting(session, printer, at=now()) is None
    later = now() + timedelta(seconds=6)
    again = spool.next_waiting(session, printer, at=later)
    assert again is not None
    assert again.job == number


def test_a_printer_out_of_use_prints_nothing(session: Session) -> None:
    printer = make_printer(session, "virtual", Purpose.RECEIPT)
    make_job(session)
    off = NewPrinter(
        name="Corner", place="", profile="virtual-80", target="virtual", purposes=(), active=False
    )
    fleet.change_printer(session, printer, off, by=BIRCH, at=now())
    assert spool.next_waiting(session, printer, at=now()) is None


def test_a_paper_that_broke_off_is_unsure_and_never_taken_again(session: Session) -> None:
    printer = make_printer(session, "virtual", Purpose.RECEIPT)
    number = make_job(session)
    spool.claim(session, number, b"x", at=now())
    assert spool.settle(session, number, Problem.BROKEN_OFF, 7, at=now()) is State.UNSURE
    assert spool.next_waiting(session, printer, at=now() + timedelta(days=1)) is None


def test_a_worker_that_was_stopped_leaves_its_paper_unsure(session: Session) -> None:
    number = make_job(session)
    spool.claim(session, number, b"x", at=now())
    assert spool.recover(session, at=now()) == 0
    assert spool.recover(session, at=now() + timedelta(minutes=4)) == 1
    job = queries.job(session, number)
    assert (job.state, job.problem) == (State.UNSURE, Problem.STOPPED)


def test_one_printer_is_sent_to_by_one_worker_at_a_time(session: Session) -> None:
    printer = make_printer(session, "virtual", Purpose.RECEIPT)
    first, second = make_job(session), make_job(session)
    spool.claim(session, first, b"x", at=now())
    assert spool.next_waiting(session, printer, at=now()) is None
    assert not queries.stuck(session, at=now())
    later = now() + timedelta(minutes=4)
    assert queries.stuck(session, at=later)
    waiting = spool.next_waiting(session, printer, at=later)
    assert waiting is not None
    assert waiting.job == second


def test_who_looked_and_found_the_paper_settles_it(session: Session) -> None:
    number = make_job(session)
    spool.claim(session, number, b"x", at=now())
    spool.settle(session, number, Problem.BROKEN_OFF, 7, at=now())
    assert service.decide(session, number, Answer.YES, by=BIRCH, at=now()) is None
    assert queries.job(session, number).state is State.SENT


def test_who_looked_and_found_nothing_gets_a_marked_copy_with_the_drawer_shut(
    session: Session,
) -> None:
    number = make_job(session, make_document(drawer=True))
    spool.claim(session, number, b"x", at=now())
    spool.settle(session, number, Problem.TOO_SLOW, 7, at=now())
    with speaking("ko"):
        copy = service.decide(session, number, Answer.NO, by=BIRCH, at=now())
    assert copy is not None
    document, _, _ = queries.contents(session, copy)
    assert document is not None
    assert not any(isinstance(block, OpenDrawer) for block in document.blocks)
    stream = escpos.to_escpos(document, PROFILES["virtual-80"])
    shown = paper.read(stream)
    assert "재출력 1 · 2026년 11월 24일(화) 10:00 · Birch" in shown.text
    assert not any(event.kind == "drawer" for event in shown.events)
    assert queries.job(session, number).state is State.CANCELLED


def test_copies_are_counted_from_the_first_paper(session: Session) -> None:
    number = make_job(session)
    sent(session, number)
    first = service.print_again(session, number, by=BIRCH, at=now())
    sent(session, first)
    second = service.print_again(session, first, by=BIRCH, at=now())
    assert queries.job(session, second).copy == 2
    assert [line.what for line in audit.audit(session, audit.Sought(thing=f"paper {number}"))] == [
        "print_again"
    ] * 2


def test_a_paper_on_its_way_is_not_printed_again(session: Session) -> None:
    with pytest.raises(StillOnItsWay):
        service.print_again(session, make_job(session), by=BIRCH, at=now())


def test_a_paper_is_given_up_only_while_it_waits(session: Session) -> None:
    number = make_job(session)
    service.give_up(session, number, by=BIRCH, at=now())
    assert queries.job(session, number).state is State.CANCELLED
    with pytest.raises(NoLongerWaiting):
        service.give_up(session, number, by=BIRCH, at=now())


def test_papers_nobody_needs_any_more_are_given_up_together(session: Session) -> None:
    old = make_job(session)
    assert service.give_up_older(session, now(), by=BIRCH, at=now()) == 0
    later = now() + timedelta(hours=1)
    assert service.give_up_older(session, later, by=BIRCH, at=later) == 1
    assert queries.job(session, old).state is State.CANCELLED


def test_papers_of_simulated_days_count_as_printed(session: Session) -> None:
    receipt, payslip = make_job(session), make_job(session, purpose=Purpose.PAYSLIP)
    assert service.count_as_printed(session, now()) == 0
    assert service.count_as_printed(session, now() + timedelta(hours=1)) == 2
    assert queries.job(session, receipt).state is State.SENT
    assert queries.job(session, receipt).sent_at == now()
    assert queries.job(session, payslip).erased


@pytest.mark.parametrize("purpose", [Purpose.PAYSLIP, Purpose.BADGE])
def test_what_private_papers_say_is_erased_once_they_are_printed(
    session: Session, purpose: Purpose
) -> None:
    number = make_job(session, purpose=purpose)
    sent(session, number)
    assert queries.contents(session, number)[:2] == (None, None)
    with pytest.raises(PaperErased):
        service.print_again(session, number, by=BIRCH, at=now())


def test_old_papers_are_erased_when_their_time_is_over(session: Session) -> None:
    number = make_job(session)
    sent(session, number)
    assert spool.sweep(session, at=now() + timedelta(days=89)) == 0
    assert spool.sweep(session, at=now() + timedelta(days=91)) == 1
    assert queries.job(session, number).erased


@pytest.mark.parametrize("purpose", [Purpose.PAYSLIP, Purpose.BADGE])
def test_a_private_paper_that_nobody_printed_is_erased_from_behind_a_printer_that_is_off(
    session: Session, purpose: Purpose
) -> None:
    make_printer(session, "tcp://127.0.0.1:9", *Purpose)
    make_job(session, purpose=Purpose.DAY_END)
    private, held, unsure = (make_job(session, purpose=purpose) for _ in range(3))
    service.hold_back(session, held, by=BIRCH, at=now())
    assert spool.claim(session, unsure, b"x", at=now())
    spool.settle(session, unsure, Problem.BROKEN_OFF, 3, at=now())
    spool.sweep(session, at=now() + timedelta(days=6))
    assert not queries.job(session, private).erased
    spool.sweep(session, at=now() + timedelta(days=8))
    found = [queries.job(session, number) for number in (private, held, unsure)]
    assert [job.state for job in found] == [State.EXPIRED, State.EXPIRED, State.UNKNOWN]
    assert all(job.erased for job in found)


def test_what_the_work_needs_waits_for_ever_also_where_it_is_held(session: Session) -> None:
    ticket, held = (make_job(session, purpose=Purpose.BUNDLE_TICKET) for _ in range(2))
    service.hold_back(session, held, by=BIRCH, at=now())
    spool.sweep(session, at=now() + timedelta(days=80))
    states = [queries.job(session, number).state for number in (ticket, held)]
    assert states == [State.QUEUED, State.HELD]


def test_one_program_alone_speaks_with_a_printer(session: Session) -> None:
    printer = make_printer(session, "virtual", Purpose.RECEIPT)
    make_job(session)
    assert spool.take_printer(session, printer, at=now(), worker="one")
    assert not spool.take_printer(session, printer, at=now(), worker="two")
    session.expire_all()
    mine = spool.next_waiting(session, printer, at=now(), worker="one")
    assert mine is not None
    assert mine.mine
    assert spool.next_waiting(session, printer, at=now(), worker="two") is None
    later = now() + timedelta(minutes=2)
    assert spool.next_waiting(session, printer, at=later, worker="two") is not None
    assert spool.take_printer(session, printer, at=later, worker="two")
    session.expire_all()
    spool.leave_printers(session, lambda worker: worker == "two")
    session.flush()
    assert spool.take_printer(session, printer, at=later, worker="one")


def test_a_clock_that_was_wrong_keeps_no_paper_waiting(session: Session) -> None:
    printer = make_printer(session, "virtual", Purpose.RECEIPT)
    tomorrow = now() + timedelta(days=1)
    number = service.enqueue(
        session, make_document(), purpose="receipt", by=BIRCH, at=tomorrow, event_id="x"
    )
    assert spool.take_printer(session, printer, at=tomorrow, worker="gone")
    session.expire_all()
    waiting = spool.next_waiting(session, printer, at=now(), worker="here")
    assert waiting is not None
    assert waiting.job == number
    assert spool.take_printer(session, printer, at=now(), worker="here")
    assert spool.claim(session, number, b"x", at=tomorrow)
    session.expire_all()
    assert spool.recover(session, at=now()) == 1


def test_a_paper_that_does_not_fit_its_printer_is_not_tried_again(session: Session) -> None:
    number = make_job(session)
    spool.spoil(session, number, at=now())
    job = queries.job(session, number)
    assert (job.state, job.problem) == (State.FAILED, Problem.DOES_NOT_FIT)


def test_two_printers_do_not_share_a_name(session: Session) -> None:
    make_printer(session, "virtual")
    with pytest.raises(PrinterNameTaken):
        make_printer(session, "virtual")
    other = make_printer(session, "virtual", name="Other")
    same = NewPrinter(name="Corner", place="", profile="epson-80", target="virtual", purposes=())
    with pytest.raises(PrinterNameTaken):
        fleet.change_printer(session, other, same, by=BIRCH, at=now())


@pytest.mark.parametrize("target", ["", "ftp://printer", "tcp://", "memory:x", "folder:/etc"])
def test_an_address_no_printer_can_have_is_refused(session: Session, target: str) -> None:
    with pytest.raises(AddressUnusable):
        make_printer(session, target)


def test_a_paper_or_printer_that_is_not_there_is_named(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.job(session, 4711)
    with pytest.raises(NotFound):
        queries.printer(session, 4711)


def test_papers_that_need_somebody_are_counted(session: Session) -> None:
    make_job(session)
    assert queries.waiting(session) == 1
    job = queries.job_of_event(session, "never asked for")
    assert job is None


def test_a_private_paper_that_twice_did_not_come_out_is_copied_twice(session: Session) -> None:
    number = make_job(session, purpose=Purpose.PAYSLIP)
    for count in (1, 2):
        spool.claim(session, number, None, at=now())
        spool.settle(session, number, Problem.BROKEN_OFF, 7, at=now())
        copy = service.decide(session, number, Answer.NO, by=BIRCH, at=now())
        assert copy is not None
        number = copy
        assert queries.job(session, number).copy == count
    found, _, _ = queries.contents(session, number)
    assert "189,000" in str(found)


def test_a_private_batch_that_turned_out_to_be_whole_is_erased(session: Session) -> None:
    badges = Document("Badges", (Text("가람"), Cut(), Text("보리"), Cut()))
    number = make_job(session, badges, Purpose.BADGE)
    spool.claim(session, number, None, at=now())
    spool.settle(session, number, Problem.BROKEN_OFF, 7, at=now())
    assert service.go_on(session, number, 2, by=BIRCH, at=now()) is State.SENT
    assert queries.job(session, number).erased
