"""What tax and insurances have to know of somebody, by the day from which it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.payroll.domain.case import Garnishment, Insurance, PayKind, Person

PERCENTS = (80, 100, 120)
"""What of the table she may choose to have withheld (Income Tax Decree, art. 194)."""


class MoreChildrenThanMembers(Refused):
    """The children count among the family members too. Please look at both numbers again."""

    field = "children"


class MonthWanted(Refused):
    """Please choose the first day of a month; premiums are reckoned by whole months."""

    field = "from_month"


class CutOffBackwards(Refused):
    """The attachment can't end before it begins."""

    field = "until"


class NothingClaimed(Refused):
    """A claim is more than nothing. Leave the field empty if the court's paper names no sum."""

    field = "total"


class CreditorByCode(Refused):
    """Please name the creditor by a code of letters and digits such as C-01, without a person."""

    field = "creditor"


@dataclass(frozen=True, slots=True)
class PayFacts:
    """From a day on: her family for tax, her insurances, and whether she makes things herself."""

    since: date
    family_members: int = 1
    """She herself, her spouse and all they keep, children too (Income Tax Act, art. 50)."""
    children: int = 0
    """Those of them from 8 to 20 years."""
    percent: int = 100
    insured: frozenset[Insurance] | None = None
    """Nothing said: the usual ones of her kind of pay."""
    production_worker: bool = False
    """By the list of occupations (Income Tax Decree, art. 17)."""


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What is known of a year from elsewhere, before pay was made here."""

    year: int
    previous_pay: Money = ZERO
    """Total pay of the year before, without what was free of tax."""
    exempt_used: Money = ZERO
    """Overtime, night and holiday pay of this year that was left free of tax elsewhere."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Pay that an agency reckons its premium from, from a month on; 0 is what she earns."""

    insurance: Insurance
    since: date
    pay: Money


@dataclass(frozen=True, slots=True)
class Billed:
    """What an agency has billed for a month, put in place of what was calculated."""

    code: str
    employee: Money
    employer: Money


@dataclass(frozen=True, slots=True)
class Attachment:
    """A court lets a creditor have part of her wages (Civil Execution Act, art. 246)."""

    court: str
    number: str
    """The case's number, as it stands on the court's paper."""
    creditor: str
    """A code of the house; who it is stays on the paper."""
    filed: date
    """When the order was asked for: the limits of that day hold."""
    first: date
    until: date | None = None
    monthly: Money | None = None
    """At most so much a month; nothing said: all that the law lets take."""
    total: Money | None = None
    """What is claimed in all; nothing said: it is taken until the order ends."""

    def holds(self, day: date) -> bool:
        """Whether it has to be served on a day."""
        return self.first <= day and (self.until is None or day <= self.until)

    def left(self, taken: int) -> int | None:
        """Won still claimed after what was taken; nothing where no total was said."""
        return None if self.total is None else max(0, self.total.won - taken)

    def order(self, taken: int) -> Garnishment | None:
        """The order as a month's pay serves it; nothing once its claim is met."""
        left, monthly = self.left(taken), None if self.monthly is None else self.monthly.won
        if left == 0:
            return None
        limits = [limit for limit in (left, monthly) if limit is not None]
        return Garnishment(self.number, self.filed, min(limits, default=None))


BILLABLE = ("national_pension", "health_insurance", "long_term_care", "employment_insurance")
"""Lines that agencies bill, in the payslip's order."""


@dataclass(frozen=True, slots=True)
class Known:
    """All of it for one person and month."""

    facts: PayFacts | None = None
    year: YearFacts | None = None
    reported: Mapping[Insurance, int] = field(default_factory=dict)
    exempt_here: int = 0
    """Won left free of tax in approved months of this year."""
    paid_before: int = 0
    """Taxed pay of the year before, as far as it was made here."""

    def person(self, kind: PayKind, hired: date, left: date | None) -> Person:
        """Her as insurance and tax rules need to know her."""
        facts = self.facts or PayFacts(hired)
        year = self.year or YearFacts(0)
        return Person(
            family_members=facts.family_members,
            children=facts.children,
            percent=facts.percent,
            insured=usually_insured(kind) if facts.insured is None else facts.insured,
            reported_pay=self.reported,
            production_worker=facts.production_worker,
            previous_year_pay=year.previous_pay.won or self.paid_before,
            exempt_used=year.exempt_used.won + self.exempt_here,
            hired=hired,
            left=left,
        )


def usually_insured(kind: PayKind) -> frozenset[Insurance]:
    """Day labour has employment insurance alone, freelancers none, all others all three."""
    if kind is PayKind.FREELANCE:
        return frozenset()
    return frozenset({Insurance.EMPLOYMENT}) if kind is PayKind.DAILY else frozenset(Insurance)


def checked_facts(facts: PayFacts) -> PayFacts:
    """Facts that fit together."""
    if facts.children >= max(1, facts.family_members) and facts.children:
        raise MoreChildrenThanMembers
    return facts


def checked_reported(reported: Reported) -> Reported:
    """Pay as reported, from the first of a month on."""
    if reported.since.day != 1:
        raise MonthWanted
    return reported


def checked_attachment(attachment: Attachment) -> Attachment:
    """An attachment whose days are in order and whose creditor is a code."""
    if attachment.until is not None and attachment.until < attachment.first:
        raise CutOffBackwards
    if attachment.total is not None and attachment.total <= ZERO:
        raise NothingClaimed
    code = attachment.creditor.strip()
    if not code.isascii() or not any(letter.isdigit() for letter in code):
        raise CreditorByCode
    return replace(attachment, creditor=code)
