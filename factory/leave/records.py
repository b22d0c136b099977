"""Tables of requests, answers, missed days, swapped holidays, and what the house gives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.time import Period
from factory.leave.domain import (
    Answer,
    HouseRule,
    LeaveDay,
    LeaveKind,
    Part,
    Request,
    Wish,
)
from factory.leave.domain.promotion import Promotion, Round
from factory.leave.domain.swaps import Swap
from factory.security.domain import WorkerId

SEALED_KINDS = ("leave", "leave_answer", "leave_entry")
"""Under which name what is sealed of a request, an answer, an entry lies in the vault."""


class LeaveRequestRow(Fact, Base):
    """Somebody asked for leave; what it is and counts as is sealed (`factory.leave.sealed`)."""

    __tablename__ = "leave_requests"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    part: Mapped[Part] = mapped_column(Word(Part))
    asked_by: Mapped[str] = mapped_column(String(60))
    asked_at: Mapped[datetime]

    def wish(self) -> Wish:
        """What was asked for, its kind, event and note not opened."""
        return Wish(None, self.first, self.last, self.part)


class LeaveDayRow(Fact, Base):
    """A working day that a request takes, with its minutes."""

    __tablename__ = "leave_days"
    __table_args__ = (Index("ix_leave_days_day", "day"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("leave_requests.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    minutes: Mapped[int]

    def value(self, part: Part) -> LeaveDay:
        """The day as a value."""
        return LeaveDay(self.day, self.minutes, part)


class LeaveAnswerRow(Fact, Base):
    """A request was granted, not granted, or taken back; the newest holds, its reason sealed."""

    __tablename__ = "leave_answers"

    id: Mapped[Key]
    request_id: Mapped[int] = mapped_column(ForeignKey("leave_requests.id"), index=True)
    answer: Mapped[Answer] = mapped_column(Word(Answer))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class MissedDayRow(Fact, Base):
    """A contracted day was missed without leave, or was not after all; the newest entry holds."""

    __tablename__ = "missed_days"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    day: Mapped[date]
    missed: Mapped[bool]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class LeaveEntryRow(Fact, Base):
    """The office entered leave: what the house gives more, or was used before; why is sealed."""

    __tablename__ = "leave_entries"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    day: Mapped[date]
    minutes: Mapped[int]
    """Given above zero, used below."""
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


class HolidaySwapRow(Fact, Base):
    """A public holiday was swapped by written agreement, or the agreement ended again."""

    __tablename__ = "holiday_swaps"

    id: Mapped[Key]
    holiday: Mapped[date]
    day: Mapped[date]
    agreed_with: Mapped[str] = mapped_column(String(60))
    agreed_on: Mapped[date]
    holds: Mapped[bool]
    """False where the swap is taken back."""
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Swap:
        """The agreement as a value."""
        return Swap(self.holiday, self.day, self.agreed_with, self.agreed_on)


class HouseLeaveRow(Fact, Base):
    """What the house gives from then on for a kind or an event; the newest entry holds."""

    __tablename__ = "house_leave"

    id: Mapped[Key]
    kind: Mapped[LeaveKind] = mapped_column(Word(LeaveKind))
    event: Mapped[str] = mapped_column(String(60))
    days: Mapped[int]
    paid: Mapped[bool]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> HouseRule:
        """The rule as a value."""
        return HouseRule(self.kind, self.event, self.days, self.paid)


class LeavePromotionRow(Fact, Base):
    """Unused leave was urged in writing, or days for it were named; the newest word holds."""

    __tablename__ = "leave_promotions"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    round: Mapped[Round] = mapped_column(Word(Round))
    expires: Mapped[date]
    asked_on: Mapped[date]
    named_on: Mapped[date | None]
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Promotion:
        """What was done as a value."""
        return Promotion(self.round, self.expires, self.asked_on, self.named_on)


def promotions(session: Session, worker_id: WorkerId) -> tuple[Promotion, ...]:
    """What was done in writing for leave of hers that lapses, the newest word of each."""
    statement = select(LeavePromotionRow).where(LeavePromotionRow.worker_id == worker_id)
    rows = session.scalars(statement.order_by(LeavePromotionRow.id))
    newest = {(row.round, row.expires): row.value() for row in rows}
    return tuple(newest.values())


def whose(session: Session) -> dict[tuple[str, int], tuple[WorkerId, date]]:
    """Whose each request, answer and entry is, by kind and number, and when that leave was over."""
    asked, answer, entry = LeaveRequestRow, LeaveAnswerRow, LeaveEntryRow
    statements = (
        select(asked.id, asked.worker_id, asked.last),
        select(answer.id, asked.worker_id, asked.last).join(asked, asked.id == answer.request_id),
        select(entry.id, entry.worker_id, entry.day),
    )
    return {
        (kind, number): (WorkerId(worker), over)
        for kind, statement in zip(SEALED_KINDS, statements, strict=True)
        for number, worker, over in session.execute(statement)
    }


def given_between(session: Session, first: date, last: date) -> list[tuple[WorkerId, date]]:
    """To whom the office gave leave between two days, and when."""
    row = LeaveEntryRow
    statement = select(row.worker_id, row.day).where(row.minutes > 0, row.day.between(first, last))
    return [(WorkerId(who), day) for who, day in session.execute(statement)]


def requests(
    session: Session,
    *,
    worker_id: WorkerId | None = None,
    within: Period | None = None,
    numbers: Iterable[int] | None = None,
) -> tuple[Request, ...]:
    """Requests with their days and newest answers as they were asked; nothing sealed is opened."""
    statement = select(LeaveRequestRow).order_by(LeaveRequestRow.id)
    if worker_id is not None:
        statement = statement.where(LeaveRequestRow.worker_id == worker_id)
    if within is not None:
        statement = statement.where(
            LeaveRequestRow.first <= within.end, LeaveRequestRow.last >= within.start
        )
    if numbers is not None:
        statement = statement.where(LeaveRequestRow.id.in_(tuple(numbers)))
    rows = session.scalars(statement).all()
    days, answers = _days_of(session, rows), _answers_of(session, rows)
    return tuple(_request(row, days.get(row.id, []), answers.get(row.id)) for row in rows)


def open_numbers(session: Session) -> tuple[int, ...]:
    """The numbers of requests that nobody has answered and nobody has taken back."""
    answered = select(LeaveAnswerRow.request_id)
    statement = select(LeaveRequestRow.id).where(LeaveRequestRow.id.not_in(answered))
    return tuple(session.scalars(statement.order_by(LeaveRequestRow.id)))


def asked_days(
    session: Session, first: date, last: date, worker_id: WorkerId | None = None
) -> frozenset[tuple[WorkerId, date]]:
    """Days of requests that nobody has answered yet, and whose they are."""
    asked, answered = LeaveRequestRow, select(LeaveAnswerRow.request_id)
    statement = (
        select(asked.worker_id, LeaveDayRow.day)
        .join(asked, asked.id == LeaveDayRow.request_id)
        .where(LeaveDayRow.day.between(first, last), asked.id.not_in(answered))
    )
    if worker_id is not None:
        statement = statement.where(asked.worker_id == worker_id)
    return frozenset((WorkerId(who), day) for who, day in session.execute(statement))


def _days_of(session: Session, rows: Sequence[LeaveRequestRow]) -> dict[int, list[LeaveDayRow]]:
    numbers = [row.id for row in rows]
    statement = select(LeaveDayRow).where(LeaveDayRow.request_id.in_(numbers))
    found: dict[int, list[LeaveDayRow]] = {}
    for row in session.scalars(statement.order_by(LeaveDayRow.day)):
        found.setdefault(row.request_id, []).append(row)
    return found


def _answers_of(session: Session, rows: Sequence[LeaveRequestRow]) -> dict[int, LeaveAnswerRow]:
    numbers = [row.id for row in rows]
    statement = select(LeaveAnswerRow).where(LeaveAnswerRow.request_id.in_(numbers))
    return {row.request_id: row for row in session.scalars(statement.order_by(LeaveAnswerRow.id))}


def _request(
    row: LeaveRequestRow, days: list[LeaveDayRow], answer: LeaveAnswerRow | None
) -> Request:
    return Request(
        id=row.id,
        worker=WorkerId(row.worker_id),
        wish=row.wish(),
        days=tuple(day.value(row.part) for day in days),
        asked_at=row.asked_at,
        answer=Answer.OPEN if answer is None else answer.answer,
        answered_by="" if answer is None else answer.by,
    )


def append_request(
    session: Session,
    worker_id: WorkerId,
    wish: Wish,
    days: tuple[LeaveDay, ...],
    *,
    by: str,
    at: datetime,
) -> int:
    """Keep a request with the working days it takes; gives its number."""
    row = LeaveRequestRow(
        worker_id=worker_id,
        first=wish.first,
        last=wish.last,
        part=wish.part,
        asked_by=by,
        asked_at=at,
    )
    session.add(row)
    session.flush()
    for one in days:
        session.add(LeaveDayRow(request_id=row.id, day=one.day, minutes=one.minutes))
    session.flush()
    return row.id


def missed_days(session: Session, worker_id: WorkerId) -> frozenset[date]:
    """Days somebody missed without leave, by the newest entry of each."""
    statement = select(MissedDayRow).where(MissedDayRow.worker_id == worker_id)
    newest = {row.day: row.missed for row in session.scalars(statement.order_by(MissedDayRow.id))}
    return frozenset(day for day, missed in newest.items() if missed)


def entries(session: Session, worker_id: WorkerId) -> Sequence[LeaveEntryRow]:
    """What the office entered for somebody."""
    statement = select(LeaveEntryRow).where(LeaveEntryRow.worker_id == worker_id)
    return session.scalars(statement.order_by(LeaveEntryRow.id)).all()


def swaps(session: Session) -> tuple[Swap, ...]:
    """The swapped holidays that hold, in order of the holidays."""
    rows = session.scalars(select(HolidaySwapRow).order_by(HolidaySwapRow.id))
    newest = {(row.holiday, row.day): row for row in rows}
    found = (row.value() for row in newest.values() if row.holds)
    return tuple(sorted(found, key=lambda swap: swap.holiday))


def house_rules(session: Session) -> tuple[HouseRule, ...]:
    """What the house gives now, the newest entry of each kind and event."""
    rows = session.scalars(select(HouseLeaveRow).order_by(HouseLeaveRow.id))
    newest = {(row.kind, row.event): row.value() for row in rows}
    return tuple(newest.values())
