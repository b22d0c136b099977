"""What must be decided first in a month, gathered from days, terms, payslips and the law book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from factory.law.book import RateNotPublished
from factory.payroll.domain.case import PayKind
from factory.payroll.domain.known import Known
from factory.payroll.domain.matters import Kept, Matter, MatterKind, of_days, of_slip, together
from factory.payroll.domain.run import Slip, last_day
from factory.payroll.queries.drafts import Facts, Gathered
from factory.payroll.queries.entered import for_month
from factory.payroll.queries.runs import calculated
from factory.people import queries as people

TAXED_ALIKE = frozenset({PayKind.FREELANCE, PayKind.DAILY})
"""Whose tax asks for no family."""
TURNS = {60: MatterKind.TURNS_60, 65: MatterKind.TURNS_65}


def matters(
    session: Session,
    found: Gathered,
    drawn: Mapping[str, Slip],
    turning: Iterable[tuple[int, int]] = (),
) -> tuple[Kept, ...]:
    """What must be decided first, by kind.

    `drawn` are payslips by the fingerprint of their facts, so that nobody's is calculated twice;
    `turning` says by number who turns 60 or 65.
    """
    ages = dict(turning)
    accounts = people.with_sealed(session, "bank_account")
    known = for_month(session, found.month).known
    return together(
        (
            *(each for facts in found.people for each in _hers(facts, found, drawn)),
            *(
                _of(facts, MatterKind.NO_ACCOUNT)
                for facts in found.people
                if facts.worker.id not in accounts
            ),
            *(
                _of(facts, MatterKind.NO_TAX_FACTS)
                for facts in found.people
                if facts.month.case.terms.kind not in TAXED_ALIKE
                and known.get(facts.worker.id, Known()).facts is None
            ),
            *(
                _of(f, TURNS[ages[f.worker.number]])
                for f in found.people
                if f.worker.number in ages
            ),
            *_of_house(found),
        )
    )


def _of(facts: Facts, kind: MatterKind, days: tuple[date, ...] = ()) -> Matter:
    return Matter(kind, facts.worker.number, facts.worker.name, days)


def _hers(facts: Facts, found: Gathered, drawn: Mapping[str, Slip]) -> Iterator[Matter]:
    worker = facts.worker
    if facts.month.open_days:
        yield _of(facts, MatterKind.OPEN_DAYS, facts.month.open_days)
    sheet = found.book.sheet(worker)
    yield from of_days(worker.number, worker.name, sheet, found.month, last_day(found.month))
    try:
        slip = drawn.get(facts.fingerprint) or calculated(facts.month, found.law)
    except RateNotPublished:
        yield _of(facts, MatterKind.NOT_PUBLISHED)
    else:
        yield from of_slip(worker.number, worker.name, slip)


def _of_house(found: Gathered) -> Iterator[Matter]:
    if found.people and found.counted_month is None:
        yield Matter(MatterKind.NOT_COUNTED)
