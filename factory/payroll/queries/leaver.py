"""Who leaves, what she is owed, until when, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.kernel.money import Money
from factory.kernel.time import DAY, months_later
from factory.kernel.words import mark, speaking
from factory.law.book import FIRST_DAY, LawBook
from factory.lawbook import queries as lawbook
from factory.payroll.domain.entered import SETTLED
from factory.payroll.domain.leaving import (
    NotLeaving,
    Paid,
    Severance,
    Step,
    days_left,
    leaving_day,
    pay_until,
)
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.domain.reckoning import reckon
from factory.payroll.domain.run import Slip, last_day
from factory.payroll.explain import explain
from factory.payroll.queries import earlier
from factory.payroll.queries.cases import Month, month_of
from factory.payroll.queries.entered import EnteredLine, entries
from factory.payroll.queries.runs import calculated
from factory.payroll.records.leaving import final_pay
from factory.payroll.rules import severance as rules
from factory.payroll.rules import tax
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId
from factory.security.service import sealed_fields

RECENT = 60 * DAY
"""How long whoever left and was paid stays in the list."""
TOO_SHORT = mark("Severance is owed from one year and from 15 hours a week on.")
UNKNOWN = mark(
    "Payslips of the three months before are not all here, so the average wage is not known."
)
VAULT = "worker"


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody with a last day, and how long there is to pay her."""

    worker: Worker
    left: date
    until: date
    days_left: int
    paid: Paid | None


@dataclass(frozen=True, slots=True)
class Leaving:
    """All of it for one person."""

    leaver: Leaver
    month: date
    slip: Slip
    open_days: tuple[date, ...]
    severance: Severance
    settled: tuple[EnteredLine, ...]
    has_account: bool
    interest: int
    """Per cent a year that is owed from the deadline on (Labor Standards Act, art. 37)."""

    @property
    def done(self) -> dict[Step, bool]:
        """Which steps are behind her."""
        paid = self.leaver.paid is not None
        return {
            Step.DAYS: not self.open_days,
            Step.SETTLEMENTS: bool(self.settled),
            Step.ACCOUNT: self.has_account,
            Step.PAY: paid,
        }

    @property
    def severance_unknown(self) -> bool:
        """Whether severance may be owed, and the payslips here do not tell how much."""
        return self.severance.reason == UNKNOWN

    @property
    def owed(self) -> Money:
        """Won paid out together: the last pay and severance."""
        return Money(self.slip.net) + self.severance.net


def leavers(session: Session, today: date) -> tuple[Leaver, ...]:
    """Who leaves or has left and is not paid yet, or was lately; the most urgent first."""
    paid, book = final_pay(session), lawbook.book(session)
    found = []
    for worker in people.workers(session):
        row = paid.get(worker.id)
        if worker.left is not None and (worker.left >= today - RECENT or row is None):
            found.append(_leaver(worker, worker.left, row.value() if row else None, today, book))
    waiting = (each for each in found if each.left >= FIRST_DAY)
    return tuple(sorted(waiting, key=lambda each: (each.paid is not None, each.until)))


def leaving(session: Session, worker: Worker, today: date) -> Leaving:
    """What one person is owed at leaving, and what is still to do."""
    if worker.left is None:
        raise NotLeaving(name=worker.name)
    book, month = lawbook.book(session), worker.left.replace(day=1)
    days = attendance.load(session, month, last_day(month), worker.id)
    found = month_of(session, worker, month, days)
    if found is None:
        raise NotLeaving(name=worker.name)
    row = final_pay(session, worker.id).get(worker.id)
    paid = row.value() if row else None
    lines = entries(session, month, worker.id).get(worker.id, ())
    uid = people.vault_uid(session, worker.id)
    return Leaving(
        _leaver(worker, worker.left, paid, today, book),
        month,
        calculated(found, book),
        tuple(day for day in found.open_days if day <= worker.left),
        paid.severance if paid else severance_of(session, found, book),
        tuple(line for line in lines if line.entered.item in SETTLED),
        "bank_account" in sealed_fields(session, VAULT, uid),
        int(book.at(worker.left).number("payment.late_interest") * 100),
    )


def severance_of(session: Session, month: Month, book: LawBook) -> Severance:
    """Severance from own payslips, or the reason why there is none."""
    worker, case = month.worker, month.case
    if worker.left is None:
        raise NotLeaving(name=worker.name)
    leaves = leaving_day(worker.left)
    service = rules.service_days(worker.hired, leaves)
    if not rules.is_owed(service, case.terms.weekly_hours, book):
        return Severance(Money(0), reason=TOO_SHORT)
    first = months_later(month.case.start, -earlier.YEAR)
    paid = earlier.paid(session, (worker.id,), first, leaves).get(worker.id, {})
    average = earlier.average(worker, case, leaves, paid, book)
    if average is None:
        return Severance(Money(0), reason=UNKNOWN)
    ordinary = rules.ordinary_daily(reckon(case, book))
    owed = rules.severance(average, service, ordinary, book)
    return _taxed(owed, worker, leaves, book)


def severance_by_hand(session: Session, worker: Worker, won: Money) -> Severance:
    """Severance that was reckoned elsewhere, with the tax withheld from it."""
    if worker.left is None:
        raise NotLeaving(name=worker.name)
    inputs = (Input("amount", Fraction(won.won), "KRW", "entered by hand"),)
    owed = line("severance", "amount", inputs, "", rule="by_hand")
    return _taxed(owed, worker, leaving_day(worker.left), lawbook.book(session))


def _taxed(owed: PayLine, worker: Worker, leaves: date, book: LawBook) -> Severance:
    years = rules.years_of_service(worker.hired, leaves)
    taxes = tuple(tax.retirement_tax(owed.amount.won, years, book.at(leaves)))
    with speaking("en"):
        reasons = tuple(explain((owed, *taxes)))
    won = {each.code: each.amount for each in taxes}
    nothing = Money(0)
    income, local = won.get("income_tax", nothing), won.get("local_income_tax", nothing)
    return Severance(owed.amount, income, local, reasons)


def paid_at_leaving(session: Session, month: date) -> dict[WorkerId, int]:
    """Won of a month's pay that whoever left was paid before its run."""
    rows = final_pay(session)
    return {who: row.net.won for who, row in rows.items() if row.month == month}


def steps(found: Leaving) -> Iterator[tuple[Step, bool]]:
    """The steps in their order, and whether each is done."""
    done = found.done
    return ((step, done[step]) for step in Step)


def _leaver(worker: Worker, left: date, paid: Paid | None, today: date, book: LawBook) -> Leaver:
    law = book.at(left)
    return Leaver(worker, left, pay_until(left, law), days_left(left, today, law), paid)
