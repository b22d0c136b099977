"""Schedules, plans of days, and days on which the factory rests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance import records
from factory.attendance.domain.plan import PlanKind, Planned, checked, write_breaks
from factory.attendance.domain.rules import SUNDAY
from factory.attendance.domain.slack import (
    NobodyConcerned,
    SheCame,
    Slack,
    WhoAsked,
    refuse_too_far,
)
from factory.attendance.domain.watch import concerns, refuse_forbidden
from factory.attendance.queries import load, patterns, would_break
from factory.attendance.queries.book import Book
from factory.attendance.records import AssignmentRow, ScheduleRow
from factory.attendance.service.locked import refuse_locked
from factory.kernel.time import DAY, Period, day_of
from factory.leave import service as leave
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor

RESTS = frozenset({PlanKind.SHUTDOWN, PlanKind.ASKED_OFF})


def set_pattern(
    session: Session, name: str, planned: Planned, since: date, *, by: Actor, at: datetime
) -> None:
    """Keep a schedule under a name; the same name from a later day on is a change."""
    refuse_locked(session, since)
    refuse_too_far(since, day_of(at))
    held = checked(planned)
    row = ScheduleRow(
        name=name.strip(),
        start=held.start,
        end=held.end,
        breaks=write_breaks(held.breaks),
        since=since,
        at=at,
        by=by.name,
    )
    session.add(row)
    session.flush()
    security.record(session, by, "set_schedule", f"schedule {name.strip()}", at=at)


def assign(
    session: Session, worker: Worker, schedule: str | None, since: date, *, by: Actor, at: datetime
) -> None:
    """Let somebody work by a schedule from a day on; without one by her terms again.

    A schedule that the law forbids her is refused, as a single day's plan would be.
    """
    refuse_locked(session, since)
    refuse_too_far(since, day_of(at))
    pattern = patterns(session, since).get(schedule or "")
    if pattern is not None:
        _refuse_forbidden(session, worker, pattern, since)
    session.add(
        AssignmentRow(worker_id=worker.id, since=since, schedule=schedule, at=at, by=by.name)
    )
    session.flush()
    security.record(session, by, "assign_schedule", f"worker {worker.number}", at=at)


def _refuse_forbidden(session: Session, worker: Worker, pattern: Planned, since: date) -> None:
    """Hold a schedule against what is kept of her on each of her days of the first week."""
    last = since + SUNDAY * DAY
    rules = load(session, since, last, worker.id).rules(worker)
    for day in Period(since, last):
        if rules(day).is_contracted(day):
            refuse_forbidden(worker.name, concerns(rules(day), day, pattern, {}))


def plan_day(
    session: Session,
    worker: Worker,
    day: date,
    planned: Planned | None,
    reason: str = "",
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Plan one day otherwise; with no plan the usual one holds again.

    What the law forbids, whoever agrees to it, is refused; the rest `queries.would_break` tells.
    """
    refuse_locked(session, day)
    refuse_too_far(day, day_of(at))
    held = None if planned is None else checked(planned)
    if held is not None:
        refuse_forbidden(worker.name, would_break(session, worker, day, held, at=at))
    records.append_plan(session, worker.id, day, held, reason.strip(), by=by.name, at=at)
    if held is not None and held.kind is PlanKind.OFF:
        leave.note_day(session, worker.id, day, missed=False, by=by, at=at)
    session.flush()
    thing = f"worker {worker.number} on {day.isoformat()}"
    security.record(session, by, "plan_day", thing, at=at, reason=reason.strip())


def close_for_us(
    session: Session,
    days: Iterable[date],
    reason: Slack,
    workers: Iterable[Worker] | None = None,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Let the factory rest (art. 46): for everybody or for some; gives how many days of how many.

    Only days on which somebody was to work are closed for her; whoever came is not sent away. A day
    that was closed as missed before is so no more.
    """
    closed = 0
    chosen = None if workers is None else {worker.id for worker in workers}
    for day in days:
        refuse_locked(session, day)
        refuse_too_far(day, day_of(at))
        book = load(session, day, day)
        for worker in book.everybody:
            planned = book.planned(worker, day)
            concerned = chosen is None or worker.id in chosen
            if not concerned or planned is None or planned.kind is not PlanKind.WORK:
                continue
            _refuse_who_came(book, worker, day)
            rest = Planned(kind=PlanKind.SHUTDOWN)
            records.append_plan(session, worker.id, day, rest, reason.value, by=by.name, at=at)
            leave.note_day(session, worker.id, day, missed=False, by=by, at=at)
            closed += 1
        thing = f"day {day.isoformat()}"
        security.record(session, by, "close_for_us", thing, at=at, reason=reason.value)
    if not closed:
        raise NobodyConcerned
    session.flush()
    return closed


def _refuse_who_came(book: Book, worker: Worker, day: date) -> None:
    """Hours that she was there can't become a day of rest."""
    if any(each.date == day for each in book.days(worker)):
        raise SheCame(name=worker.name, day=day)


def work_after_all(session: Session, day: date, kind: PlanKind, *, by: Actor, at: datetime) -> int:
    """Take a day of rest back for everybody whom it concerned: the usual plans hold again."""
    refuse_locked(session, day)
    plans = records.day_plans(session, day, day).items()
    concerned = [who for (who, _), row in plans if row.kind is kind and kind in RESTS]
    if not concerned:
        raise NobodyConcerned
    for who in concerned:
        records.append_plan(session, who, day, None, "", by=by.name, at=at)
    session.flush()
    security.record(session, by, "work_after_all", f"day {day.isoformat()}", at=at)
    return len(concerned)


def ask_off(
    session: Session,
    days: Iterable[date],
    workers: Iterable[Worker],
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Keep the working days that somebody asked for; gives how many they are."""
    kept, chosen = 0, tuple(workers)
    if not chosen:
        raise WhoAsked
    for day in days:
        book = load(session, day, day)
        for worker in chosen:
            planned = book.planned(worker, day)
            if planned is not None and planned.kind is PlanKind.WORK:
                _refuse_who_came(book, worker, day)
                take_off(session, worker, day, reason, by=by, at=at)
                kept += 1
    if not kept:
        raise NobodyConcerned
    return kept


def take_off(
    session: Session, worker: Worker, day: date, reason: str, *, by: Actor, at: datetime
) -> None:
    """Keep that she asked for the day herself; it is no shutdown, and unpaid without leave."""
    plan_day(session, worker, day, Planned(kind=PlanKind.ASKED_OFF), reason, by=by, at=at)
