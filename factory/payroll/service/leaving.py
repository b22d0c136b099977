"""Close the pay of whoever left: last pay, severance, settlements, and what follows after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.lawbook import queries as lawbook
from factory.payroll import queries, records
from factory.payroll.domain.afterwards import About, refuse_settling
from factory.payroll.domain.keeping import to_body
from factory.payroll.domain.leaving import (
    DaysOpen,
    NotLeaving,
    OwnHand,
    PaidAlready,
    PaidLater,
    SeveranceUnknown,
    refuse_last_day,
    refuse_payment,
)
from factory.payroll.domain.severance import (
    Goes,
    SayWhere,
    UnderThatAge,
    from_age,
    kept,
    must_be_said,
    refuse_where,
)
from factory.payroll.queries.leaver import Leaving
from factory.payroll.records import FinalPayRow, SettledRow, SeveranceGoesRow
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.security import queries as security_queries
from factory.security import service as security
from factory.security.domain import Actor


def say_where(session: Session, worker: Worker, goes: Goes, *, by: Actor, at: datetime) -> None:
    """Keep where her severance goes: into her IRP account, or to her bank account and why.

    Raises:
        NotLeaving, PaidAlready: not now.
        MoreThanSmall: the amount is not small.
        UnderThatAge: her birth date is kept, and says that she is not that old.
    """
    hold(session, "leaver", worker.id)
    found = queries.leaving(session, worker, day_of(at))
    if found.leaver.paid is not None:
        raise PaidAlready(name=worker.name, day=found.leaver.paid.on)
    law = lawbook.book(session).at(found.leaver.left)
    refuse_where(goes, found.severance.owed, law)
    if goes is Goes.AGE and "birth_date" in found.sealed:
        _refuse_young(session, worker, found.leaver.left, from_age(law), by=by, at=at)
    session.add(SeveranceGoesRow(worker_id=worker.id, goes=goes, by=by.name, at=at))
    session.flush()
    thing = f"severance of worker {worker.number}"
    security.record(session, by, "say_where", thing, at=at, after=goes.value)


def _refuse_young(
    session: Session, worker: Worker, left: date, age: int, *, by: Actor, at: datetime
) -> None:
    """Her birth date stays sealed; she sees that it was asked whether she had that age."""
    if not people_service.who_was(session, age, {worker.id: left}, by=by, at=at):
        raise UnderThatAge(age=age)


def set_last_day(
    session: Session,
    worker: Worker,
    last_day: date | None,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Set right a last day that was entered wrongly; without one, she stays.

    Raises:
        NotLeaving, PaidAlready, WorkedLater, WhyLastDay: not so.
    """
    hold(session, "leaver", worker.id)
    paid = records.final_pay(session, worker.id).get(worker.id)
    worked = queries.days_after(session, worker, last_day, day_of(at)) if last_day else ()
    refuse_last_day(worker, paid.value() if paid else None, worked, reason)
    people_service.set_last_day(session, worker, last_day, reason.strip(), by=by, at=at)


def pay_leaver(
    session: Session,
    worker: Worker,
    paid_on: date,
    *,
    severance: Money | None = None,
    reason: str = "",
    by: Actor,
    at: datetime,
) -> Leaving:
    """Keep that everything was paid, outside the month's run; it is not changed any more.

    `severance` is what was reckoned elsewhere; it counts only where the payslips here do not tell.
    A last pay that was approved with its month already is paid with that.

    Raises:
        NotLeaving, StillHere, PaidAlready, PaidLater, PaidEarlier, DaysOpen: not so.
        SeveranceUnknown: the payslips here do not tell it, and nobody has said it.
        SayWhere: nobody has said where it goes.
        OwnHand: who entered her last day needs a second person or a reason.
    """
    hold(session, "leaver", worker.id)
    found = queries.leaving(session, worker, day_of(at))
    paid = found.leaver.paid
    refuse_payment(worker.name, worker.left, paid, paid_on, day_of(at))
    refuse_open(found)
    if _entered_by(session, worker) == by.name and not reason.strip():
        raise OwnHand
    found = with_severance(session, found, severance)
    session.add(_row(session, found, paid_on, reason.strip(), by, at))
    session.flush()
    thing = f"pay {found.month:%Y-%m} of worker {worker.number}"
    security.record(session, by, "pay_leaver", thing, at=at, reason=reason.strip())
    return queries.leaving(session, worker, day_of(at))


def refuse_open(found: Leaving) -> None:
    """Nothing is paid while days of hers are open."""
    if found.open_days:
        raise DaysOpen(name=found.leaver.worker.name)


def with_severance(session: Session, found: Leaving, said: Money | None) -> Leaving:
    """What she is owed with its severance known, and said where it goes."""
    book = lawbook.book(session)
    if found.severance_unknown:
        if said is None:
            raise SeveranceUnknown
        told = queries.severance_by_hand(session, found.facts, book, found.slip, said)
        found = replace(found, severance=told)
    if must_be_said(found.severance, book.at(found.leaver.left)):
        raise SayWhere
    return found


def _entered_by(session: Session, worker: Worker) -> str:
    told = security_queries.audit(
        session, security_queries.Sought(thing=f"worker {worker.number}", what="leave")
    )
    return told[0].actor if told else ""


def _row(
    session: Session, found: Leaving, paid_on: date, reason: str, by: Actor, at: datetime
) -> FinalPayRow:
    severance = found.severance
    book, won = lawbook.book(session), (severance.owed - severance.withheld).won
    return FinalPayRow(
        worker_id=found.leaver.worker.id,
        month=found.month,
        paid_on=paid_on,
        net=ZERO if found.with_run else Money(found.slip.net),
        with_run=found.with_run,
        severance=severance.owed,
        income_tax=severance.income_tax,
        local_tax=severance.local_tax,
        attached=severance.attached,
        taken=queries.taken_of(session, found.facts, book, found.slip, won),
        goes=severance.goes,
        months=kept(severance.stretches),
        explain=list(severance.explain),
        body=to_body(found.slip),
        reason=reason,
        by=by.name,
        at=at,
    )


def settle_afterwards(
    session: Session,
    worker: Worker,
    about: About,
    month: date | None,
    day: date,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Keep that a difference was paid to her, or settled with her; nothing is taken from pay.

    Raises:
        NothingLeft, PaidByTheRun, PaidLater: not so.
        HowSettled: she owes it, and nobody has said what was agreed.
    """
    hold(session, "leaver", worker.id)
    if worker.left is None:
        raise NotLeaving(name=worker.name)
    listed = queries.differences(session, queries.leaving(session, worker, day_of(at)))
    found = next((e for e in listed if (e.about, e.month) == (about, month)), None)
    left = refuse_settling(found, reason)
    if day > day_of(at):
        raise PaidLater(day=day)
    row = SettledRow(
        worker_id=worker.id,
        about=about,
        month=month,
        amount=left.left,
        tax=left.tax,
        day=day,
        reason=reason.strip(),
        by=by.name,
        at=at,
    )
    session.add(row)
    session.flush()
    thing = f"severance of worker {worker.number}"
    security.record(session, by, "settle_afterwards", thing, at=at, reason=reason.strip())
