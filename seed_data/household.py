"""What pay knows of invented people: family for tax, allowances, pay as reported to agencies.

All of it follows from number and part alone, so that a season's chances stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from factory.kernel.money import Money
from factory.kernel.time import months_later
from factory.payroll.domain.case import Insurance
from factory.payroll.domain.known import PayFacts, Reported
from factory.people.domain import TermsKind
from factory.people.domain.allowances import Allowance, AllowanceKind
from seed_data.people import Part, Person

FULL_WEEK = 40
MEALS, FOREWOMAN, SKILL, CHILD = 100_000, 150_000, 80_000, 100_000
FAMILIES = ((1, 0), (2, 1), (1, 0), (3, 1), (2, 0), (4, 2), (1, 0), (3, 2))
"""Members with herself, and how many of them are children from 8 to 20; dealt out in turn."""
SILENT_EVERY, SMALL_CHILD_EVERY = 11, 9
"""Every so many have not handed in the tax form yet, or have a child of six at most."""
LESS, MORE = (80, 6), (120, 3)
"""Per cent of the table, and the last digit of the numbers who chose it."""
USUAL = 100
MAKES_GOODS = frozenset({Part.SEWER, Part.CUTTER})


def allowances(person: Person) -> tuple[Allowance, ...]:
    """What her terms promise each month besides: meals for everybody, by the hours agreed."""
    return tuple(_allowances(person))


def _allowances(person: Person) -> Iterator[Allowance]:
    meals = Money(MEALS * person.weekly_hours // FULL_WEEK)
    yield Allowance(AllowanceKind.MEAL, meals, non_taxable=True, ordinary_wage=True)
    if person.number % SMALL_CHILD_EVERY == 0:
        yield Allowance(AllowanceKind.CHILDCARE, Money(CHILD), non_taxable=True)
    if person.number == 1:
        yield Allowance(AllowanceKind.POSITION, Money(FOREWOMAN), ordinary_wage=True)
    if person.part is Part.CUTTER:
        yield Allowance(AllowanceKind.SKILL, Money(SKILL), ordinary_wage=True)


def tax_facts(person: Person, day: date) -> PayFacts | None:
    """Her family and her kind of work, from her first day on; nothing where she has not said."""
    if person.number % SILENT_EVERY == 0:
        return None
    members, children = FAMILIES[person.number % len(FAMILIES)]
    chosen = (percent for percent, digit in (LESS, MORE) if person.number % 10 == digit)
    return PayFacts(
        since=day,
        family_members=members,
        children=children,
        percent=next(chosen, USUAL),
        production_worker=person.part in MAKES_GOODS,
    )


def reported(person: Person, day: date) -> tuple[Reported, ...]:
    """What the agencies were told that she earns; whoever is paid by the month, the next on."""
    if person.kind is not TermsKind.MONTHLY:
        return ()
    since = day if day.day == 1 else months_later(day.replace(day=1), 1)
    told = Insurance.PENSION, Insurance.HEALTH
    return tuple(Reported(each, since, Money(person.rate)) for each in told)
