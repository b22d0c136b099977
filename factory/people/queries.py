"""Workers, terms and badges for pages, terminals and other rooms."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.people import domain, records
from factory.people.domain import Terms, TermsKind, Worker
from factory.people.domain.guards import Guards
from factory.people.domain.headcount import HeadCount
from factory.people.domain.heads import Heads
from factory.people.records import (
    BreakWishRow,
    ConsentRow,
    SkillRow,
    SparedRow,
    TermsRow,
    WorkerRow,
)
from factory.security import service as security
from factory.security.domain import WorkerId

KIND = "worker"
"""What the vault calls a worker."""


def workers(session: Session, on: date | None = None) -> tuple[Worker, ...]:
    """Everybody, or those employed on a day, by number."""
    found = (row.value() for row in session.scalars(select(WorkerRow).order_by(WorkerRow.number)))
    return tuple(worker for worker in found if on is None or worker.is_here(on))


def worker(session: Session, worker_id: WorkerId) -> Worker:
    """One worker."""
    return session.get_one(WorkerRow, worker_id).value()


def worker_numbered(session: Session, number: int) -> Worker:
    """The worker of that number, or `NotFound`."""
    row = records.find_number(session, number)
    if row is None:
        raise NotFound("worker", number)
    return row.value()


def names(session: Session) -> dict[WorkerId, str]:
    """The chosen names."""
    rows = session.execute(select(WorkerRow.id, WorkerRow.name))
    return {WorkerId(number): name for number, name in rows}


def terms_of(session: Session, worker_id: WorkerId) -> tuple[Terms, ...]:
    """Somebody's terms, oldest first."""
    statement = select(TermsRow).where(TermsRow.worker_id == worker_id).order_by(TermsRow.since)
    return tuple(row.value() for row in session.scalars(statement))


def terms_on(session: Session, worker_id: WorkerId, day: date) -> Terms | None:
    """The terms that hold on a day."""
    return domain.terms_on(terms_of(session, worker_id), day)


def pay_kind(session: Session, worker_id: WorkerId, day: date) -> TermsKind | None:
    """How somebody is paid on a day; nothing where no terms hold."""
    return records.pay_kind(session, worker_id, day)


def terms_entered_after(session: Session, moment: datetime) -> tuple[tuple[WorkerId, date], ...]:
    """Whose terms were entered after a moment, and from which day on they hold."""
    row = TermsRow
    statement = select(row.worker_id, row.since).where(row.entered_at > moment).order_by(row.id)
    return tuple((WorkerId(who), since) for who, since in session.execute(statement))


def terms_of_all(session: Session, day: date) -> dict[WorkerId, Terms]:
    """Everybody's terms that hold on a day."""
    rows = session.scalars(select(TermsRow).where(TermsRow.since <= day).order_by(TermsRow.since))
    return {WorkerId(row.worker_id): row.value() for row in rows}


def terms_history(session: Session) -> dict[WorkerId, tuple[Terms, ...]]:
    """Everybody's terms, oldest first."""
    found: dict[WorkerId, list[Terms]] = {}
    for row in session.scalars(select(TermsRow).order_by(TermsRow.since)):
        found.setdefault(WorkerId(row.worker_id), []).append(row.value())
    return {worker: tuple(terms) for worker, terms in found.items()}


@dataclass(frozen=True, slots=True)
class Counted:
    """A month's head count, and who counted it when."""

    count: HeadCount
    by: str
    at: datetime


def head_counts(session: Session) -> dict[date, Counted]:
    """The newest head count of each month that was counted, by month."""
    found = records.counts(session)
    return {month: Counted(row.value(), row.by, row.at) for month, row in found.items()}


def heads(session: Session) -> Heads:
    """How many employees the law takes the house for, on whichever day."""
    counted = {month: row.counted for month, row in records.counts(session).items()}
    return Heads(workers(session), terms_history(session), counted)


def badges(session: Session, on: date | None = None) -> dict[WorkerId, str]:
    """The badge each worker holds; on a day, of those who have not left before it."""
    held = records.valid_badges(session)
    if on is None:
        return held
    gone = {w.id for w in workers(session) if w.left is not None and w.left < on}
    return {who: code for who, code in held.items() if who not in gone}


def badge_was_of(session: Session, code: str) -> WorkerId | None:
    """Whose badge it is or was, also of one that holds no more; nobody's where it is unknown."""
    found = records.find_holder(session, code.strip())
    return None if found is None else found[0]


def skills(session: Session, worker_id: WorkerId) -> tuple[str, ...]:
    """The operations somebody knows."""
    statement = select(SkillRow.operation).where(SkillRow.worker_id == worker_id)
    return tuple(session.scalars(statement.order_by(SkillRow.operation)))


def vault_uid(session: Session, worker_id: WorkerId) -> str:
    """Where the vault keeps what is sealed for somebody."""
    return session.get_one(WorkerRow, worker_id).vault_uid


def vault_uids(session: Session) -> dict[WorkerId, str]:
    """Where the vault keeps what is sealed for each, read at once."""
    rows = session.execute(select(WorkerRow.id, WorkerRow.vault_uid))
    return {WorkerId(number): uid for number, uid in rows}


def called(session: Session) -> dict[str, str]:
    """What people call somebody whom the vault, and so the audit, knows by a name of its own."""
    rows = session.execute(select(WorkerRow.vault_uid, WorkerRow.number))
    return {f"{KIND} {uid}": f"{KIND} {number}" for uid, number in rows}


def with_sealed(session: Session, field: str) -> frozenset[WorkerId]:
    """For whom the vault keeps a text (`bank_account`), without opening it."""
    return behind(session, security.holders(session, KIND, field))


def behind(session: Session, uids: Collection[str]) -> frozenset[WorkerId]:
    """Whose texts the vault keeps under these names."""
    return frozenset(who for who, uid in vault_uids(session).items() if uid in uids)


def guards(session: Session) -> dict[WorkerId, Guards]:
    """What the law's watch knows of everybody: consents, who is spared, wishes."""
    held = {worker.id: Guards(at_hiring=worker.night_consent) for worker in workers(session)}
    for consent in session.scalars(select(ConsentRow).order_by(ConsentRow.id)):
        own = held[WorkerId(consent.worker_id)]
        held[WorkerId(consent.worker_id)] = replace(own, consents=(*own.consents, consent.value()))
    for spared in session.scalars(select(SparedRow).order_by(SparedRow.id)):
        own = held[WorkerId(spared.worker_id)]
        held[WorkerId(spared.worker_id)] = replace(own, spared=spared.value())
    for wish in session.scalars(select(BreakWishRow).order_by(BreakWishRow.id)):
        own = held[WorkerId(wish.worker_id)]
        held[WorkerId(wish.worker_id)] = replace(own, wishes=(*own.wishes, wish.value()))
    return held
