"""Gather what clock, contract and scans say of somebody's month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.attendance.queries import Book, ForPay
from factory.kernel.time import Period, local, months_later
from factory.law.book import LawBook
from factory.lawbook import queries as lawbook
from factory.leave import queries as leave
from factory.leave.queries import LeaveForPay
from factory.payroll.domain.case import (
    Allowance,
    Insurance,
    PayCase,
    PayKind,
    Person,
    Piece,
    Shift,
    Terms,
)
from factory.payroll.domain.given import FULL_TIME
from factory.payroll.domain.known import Known
from factory.payroll.domain.parts import Span, are_divisible, part, spans
from factory.payroll.domain.run import last_day
from factory.payroll.queries import earlier
from factory.payroll.queries.earlier import Sums
from factory.payroll.queries.entered import ForMonth, for_month
from factory.payroll.queries.owed import Owed, owed
from factory.payroll.queries.paydays import pay_day
from factory.payroll.queries.pieces import paid_pieces_of_all
from factory.payroll.queries.waits import with_waits
from factory.people.domain import WEEK, Worker
from factory.people.domain import Terms as Agreed
from factory.people.domain.allowances import Allowance as Promised
from factory.people.domain.minimum import hours_of_a_day
from factory.production.domain.help import Span as Wait
from factory.production.queries.help import waits_of_all
from factory.security.domain import WorkerId
from factory.timeclock import domain as clock

HOUR_MINUTES = 60
BY_PIECES = frozenset({PayKind.PIECE, PayKind.FREELANCE})


@dataclass(frozen=True, slots=True, eq=False)
class Month:
    """Somebody's month, ready to be calculated."""

    worker: Worker
    case: PayCase
    parts: tuple[PayCase, ...]
    """The month's parts where the terms changed within it and each can be paid by its own."""
    changed_on: date | None
    """When the terms last changed within the month."""
    open_days: tuple[date, ...]
    """Days with something to settle, or not yet closed."""
    shutdowns: tuple[date, ...] = ()
    """Days on which the factory rested."""
    undecided: tuple[date, ...] = ()
    """Days she was to come, without a punch and not closed, and days of leave that nobody has
    answered; days to come are among them."""

    def waiting(self, before: date) -> tuple[date, ...]:
        """Days before another that wait to be settled or closed, in order."""
        return tuple(sorted(day for day in {*self.open_days, *self.undecided} if day < before))


@dataclass(frozen=True, slots=True)
class Sources:
    """All that is read for a month, of everybody or of one: one statement for each kind."""

    session: Session
    month: date
    paid_on: date
    book: Book
    entered: ForMonth
    law: LawBook
    owed: Owed
    earlier: Mapping[WorkerId, Sums]
    by_pieces: tuple[WorkerId, ...]
    """Whoever of those wanted was ever paid by pieces."""
    waits: Mapping[WorkerId, tuple[Wait, ...]] = field(default_factory=dict)
    """When each waited for help."""
    pieces: dict[tuple[date, date], dict[WorkerId, tuple[Piece, ...]]] = field(default_factory=dict)

    def pieces_of(self, worker: Worker, span: Span) -> tuple[Piece, ...]:
        """Her good pieces of these days where she is paid by them, read for all such at once."""
        if span.terms.kind not in BY_PIECES:
            return ()
        key = span.first, span.last
        if key not in self.pieces:
            self.pieces[key] = paid_pieces_of_all(self.session, *key, self.by_pieces)
        return self.pieces[key].get(worker.id, ())


def without_lapsed(
    session: Session, month: date, book: Book, worker_id: WorkerId | None = None
) -> tuple[Month, ...]:
    """Everybody's month, or one person's, but for leave that lapsed the month before; by number."""
    told = for_month(session, month, worker_id), lawbook.book(session)
    due, sums = owed(session, month, worker_id), earlier.sums(session, month, worker_id)
    wanted = tuple(each for each in book.everybody if worker_id in {None, each.id})
    by_pieces = tuple(who.id for who in wanted if _was_by_pieces(book.terms.get(who.id, ())))
    waits = waits_of_all(session, month, last_day(month))
    paid_on = pay_day(session, month)
    sources = Sources(session, month, paid_on, book, *told, due, sums, by_pieces, waits)
    found = (_month(sources, worker) for worker in wanted)
    return with_averages(sources, tuple(each for each in found if each is not None))


def _was_by_pieces(history: Iterable[Agreed]) -> bool:
    return any(each.kind.value in BY_PIECES for each in history)


def _month(sources: Sources, worker: Worker) -> Month | None:
    month, book = sources.month, sources.book
    end = last_day(month)
    history = [(each.since, terms_of(each)) for each in book.terms.get(worker.id, ())]
    found = spans(history, month, end)
    if not found or worker.hired > end or (worker.left is not None and worker.left < month):
        return _owed_alone(sources, worker, history)
    days = attendance.for_pay(book, worker, month, end)
    employees = book.employees(min(end, worker.left or end))
    person = _person(sources, worker, found[-1].terms)
    case = make_case(
        month,
        person,
        found[-1].terms,
        days.shifts,
        paid_on=sources.paid_on,
        employees=employees,
    )
    case = with_leave(case, leave.as_paid(book.leave.get(worker.id, ()), book.swaps))
    case = with_entries(with_days_off(case, days), sources.entered, worker.id)
    case = with_rests(sources, worker, case, found, days)
    case = with_waits(case, found, sources.waits.get(worker.id, ()))
    if due := sources.owed.get(worker.id):
        case = replace(case, corrections=due)
    parts: tuple[PayCase, ...] = ()
    if len(found) > 1 and are_divisible(found):
        parts = tuple(part(case, span, sources.pieces_of(worker, span)) for span in found)
    elif made := sources.pieces_of(worker, Span(month, end, case.terms)):
        case = replace(case, pieces=made)
    changed_on = found[-1].first if len(found) > 1 else None
    rests = tuple(day for day in days.shutdowns if month <= day <= end)
    return Month(worker, case, parts, changed_on, days.open_days, rests, days.undecided)


def _owed_alone(
    sources: Sources, worker: Worker, history: Sequence[tuple[date, Terms]]
) -> Month | None:
    """The month of whoever is gone and is still owed something for a closed one; else nothing.

    What she was paid too much is settled with her, and never taken from pay. No premium but that
    of employment insurance is charged after her last month.
    """
    due = tuple(each for each in sources.owed.get(worker.id, ()) if each.difference > 0)
    if not due or not history:
        return None
    last = history[-1][1]
    kind = last.kind if last.kind is PayKind.FREELANCE else PayKind.HOURLY
    terms = replace(last, kind=kind, weekly_hours=Fraction(0), allowances=())
    person = _person(sources, worker, terms)
    insured = person.insured & {Insurance.EMPLOYMENT}
    person = replace(person, insured=insured, reported_pay={})
    employees = sources.book.employees(last_day(sources.month))
    case = make_case(sources.month, person, terms, (), paid_on=sources.paid_on, employees=employees)
    return Month(worker, replace(case, corrections=due), (), None, ())


def _person(sources: Sources, worker: Worker, terms: Terms) -> Person:
    known = sources.entered.known.get(worker.id, Known())
    sums = sources.earlier.get(worker.id, Sums())
    known = replace(known, exempt_here=sums.exempt, paid_before=sums.taxed_before)
    return known.person(terms.kind, worker.hired, worker.left)


def with_entries(case: PayCase, entered: ForMonth, worker: WorkerId) -> PayCase:
    """The case with what was entered for her month by hand."""
    if not any(worker in kind for kind in (entered.entered, entered.billed, entered.attached)):
        return case
    return replace(
        case,
        extras=tuple(each.extra() for each in entered.entered.get(worker, ())),
        billed={
            each.code: (each.employee.won, each.employer.won)
            for each in entered.billed.get(worker, ())
        },
        garnishments=entered.orders(worker),
    )


def with_rests(
    sources: Sources, worker: Worker, case: PayCase, found: tuple[Span, ...], days: ForPay
) -> PayCase:
    """The case with the hours that the factory did not give, and leave she takes along unused."""
    rested, unused = _rested(case, found, days.shutdowns), _unused(sources, worker)
    if not rested and not unused:
        return case
    return replace(case, shutdowns=rested, unused_leave=unused)


def _rested(
    case: PayCase, found: tuple[Span, ...], shutdowns: tuple[date, ...]
) -> dict[date, Fraction]:
    """The hours of agreed work of each day of rest on which she did not come, or not as long."""
    if not shutdowns:
        return {}
    came: dict[date, int] = {}
    for shift in case.shifts:
        came[shift.day] = came.get(shift.day, 0) + shift.minutes
    agreed = ((day, span.terms) for span in found for day in shutdowns if span.has(day))
    missing = {
        day: terms.contracted(day) - Fraction(came.get(day, 0), HOUR_MINUTES)
        for day, terms in agreed
    }
    return {day: hours for day, hours in sorted(missing.items()) if hours > 0}


def _unused(sources: Sources, worker: Worker) -> Fraction:
    """Days of annual leave left at leaving, and those that lapsed in the same month before it.

    Both are paid with her last month (Standards Act, art. 60(5), 60(7), 49).
    """
    last = worker.left
    if last is None or not sources.month <= last <= last_day(sources.month):
        return Fraction(0)
    hers = leave.ledger(sources.session, worker.id, last)
    lapsed = leave.lapsed_in(sources.session, Period(sources.month, last), (worker,))
    days = Fraction(max(0, hers.left), hers.minutes_a_day) if hers.minutes_a_day else Fraction(0)
    return days + lapsed.get(worker.id, Fraction(0))


def with_averages(sources: Sources, found: tuple[Month, ...]) -> tuple[Month, ...]:
    """The months with the average wage of those for whom the factory rested."""
    rested = {each.worker.id for each in found if each.case.shutdowns}
    first = months_later(sources.month, -earlier.YEAR)
    paid = earlier.paid(sources.session, rested, first, sources.month)
    days = attendance.rests(sources.session, first, sources.month) if rested else {}
    return tuple(
        _averaged(each, paid.get(each.worker.id, {}), days, sources.law)
        if each.case.shutdowns
        else each
        for each in found
    )


def _averaged(
    month: Month, paid: earlier.Paid, days: Mapping[WorkerId, frozenset[date]], law: LawBook
) -> Month:
    case, cause = month.case, min(month.case.shutdowns)
    rested = days.get(month.worker.id, frozenset())
    known = earlier.average(month.worker, case, cause, paid, law, rested)
    daily = None if known is None else known.daily
    parts = tuple(replace(each, average_daily=daily) for each in month.parts)
    return replace(month, case=replace(case, average_daily=daily), parts=parts)


def make_case(
    month: date,
    person: Person,
    terms: Terms,
    shifts: Iterable[clock.Shift],
    *,
    paid_on: date,
    employees: int,
) -> PayCase:
    """A whole month's case from what the clock has paired."""
    return PayCase(
        pay_date=paid_on,
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
    if not (away.whole or away.parts or away.excused or away.absent or away.swaps):
        return case
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
    if not (days.absences or days.shutdowns or case.absences):
        return case
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
        daily_hours=hours_of_a_day(agreed),
        allowances=tuple(_allowance(each) for each in agreed.allowances),
    )


def _allowance(each: Promised) -> Allowance:
    return Allowance(each.kind.value, each.amount.won, each.non_taxable, each.ordinary_wage)


@lru_cache(maxsize=8192)
def _shift(shift: clock.Shift) -> Shift:
    """A shift on the wall clock, once for all who were there for the same hours."""
    breaks = tuple((_wall(pause.start), _wall(pause.end)) for pause in shift.breaks)
    return Shift(_wall(shift.start), _wall(shift.end), breaks)


def _wall(moment: datetime) -> datetime:
    return local(moment).replace(tzinfo=None)
