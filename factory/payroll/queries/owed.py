"""What a run has to pay for months that were closed before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from factory.kernel.time import months_later
from factory.payroll import records
from factory.payroll.domain.case import Corrected
from factory.security.domain import WorkerId

Owed = dict[WorkerId, tuple[Corrected, ...]]


def owed(session: Session, month: date, worker_id: WorkerId | None = None) -> Owed:
    """What this month's run pays for closed months, by worker: as it was paid, or as it is due.

    Due it is in the next run alone: the month after the last that was approved.
    """
    last = records.last_approved(session)
    if last is None or month > months_later(last, 1):
        return {}
    pairs = _paid(session, month) if month <= last else _due(session, worker_id)
    found: Owed = {}
    for who, each in pairs:
        if worker_id is None or who == worker_id:
            found[who] = (*found.get(who, ()), each)
    return {who: tuple(sorted(each, key=lambda c: c.month)) for who, each in found.items()}


def _paid(session: Session, run: date) -> Iterator[tuple[WorkerId, Corrected]]:
    for row in records.paid_by(session, run):
        paid = row.right.won - row.amount.won
        yield WorkerId(row.worker_id), Corrected(row.month, row.right.won, paid)


def _due(session: Session, worker_id: WorkerId | None) -> Iterator[tuple[WorkerId, Corrected]]:
    """What is due; of whoever left and was paid everything nothing is taken back by a run."""
    rights = records.right_grosses(session, worker_id)
    if not rights:
        return
    paid, settled = records.paid_for(session), records.settled(session, worker_id)
    gone = records.final_pay(session, worker_id)
    for (who, month), right in rights.items():
        kept = records.find_slip(session, month, who)
        first = kept.gross.won if kept else 0
        since = sum(e.amount.won for e in settled.get(who, ()) if e.month == month)
        found = Corrected(month, right.won, first + paid.get((who, month), 0) + since)
        if found.difference > 0 or (found.difference and who not in gone):
            yield who, found
