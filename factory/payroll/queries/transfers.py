"""Transfer files that wait to be used and deleted, and those that the bank has."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy.orm import Session

from factory.payroll import records
from factory.payroll.domain.transfer import Attached, Made
from factory.payroll.queries.entered import attachments
from factory.people import queries as people
from factory.security.domain import WorkerId


def transfers(
    session: Session, month: date | None = None, *, gone: bool = False
) -> tuple[Made, ...]:
    """The files of closed months that are still kept, or are gone; of one month or of all."""
    made = (each for each in _made(session, gone=gone) if each.worker is None)
    return tuple(each for each in made if month is None or each.month == month)


def leavers_transfers(
    session: Session, worker_id: WorkerId | None = None, *, gone: bool = False
) -> tuple[Made, ...]:
    """The files of people who leave that are still kept, or are gone; of one person or of all."""
    made = (each for each in _made(session, gone=gone) if each.worker is not None)
    return tuple(each for each in made if worker_id is None or each.worker == worker_id)


def attached(session: Session, month: date) -> tuple[Attached, ...]:
    """What a closed month took for orders of courts, by number: the house owes it to creditors."""
    taken = records.taken_in(session, month)
    if not taken:
        return ()
    numbers = {worker.id: worker.number for worker in people.workers(session)}
    papers = {(w, each.number): each for w, some in attachments(session).items() for each in some}
    orders = Counter(who for who, _ in taken)
    found = []
    for (who, order), won in taken.items():
        paper, many = papers[who, order], orders[who] > 1
        creditor = paper.creditor
        found.append(Attached(numbers[who], paper.court, order, creditor, won, shared=many))
    return tuple(sorted(found, key=lambda each: each.number))


def _made(session: Session, *, gone: bool) -> list[Made]:
    return [row.value() for row in records.transfers_made(session, gone=gone)]
