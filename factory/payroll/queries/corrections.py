"""What is owed for closed months, and how each correction came about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.attendance import queries as attendance
from factory.kernel.money import Money
from factory.kernel.time import months_later
from factory.lawbook import queries as lawbook
from factory.payroll import records
from factory.payroll.domain.correction import Correction, month_in
from factory.payroll.domain.keeping import from_body
from factory.payroll.domain.matters import Matter, MatterKind
from factory.payroll.domain.run import Slip, last_day
from factory.payroll.queries.drafts import gathered
from factory.payroll.queries.months import month_of
from factory.payroll.queries.runs import calculated
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId


def known_gross(session: Session, worker: Worker, month: date) -> int:
    """What somebody earned in a closed month, by its payslip and the last correction."""
    right = records.right_grosses(session, worker.id).get((worker.id, month))
    if right is not None:
        return right.won
    kept = records.find_slip(session, month, worker.id)
    return kept.gross.won if kept else 0


def anew(session: Session, worker: Worker, month: date) -> Slip | None:
    """Somebody's closed month from what is known now, by that month's law."""
    book = attendance.load(session, month, last_day(month), worker.id)
    found = month_of(session, worker, month, book)
    return None if found is None else calculated(found, lawbook.book(session))


def corrections_of(session: Session, worker: Worker, month: date) -> tuple[Correction, ...]:
    """How somebody's closed month was corrected, oldest first, each beside what was before."""
    kept = records.find_slip(session, month, worker.id)
    before = from_body(kept.body) if kept else None
    found = []
    for row in records.corrections(session, worker.id):
        if row.month == month:
            after = from_body(row.body)
            who = {"reason": row.reason, "by": row.by}
            found.append(Correction(month=month, at=row.at, before=before, after=after, **who))
            before = after
    return tuple(found)


def reasons_of(
    session: Session, worker: Worker, slip: Slip
) -> tuple[tuple[date, tuple[Correction, ...]], ...]:
    """For each closed month that a payslip puts right: how it came about."""
    months = (month_in(each.code) for each in slip.earnings)
    known = (month for month in months if month is not None)
    return tuple((month, corrections_of(session, worker, month)) for month in known)


@dataclass(frozen=True, slots=True)
class PutRight:
    """How somebody's closed month was corrected after its payslip, and with which pay it comes."""

    corrections: tuple[Correction, ...]
    paid_with: tuple[date, ...]
    comes_with: date | None
    """The month whose pay is still to bring some of it."""


def put_right(session: Session, worker: Worker, month: date) -> PutRight:
    """What happened to a closed month since its payslip was handed over."""
    found = corrections_of(session, worker, month)
    if not found:
        return PutRight((), (), None)
    paid = records.paid_of(session, worker.id, month)
    kept = records.find_slip(session, month, worker.id)
    owed = known_gross(session, worker, month) - (kept.gross.won if kept else 0)
    last = records.last_approved(session) or month
    waits = owed != sum(paid.values()) and worker.is_here(months_later(last, 1))
    return PutRight(found, tuple(paid), months_later(last, 1) if waits else None)


def loose(session: Session, month: date) -> tuple[Matter, ...]:
    """Whose last closed month would be another if it were calculated now.

    An older one is looked at where terms were entered since that hold in it; once that is
    corrected, those after it are right as well.
    """
    before = months_later(month, -1)
    if records.last_approved(session) != before:
        return ()
    older = tuple(_older(session, before))
    known = {each.number for each in older}
    return *older, *(each for each in _changed(session, before) if each.number not in known)


def _changed(session: Session, before: date) -> Iterator[Matter]:
    rights = records.right_grosses(session)
    kept = records.slips_of(session, before)
    for each in gathered(session, before).people:
        paid = kept[each.worker.id].gross.won if each.worker.id in kept else 0
        right = rights.get((each.worker.id, before), Money(paid)).won
        slip = calculated(each.month, lawbook.book(session))
        if each.month.open_days or slip.gross != right:
            days = each.month.open_days
            who = each.worker.number, each.worker.name
            yield Matter(MatterKind.CLOSED_CHANGED, *who, days)


def _older(session: Session, before: date) -> Iterator[Matter]:
    """The first month of each, because with it those after it are calculated again."""
    runs = {m: row.approved_at for m, row in records.approved_months(session).items() if m < before}
    seen = set[WorkerId]()
    for month, approved in runs.items():
        for who, since in people.terms_entered_after(session, approved):
            if who in seen or since > last_day(month):
                continue
            worker = people.worker(session, who)
            slip = anew(session, worker, month)
            if slip is not None and slip.gross != known_gross(session, worker, month):
                seen.add(who)
                named = worker.number, worker.name
                yield Matter(MatterKind.CLOSED_CHANGED, *named, (max(since, month),))
