"""Insurances that may not fit: by age, and by short hours. They are said, and changed by nobody.

Which insurances somebody has is a fact that the office enters. Where her age or her hours speak
against it, it becomes a matter to decide, with the way to where it is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factory.kernel.time import DAY, months_later
from factory.law.book import LawAt
from factory.payroll.domain.case import Insurance, PayCase, PayKind

BY_HOURS = frozenset({Insurance.PENSION, Insurance.HEALTH})


class Doubt(StrEnum):
    """What may not fit."""

    PENSION_PAST = "pension_past_age"
    EMPLOYMENT_PAST = "employment_past_age"
    SHORT_INSURED = "short_hours_insured"
    SHORT_EMPLOYMENT = "short_hours_employment"
    EMPLOYMENT_DUE = "employment_due"


OF_AGE = {
    Doubt.PENSION_PAST: Insurance.PENSION,
    Doubt.EMPLOYMENT_PAST: Insurance.EMPLOYMENT,
}
"""Doubts that only a birth date answers, and which insurance each is about."""


@dataclass(frozen=True, slots=True)
class AgeAsked:
    """A question to a birth date that stays sealed: whether she was so old on a day."""

    age: int
    day: date


def asked_of(doubt: Doubt, case: PayCase, law: LawAt) -> AgeAsked | None:
    """What to ask of her birth date; nothing where she has no such insurance.

    The pension is paid for the month in which she turns that age, and not for the next. Employment
    insurance asks how old she was when she was taken on.
    """
    person = case.person
    if OF_AGE[doubt] not in person.insured or case.terms.kind is PayKind.FREELANCE:
        return None
    if doubt is Doubt.PENSION_PAST:
        return AgeAsked(int(law.number("social_insurance.pension_ends")), case.start - DAY)
    hired = person.hired or case.start
    return AgeAsked(int(law.number("social_insurance.employment_ends")), hired)


def still_holds(doubt: Doubt, case: PayCase) -> bool:
    """Whether she still has the insurance that her age speaks against."""
    return OF_AGE[doubt] in case.person.insured


def by_hours(case: PayCase, law: LawAt) -> Iterator[Doubt]:
    """What short hours speak against, or for; without fixed hours nothing can be said."""
    terms, insured = case.terms, case.person.insured
    if terms.kind is PayKind.FREELANCE or not terms.weekly_hours:
        return
    monthly = terms.weekly_hours * law.number("wages.weeks_of_a_month")
    short_month = monthly < law.number("social_insurance.covered_monthly")
    if short_month and insured & BY_HOURS:
        yield Doubt.SHORT_INSURED
    if short_month or terms.weekly_hours < law.number("social_insurance.covered_weekly"):
        yield from _employment(case, law)


def _employment(case: PayCase, law: LawAt) -> Iterator[Doubt]:
    """Short hours have employment insurance after three months, and not before."""
    if case.terms.kind is PayKind.DAILY:
        return
    months = int(law.number("social_insurance.covered_after"))
    stays = months_later(case.person.hired or case.start, months) <= case.end
    has = Insurance.EMPLOYMENT in case.person.insured
    if has and not stays:
        yield Doubt.SHORT_EMPLOYMENT
    if stays and not has:
        yield Doubt.EMPLOYMENT_DUE
