"""What leave is worth: whole days, halves, days without pay, swapped holidays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.kernel.money import Money
from factory.kernel.time import Interval, at, now
from factory.leave import queries, service
from factory.leave.domain import Answer, HouseRule, LeaveKind, Part
from factory.leave.domain.swaps import Swap
from factory.payroll import queries as payroll
from factory.payroll.domain.matters import Matter, MatterKind
from factory.people import queries as people
from factory.people.domain import TermsKind, Worker
from factory.security.domain import SYSTEM
from tests.conftest import Kept
from tests.leave.build import EIGHT_HOURS, HIRED, ask, grant, make_house, make_wish
from tests.payroll.build import NOVEMBER, punch, work
from tests.people.build import make_terms

MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)
HOLIDAYS = date(2026, 10, 5), date(2026, 10, 9)
RATE = 12_000


@pytest.fixture
def pine(kept: Kept, clock: time_machine.Traveller) -> Worker:
    """Pine, by the hour, in a house of five; the month is over."""
    clock.move_to("2026-12-01T10:00:00+09:00")
    return kept(make_house)


def work_but(session: Session, pine: Worker, *away: date) -> None:
    """All of November but for some days."""
    first = date(2026, 10, 26)
    for day in (*away, date(2026, 12, 1)):
        work(session, pine, first, day - timedelta(days=1))
        first = day + timedelta(days=1)


def earned(session: Session, pine: Worker) -> dict[str, int]:
    slip = payroll.entry(session, pine, NOVEMBER).slip
    return {each.code: each.amount for each in slip.earnings}


def test_a_day_of_annual_leave_is_paid_like_work(session: Session, pine: Worker) -> None:
    work_but(session, pine, MONDAY)
    before = earned(session, pine)
    grant(session, pine, make_wish(MONDAY))
    after = earned(session, pine)
    assert after["paid_leave"] == 8 * RATE
    assert after["base"] == before["base"]
    assert after["weekly_holiday"] == before["weekly_holiday"] + 8 * RATE


def to_close(session: Session) -> list[Matter]:
    found = payroll.desk(session, NOVEMBER, today=date(2026, 12, 1)).blocking
    return [m for each in found for m in each.matters if m.kind is MatterKind.OPEN_DAYS]


def test_leave_asked_after_the_day_was_closed_is_answered_before_the_month_is_approved(
    session: Session, pine: Worker
) -> None:
    work_but(session, pine, MONDAY)
    attendance.close_day(session, MONDAY, by=SYSTEM, at=now())
    assert to_close(session) == []
    request = ask(session, pine, make_wish(MONDAY, kind=LeaveKind.SICK))
    assert to_close(session) == [Matter(MatterKind.OPEN_DAYS, pine.number, pine.name, (MONDAY,))]
    service.answer(session, request.id, Answer.GRANTED, by=SYSTEM, at=now())
    assert to_close(session) == []


def test_half_a_day_is_paid_beside_the_hours_worked(session: Session, pine: Worker) -> None:
    work_but(session, pine, MONDAY)
    badge = people.badges(session)[pine.id]
    punch(session, badge, MONDAY, "in", "14:00")
    punch(session, badge, MONDAY, "out", "18:00")
    grant(session, pine, make_wish(MONDAY, part=Part.FIRST_HALF))
    found = earned(session, pine)
    assert found["paid_leave"] == 4 * RATE
    assert found["base"] + found["paid_leave"] == 21 * 8 * RATE


def test_two_halves_are_a_whole_day(session: Session, pine: Worker) -> None:
    work_but(session, pine, MONDAY)
    for part in (Part.FIRST_HALF, Part.SECOND_HALF):
        grant(session, pine, make_wish(MONDAY, part=part))
    assert queries.for_pay(session, pine.id, MONDAY, MONDAY).whole == {MONDAY}
    assert earned(session, pine)["paid_leave"] == 8 * RATE


def test_a_day_ill_is_not_paid_and_the_week_is_not_whole(session: Session, pine: Worker) -> None:
    work_but(session, pine, MONDAY)
    grant(session, pine, make_wish(MONDAY, kind=LeaveKind.SICK))
    assert "paid_leave" not in earned(session, pine)
    assert earned(session, pine)["weekly_holiday"] == 4 * 8 * RATE


def test_where_the_house_pays_illness_the_week_stays_whole(session: Session, pine: Worker) -> None:
    service.set_house_rule(session, HouseRule(LeaveKind.SICK, paid=True), by=SYSTEM, at=now())
    work_but(session, pine, MONDAY)
    grant(session, pine, make_wish(MONDAY, kind=LeaveKind.SICK))
    found = earned(session, pine)
    assert (found["paid_leave"], found["weekly_holiday"]) == (8 * RATE, 5 * 8 * RATE)


def test_menstrual_leave_without_pay_keeps_the_weekly_holiday(
    session: Session, pine: Worker
) -> None:
    work_but(session, pine, MONDAY)
    grant(session, pine, make_wish(MONDAY, kind=LeaveKind.MENSTRUAL))
    found = earned(session, pine)
    assert "paid_leave" not in found
    assert found["weekly_holiday"] == 5 * 8 * RATE


def test_monthly_pay_is_cut_for_leave_without_pay_alone(
    session: Session, clock: time_machine.Traveller
) -> None:
    clock.move_to("2026-12-01T10:00:00+09:00")
    monthly = make_terms(since=HIRED, kind=TermsKind.MONTHLY, rate=Money(2_926_000))
    pine = make_house(session, terms=monthly)
    work_but(session, pine, MONDAY, TUESDAY)
    grant(session, pine, make_wish(MONDAY))
    assert earned(session, pine) == {"base": 2_926_000}
    grant(session, pine, make_wish(TUESDAY, kind=LeaveKind.UNPAID))
    assert earned(session, pine)["base"] == 2_926_000 - 16 * 14_000


def test_a_request_that_waits_is_not_paid_yet(session: Session, pine: Worker) -> None:
    work_but(session, pine, MONDAY)
    service.ask(session, pine, make_wish(MONDAY), by=SYSTEM, at=now())
    assert "paid_leave" not in earned(session, pine)


def work_october(session: Session, pine: Worker) -> dict[str, int]:
    """Work on the two public holidays of October as well, and rest on Monday the 12th."""
    work(session, pine, date(2026, 9, 28), date(2026, 10, 9))
    work(session, pine, date(2026, 10, 13), date(2026, 10, 31))
    for day in HOLIDAYS:
        span = Interval(at(day, "09:00"), at(day, "18:00"))
        attendance.decide(session, pine, span, worked=True, by=SYSTEM, at=now())
        attendance.close_ready(session, day, by=SYSTEM, at=now())
    slip = payroll.entry(session, pine, date(2026, 10, 1)).slip
    return {each.code: each.amount for each in slip.earnings}


def test_work_on_a_holiday_that_is_not_swapped_is_holiday_work(
    session: Session, pine: Worker
) -> None:
    found = work_october(session, pine)
    assert (found["holiday_work"], found["paid_holiday"]) == (2 * 8 * RATE * 3 // 2, 2 * 8 * RATE)


def test_a_swapped_holiday_is_worked_like_any_day_and_the_other_is_paid(
    session: Session, pine: Worker
) -> None:
    agreed = Swap(date(2026, 10, 9), date(2026, 10, 12), "Hazel", date(2026, 9, 28))
    service.swap_holiday(session, agreed, by=SYSTEM, at=now())
    found = work_october(session, pine)
    assert (found["holiday_work"], found["paid_holiday"]) == (8 * RATE * 3 // 2, 2 * 8 * RATE)
    assert found["weekly_holiday"] == 4 * 8 * RATE  # 4, 11, 18 and 25 October, none missed


def test_what_pay_needs_is_told_without_the_kind(session: Session, pine: Worker) -> None:
    grant(session, pine, make_wish(MONDAY, part=Part.SECOND_HALF))
    grant(session, pine, make_wish(TUESDAY, kind=LeaveKind.MENSTRUAL))
    grant(session, pine, make_wish(date(2026, 11, 11), kind=LeaveKind.UNPAID))
    found = queries.for_pay(session, pine.id, NOVEMBER, date(2026, 11, 30))
    assert (found.whole, found.parts) == (frozenset(), {MONDAY: EIGHT_HOURS // 2})
    assert (set(found.excused), set(found.absent)) == ({TUESDAY}, {date(2026, 11, 11)})
    assert "menstrual" not in repr(found)
