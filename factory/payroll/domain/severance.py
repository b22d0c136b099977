"""Severance as it is paid: where it goes, what is taken off, and what its paper shows.

Since 2022-04-14 it goes into her own IRP account, and no tax is withheld then: she pays it when
she takes the money out (Income Tax Act, art. 146(2)). Into her bank account it goes only where the
law says so (Act on the Guarantee of Employees' Retirement Benefits, art. 9(2)).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark
from factory.law.book import LawAt
from factory.payroll.domain.average import YEAR, Stretch
from factory.payroll.domain.lines import up_to_hundredth


class SayWhere(Refused):
    """Please say first where her severance goes: into her IRP account, or why not."""


class MoreThanSmall(Refused):
    """Her severance is {owed}, more than {most}. It goes into her IRP account."""

    field = "goes"


class UnderThatAge(Refused):
    """By her birth date she was under {age} on her last day. It goes into her IRP account."""

    field = "goes"


class NoIrpAccount(Refused):
    """No IRP account of hers is kept. Please enter it first."""


class NothingOwed(Refused):
    """No severance is known for her, so there is no paper of it."""


class Goes(StrEnum):
    """Where severance goes; all but the first pay it to her bank account."""

    IRP = "irp"
    AGE = "age"
    SMALL = "small"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As people say it."""
        return _GOES[self]

    @property
    def taxed(self) -> bool:
        """Whether the tax is withheld now."""
        return self is not Goes.IRP


_GOES = {
    Goes.IRP: mark("Into her IRP account; no tax is taken off now"),
    Goes.AGE: mark("To her bank account: her age allows it"),
    Goes.SMALL: mark("To her bank account: the amount is small"),
    Goes.OTHER: mark("To her bank account: another case that the decree names"),
}


@dataclass(frozen=True, slots=True)
class Severance:
    """Severance with what is withheld from it."""

    owed: Money
    income_tax: Money = ZERO
    local_tax: Money = ZERO
    explain: tuple[dict[str, Any], ...] = ()
    """Each line's reason, in the source language."""
    reason: str = ""
    """Why nothing is owed, or what is not known."""
    stretches: tuple[Stretch, ...] = ()
    """The months that the average wage stands on."""
    goes: Goes | None = None
    """Where it goes; nothing where nobody has said."""
    attached: Money = ZERO
    """Won that go to a creditor because a court ordered it."""

    @property
    def tax(self) -> Money:
        """Income tax and local tax on it, withheld now or later."""
        return self.income_tax + self.local_tax

    @property
    def deferred(self) -> bool:
        """Whether the tax waits until she takes the money out of the IRP account."""
        return self.goes is Goes.IRP

    @property
    def withheld(self) -> Money:
        """Tax that is taken off now."""
        return ZERO if self.deferred else self.tax

    @property
    def net(self) -> Money:
        """What is paid out."""
        return self.owed - self.withheld - self.attached


@dataclass(frozen=True, slots=True)
class Working:
    """How an average day was found: its numbers, as they were kept with the payment."""

    wages: Fraction
    bonus: Fraction
    leave: Fraction
    share: Fraction
    """The months' part of a year's bonuses and leave."""
    days: Fraction
    average: Fraction
    """Won of an average day, up to 0.01."""
    ordinary: Fraction
    """Won of an ordinary day."""
    service: Fraction
    for_a_year: Fraction
    """Days of wage for each year of service."""
    year: Fraction

    @property
    def daily(self) -> Fraction:
        """The day that severance stands on: the higher of the two (Standards Act, art. 2(2))."""
        return max(self.average, self.ordinary)

    @property
    def by_ordinary(self) -> bool:
        """Whether the ordinary wage is the higher one."""
        return self.ordinary > self.average


def working(severance: Severance) -> Working | None:
    """How it was reckoned; nothing where it was not, or was typed in."""
    whys = {each["code"]: each for each in severance.explain}
    if "severance" not in whys:
        return None
    given = {i["name"]: Fraction(i["value"]) for i in whys["severance"]["inputs"]}
    if "calendar_days" not in given:
        return None
    share = given["months"] / YEAR
    more = (given["bonus"] + given["leave_pay"]) * share
    return Working(
        wages=given["wages"],
        bonus=given["bonus"],
        leave=given["leave_pay"],
        share=share,
        days=given["calendar_days"],
        average=up_to_hundredth((given["wages"] + more) / given["calendar_days"]),
        ordinary=given["ordinary_daily"],
        service=given["service_days"],
        for_a_year=given["days"],
        year=given["year"],
    )


def refuse_where(goes: Goes, owed: Money, law: LawAt) -> None:
    """Refuse to call an amount small that is not."""
    most = small(law)
    if goes is Goes.SMALL and owed > most:
        raise MoreThanSmall(owed=owed, most=most)


def small(law: LawAt) -> Money:
    """Up to this severance need not go into an IRP account."""
    return Money(int(law.number("payment.severance_small")))


def from_age(law: LawAt) -> int:
    """Whoever leaves at this age or later need not have it in an IRP account."""
    return int(law.number("payment.severance_from_age"))


def must_be_said(severance: Severance, law: LawAt) -> bool:
    """Whether somebody has to say where it goes before it is paid."""
    return severance.goes is None and severance.owed > small(law)


@dataclass(frozen=True, slots=True)
class Statement:
    """All that the paper of somebody's severance shows."""

    number: int
    name: str
    hired: date
    left: date
    until: date
    """The last day on which it may be paid (art. 36)."""
    severance: Severance
    last_pay: Money
    """What arrives of her last pay, which is paid with it or by its month's run."""
    paid_on: date | None = None

    @property
    def service(self) -> int:
        """Days of service."""
        return (self.left - self.hired).days + 1


def kept(stretches: Iterable[Stretch]) -> list[dict[str, Any]]:
    """Months as JSON can hold them."""
    return [
        {
            "first": each.first.isoformat(),
            "last": each.last.isoformat(),
            "days": each.days,
            "left_out": each.left_out,
            "wages": f"{each.wages.numerator}/{each.wages.denominator}",
        }
        for each in stretches
    ]


def stretches_of(kept_months: Iterable[Mapping[str, Any]]) -> tuple[Stretch, ...]:
    """Months from what was kept."""
    return tuple(
        Stretch(
            date.fromisoformat(each["first"]),
            date.fromisoformat(each["last"]),
            each["days"],
            each["left_out"],
            Fraction(each["wages"]),
        )
        for each in kept_months
    )
