"""A day decreed after the book was printed is a holiday in leave, attendance and pay alike."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.attendance import service as days
from factory.kernel.time import Interval, at, now
from factory.leave import queries, service
from factory.leave.domain.swaps import NoDayToSwap, Swap
from factory.payroll import queries as payroll
from factory.people.domain import Worker
from factory.security.domain import SYSTEM
from tests.conftest import Kept
from tests.lawbook.build import decree, undo
from tests.leave.build import EIGHT_HOURS, grant, make_house, make_wish
from tests.payroll.build import NOVEMBER, work
from tests.people.build import make_worker

MONDAY, WEDNESDAY, FRIDAY = date(2026, 11, 9), date(2026, 11, 11), date(2026, 11, 13)
SUNDAY = date(2026, 11, 15)
RATE = 12_000


@pytest.fixture
def pine(kept: Kept, clock: time_machine.Traveller) -> Worker:
    """Pine, by the hour, in a house of five; the month is over."""
    clock.move_to("2026-12-01T10:00:00+09:00")
    return kept(make_house)


def earned(session: Session, worker: Worker) -> dict[str, int]:
    found = payroll.entry(session, worker, NOVEMBER).slip.earnings
    return {line.code: line.amount for line in found}


def work_but_wednesday(session: Session, worker: Worker) -> None:
    work(session, worker, date(2026, 10, 26), date(2026, 11, 10))
    work(session, worker, date(2026, 11, 12), date(2026, 11, 30))


def test_a_decreed_day_is_a_paid_holiday(session: Session, pine: Worker) -> None:
    decree(session, WEDNESDAY)
    work_but_wednesday(session, pine)
    found = earned(session, pine)
    assert found["paid_holiday"] == 8 * RATE
    assert found["weekly_holiday"] == 5 * 8 * RATE  # 1, 8, 15, 22 and 29 November


def test_work_on_a_decreed_day_is_holiday_work(session: Session, pine: Worker) -> None:
    decree(session, WEDNESDAY)
    work(session, pine, date(2026, 10, 26), date(2026, 11, 30))
    span = Interval(at(WEDNESDAY, "09:00"), at(WEDNESDAY, "18:00"))
    days.decide(session, pine, span, worked=True, by=SYSTEM, at=now())
    days.close_day(session, WEDNESDAY, by=SYSTEM, at=now())
    found = earned(session, pine)
    assert (found["paid_holiday"], found["holiday_work"]) == (8 * RATE, 8 * RATE * 3 // 2)


def test_without_the_decree_the_day_was_missed(session: Session, pine: Worker) -> None:
    work_but_wednesday(session, pine)
    found = earned(session, pine)
    assert "paid_holiday" not in found
    assert found["weekly_holiday"] == 4 * 8 * RATE


def test_a_decree_that_is_taken_back_pays_nothing(session: Session, pine: Worker) -> None:
    undo(session, decree(session, WEDNESDAY))
    work_but_wednesday(session, pine)
    assert "paid_holiday" not in earned(session, pine)


def test_the_weekly_holiday_is_not_lost_by_a_decreed_day(session: Session, pine: Worker) -> None:
    work_but_wednesday(session, pine)

    def kept() -> bool:
        weeks = attendance.sheet(session, pine.id, MONDAY, SUNDAY).weeks
        return next(w.weekly_holiday_earned for w in weeks if w.monday == MONDAY)

    assert not kept()
    decree(session, WEDNESDAY)
    assert kept()


def test_leave_over_a_decreed_day_takes_no_leave_of_it(session: Session, pine: Worker) -> None:
    decree(session, WEDNESDAY)
    asked = grant(session, pine, make_wish(MONDAY, FRIDAY))
    assert [one.day for one in asked.days] == [
        MONDAY,
        date(2026, 11, 10),
        date(2026, 11, 12),
        FRIDAY,
    ]
    used = queries.ledger(session, pine.id, date(2026, 12, 1)).used
    assert used == 4 * EIGHT_HOURS


def test_the_team_rests_on_a_decreed_day(session: Session, pine: Worker) -> None:
    assert WEDNESDAY not in queries.team_month(session, NOVEMBER).off
    decree(session, WEDNESDAY)
    assert WEDNESDAY in queries.team_month(session, NOVEMBER).off


def test_a_decreed_day_may_be_swapped_and_stands_for_no_other(
    session: Session, pine: Worker
) -> None:
    december = date(2026, 12, 16)
    decree(session, december)
    other = Swap(date(2026, 12, 25), december, "Hazel", date(2026, 11, 30))
    with pytest.raises(NoDayToSwap):
        service.swap_holiday(session, other, by=SYSTEM, at=now())
    agreed = Swap(december, date(2026, 12, 18), "Hazel", date(2026, 11, 30))
    service.swap_holiday(session, agreed, by=SYSTEM, at=now())
    minutes = queries.agreed(session, pine.id).minutes
    assert (minutes(december), minutes(date(2026, 12, 18))) == (EIGHT_HOURS, 0)


def test_in_a_house_of_four_a_decreed_day_binds_nobody(
    session: Session, clock: time_machine.Traveller
) -> None:
    clock.move_to("2026-12-01T10:00:00+09:00")
    alone = make_worker(session)
    decree(session, WEDNESDAY)
    assert queries.agreed(session, alone.id).minutes(WEDNESDAY) == EIGHT_HOURS
