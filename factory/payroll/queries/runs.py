"""Runs and payslips: as approved, or calculated anew from what is known now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.attendance.queries import Book
from factory.kernel.errors import NotFound
from factory.kernel.time import months_later
from factory.kernel.words import speaking
from factory.law.book import FIRST_DAY, LawBook
from factory.lawbook import queries as lawbook
from factory.payroll import records
from factory.payroll.calculate import calculate
from factory.payroll.domain.compare import Comparison, compare
from factory.payroll.domain.hours import DayHours
from factory.payroll.domain.keeping import from_body
from factory.payroll.domain.payslip import Amount, Payslip
from factory.payroll.domain.run import (
    Amounts,
    Approved,
    Entry,
    Remark,
    Run,
    Slip,
    Worked,
    last_day,
)
from factory.payroll.explain import explain, plain
from factory.payroll.queries.cases import Month
from factory.payroll.queries.drafts import Facts, draft, gathered
from factory.payroll.queries.months import month_of
from factory.payroll.queries.paydays import pay_day
from factory.payroll.records import FinalPayRow, RunRow, SlipRow
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId


def run(session: Session, month: date) -> Run:
    """A month's pay: as approved, or calculated anew from what is known now."""
    approved = records.find_run(session, month)
    if approved is None:
        found = gathered(session, month)
        paid_on = pay_day(session, month)
        entries = tuple(_fresh(each, found.law, paid_on) for each in found.people)
        return Run(month, paid_on, None, entries)
    everybody = {worker.id: worker for worker in people.workers(session)}
    kept, early = records.slips_of(session, month), records.paid_early(session, month)
    entries = tuple(
        _kept(everybody[who], row, early.get(who), approved.pay_date) for who, row in kept.items()
    )
    by_number = tuple(sorted(entries, key=lambda each: each.number))
    return Run(month, approved.pay_date, _approved(approved, everybody), by_number)


def _fresh(facts: Facts, law: LawBook, paid_on: date) -> Entry:
    slip = calculated(facts.month, law)
    return Entry(facts.worker.number, facts.worker.name, slip, facts.month.open_days, paid_on)


def _kept(worker: Worker, row: SlipRow, early: FinalPayRow | None, paid_on: date) -> Entry:
    """As approved; whoever left and was paid all of it before has it since then."""
    slip = from_body(row.body)
    day = early.paid_on if early and was_paid(early, slip) else paid_on
    return Entry(worker.number, worker.name, slip, (), day, final=True)


def was_paid(early: FinalPayRow, slip: Slip) -> bool:
    """Whether the payment at leaving was all of a payslip; what came later waits for the run."""
    return from_body(early.body).gross == slip.gross


def _approved(row: RunRow, everybody: Mapping[WorkerId, Worker]) -> Approved:
    elected = row.representative_id
    return Approved(
        by=row.approved_by,
        at=row.approved_at,
        calculated_by=row.calculated_by,
        how=row.how,
        reason=row.reason,
        representative="" if elected is None else everybody[WorkerId(elected)].name,
        elected_on=row.elected_on,
    )


def comparison(session: Session, month: date) -> Comparison:
    """A month's pay beside that of the month before, as far as the law book reaches back."""
    return compare(run(session, month), earlier_run(session, month))


def earlier_run(session: Session, month: date) -> Run | None:
    """The run of the month before: approved, drawn up, or calculated anew."""
    earlier = months_later(month, -1)
    if earlier < FIRST_DAY:
        return None
    if records.find_run(session, earlier) is None and (found := draft(session, earlier)):
        return Run(earlier, pay_day(session, earlier), None, found.entries)
    return run(session, earlier)


def entry(session: Session, worker: Worker, month: date) -> Entry:
    """Somebody's payslip of a month, or `NotFound`."""
    book = attendance.load(session, month, last_day(month), worker.id)
    found = _entry(session, worker, month, book)
    if found is None:
        raise NotFound("payslip", f"{month:%Y-%m}")
    return found


def payslips_of(session: Session, worker: Worker) -> tuple[date, ...]:
    """The months somebody has approved payslips for, newest first."""
    return tuple(records.months_of(session, worker.id))


def _entry(session: Session, worker: Worker, month: date, book: Book) -> Entry | None:
    kept = records.find_slip(session, month, worker.id)
    early = records.paid_early(session, month).get(worker.id)
    if kept is not None:
        return _kept(worker, kept, early, pay_day(session, month))
    if records.find_run(session, month) is not None:
        return None
    found = month_of(session, worker, month, book)
    if found is None:
        return None
    slip, open_days = calculated(found, lawbook.book(session)), found.open_days
    if early and was_paid(early, slip):
        paid = from_body(early.body)
        return Entry(worker.number, worker.name, paid, (), early.paid_on, final=True)
    return Entry(worker.number, worker.name, slip, open_days, found.case.pay_date)


def calculated(month: Month, book: LawBook) -> Slip:
    """A month's payslip from what was gathered."""
    slip = calculate(month.case, book, month.parts)
    more: list[Remark] = []
    if month.changed_on is not None:
        code = "terms_changed" if month.parts else "last_terms_used"
        more.append(Remark(code, month.changed_on.isoformat()))
    return as_shown(slip, tuple(more))


def as_shown(slip: Payslip, more: tuple[Remark, ...] = ()) -> Slip:
    """A calculated payslip as it is shown and kept; its reasons in the source language."""
    lines = [each for each in (*slip.earned, *slip.taken) if each.amount.won]
    with speaking("en"):
        reasons = tuple(explain(lines))
    return Slip(
        slip.gross,
        slip.non_taxable,
        slip.taxable,
        slip.net,
        tuple(_amount(each) for each in slip.earnings),
        tuple(_amount(each) for each in slip.deductions),
        tuple(_amount(each) for each in slip.employer),
        (*(Remark(each.code, each.date.isoformat()) for each in slip.warnings), *more),
        reasons,
        _worked(slip.days),
        slip.exempt,
    )


def _amount(each: Amount) -> Amounts:
    return Amounts(each.code, each.amount, plain(each.quantity), each.unit, plain(each.rate))


def _worked(days: Iterable[DayHours]) -> Worked:
    found = tuple(days)
    return Worked(
        days=len(found),
        minutes=sum(day.worked for day in found),
        overtime=int(sum(day.overtime for day in found)),
        night=sum(day.night for day in found),
        holiday=sum(day.worked for day in found if day.holiday),
    )
