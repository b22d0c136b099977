"""What is entered for a month by hand, and what is never taken from pay, whatever was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.words import mark
from factory.payroll.domain.case import Extra
from factory.payroll.domain.payslip import EARNINGS, stem


class Item(StrEnum):
    """What may be entered, by the code of its line; `never.` ones are asked for and refused."""

    SEOLLAL = "bonus.seollal"
    CHUSEOK = "bonus.chuseok"
    SUMMER = "bonus.summer"
    YEAR_END = "bonus.year_end"
    PERFORMANCE = "bonus.performance"
    OTHER_BONUS = "bonus.other"
    YEAR_END_TAX = "year_end_tax"
    YEAR_END_LOCAL_TAX = "year_end_local_tax"
    HEALTH = "health_settlement"
    ADVANCE = "advance"
    MEALS = "agreed.meals"
    LODGING = "agreed.lodging"
    SAVINGS = "agreed.savings"
    DUES = "agreed.dues"
    TILL = "never.till"
    DEFECT = "never.defect"
    LATENESS = "never.lateness"
    LOAN = "never.loan"

    @property
    def label(self) -> str:
        """The line as people say it."""
        return ITEMS[self]

    @property
    def earned(self) -> bool:
        """Whether it is added to what she earned."""
        return stem(self) in EARNINGS

    @property
    def agreed(self) -> bool:
        """Whether it needs her written consent."""
        return stem(self) == "agreed"

    @property
    def never(self) -> bool:
        """Whether the law lets nobody take it from pay."""
        return stem(self) == "never"


ITEMS = {
    Item.SEOLLAL: mark("Bonus for Seollal"),
    Item.CHUSEOK: mark("Bonus for Chuseok"),
    Item.SUMMER: mark("Summer bonus"),
    Item.YEAR_END: mark("Bonus at the year's end"),
    Item.PERFORMANCE: mark("Performance bonus"),
    Item.OTHER_BONUS: mark("Another bonus"),
    Item.YEAR_END_TAX: mark("Year-end tax"),
    Item.YEAR_END_LOCAL_TAX: mark("Year-end local tax"),
    Item.HEALTH: mark("Health settlement"),
    Item.ADVANCE: mark("Advance"),
    Item.MEALS: mark("Meals she has here"),
    Item.LODGING: mark("A room of the house"),
    Item.SAVINGS: mark("Savings of her own"),
    Item.DUES: mark("Dues of the workers' circle"),
    Item.TILL: mark("money missing from the till"),
    Item.DEFECT: mark("a defect or a spoilt piece"),
    Item.LATENESS: mark("coming late"),
    Item.LOAN: mark("a loan"),
}
SETTLED = frozenset({Item.YEAR_END_TAX, Item.YEAR_END_LOCAL_TAX, Item.HEALTH})
"""What may be given back as well: a refund is entered with a minus."""


class NeverTaken(Refused):
    """Nothing is taken from wages for {what} (Labor Standards Act, art. 20, 21, 43).

    Wages are paid in full. What is owed besides is settled apart, never from pay.
    """

    field = "item"
    spoken = ("what",)


class ConsentMissing(Refused):
    """This is taken off only with her written consent. Please give the day on which she signed."""

    field = "agreed_on"


class ConsentToCome(Refused):
    """The day of her consent, {day}, is still to come."""

    field = "agreed_on"


class BelowZero(Refused):
    """Please type this amount without a minus. Only settlements can be given back."""

    field = "amount"


class MoreThanEarned(Refused):
    """Of this month {earned} is earned and not yet paid. An advance can't be more than that."""

    field = "amount"


class NotHereThen(Refused):
    """{name} is not employed in this month."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An amount for a month as somebody typed it; 0 takes back what was entered before."""

    item: Item
    amount: Money
    agreed_on: date | None = None
    """When she consented in writing, where she has to."""
    note: str = ""

    def extra(self) -> Extra:
        """The line as pay knows it: what is taken off is below zero."""
        won = self.amount.won if self.item.earned else -self.amount.won
        return Extra(self.item.value, won)


def checked(entered: Entered, today: date) -> Entered:
    """What may be entered, or the refusal that says why not."""
    if entered.item.never:
        raise NeverTaken(what=entered.item.label)
    if entered.amount < Money(0) and entered.item not in SETTLED:
        raise BelowZero
    if entered.item.agreed and entered.amount.won:
        if entered.agreed_on is None:
            raise ConsentMissing
        if entered.agreed_on > today:
            raise ConsentToCome(day=entered.agreed_on)
    return entered


def refuse_more_than_earned(entered: Entered, earned: int) -> None:
    """An advance is pay that was earned already (art. 45); `earned` is won not yet paid."""
    if entered.item is Item.ADVANCE and entered.amount.won > max(0, earned):
        raise MoreThanEarned(earned=Money(max(0, earned)))
