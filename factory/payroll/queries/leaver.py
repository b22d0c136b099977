"""Who leaves, what she is owed, until when, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.kernel.money import ZERO, Money
from factory.kernel.time import DAY
from factory.law.book import FIRST_DAY, LawBook
from factory.lawbook import queries as lawbook
from factory.payroll import records
from factory.payroll.domain.entered import SETTLED
from factory.payroll.domain.keeping import from_body
from factory.payroll.domain.leaving import NotLeaving, Paid, Step, days_left, pay_until
from factory.payroll.domain.run import Slip, last_day
from factory.payroll.domain.severance import Severance, Statement, must_be_said
from factory.payroll.queries.cases import Month
from factory.payroll.queries.entered import EnteredLine, entries
from factory.payroll.queries.months import month_of
from factory.payroll.queries.runs import calculated
from factory.payroll.queries.severance import UNKNOWN, severance_of
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId
from factory.security.service import sealed_fields

RECENT = 60 * DAY
"""How long whoever left and was paid stays in the list."""
VAULT = "worker"


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody with a last day, and how long there is to pay her."""

    worker: Worker
    left: date
    until: date
    days_left: int
    paid: Paid | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """All of it for one person."""

    leaver: Leaver
    month: date
    slip: Slip
    """Her last pay: as approved with its month, or calculated now."""
    approved: bool
    """Whether her last month is approved, so that its run pays it."""
    open_days: tuple[date, ...]
    severance: Severance
    severance_now: Severance
    """What severance comes to by what is known now; the same until it is paid."""
    must_say: bool
    """Whether somebody has to say where severance goes."""
    settled: tuple[EnteredLine, ...]
    sealed: frozenset[str]
    """What the vault keeps of her, by name."""
    interest: int
    """Per cent a year that is owed from the deadline on (Labor Standards Act, art. 37)."""
    facts: Month

    @property
    def has_account(self) -> bool:
        """Whether everything can be transferred: wages, and severance where it goes to an IRP."""
        needed = {"bank_account"} | ({"irp_account"} if self.severance.deferred else set())
        return needed <= self.sealed

    @property
    def done(self) -> dict[Step, bool]:
        """Which steps are behind her."""
        return {
            Step.DAYS: not self.open_days,
            Step.SETTLEMENTS: bool(self.settled),
            Step.SEVERANCE: not self.must_say,
            Step.ACCOUNT: self.has_account,
            Step.PAY: self.leaver.paid is not None,
        }

    @property
    def severance_unknown(self) -> bool:
        """Whether severance may be owed, and the payslips here do not tell how much."""
        return self.severance.reason == UNKNOWN

    @property
    def with_run(self) -> bool:
        """Whether the last pay is paid with its month's run, and not here."""
        paid = self.leaver.paid
        return self.approved if paid is None else paid.with_run

    @property
    def last_pay(self) -> Money:
        """Won of the last pay: as it was paid, or as it is owed."""
        paid = self.leaver.paid
        return Money(self.slip.net) if paid is None or paid.with_run else paid.net

    @property
    def owed(self) -> Money:
        """Won paid out together here: severance, and the last pay unless its run pays it."""
        return self.severance.net + (ZERO if self.with_run else self.last_pay)

    @property
    def statement(self) -> Statement:
        """What the paper of her severance shows."""
        who, paid = self.leaver.worker, self.leaver.paid
        return Statement(
            who.number,
            who.name,
            who.hired,
            self.leaver.left,
            self.leaver.until,
            self.severance,
            self.last_pay,
            paid.on if paid else None,
        )


def leavers(session: Session, today: date) -> tuple[Leaver, ...]:
    """Who leaves or has left and is not paid yet, or was lately; the most urgent first."""
    paid, book = records.final_pay(session), lawbook.book(session)
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
    found = _gathered(session, worker, month)
    row = records.final_pay(session, worker.id).get(worker.id)
    paid = row.value() if row else None
    kept = records.find_slip(session, month, worker.id)
    slip = from_body(kept.body) if kept else calculated(found, book)
    now = severance_of(session, found, book, slip)
    severance = paid.severance if paid else now
    lines = entries(session, month, worker.id).get(worker.id, ())
    law = book.at(worker.left)
    return Leaving(
        leaver=_leaver(worker, worker.left, paid, today, book),
        month=month,
        slip=slip,
        approved=kept is not None,
        open_days=found.waiting(min(today, worker.left) + DAY),
        severance=severance,
        severance_now=now,
        must_say=paid is None and must_be_said(severance, law),
        settled=tuple(line for line in lines if line.entered.item in SETTLED),
        sealed=sealed_fields(session, VAULT, people.vault_uid(session, worker.id)),
        interest=int(law.number("payment.late_interest") * 100),
        facts=found,
    )


def _gathered(session: Session, worker: Worker, month: date) -> Month:
    days = attendance.load(session, month, last_day(month), worker.id)
    found = month_of(session, worker, month, days)
    if found is None:
        raise NotLeaving(name=worker.name)
    return found


def without_corrections(session: Session, found: Leaving) -> Slip:
    """Her last pay without what it puts right of closed months."""
    case = replace(found.facts.case, corrections=())
    return calculated(replace(found.facts, case=case), lawbook.book(session))


def paid_at_leaving(session: Session, month: date) -> dict[WorkerId, int]:
    """Won of a month's pay that whoever left was paid before its run."""
    rows = records.final_pay(session)
    return {
        who: row.net.won for who, row in rows.items() if row.month == month and not row.with_run
    }


def steps(found: Leaving) -> Iterator[tuple[Step, bool]]:
    """The steps in their order, and whether each is done."""
    done = found.done
    return ((step, done[step]) for step in Step)


def _leaver(worker: Worker, left: date, paid: Paid | None, today: date, book: LawBook) -> Leaver:
    law = book.at(left)
    return Leaver(worker, left, pay_until(left, law), days_left(left, today, law), paid)
