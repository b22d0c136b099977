"""Severance from own payslips, or as it was reckoned elsewhere, with what is withheld from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.kernel.money import Money
from factory.kernel.time import months_later
from factory.kernel.words import mark, speaking
from factory.law.book import LawBook
from factory.lawbook import queries as lawbook
from factory.payroll.domain.average import Average
from factory.payroll.domain.case import Garnishment
from factory.payroll.domain.leaving import NotLeaving, leaving_day
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.domain.reckoning import reckon
from factory.payroll.domain.run import Slip
from factory.payroll.domain.severance import Goes, Severance
from factory.payroll.explain import explain
from factory.payroll.queries import earlier
from factory.payroll.queries.cases import Month
from factory.payroll.queries.entered import attachments
from factory.payroll.records import severance_goes, taken_before
from factory.payroll.records.attachments import Taken
from factory.payroll.rules import garnishment, tax
from factory.payroll.rules import severance as rules
from factory.people.domain import Worker

TOO_SHORT = mark("Severance is owed from one year and from 15 hours a week on.")
UNKNOWN = mark(
    "Payslips of the three months before are not all here, so the average wage is not known."
)


def severance_of(session: Session, month: Month, book: LawBook, slip: Slip) -> Severance:
    """Severance from own payslips, or the reason why there is none."""
    worker, case = month.worker, month.case
    leaves = _leaves(worker)
    service = rules.service_days(worker.hired, leaves)
    if not rules.is_owed(service, case.terms.weekly_hours, book):
        return Severance(Money(0), reason=TOO_SHORT)
    average = _average(session, month, leaves, book)
    if average is None or not average.days:
        return Severance(Money(0), reason=UNKNOWN)
    ordinary = rules.ordinary_daily(reckon(case, book))
    owed = rules.severance(average, service, ordinary, book)
    found = _taxed(session, owed, worker, book, _orders(session, month, book, slip))
    return replace(found, stretches=average.stretches)


def severance_by_hand(
    session: Session, month: Month, book: LawBook, slip: Slip, won: Money
) -> Severance:
    """Severance that was reckoned elsewhere, with what is withheld from it."""
    inputs = (Input("amount", Fraction(won.won), "KRW", "entered by hand"),)
    owed = line("severance", "amount", inputs, "", rule="by_hand")
    orders = _orders(session, month, book, slip)
    return _taxed(session, owed, month.worker, lawbook.book(session), orders)


def taken_of(session: Session, month: Month, book: LawBook, slip: Slip, won: int) -> dict[str, int]:
    """What of severance, `won` after tax, goes to each order of a court."""
    lines = garnishment.of_severance(won, _orders(session, month, book, slip), book)
    return {number: each.amount.won for number, each in lines if each.amount.won}


def _leaves(worker: Worker) -> date:
    if worker.left is None:
        raise NotLeaving(name=worker.name)
    return leaving_day(worker.left)


def _average(session: Session, month: Month, leaves: date, book: LawBook) -> Average | None:
    worker, case = month.worker, month.case
    year_ago = months_later(case.start, -earlier.YEAR)
    paid = earlier.paid(session, (worker.id,), year_ago, leaves).get(worker.id, {})
    first, last = earlier.window(worker, leaves, book)
    rested = attendance.rests(session, first, last, worker.id).get(worker.id, frozenset())
    return earlier.average(worker, case, leaves, paid, book, rested)


def _orders(session: Session, month: Month, book: LawBook, slip: Slip) -> tuple[Garnishment, ...]:
    """The orders that hold on her last day, each with what it still claims after her last pay."""
    worker, case = month.worker, month.case
    now = garnishment.taken_by(slip.after_law, case.garnishments, book)
    before = taken_before(session, case.start, worker.id)
    return tuple(_standing(session, worker, now, before))


def _standing(
    session: Session, worker: Worker, now: dict[str, int], before: Taken
) -> Iterator[Garnishment]:
    for paper in attachments(session, worker.id).get(worker.id, ()):
        if worker.left is None or not paper.holds(worker.left):
            continue
        taken = before.get((worker.id, paper.number), 0) + now.get(paper.number, 0)
        found = replace(paper, monthly=None).order(taken)
        if found is not None:
            yield found


def _taxed(
    session: Session,
    owed: PayLine,
    worker: Worker,
    book: LawBook,
    orders: tuple[Garnishment, ...],
) -> Severance:
    leaves, goes = _leaves(worker), severance_goes(session, worker.id)
    years = rules.years_of_service(worker.hired, leaves)
    taxes = tuple(tax.retirement_tax(owed.amount.won, years, book.at(leaves)))
    won = {each.code: each.amount for each in taxes}
    withheld = 0 if goes is Goes.IRP else sum(each.won for each in won.values())
    lines = tuple(garnishment.of_severance(owed.amount.won - withheld, orders, book))
    attached = tuple(each for _, each in lines if each.amount.won)
    with speaking("en"):
        reasons = tuple(explain((owed, *taxes, *attached)))
    nothing = Money(0)
    return Severance(
        owed.amount,
        won.get("income_tax", nothing),
        won.get("local_income_tax", nothing),
        reasons,
        goes=goes,
        attached=Money.total(each.amount for each in attached),
    )
