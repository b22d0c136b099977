"""Tables of workers, terms, badges and skills; no legal names here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db import quick
from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.people.domain import Terms, TermsKind, Worker
from factory.people.domain.allowances import Allowance, AllowanceKind
from factory.people.domain.guards import BreakWish, Consent, ConsentKind, Spared
from factory.security.domain import WorkerId


class WorkerRow(Base):
    """A person of the house."""

    __tablename__ = "workers"

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(10))
    hired: Mapped[date]
    left: Mapped[date | None]
    woman: Mapped[bool]
    night_consent: Mapped[bool]
    vault_uid: Mapped[str] = mapped_column(String(36), unique=True)

    def value(self) -> Worker:
        """The worker as a value."""
        return Worker(
            WorkerId(self.id),
            self.number,
            self.name,
            self.language,
            self.hired,
            self.left,
            self.woman,
            self.night_consent,
        )


class TermsRow(Fact, Base):
    """Terms from a day on; a change is a new row."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("worker_id", "since"),)

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"))
    since: Mapped[date]
    kind: Mapped[TermsKind] = mapped_column(Word(TermsKind))
    rate: Mapped[Money]
    weekly_hours: Mapped[int]
    work_days: Mapped[list[str]] = mapped_column(JSON)
    rest_day: Mapped[str] = mapped_column(String(3))
    shift_start: Mapped[str] = mapped_column(String(5))
    shift_end: Mapped[str] = mapped_column(String(5))
    allowances: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Each with its kind, its won a month, and whether it is free of tax and ordinary wage."""
    entered_at: Mapped[datetime]
    """When they were entered, which may be long after they hold."""

    def value(self) -> Terms:
        """The terms as a value."""
        return Terms(
            self.since,
            self.kind,
            self.rate,
            self.weekly_hours,
            tuple(self.work_days),
            self.rest_day,
            self.shift_start,
            self.shift_end,
            tuple(_allowance(each) for each in self.allowances),
        )


def _allowance(kept: dict[str, Any]) -> Allowance:
    kind, won = AllowanceKind(kept["kind"]), Money(kept["amount"])
    return Allowance(kind, won, kept["non_taxable"], kept["ordinary_wage"])


def _kept(each: Allowance) -> dict[str, Any]:
    said = {"non_taxable": each.non_taxable, "ordinary_wage": each.ordinary_wage}
    return {"kind": each.kind.value, "amount": each.amount.won, **said}


class BadgeRow(Fact, Base):
    """A badge was given to somebody."""

    __tablename__ = "badges"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    issued_at: Mapped[datetime]


class BadgeVoidRow(Fact, Base):
    """A badge holds no more."""

    __tablename__ = "void_badges"

    code: Mapped[str] = mapped_column(ForeignKey("badges.code"), primary_key=True)
    at: Mapped[datetime]


class ConsentRow(Fact, Base):
    """From a day on somebody consents to night or holiday work, or does no more."""

    __tablename__ = "consents"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    kind: Mapped[ConsentKind] = mapped_column(Word(ConsentKind))
    day: Mapped[date]
    given: Mapped[bool]
    how: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> Consent:
        """The consent as a value."""
        return Consent(self.kind, self.day, self.given, self.how)


class SparedRow(Fact, Base):
    """Somebody is to do no overtime for a time; without a first day no more. The newest counts."""

    __tablename__ = "spared"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    first: Mapped[date | None]
    last: Mapped[date | None]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> Spared | None:
        """The time as a value."""
        return None if self.first is None else Spared(self.first, self.last)


class BreakWishRow(Fact, Base):
    """From a day on somebody asks to work four hours without the break, or does no more."""

    __tablename__ = "break_wishes"

    id: Mapped[Key]
    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), index=True)
    since: Mapped[date]
    asked: Mapped[bool]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> BreakWish:
        """The wish as a value."""
        return BreakWish(self.since, self.asked)


class SkillRow(Base):
    """Somebody knows an operation."""

    __tablename__ = "skills"

    worker_id: Mapped[int] = mapped_column(ForeignKey("workers.id"), primary_key=True)
    operation: Mapped[str] = mapped_column(String(20), primary_key=True)


def next_number(session: Session) -> int:
    """The next worker's number."""
    return (session.scalar(select(func.max(WorkerRow.number))) or 0) + 1


def find_number(session: Session, number: int) -> WorkerRow | None:
    """Look somebody up by number."""
    return session.scalar(select(WorkerRow).where(WorkerRow.number == number))


def find_badge(session: Session, code: str) -> tuple[WorkerRow, bool] | None:
    """Whose badge it is, and whether it still holds."""
    found = session.execute(_FIND_BADGE, {"badge": code}).first()
    return None if found is None else (found[0], found[1] is None)


_FIND_BADGE = (
    select(WorkerRow, BadgeVoidRow.code)
    .join(BadgeRow, BadgeRow.worker_id == WorkerRow.id)
    .outerjoin(BadgeVoidRow, BadgeVoidRow.code == BadgeRow.code)
    .where(BadgeRow.code == bindparam("badge"))
)
"""Made once, because every punch and every scan asks."""


def find_holder(session: Session, code: str) -> tuple[WorkerId, bool, date | None] | None:
    """Whose badge it is by id alone, whether it is not void, and her last day, if it is known."""
    found = quick.first(session, _FIND_HOLDER, {"badge": code})
    if found is None:
        return None
    holder, void, left = found
    return WorkerId(holder), void is None, left


_workers, _badges, _void = WorkerRow.__table__, BadgeRow.__table__, BadgeVoidRow.__table__
_FIND_HOLDER = (
    select(_badges.c.worker_id, _void.c.code, _workers.c.left)
    .join_from(_badges, _workers, _workers.c.id == _badges.c.worker_id)
    .outerjoin(_void, _void.c.code == _badges.c.code)
    .where(_badges.c.code == bindparam("badge"))
)
"""Plain columns: a station asks at every scan, and needs no more than the id."""


def valid_badges(session: Session) -> dict[WorkerId, str]:
    """The badge that each worker holds, the newest first where there are several."""
    statement = (
        select(BadgeRow.worker_id, BadgeRow.code)
        .where(BadgeRow.code.not_in(select(BadgeVoidRow.code)))
        .order_by(BadgeRow.issued_at)
    )
    return {WorkerId(worker): code for worker, code in session.execute(statement)}


_terms = TermsRow.__table__
_PAY_KIND = (
    select(_terms.c.kind)
    .where(_terms.c.worker_id == bindparam("who"), _terms.c.since <= bindparam("day"))
    .order_by(_terms.c.since.desc())
    .limit(1)
)
"""Made once, because every scan asks."""


def pay_kind(session: Session, worker_id: WorkerId, day: date) -> TermsKind | None:
    """How somebody is paid on a day; nothing where no terms hold."""
    found = quick.first(session, _PAY_KIND, {"who": worker_id, "day": day})
    return None if found is None else found.kind


def append_terms(session: Session, worker_id: WorkerId, terms: Terms, at: datetime) -> None:
    """Keep terms from a day on."""
    row = TermsRow(
        worker_id=worker_id,
        since=terms.since,
        kind=terms.kind,
        rate=terms.rate,
        weekly_hours=terms.weekly_hours,
        work_days=list(terms.work_days),
        rest_day=terms.rest_day,
        shift_start=terms.shift_start,
        shift_end=terms.shift_end,
        allowances=[_kept(each) for each in terms.allowances],
        entered_at=at,
    )
    session.add(row)
    session.flush()
