"""Whether a wish for leave can be asked for, and which working days it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from factory.kernel.time import Period, days, month_of, months_later
from factory.leave.domain import (
    AlreadyAsked,
    DayInLockedPeriod,
    DayOffAnyway,
    EventDaysUp,
    GoneByThen,
    HalfOfOneDay,
    HouseRule,
    LastBeforeFirst,
    LeaveDay,
    LeaveKind,
    MoreThanAMonthGives,
    NotEnoughLeave,
    NotHereYet,
    NotOffered,
    OnceAMonth,
    OnlyAnnualByHalves,
    Part,
    Request,
    TooFarAhead,
    TooLongAtOnce,
    WhichEvent,
    Wish,
)
from factory.leave.domain.ledger import Ledger, Taken
from factory.people.domain import Worker

MONTHS_AHEAD = 12
MOST_DAYS = 92
"""Calendar days of one request; a quarter of a year."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of somebody when she asks."""

    worker: Worker
    minutes: Callable[[date], int]
    """The contracted minutes of a day of hers; 0 where she need not work."""
    requests: tuple[Request, ...]
    """Those of hers that count."""
    rules: tuple[HouseRule, ...]
    today: date
    locked_until: date | None
    menstrual_days: int
    """Days of menstrual leave in a month; 0 where the law gives none."""
    with_taken: Callable[[Iterable[Taken]], Ledger]
    """Her ledger with more taken, as of the last day it takes."""


def checked(wish: Wish, her: Standing) -> tuple[LeaveDay, ...]:
    """The working days a wish takes, or the refusal that says why it can't be."""
    _refuse_span(wish, her.worker, her.today)
    found = tuple(_days(wish, her))
    if not found:
        raise DayOffAnyway(day=wish.first)
    _refuse_locked(found, her.locked_until)
    _refuse_twice(found, her.requests)
    _refuse_kind(wish, found, her)
    if wish.kind is LeaveKind.ANNUAL:
        _refuse_beyond(found, her)
    return found


def _refuse_span(wish: Wish, worker: Worker, today: date) -> None:
    if wish.last < wish.first:
        raise LastBeforeFirst
    if Period(wish.first, wish.last).length > MOST_DAYS:
        raise TooLongAtOnce(most=MOST_DAYS)
    if wish.last > (until := months_later(today, MONTHS_AHEAD)):
        raise TooFarAhead(until=until)
    if wish.first < worker.hired:
        raise NotHereYet(hired=worker.hired)
    if worker.left is not None and wish.last > worker.left:
        raise GoneByThen(left=worker.left)


def _days(wish: Wish, her: Standing) -> Iterable[LeaveDay]:
    if wish.part is not Part.WHOLE:
        if wish.kind is not LeaveKind.ANNUAL:
            raise OnlyAnnualByHalves
        if wish.first != wish.last:
            raise HalfOfOneDay
    for day in days(wish.first, wish.last):
        whole = her.minutes(day)
        if whole:
            yield LeaveDay(day, part_of(whole, wish.part), wish.part)


def part_of(minutes: int, part: Part) -> int:
    """The minutes of a part of a day; the first half is the shorter one where it is odd."""
    half = minutes // 2
    return {Part.WHOLE: minutes, Part.FIRST_HALF: half, Part.SECOND_HALF: minutes - half}[part]


def _refuse_locked(found: tuple[LeaveDay, ...], locked_until: date | None) -> None:
    if locked_until is not None and found[0].day <= locked_until:
        raise DayInLockedPeriod(day=found[0].day)


def _refuse_twice(found: tuple[LeaveDay, ...], requests: tuple[Request, ...]) -> None:
    asked = [day for request in requests if request.counts for day in request.days]
    for one in found:
        if any(one.day == other.day and one.part.meets(other.part) for other in asked):
            raise AlreadyAsked(day=one.day)


def _refuse_kind(wish: Wish, found: tuple[LeaveDay, ...], her: Standing) -> None:
    match wish.kind:
        case LeaveKind.MENSTRUAL:
            _refuse_menstrual(found, her)
        case LeaveKind.FAMILY_EVENT:
            _refuse_event(wish, found, her.rules)
        case _:
            pass


def _refuse_menstrual(found: tuple[LeaveDay, ...], her: Standing) -> None:
    """One day a month at her request (Labor Standards Act, art. 73)."""
    if not her.worker.woman or not her.menstrual_days:
        raise NotOffered
    months = Counter(month_of(one.day).start for one in found)
    if max(months.values(), default=0) > her.menstrual_days:
        raise MoreThanAMonthGives(days=her.menstrual_days)
    kept = (r for r in her.requests if r.counts and r.wish.kind is LeaveKind.MENSTRUAL)
    asked = [one.day for request in kept for one in request.days]
    taken = [*asked, *(one.day for one in found)]
    for one in found:
        if sum(1 for day in taken if day in month_of(one.day)) > her.menstrual_days:
            raise OnceAMonth(days=her.menstrual_days)


def _refuse_event(wish: Wish, found: tuple[LeaveDay, ...], rules: tuple[HouseRule, ...]) -> None:
    if not wish.event:
        raise WhichEvent
    given = [r for r in rules if (r.kind, r.event) == (wish.kind, wish.event) and r.days]
    if not given:
        raise NotOffered
    if len(found) > given[0].days:
        raise EventDaysUp(days=given[0].days)


def _refuse_beyond(found: tuple[LeaveDay, ...], her: Standing) -> None:
    """Not more than will have arisen by then, what is asked for already taken off."""
    before = her.with_taken(())
    asked = [Taken(one.day, one.minutes) for one in found]
    if her.with_taken(asked).beyond > before.beyond:
        minutes = sum(one.minutes for one in found)
        left = before.days(max(0, before.left - before.ahead))
        raise NotEnoughLeave(left=left, asked=before.days(minutes))
