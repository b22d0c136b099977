"""What approved payslips say of the time before: what was free of tax, and the average wage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import BigInteger, func, select, type_coerce
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from factory.kernel.time import months_later
from factory.law.book import LawBook
from factory.payroll.calculate import calculate
from factory.payroll.domain.average import (
    Average,
    Earned,
    Earnings,
    average_wage,
    bonuses,
    earned_of,
    monthly_wages,
    period,
)
from factory.payroll.domain.case import PayCase
from factory.payroll.domain.run import last_day
from factory.payroll.records import SlipRow
from factory.people.domain import Worker
from factory.security.domain import WorkerId

YEAR = 12
LEAVE = "unused_leave"
ONE_DAY = timedelta(days=1)
Paid = Mapping[date, Earnings]
"""Somebody's approved earnings by month."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What own payslips say of this year and of the one before."""

    exempt: int = 0
    """Won of overtime, night and holiday pay left free of tax this year, before this month."""
    taxed_before: int = 0
    """Won of taxed pay in the year before."""


def sums(session: Session, month: date, worker_id: WorkerId | None = None) -> dict[WorkerId, Sums]:
    """What approved payslips of this year and the one before add up to, for everybody at once."""
    this = date(month.year, 1, 1)
    statement = select(
        SlipRow.worker_id,
        func.sum(when((SlipRow.month >= this, type_coerce(SlipRow.exempt, BigInteger)))),
        func.sum(when((SlipRow.month < this, type_coerce(SlipRow.taxable, BigInteger)))),
    ).where(SlipRow.month < month, SlipRow.month >= date(month.year - 1, 1, 1))
    if worker_id is not None:
        statement = statement.where(SlipRow.worker_id == worker_id)
    rows = session.execute(statement.group_by(SlipRow.worker_id))
    return {WorkerId(who): Sums(int(exempt or 0), int(taxed or 0)) for who, exempt, taxed in rows}


def paid(
    session: Session, workers: Iterable[WorkerId], first: date, last: date
) -> Mapping[WorkerId, Paid]:
    """Approved earnings of some people by month, with one statement."""
    wanted = tuple(workers)
    found: dict[WorkerId, dict[date, Earnings]] = defaultdict(dict)
    if not wanted:
        return found
    statement = select(SlipRow.worker_id, SlipRow.month, SlipRow.body).where(
        SlipRow.worker_id.in_(wanted), SlipRow.month.between(first, last)
    )
    for who, month, body in session.execute(statement):
        lines = tuple((each["code"], int(each["amount"])) for each in body["earnings"])
        found[WorkerId(who)][month] = lines
    return found


def average(
    worker: Worker, case: PayCase, cause: date, paid_before: Paid, book: LawBook
) -> Average | None:
    """Her average wage before the day of a cause; nothing where a month of it is not known.

    The months before come from approved payslips; of the running one her days until the cause
    count, calculated as if it had been her last.
    """
    law = book.at(cause)
    months = int(law.number("wages.average_months"))
    first, last = period(cause, months, worker.hired)
    slips = tuple(_slips(worker, paid_before))
    needed = {each for each in _months(first, last) if each < case.start}
    if not needed <= set(paid_before) or last < first:
        return None
    earned = (*earned_of(slips), *_running(case, last, book))
    year = months_later(cause, -YEAR)
    bonus = sum(bonuses(lines) for month, lines in paid_before.items() if last_day(month) >= year)
    leave = sum(won for lines in paid_before.values() for code, won in lines if code == LEAVE)
    left_out = frozenset(day for day in case.shutdowns if day < cause)
    return average_wage(
        cause, earned, law, hired=worker.hired, left_out=left_out, bonus=bonus, leave=leave
    )


def _running(case: PayCase, last: date, book: LawBook) -> Iterable[Earned]:
    """What she earned in the running month until a day."""
    if last < case.start:
        return
    until = min(last, case.end)
    person = replace(case.person, left=until)
    bare = replace(case, person=person, shutdowns={}, extras=(), unused_leave=Fraction(0))
    slip = calculate(bare, book)
    first = max(case.start, person.hired or case.start)
    wages = monthly_wages([(each.code, each.amount) for each in slip.earnings])
    yield Earned(first, until, wages)


def _slips(worker: Worker, paid_before: Paid) -> Iterable[tuple[date, date, Earnings]]:
    for month, lines in paid_before.items():
        first, last = max(month, worker.hired), last_day(month)
        yield first, min(last, worker.left or last), lines


def _months(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = months_later(month, 1)
