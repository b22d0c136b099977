"""Correct a closed month: the one door through which something new is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.db.session import hold
from factory.kernel.money import Money
from factory.kernel.time import DAY, Interval, months_later
from factory.payroll import queries, records
from factory.payroll.domain.correction import (
    Correction,
    Late,
    LateAmount,
    LateDay,
    LateDecision,
    LatePunch,
    LateTerms,
    NotClosed,
    WrongPunch,
    checked_reason,
    refuse_other_month,
)
from factory.payroll.domain.keeping import to_body
from factory.payroll.domain.late import refuse_there
from factory.payroll.records import CorrectionRow
from factory.payroll.service.entering import enter_closed
from factory.people import service as people
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor
from factory.timeclock import queries as timeclock_queries
from factory.timeclock import service as timeclock
from factory.timeclock.domain import NotYourOwn


def correct(
    session: Session,
    worker: Worker,
    month: date,
    late: Iterable[Late],
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> tuple[Correction, ...]:
    """Say something new of a closed month, calculate it again, and owe the difference.

    The months after it, and the one before whose last week it may share, are calculated again
    too. Nothing that was handed over changes; the next run pays the exact difference.

    Raises:
        NotClosed, WhyCorrected, AnotherMonth, NotYourOwn: not so.
        DayOpen: a day it says something of is not whole yet; nothing is kept.
    """
    hold(session, "pay_runs", "all")
    said, why = tuple(late), checked_reason(reason)
    _refuse(session, worker, month, said, by)
    for each in said:
        _enter(session, worker, each, why, by=by, at=at)
    for day in sorted({day for each in said for day in each.days}):
        attendance.close_again(session, worker, day, by=by, at=at)
    for closed in _closed_around(session, month):
        _calculate_again(session, worker, closed, why, always=closed == month, by=by, at=at)
    thing = f"payslip {month:%Y-%m} of worker {worker.number}"
    security.record(session, by, "correct_pay", thing, at=at, reason=why)
    return queries.corrections_of(session, worker, month)


def _refuse(
    session: Session, worker: Worker, month: date, said: tuple[Late, ...], by: Actor
) -> None:
    if records.find_run(session, month) is None:
        raise NotClosed
    if by.worker == worker.id:
        raise NotYourOwn
    refuse_other_month(said, month)
    for first, last in _days_around(said):
        there = timeclock_queries.paired(session, worker.id, first, last).shifts
        refuse_there(worker.name, said, (Interval(each.start, each.end) for each in there))


def _days_around(said: tuple[Late, ...]) -> Iterator[tuple[date, date]]:
    days = [day for each in said if isinstance(each, LatePunch) for day in each.days]
    if days:
        yield min(days) - DAY, max(days)


def _closed_around(session: Session, month: date) -> Iterator[date]:
    """The closed months whose pay may move: from the one before it to the last."""
    before = months_later(month, -1)
    return (each for each in records.approved_months(session) if each >= before)


def _calculate_again(
    session: Session,
    worker: Worker,
    month: date,
    reason: str,
    *,
    always: bool,
    by: Actor,
    at: datetime,
) -> None:
    slip = queries.anew(session, worker, month)
    if slip is None:
        return
    if not always and slip.gross == queries.known_gross(session, worker, month):
        return
    row = CorrectionRow(
        month=month,
        worker_id=worker.id,
        reason=reason,
        gross=Money(slip.gross),
        body=to_body(slip),
        by=by.name,
        at=at,
    )
    session.add(row)
    session.flush()


def _enter(
    session: Session, worker: Worker, late: Late, why: str, *, by: Actor, at: datetime
) -> None:
    """Say it where it belongs, through the doors that only a correction may use."""
    match late:
        case LatePunch(kind, moment):
            timeclock.correct_closed(session, worker, kind, moment, why, by=by, at=at)
        case WrongPunch(punch):
            timeclock.take_back_closed(session, worker, punch, why, by=by, at=at)
        case LateDecision(span, worked):
            attendance.decide_closed(session, worker, span, why, worked=worked, by=by, at=at)
        case LateTerms(terms):
            people.change_terms(session, worker, terms, by=by, at=at)
        case LateAmount(month, entered):
            known = replace(entered, note=why)
            enter_closed(session, worker, month, known, by=by, at=at)
        case LateDay():
            pass  # nothing more is said: the day is closed again as it is known
