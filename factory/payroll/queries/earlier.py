"""What approved payslips say of the time before: what was free of tax, and the average wage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

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
    running_wages,
)
from factory.payroll.domain.case import PayCase, PayKind
from factory.payroll.domain.payslip import stem
from factory.payroll.domain.run import last_day
from factory.payroll.records import CorrectionRow, SlipRow
from factory.people.domain import Worker
from factory.security.domain import WorkerId

YEAR = 12
MONTH = "month"
LEAVE = "unused_leave"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What somebody earned in a closed month, by its payslip or the last correction of it."""

    earnings: Earnings
    by_month: bool
    """Whether basic pay was a month's, which runs on while the factory rests."""


Paid = Mapping[date, Earlier]
"""Somebody's closed months."""


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
    """What some people earned in closed months, with two statements.

    A month that was corrected counts as it is right, whether or not the difference is paid yet.
    """
    wanted = tuple(workers)
    found: dict[WorkerId, dict[date, Earlier]] = defaultdict(dict)
    if not wanted:
        return found
    for row in (SlipRow, CorrectionRow):
        statement = select(row.worker_id, row.month, row.body).where(
            row.worker_id.in_(wanted), row.month.between(first, last)
        )
        for who, month, body in session.execute(statement.order_by(row.id)):
            found[WorkerId(who)][month] = _earlier(body)
    return found


def _earlier(body: Mapping[str, Any]) -> Earlier:
    """A payslip's earnings; what it paid for other months stands with those."""
    lines = [each for each in body["earnings"] if stem(each["code"]) != "correction"]
    by_month = any(each["code"] == "base" and each["unit"] == MONTH for each in lines)
    return Earlier(tuple((each["code"], int(each["amount"])) for each in lines), by_month)


def average(
    worker: Worker,
    case: PayCase,
    cause: date,
    paid_before: Paid,
    book: LawBook,
    rested: AbstractSet[date] = frozenset(),
) -> Average | None:
    """Her average wage before the day of a cause; nothing where a month of it is not known.

    The months before come from approved payslips; of the running one her days until the cause
    count, calculated as if it had been her last, and bonuses that were entered for it. Days on
    which the factory rested (`rested`, in earlier months) count neither with their pay nor as days
    (Decree, art. 2(1)).
    """
    law = book.at(cause)
    first, last = window(worker, cause, book)
    before = {month: each for month, each in paid_before.items() if month < case.start}
    needed = {each for each in _months(first, last) if each < case.start}
    if not needed <= set(before) or last < first:
        return None
    by_month = {month for month, each in before.items() if each.by_month}
    earned = (*earned_of(_slips(worker, before), by_month), *_running(case, last, book))
    year = months_later(cause, -YEAR)
    lately = [each for month, each in before.items() if last_day(month) >= year]
    entered = bonuses([(each.code, each.amount) for each in case.extras])
    bonus = entered + sum(bonuses(each.earnings) for each in lately)
    leave = sum(won for each in lately for code, won in each.earnings if code == LEAVE)
    here = frozenset(day for day in case.shutdowns if day < cause)
    left_out = here | frozenset(day for day in rested if day < case.start)
    return average_wage(
        cause, earned, law, hired=worker.hired, left_out=left_out, bonus=bonus, leave=leave
    )


def window(worker: Worker, cause: date, book: LawBook) -> tuple[date, date]:
    """First and last day of the months before the day of a cause."""
    return period(cause, int(book.at(cause).number("wages.average_months")), worker.hired)


def _running(case: PayCase, last: date, book: LawBook) -> Iterable[Earned]:
    """What she earned in the running month until a day."""
    if last < case.start:
        return
    until = min(last, case.end)
    person = replace(case.person, left=until)
    bare = replace(case, person=person, shutdowns={}, extras=(), unused_leave=Fraction(0))
    bare = replace(bare, lapsed=None)
    slip = calculate(bare, book)
    first = max(case.start, person.hired or case.start)
    lines = [(each.code, each.amount) for each in slip.earnings]
    running = running_wages(lines, by_month=case.terms.kind is PayKind.MONTHLY)
    yield Earned(first, until, monthly_wages(lines), running)


def _slips(worker: Worker, paid_before: Paid) -> Iterable[tuple[date, date, Earnings]]:
    for month, each in paid_before.items():
        first, last = max(month, worker.hired), last_day(month)
        yield first, min(last, worker.left or last), each.earnings


def _months(first: date, last: date) -> Iterable[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = months_later(month, 1)
