"""What was entered for pay: of everybody at once for a run, or of one for her page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.payroll.domain.case import Garnishment, Insurance
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.known import Attachment, Billed, Known, PayFacts, Reported, YearFacts
from factory.payroll.domain.run import last_day
from factory.payroll.records import find_run, taken_before
from factory.payroll.records.attachments import Taken
from factory.payroll.records.entered import (
    AttachmentRow,
    BilledRow,
    EnteredRow,
    PayFactsRow,
    PayYearRow,
    ReportedPayRow,
)
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class EnteredLine:
    """An entry as pages show it, with who made it and when."""

    worker: WorkerId
    entered: Entered
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ForMonth:
    """Everything that was entered and holds in a month, by person."""

    known: Mapping[WorkerId, Known]
    entered: Mapping[WorkerId, tuple[Entered, ...]]
    billed: Mapping[WorkerId, tuple[Billed, ...]]
    attached: Mapping[WorkerId, tuple[Attachment, ...]]
    taken: Taken = field(default_factory=dict)
    """What was taken for each order before this month."""

    def orders(self, worker: WorkerId) -> tuple[Garnishment, ...]:
        """The orders of courts that her month serves, those that are met left out."""
        papers = self.attached.get(worker, ())
        found = (each.order(self.taken.get((worker, each.number), 0)) for each in papers)
        return tuple(each for each in found if each is not None)


def for_month(session: Session, month: date, worker_id: WorkerId | None = None) -> ForMonth:
    """What holds in a month, of everybody or of one; one statement for each kind."""
    end = last_day(month)
    found: dict[WorkerId, Known] = {}
    facts = _facts(session, end, worker_id)
    years = _years(session, month.year, worker_id)
    reported = _reported(session, month, worker_id)
    for worker in {*facts, *years, *reported}:
        found[worker] = Known(facts.get(worker), years.get(worker), reported.get(worker, {}))
    lines = entries(session, month, worker_id)
    attached = {
        worker: tuple(each for each in some if each.holds(end))
        for worker, some in attachments(session, worker_id).items()
    }
    return ForMonth(
        found,
        {worker: tuple(each.entered for each in some) for worker, some in lines.items()},
        billed(session, month, worker_id),
        attached,
        taken_before(session, month, worker_id) if attached else {},
    )


def is_closed(session: Session, month: date) -> bool:
    """Whether a month is approved, so that nothing goes into it any more."""
    return find_run(session, month) is not None


def entries(
    session: Session, month: date, worker_id: WorkerId | None = None
) -> dict[WorkerId, tuple[EnteredLine, ...]]:
    """The entries of a month that hold, in the payslip's order."""
    statement = select(EnteredRow).where(EnteredRow.month == month)
    newest: dict[tuple[WorkerId, Item], EnteredLine] = {}
    for row in _rows(session, statement, EnteredRow, worker_id):
        worker = WorkerId(row.worker_id)
        newest[worker, row.item] = EnteredLine(worker, row.value(), row.by, row.at)
    found: dict[WorkerId, list[EnteredLine]] = defaultdict(list)
    for item in Item:
        for (worker, code), line in newest.items():
            if code is item and line.entered.amount.won:
                found[worker].append(line)
    return {worker: tuple(lines) for worker, lines in found.items()}


def billed(
    session: Session, month: date, worker_id: WorkerId | None = None
) -> dict[WorkerId, tuple[Billed, ...]]:
    """What agencies billed for a month."""
    statement = select(BilledRow).where(BilledRow.month == month)
    newest: dict[WorkerId, dict[str, Billed | None]] = defaultdict(dict)
    for row in _rows(session, statement, BilledRow, worker_id):
        newest[WorkerId(row.worker_id)][row.code] = row.value()
    return {
        worker: tuple(bill for bill in bills.values() if bill is not None)
        for worker, bills in newest.items()
    }


def attachments(
    session: Session, worker_id: WorkerId | None = None
) -> dict[WorkerId, tuple[Attachment, ...]]:
    """Every court's attachment as it stands now, in the order in which they came."""
    newest: dict[WorkerId, dict[str, Attachment]] = defaultdict(dict)
    for row in _rows(session, select(AttachmentRow), AttachmentRow, worker_id):
        newest[WorkerId(row.worker_id)][row.number] = row.value()
    return {worker: tuple(papers.values()) for worker, papers in newest.items()}


def taken_so_far(session: Session, worker_id: WorkerId) -> dict[str, int]:
    """Won taken from somebody's pay and severance for each order of a court, by its number."""
    found = taken_before(session, date.max, worker_id)
    return {number: won for (_, number), won in found.items()}


def facts_of(session: Session, worker_id: WorkerId) -> tuple[PayFacts, ...]:
    """Somebody's facts by the day from which they hold, the newest last; corrected ones once."""
    rows = _rows(session, select(PayFactsRow), PayFactsRow, worker_id)
    by_day = {row.since: row.value() for row in rows}
    return tuple(by_day[since] for since in sorted(by_day))


def years_of(session: Session, worker_id: WorkerId) -> tuple[YearFacts, ...]:
    """What is known of somebody's years from elsewhere."""
    rows = _rows(session, select(PayYearRow), PayYearRow, worker_id)
    by_year = {row.year: row.value() for row in rows}
    return tuple(by_year[year] for year in sorted(by_year))


def reported_of(session: Session, worker_id: WorkerId) -> tuple[Reported, ...]:
    """Somebody's reported pay by month and insurance."""
    rows = _rows(session, select(ReportedPayRow), ReportedPayRow, worker_id)
    by_month = {(row.since, row.insurance): row.value() for row in rows}
    return tuple(by_month[key] for key in sorted(by_month))


def _facts(session: Session, end: date, worker_id: WorkerId | None) -> dict[WorkerId, PayFacts]:
    statement = select(PayFactsRow).where(PayFactsRow.since <= end).order_by(PayFactsRow.since)
    rows = _rows(session, statement, PayFactsRow, worker_id)
    return {WorkerId(row.worker_id): row.value() for row in rows}


def _years(session: Session, year: int, worker_id: WorkerId | None) -> dict[WorkerId, YearFacts]:
    statement = select(PayYearRow).where(PayYearRow.year == year)
    rows = _rows(session, statement, PayYearRow, worker_id)
    return {WorkerId(row.worker_id): row.value() for row in rows}


def _reported(
    session: Session, month: date, worker_id: WorkerId | None
) -> dict[WorkerId, dict[Insurance, int]]:
    statement = select(ReportedPayRow).where(ReportedPayRow.since <= month)
    rows = _rows(session, statement.order_by(ReportedPayRow.since), ReportedPayRow, worker_id)
    newest: dict[WorkerId, dict[Insurance, Money]] = defaultdict(dict)
    for row in rows:
        newest[WorkerId(row.worker_id)][row.insurance] = row.pay
    return {
        worker: {insurance: pay.won for insurance, pay in said.items() if pay.won}
        for worker, said in newest.items()
    }


def _rows(
    session: Session, statement: Select[Any], row: Any, worker_id: WorkerId | None
) -> Iterator[Any]:
    """The rows of everybody or of one, oldest first, so that the newest comes last."""
    if worker_id is not None:
        statement = statement.where(row.worker_id == worker_id)
    yield from session.scalars(statement.order_by(row.id))
