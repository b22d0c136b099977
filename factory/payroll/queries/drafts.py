"""What a month is calculated from, and drafts as they were calculated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.attendance.queries import Book
from factory.kernel.time import months_later
from factory.law.book import LawBook
from factory.lawbook import queries as lawbook
from factory.payroll import records
from factory.payroll.domain.approval import Calculated, Representative
from factory.payroll.domain.facts import digest, fingerprint
from factory.payroll.domain.insuring import Doubt
from factory.payroll.domain.keeping import from_body
from factory.payroll.domain.run import Entry, last_day
from factory.payroll.queries.cases import Month
from factory.payroll.queries.months import gather
from factory.payroll.queries.paydays import pay_day
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """Somebody's month as it is known now, and the name of these facts."""

    worker: Worker
    month: Month
    fingerprint: str


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """Everybody's month, by number."""

    month: date
    book: Book
    law: LawBook
    people: tuple[Facts, ...]

    @property
    def digest(self) -> str:
        """The name of all these facts together."""
        return digest((each.worker.number, each.fingerprint) for each in self.people)

    @property
    def employees(self) -> int:
        """Regular employees on the last day, as pay takes them."""
        return self.book.employees(last_day(self.month))

    @property
    def counted_month(self) -> date | None:
        """The month whose head count that is; nothing where everybody employed was taken."""
        before = months_later(self.month, -1)
        return before if before in self.book.heads.counted else None


@dataclass(frozen=True, slots=True)
class Draft:
    """A month as it was calculated."""

    calculated: Calculated
    employees: int
    counted_month: date | None
    turning: tuple[tuple[int, int], ...]
    """By number who turns 60 or 65 in this month."""
    aged: tuple[tuple[int, Doubt], ...]
    """By number whose age speaks against an insurance."""
    entries: tuple[Entry, ...]
    names: tuple[str, ...]
    """The fingerprint of each entry's facts."""


def gathered(session: Session, month: date) -> Gathered:
    """Everybody's month as it is known now."""
    book = attendance.load_closed(session, month, last_day(month))
    law, found = lawbook.book(session), gather(session, month, book)
    facts = (Facts(each.worker, each, named(each, law.fingerprint)) for each in found)
    return Gathered(month, book, law, tuple(sorted(facts, key=lambda each: each.worker.number)))


def named(month: Month, law: str) -> str:
    """The fingerprint of somebody's month and of the law book that it is held against."""
    days = month.changed_on, month.open_days, month.shutdowns
    return fingerprint(law, month.case, month.parts, days)


def draft(session: Session, month: date) -> Draft | None:
    """A month as it was calculated last."""
    row = records.find_calculation(session, month)
    if row is None:
        return None
    known = {worker.id: worker for worker in people.workers(session)}
    kept = records.drafts_of(session, row)
    paid_on = pay_day(session, month)
    entries = tuple(_entry(known[WorkerId(each.worker_id)], each, paid_on) for each in kept)
    turning = tuple((number, age) for number, age in row.turning)
    aged = tuple((number, Doubt(doubt)) for number, doubt in row.aged)
    facts = tuple(each.fingerprint for each in kept)
    counted = (row.employees, row.counted_month)
    return Draft(row.value(), *counted, turning, aged, entries, facts)


def _entry(worker: Worker, row: records.DraftRow, paid_on: date) -> Entry:
    return Entry(worker.number, worker.name, from_body(row.body), (), paid_on)


def representative(session: Session) -> Representative | None:
    """Whom the workers elected, as long as she works here."""
    row = records.elected(session)
    if row is None or not row.holds:
        return None
    worker = people.worker(session, WorkerId(row.worker_id))
    return None if worker.left else Representative(worker.id, worker.name, row.elected_on)
