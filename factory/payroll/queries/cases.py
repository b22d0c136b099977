"""Gather what clock, contract and scans say of somebody's month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.attendance.queries import Book, ForPay
from factory.kernel.time import local
from factory.leave import queries as leave
from factory.leave.queries import LeaveForPay
from factory.payroll.domain.case import PayCase, PayKind, Person, Piece, Shift, Terms
from factory.payroll.domain.given import FULL_TIME
from factory.payroll.domain.hours import monday_of
from factory.payroll.domain.parts import Span, are_divisible, part, spans
from factory.payroll.domain.run import last_day, pay_date
from factory.payroll.queries.pieces import pieces_of
from factory.people import queries as people
from factory.people.domain import WEEK, Worker
from factory.people.domain import Terms as Agreed
from factory.timeclock import domain as clock

DAY_HOURS = 8
SUNDAY = 6
HOUR_MINUTES = 60


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """Somebody's month, ready to be calculated."""

    case: PayCase
    parts: tuple[PayCase, ...]
    """The month's parts where the terms changed within it and each can be paid by its own."""
    changed_on: date | None
    """When the terms last changed within the month."""
    open_days: tuple[date, ...]
    """Days with something to settle, or not yet closed."""
    shutdowns: tuple[date, ...] = ()
    """Days on which the factory rested."""


def month_of(session: Session, worker: Worker, month: date, book: Book) -> Month | None:
    """Gather somebody's month from a book of its days; nothing where she was not employed."""
    end = last_day(month)
    history = [(each.since, terms_of(each)) for each in people.terms_of(session, worker.id)]
    found = spans(history, month, end)
    if not found or worker.hired > end or (worker.left is not None and worker.left < month):
        return None
    sunday = monday_of(end) + timedelta(days=SUNDAY)
    days = attendance.for_pay(book, worker, month, end)
    here = min(end, worker.left or end)
    employees = book.employees(here)
    person = Person(hired=worker.hired, left=worker.left)
    case = make_case(month, person, found[-1].terms, days.shifts, employees=employees)
    case = with_leave(case, leave.for_pay(session, worker.id, monday_of(month), sunday))
    case = with_days_off(case, days)
    parts: tuple[PayCase, ...] = ()
    if len(found) > 1 and are_divisible(found):
        parts = tuple(part(case, span, _pieces(session, worker, span)) for span in found)
    else:
        case = replace(case, pieces=_pieces(session, worker, Span(month, end, case.terms)))
    changed_on = found[-1].first if len(found) > 1 else None
    rests = tuple(day for day in days.shutdowns if month <= day <= end)
    return Month(case, parts, changed_on, days.open_days, rests)


def make_case(
    month: date,
    person: Person,
    terms: Terms,
    shifts: Iterable[clock.Shift],
    *,
    employees: int,
) -> PayCase:
    """A whole month's case from what the clock has paired."""
    return PayCase(
        pay_date=pay_date(month),
        start=month,
        end=last_day(month),
        employees=employees,
        full_time=Fraction(FULL_TIME),
        person=person,
        terms=terms,
        shifts=tuple(_shift(shift) for shift in shifts),
    )


def with_leave(case: PayCase, away: LeaveForPay) -> PayCase:
    """The case with her leave as it was granted, and the public holidays that were swapped."""
    return replace(
        case,
        leave=away.whole,
        part_leave={day: Fraction(minutes, HOUR_MINUTES) for day, minutes in away.parts.items()},
        excused=away.excused,
        absences=away.absent,
        swaps=tuple((swap.holiday, swap.day) for swap in away.swaps),
    )


def with_days_off(case: PayCase, days: ForPay) -> PayCase:
    """The case with days she asked for; a day on which the factory rested never counts as one."""
    return replace(
        case,
        absences=(case.absences | frozenset(days.absences)) - case.leave - case.excused,
        excused=case.excused | frozenset(days.shutdowns),
    )


def terms_of(agreed: Agreed) -> Terms:
    """The terms as pay rules need them."""
    return Terms(
        kind=PayKind(agreed.kind.value),
        rate=agreed.rate.won,
        weekly_hours=Fraction(agreed.weekly_hours),
        work_days=frozenset(WEEK.index(day) for day in agreed.work_days),
        rest_day=WEEK.index(agreed.rest_day),
        daily_hours=Fraction(DAY_HOURS),
    )


def _pieces(session: Session, worker: Worker, span: Span) -> tuple[Piece, ...]:
    """Her good pieces of these days, where she is paid by them."""
    if span.terms.kind is not PayKind.PIECE:
        return ()
    return pieces_of(session, worker.id, span.first, span.last)


def _shift(shift: clock.Shift) -> Shift:
    breaks = tuple((_wall(pause.start), _wall(pause.end)) for pause in shift.breaks)
    return Shift(_wall(shift.start), _wall(shift.end), breaks)


def _wall(moment: datetime) -> datetime:
    return local(moment).replace(tzinfo=None)
