"""What must be decided first in a month, gathered from days, terms, payslips and the law book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from factory.law.book import RateNotPublished
from factory.payroll.domain.case import PayKind
from factory.payroll.domain.insuring import Doubt, by_hours, still_holds
from factory.payroll.domain.known import Known
from factory.payroll.domain.matters import Kept, Matter, MatterKind, of_days, of_slip, together
from factory.payroll.domain.run import Slip, last_day
from factory.payroll.queries.drafts import Facts, Gathered
from factory.payroll.queries.entered import for_month
from factory.payroll.queries.runs import calculated
from factory.people import queries as people
from factory.production import queries as production
from factory.security.domain import WorkerId

TAXED_ALIKE = frozenset({PayKind.FREELANCE, PayKind.DAILY})
"""Whose tax asks for no family."""
TURNS = (MatterKind.TURNS_60, MatterKind.TURNS_65)
"""What turning the age means at which the pension ends, and the one after it."""


def matters(
    session: Session,
    found: Gathered,
    drawn: Mapping[str, Slip],
    turning: Iterable[tuple[int, int]] = (),
    aged: Iterable[tuple[int, Doubt]] = (),
    *,
    before: date = date.max,
) -> tuple[Kept, ...]:
    """What must be decided first, by kind; of open days those before a day, as today's goes on.

    `drawn` are payslips by the fingerprint of their facts, so that nobody's is calculated twice;
    `turning` says by number who turns 60 or 65, `aged` whose age speaks against an insurance.
    """
    ages = dict(turning)
    doubts = tuple(aged)
    accounts = people.with_sealed(session, "bank_account")
    known = for_month(session, found.month).known
    return together(
        (
            *(each for facts in found.people for each in _hers(facts, found, drawn, before)),
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
                _of(f, _turns(ages[f.worker.number], found))
                for f in found.people
                if f.worker.number in ages
            ),
            *(each for facts in found.people for each in _insured(facts, found, doubts)),
            *_otherwise(session, found),
            *_of_house(found),
        )
    )


def _of(facts: Facts, kind: MatterKind, days: tuple[date, ...] = ()) -> Matter:
    return Matter(kind, facts.worker.number, facts.worker.name, days)


def _turns(age: int, found: Gathered) -> MatterKind:
    ends = found.law.at(found.month).number("social_insurance.pension_ends")
    return TURNS[age > ends]


def _insured(
    facts: Facts, found: Gathered, aged: tuple[tuple[int, Doubt], ...]
) -> Iterator[Matter]:
    """Insurances that her hours or her age speak against."""
    case = facts.month.case
    mine = (doubt for number, doubt in aged if number == facts.worker.number)
    by_age = (doubt for doubt in mine if still_holds(doubt, case))
    for doubt in (*by_age, *by_hours(case, found.law.at(found.month))):
        yield _of(facts, MatterKind(doubt.value))


def _hers(
    facts: Facts, found: Gathered, drawn: Mapping[str, Slip], before: date
) -> Iterator[Matter]:
    worker = facts.worker
    if over := facts.month.waiting(before):
        yield _of(facts, MatterKind.OPEN_DAYS, over)
    sheet = found.book.sheet(worker)
    yield from of_days(worker.number, worker.name, sheet, found.month, last_day(found.month))
    try:
        slip = drawn.get(facts.fingerprint) or calculated(facts.month, found.law)
    except RateNotPublished:
        yield _of(facts, MatterKind.NOT_PUBLISHED)
    else:
        yield from of_slip(worker.number, worker.name, slip)


def _otherwise(session: Session, found: Gathered) -> Iterator[Matter]:
    """Pieces that pay does not count as her terms say, until they are entered anew."""
    days: dict[WorkerId, list[date]] = {}
    for each in production.entered_otherwise(session, found.month, last_day(found.month)):
        days.setdefault(each.worker, []).append(each.day)
    for facts in found.people:
        if facts.worker.id in days:
            when = tuple(dict.fromkeys(days[facts.worker.id]))
            yield _of(facts, MatterKind.ENTERED_OTHERWISE, when)


def _of_house(found: Gathered) -> Iterator[Matter]:
    if found.people and found.counted_month is None:
        yield Matter(MatterKind.NOT_COUNTED)
