"""Allowances that terms promise each month, and what of tax and wage the law makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.words import mark


class AllowanceKind(StrEnum):
    """What a monthly allowance is for; its value stands behind the dot of a payslip's line."""

    MEAL = "meal"
    CAR = "car"
    CHILDCARE = "childcare"
    POSITION = "position"
    SKILL = "skill"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The allowance as people say it."""
        return _LABELS[self]

    @property
    def may_be_free(self) -> bool:
        """Whether the law lets it free of tax, to a limit (Income Tax Act, art. 12)."""
        return self in FREE


_LABELS = {
    AllowanceKind.MEAL: mark("for meals"),
    AllowanceKind.CAR: mark("for her own car"),
    AllowanceKind.CHILDCARE: mark("for a small child"),
    AllowanceKind.POSITION: mark("for her position"),
    AllowanceKind.SKILL: mark("for her skill"),
    AllowanceKind.OTHER: mark("for something else"),
}
FREE = frozenset({AllowanceKind.MEAL, AllowanceKind.CAR, AllowanceKind.CHILDCARE})
"""Meals where none are given, her own car used for work, a child of six years at most."""
USUALLY_ORDINARY = frozenset({AllowanceKind.MEAL, AllowanceKind.POSITION, AllowanceKind.SKILL})
"""Paid each month to everybody alike, whatever is worked (Decree of the Standards Act, art. 6)."""


class AllowanceBelowZero(Refused):
    """An allowance can't be below zero. Nothing is taken from pay in this way."""

    field = "allowances"


class NeverFreeOfTax(Refused):
    """The allowance {what} is taxed like the rest of the pay; the law makes no exception for it."""

    field = "allowances"


@dataclass(frozen=True, slots=True)
class Allowance:
    """So much each month, on top of the rate."""

    kind: AllowanceKind
    amount: Money
    non_taxable: bool = False
    ordinary_wage: bool = False


def checked_allowances(allowances: Iterable[Allowance]) -> tuple[Allowance, ...]:
    """The allowances with an amount, or the refusal that says why not."""
    kept = tuple(each for each in allowances if each.amount.won)
    for each in kept:
        if each.amount < Money(0):
            raise AllowanceBelowZero
        if each.non_taxable and not each.kind.may_be_free:
            raise NeverFreeOfTax(what=each.kind)
    return kept
