"""Ask for leave, answer, take back; swap holidays; note missed days; say what the house gives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.errors import NotFound
from factory.kernel.time import day_of
from factory.lawbook import queries as lawbook
from factory.leave import queries, records, sealed
from factory.leave.domain import (
    AlreadyAnswered,
    Answer,
    BegunAlready,
    DayInLockedPeriod,
    EventNameMissing,
    HouseRule,
    LeaveKind,
    OursNotHers,
    Request,
    Wish,
    asking,
    counting,
    promotion,
    refuse_answer,
)
from factory.leave.domain import swaps as swapping
from factory.leave.domain.entering import refuse_entry
from factory.leave.domain.ledger import Ledger, Taken
from factory.leave.domain.promotion import NothingLapses, Promotion
from factory.leave.domain.swaps import Swap
from factory.leave.records import (
    HolidaySwapRow,
    HouseLeaveRow,
    LeaveAnswerRow,
    LeaveEntryRow,
    LeavePromotionRow,
    MissedDayRow,
)
from factory.people import queries as people
from factory.people.domain import WEEK, Worker
from factory.security import service as security
from factory.security.domain import Actor, WorkerId
from factory.timeclock import queries as timeclock

_DEEDS = {Answer.GRANTED: "grant_leave", Answer.REFUSED: "refuse_leave"}


def ask(session: Session, worker: Worker, wish: Wish, *, by: Actor, at: datetime) -> Request:
    """Ask for leave; also what the law gives because she asks (art. 73) waits for a person.

    So nothing tells it from other leave; nobody can say no to it (`refuse_answer`).
    """
    hold(session, "leave", worker.id)
    days = asking.checked(wish, _standing(session, worker, wish, day_of(at)))
    number = records.append_request(session, worker.id, wish, days, by=by.name, at=at)
    counts = counting(wish, records.house_rules(session))
    sealed.seal_wish(session, number, wish, counts)
    security.record(session, by, "ask_leave", f"request {number}", at=at)
    return queries.request(session, number)


def _standing(session: Session, worker: Worker, wish: Wish, today: date) -> asking.Standing:
    agreed = queries.agreed(session, worker.id)

    def with_taken(more: Iterable[Taken]) -> Ledger:
        return queries.ledger_with(session, worker.id, wish.last, more)

    return asking.Standing(
        worker=worker,
        minutes=agreed.minutes,
        requests=sealed.told(session, records.requests(session, worker_id=worker.id), anyway=True),
        rules=records.house_rules(session),
        today=today,
        locked_until=timeclock.locked_until(session),
        menstrual_days=agreed.menstrual_days(wish.first),
        with_taken=with_taken,
    )


def answer(
    session: Session, number: int, given: Answer, reason: str = "", *, by: Actor, at: datetime
) -> Request:
    """Grant a request or not; never one's own. What was granted the office can take back.

    `Answer.OPEN` says that the factory closes on these days: that is no leave of hers.
    """
    found = _held(session, number)
    if given is Answer.OPEN:
        raise OursNotHers
    refuse_answer(found, given, reason, by)
    _refuse_locked(session, found)
    _append(session, number, given, reason.strip(), by=by.name, at=at)
    security.record(session, by, _DEEDS[given], f"request {number}", at=at)
    return queries.request(session, number)


def withdraw(session: Session, worker: Worker, number: int, *, by: Actor, at: datetime) -> Request:
    """Take back one's own request, until its first day begins."""
    found = _held(session, number)
    if found.worker != worker.id:
        raise NotFound("request", number)
    if not found.counts:
        raise AlreadyAnswered(answer=found.answer)
    if found.days[0].day <= day_of(at) and found.answer is Answer.GRANTED:
        raise BegunAlready
    _refuse_locked(session, found)
    _append(session, number, Answer.WITHDRAWN, "", by=by.name, at=at)
    security.record(session, by, "withdraw_leave", f"request {number}", at=at)
    return queries.request(session, number)


def _held(session: Session, number: int) -> Request:
    """The request with its kind, with her leave held against other writers."""
    hold(session, "leave", queries.request(session, number).worker)
    (found,) = sealed.told(session, (queries.request(session, number),), anyway=True)
    return found


def _refuse_locked(session: Session, found: Request) -> None:
    until = timeclock.locked_until(session)
    if until is not None and found.days[0].day <= until:
        raise DayInLockedPeriod(day=found.days[0].day)


def _append(
    session: Session, number: int, given: Answer, reason: str, *, by: str, at: datetime
) -> None:
    row = LeaveAnswerRow(request_id=number, answer=given, by=by, at=at)
    session.add(row)
    session.flush()
    sealed.seal_answer(session, row.id, reason)


def note_day(
    session: Session, worker_id: WorkerId, day: date, *, missed: bool, by: Actor, at: datetime
) -> None:
    """Note at the close of a day that somebody missed it without leave, or did not after all.

    A day the factory closed is never missed. The same again changes nothing.
    """
    if (day in records.missed_days(session, worker_id)) is missed:
        return
    session.add(MissedDayRow(worker_id=worker_id, day=day, missed=missed, by=by.name, at=at))
    session.flush()


def look(session: Session, worker: Worker, *, by: Actor, at: datetime) -> None:
    """Keep that somebody else looked at her leave, with its kinds and notes; she can see it."""
    security.record(session, by, "see_leave", f"worker {worker.number}", at=at)


def enter(
    session: Session,
    worker: Worker,
    day: date,
    minutes: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Enter leave the house gives more (above zero), or that was used before (below)."""
    hold(session, "leave", worker.id)
    rows = records.entries(session, worker.id)
    reasons = sealed.entry_reasons(session, rows, anyway=True)
    entered = ((each.day, each.minutes, reasons.get(each.id, "")) for each in rows)
    refuse_entry(day, minutes, reason.strip(), entered)
    row = LeaveEntryRow(worker_id=worker.id, day=day, minutes=minutes, by=by.name, at=at)
    session.add(row)
    session.flush()
    sealed.seal_entry(session, row.id, reason)
    thing = f"worker {worker.number}"
    security.record(session, by, "enter_leave", thing, at=at, after=minutes)


def promote(session: Session, worker: Worker, done: Promotion, *, by: Actor, at: datetime) -> None:
    """Keep a written step for leave that lapses: she was asked, or days were named (art. 61).

    Raises:
        NothingLapses, AskedOutOfTime, NamedTooLate, NamedBeforeAsked, NotYetDone: it counts not.
    """
    hold(session, "leave", worker.id)
    today, law = day_of(at), lawbook.book(session)
    known = queries.lapsing(session, worker.id, min(today, done.expires))
    if not any((each.round, each.expires) == (done.round, done.expires) for each in known):
        raise NothingLapses
    held = promotion.checked(done, today, law)
    session.add(
        LeavePromotionRow(
            worker_id=worker.id,
            round=held.round,
            expires=held.expires,
            asked_on=held.asked_on,
            named_on=held.named_on,
            by=by.name,
            at=at,
        )
    )
    session.flush()
    thing = f"worker {worker.number}"
    security.record(session, by, "urge_leave", thing, at=at, after=held.expires.isoformat())


def swap_holiday(session: Session, swap: Swap, *, by: Actor, at: datetime) -> None:
    """Keep a written agreement that swaps a public holiday with a working day."""
    hold(session, "holiday_swaps", "all")
    terms = people.terms_of_all(session, swap.holiday).values()
    works = {name for each in terms for name in each.work_days}
    law, others = lawbook.book(session), records.swaps(session)
    swapping.checked(swap, others, lambda day: WEEK[day.weekday()] in works, law)
    swapping.refuse_unsigned(swap, day_of(at))
    swapping.refuse_locked(swap, timeclock.locked_until(session))
    _keep_swap(session, swap, holds=True, by=by, at=at)
    security.record(session, by, "swap_holiday", f"holiday {swap.holiday}", at=at)


def end_swap(session: Session, swap: Swap, *, by: Actor, at: datetime) -> None:
    """Take back a swap: the holiday stays where the law has it."""
    hold(session, "holiday_swaps", "all")
    if swap not in records.swaps(session):
        raise NotFound("swap", swap.holiday)
    swapping.refuse_locked(swap, timeclock.locked_until(session))
    _keep_swap(session, swap, holds=False, by=by, at=at)
    security.record(session, by, "end_swap", f"holiday {swap.holiday}", at=at)


def _keep_swap(session: Session, swap: Swap, *, holds: bool, by: Actor, at: datetime) -> None:
    session.add(
        HolidaySwapRow(
            holiday=swap.holiday,
            day=swap.day,
            agreed_with=swap.agreed_with,
            agreed_on=swap.agreed_on,
            holds=holds,
            by=by.name,
            at=at,
        )
    )
    session.flush()


def set_house_rule(session: Session, rule: HouseRule, *, by: Actor, at: datetime) -> None:
    """Say what the house gives from now on; requests asked before stay as they were."""
    if rule.kind is LeaveKind.FAMILY_EVENT and not rule.event:
        raise EventNameMissing
    given = {"kind": rule.kind, "event": rule.event, "days": rule.days, "paid": rule.paid}
    session.add(HouseLeaveRow(**given, by=by.name, at=at))
    session.flush()
    thing = f"house {rule.event}".strip()
    security.record(session, by, "set_house_leave", thing, at=at, after=given)
