"""Enter what pay has to know: facts about a person, and amounts for a month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.db.session import hold
from factory.kernel.time import day_of
from factory.lawbook import queries as lawbook
from factory.payroll import queries, records
from factory.payroll.calculate import calculate
from factory.payroll.domain import entered as domain
from factory.payroll.domain.entered import Entered, Item, NotHereThen
from factory.payroll.domain.known import (
    Attachment,
    Billed,
    PayFacts,
    Reported,
    YearFacts,
    checked_attachment,
    checked_facts,
    checked_reported,
)
from factory.payroll.domain.run import RunLocked, last_day
from factory.payroll.queries.months import month_of
from factory.payroll.records.entered import (
    AttachmentRow,
    BilledRow,
    EnteredRow,
    PayFactsRow,
    PayYearRow,
    ReportedPayRow,
)
from factory.people.domain import Worker
from factory.security import service as security
from factory.security.domain import Actor

NOTED = "note_pay_facts"
"""One name in the audit for all of them: it tells nobody of children or of debts."""


def set_facts(
    session: Session, worker: Worker, facts: PayFacts, *, by: Actor, at: datetime
) -> None:
    """Keep her family for tax, her insurances and her kind of work, from a day on."""
    kept = checked_facts(facts)
    insured = None if kept.insured is None else sorted(kept.insured)
    row = PayFactsRow(
        worker_id=worker.id,
        since=kept.since,
        family_members=kept.family_members,
        children=kept.children,
        percent=kept.percent,
        insured=insured,
        production_worker=kept.production_worker,
        by=by.name,
        at=at,
    )
    _note(session, worker, row, by, at)


def set_year(session: Session, worker: Worker, year: YearFacts, *, by: Actor, at: datetime) -> None:
    """Keep what is known of a year from elsewhere."""
    known = {"previous_pay": year.previous_pay, "exempt_used": year.exempt_used}
    row = PayYearRow(worker_id=worker.id, year=year.year, by=by.name, at=at, **known)
    _note(session, worker, row, by, at)


def report_pay(
    session: Session, worker: Worker, reported: Reported, *, by: Actor, at: datetime
) -> None:
    """Keep the pay that an agency reckons from, from a month on; 0 is what she earns."""
    said = checked_reported(reported)
    known = {"insurance": said.insurance, "since": said.since, "pay": said.pay}
    row = ReportedPayRow(worker_id=worker.id, by=by.name, at=at, **known)
    _note(session, worker, row, by, at)


def attach(
    session: Session, worker: Worker, attachment: Attachment, *, by: Actor, at: datetime
) -> None:
    """Keep a court's attachment, or how it stands now; nothing is taken without a court's paper."""
    held = checked_attachment(attachment)
    row = AttachmentRow(
        worker_id=worker.id,
        court=held.court,
        number=held.number,
        creditor=held.creditor,
        filed=held.filed,
        first=held.first,
        until=held.until,
        monthly=held.monthly,
        total=held.total,
        by=by.name,
        at=at,
    )
    _note(session, worker, row, by, at)


def enter(
    session: Session, worker: Worker, month: date, entered: Entered, *, by: Actor, at: datetime
) -> None:
    """Keep an amount for her month; 0 takes back what was entered before.

    Raises:
        NeverTaken, ConsentMissing, ConsentToCome, BelowZero, MoreThanEarned: not so.
        RunLocked, NotHereThen: not in this month.
    """
    _refuse_closed(session, worker, month)
    enter_closed(session, worker, month, entered, by=by, at=at)


def enter_closed(
    session: Session, worker: Worker, month: date, entered: Entered, *, by: Actor, at: datetime
) -> None:
    """The same in a month that is closed: for its correction alone."""
    _refuse_away(worker, month)
    kept = domain.checked(entered, day_of(at))
    if kept.item is Item.ADVANCE and kept.amount.won:
        domain.refuse_more_than_earned(kept, earned_so_far(session, worker, month, at=at))
    row = EnteredRow(
        worker_id=worker.id,
        month=month,
        item=kept.item,
        amount=kept.amount,
        agreed_on=kept.agreed_on if kept.item.agreed else None,
        note=kept.note.strip(),
        by=by.name,
        at=at,
    )
    _enter(session, worker, month, [row], by, at)


def bill(
    session: Session,
    worker: Worker,
    month: date,
    billed: Iterable[Billed],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Put what agencies billed in place of what was calculated; what is not named counts anew."""
    _refuse_closed(session, worker, month)
    before = {each.code: each for each in _billed(session, worker, month)}
    now = {each.code: each for each in billed}
    rows = [
        BilledRow(
            worker_id=worker.id,
            month=month,
            code=code,
            employee=now[code].employee if code in now else None,
            employer=now[code].employer if code in now else None,
            by=by.name,
            at=at,
        )
        for code in sorted(before.keys() | now.keys())
        if before.get(code) != now.get(code)
    ]
    if rows:
        _enter(session, worker, month, rows, by, at)


def earned_so_far(session: Session, worker: Worker, month: date, *, at: datetime) -> int:
    """What would be paid out if today were her last day and nothing had been advanced yet."""
    today = day_of(at)
    first_to_last = (month, last_day(month), worker.id)
    found = month_of(session, worker, month, attendance.load(session, *first_to_last))
    if found is None or today < month:
        return 0
    left = min(today, worker.left or today)
    extras = tuple(each for each in found.case.extras if each.code != Item.ADVANCE)
    case = replace(found.case, extras=extras, person=replace(found.case.person, left=left))
    parts = tuple(replace(each, person=case.person) for each in found.parts)
    return calculate(case, lawbook.book(session), parts).net


def _billed(session: Session, worker: Worker, month: date) -> tuple[Billed, ...]:
    return queries.billed(session, month, worker.id).get(worker.id, ())


def _refuse_closed(session: Session, worker: Worker, month: date) -> None:
    hold(session, "pay_run", month)
    if records.find_run(session, month) is not None:
        raise RunLocked
    _refuse_away(worker, month)


def _refuse_away(worker: Worker, month: date) -> None:
    if worker.hired > last_day(month) or (worker.left is not None and worker.left < month):
        raise NotHereThen(name=worker.name)


def _note(session: Session, worker: Worker, row: object, by: Actor, at: datetime) -> None:
    session.add(row)
    session.flush()
    security.record(session, by, NOTED, f"worker {worker.number}", at=at)


def _enter(
    session: Session,
    worker: Worker,
    month: date,
    rows: Iterable[object],
    by: Actor,
    at: datetime,
) -> None:
    session.add_all(rows)
    session.flush()
    thing = f"pay {month:%Y-%m} of worker {worker.number}"
    security.record(session, by, "enter_pay", thing, at=at)
