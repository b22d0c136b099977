from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from factory.printing.domain import (
    LONGEST_WAIT,
    Answer,
    NoLongerWaiting,
    NothingToDecide,
    PaperErased,
    Problem,
    Purpose,
    State,
    StillOnItsWay,
    after,
    copy_of,
    decided,
    given_up,
)
from factory.security.domain import Permission

AT = datetime(2026, 11, 24, 1, tzinfo=UTC)


def test_a_paper_without_problem_is_printed() -> None:
    assert after(None, 120, 1, AT).state is State.SENT


def test_a_paper_is_tried_again_later_while_not_a_byte_has_left() -> None:
    first = after(Problem.PAPER_OUT, 0, 1, AT)
    second = after(Problem.PAPER_OUT, 0, 2, AT)
    assert first.state is second.state is State.QUEUED
    assert AT < first.not_before < second.not_before
    assert after(Problem.UNREACHABLE, 0, 99, AT).not_before == AT + LONGEST_WAIT


@pytest.mark.parametrize("problem", [Problem.TOO_SLOW, Problem.BROKEN_OFF])
def test_a_paper_of_which_bytes_have_left_is_for_a_person_to_decide(problem: Problem) -> None:
    assert after(problem, 1, 1, AT).state is State.UNSURE


def test_a_paper_whose_worker_was_stopped_is_unsure_whatever_was_counted() -> None:
    assert after(Problem.STOPPED, 0, 1, AT).state is State.UNSURE


def test_a_paper_that_does_not_fit_is_not_tried_again() -> None:
    assert after(Problem.DOES_NOT_FIT, 0, 1, AT).state is State.FAILED


def test_only_waiting_and_failed_papers_can_be_given_up() -> None:
    assert given_up(State.QUEUED) is State.CANCELLED
    assert given_up(State.FAILED) is State.CANCELLED
    for state in (State.SENDING, State.SENT, State.UNSURE, State.CANCELLED):
        with pytest.raises(NoLongerWaiting):
            given_up(state)


def test_only_an_unsure_paper_is_decided() -> None:
    assert decided(State.UNSURE, Answer.YES) is State.SENT
    assert decided(State.UNSURE, Answer.NO) is State.CANCELLED
    with pytest.raises(NothingToDecide):
        decided(State.SENT, Answer.YES)


def test_a_paper_on_its_way_or_erased_has_no_copy() -> None:
    copy_of(State.SENT, erased=False)
    with pytest.raises(StillOnItsWay):
        copy_of(State.QUEUED, erased=False)
    with pytest.raises(PaperErased):
        copy_of(State.SENT, erased=True)


def test_private_papers_are_erased_and_seen_only_by_those_who_make_them() -> None:
    private = {purpose for purpose in Purpose if not purpose.keeps_bytes}
    assert private == {Purpose.BADGE, Purpose.PAYSLIP}
    assert Purpose.PAYSLIP.seen_by is Permission.RUN_PAYROLL
    assert Purpose.BADGE.seen_by is Permission.MANAGE_PEOPLE
    assert Purpose.RECEIPT.seen_by is Permission.SEE_PRINTING


def test_waits_between_attempts_never_shrink() -> None:
    waits = [after(Problem.UNREACHABLE, 0, n, AT).not_before for n in range(1, 12)]
    assert waits == sorted(waits)
    assert waits[0] - AT == timedelta(seconds=5)
