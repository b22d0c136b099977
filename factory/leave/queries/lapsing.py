"""Leave that lapses: what has to be paid of it, and what can still be urged in writing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from factory.kernel.time import DAY, Period, month_of, months_later
from factory.lawbook import queries as lawbook
from factory.leave import records
from factory.leave.domain import promotion as domain
from factory.leave.domain.arising import MONTHS
from factory.leave.domain.ledger import a_year_from
from factory.leave.domain.promotion import Lapsing, Promotion
from factory.leave.queries.hers import ledger
from factory.people.domain import Worker
from factory.security.domain import WorkerId


def promotions_of(session: Session, worker_id: WorkerId) -> tuple[Promotion, ...]:
    """What was done in writing for leave of hers that lapses, the newest word of each."""
    return records.promotions(session, worker_id)


def lapsing(session: Session, worker_id: WorkerId, on: date) -> tuple[Lapsing, ...]:
    """What of her leave lapses next, with the law's days for asking her."""
    law, known = lawbook.book(session), records.promotions(session, worker_id)
    return domain.lapsing(ledger(session, worker_id, on), known, law)


def lapsed_before(
    session: Session, month: date, workers: Iterable[Worker]
) -> dict[WorkerId, Fraction]:
    """Days of leave that lapsed unused in the month before and are paid with this one."""
    return lapsed_in(session, month_of(months_later(month, -1)), workers)


def lapsed_in(
    session: Session, span: Period, workers: Iterable[Worker]
) -> dict[WorkerId, Fraction]:
    """Days of leave that lapsed unused in these days and have to be paid.

    Only those are asked for whom something can have lapsed: what arose by the law lapses with a
    year of service, what the office entered a year after it.
    """
    entered = _entered(session, span)
    found = {}
    for worker in workers:
        if worker.id in entered or _ends_a_year(worker.hired, span):
            days = _days(session, worker, span)
            if days:
                found[worker.id] = days
    return found


def _entered(session: Session, span: Period) -> frozenset[WorkerId]:
    law = lawbook.book(session)
    given = records.given_between(session, months_later(span.start, -MONTHS), span.end)
    return frozenset(who for who, day in given if a_year_from(day, law) in span)


def _ends_a_year(hired: date, span: Period) -> bool:
    """Whether a year of service ends in these days."""
    years = span.end.year - hired.year
    ends = (months_later(hired, MONTHS * each) - DAY for each in (years, years + 1) if each > 0)
    return any(end in span for end in ends)


def _days(session: Session, worker: Worker, span: Period) -> Fraction:
    """Days of hers that lapsed while she was employed, as days of her contract now."""
    hers = ledger(session, worker.id, span.end)
    known = records.promotions(session, worker.id)
    lost = domain.lapsed(hers, span.start, span.end, known)
    here = (each for each in lost if worker.left is None or worker.left > each.expires)
    minutes = sum(each.rest for each in here)
    return Fraction(minutes, hers.minutes_a_day) if hers.minutes_a_day else Fraction(0)
