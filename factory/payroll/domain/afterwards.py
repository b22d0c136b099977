"""Differences that turn up after somebody left and everything was paid.

What she is owed is paid. What she was paid too much is owed by her, and settled in agreement with
her: it is never taken from pay (Labor Standards Act, art. 21, 43).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark

SHORTEST = 5
"""Letters that say what was agreed."""


class About(StrEnum):
    """What a difference is of."""

    LAST_PAY = "last_pay"
    SEVERANCE = "severance"
    MONTH = "month"

    @property
    def label(self) -> str:
        """As people say it."""
        return _ABOUT[self]


_ABOUT = {
    About.LAST_PAY: mark("Last pay"),
    About.SEVERANCE: mark("Severance"),
    About.MONTH: mark("Closed month, corrected"),
}


class NothingLeft(Refused):
    """There is no difference left here. It was paid or settled already."""


class PaidByTheRun(Refused):
    """This difference is paid with the next pay run, and with its file for the bank."""


class HowSettled(Refused):
    """Please say in a few words what was agreed with her. It is kept for ever."""

    field = "reason"


@dataclass(frozen=True, slots=True)
class Settled:
    """A difference was paid, or settled in agreement; below zero she had been paid too much."""

    about: About
    month: date | None
    amount: Money
    tax: Money
    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What comes to something else now than was paid, in won before tax."""

    about: About
    right: Money
    paid: Money
    """With what was paid or settled afterwards."""
    month: date | None = None
    tax: Money = ZERO
    """Tax on what is left, withheld where it is paid."""

    @property
    def left(self) -> Money:
        """Above zero it is owed to her, below zero she was paid too much."""
        return self.right - self.paid

    @property
    def is_hers(self) -> bool:
        """Whether she is owed it."""
        return self.left > ZERO

    @property
    def by_run(self) -> bool:
        """Whether a pay run pays it by itself."""
        return self.is_hers and self.about is not About.SEVERANCE

    @property
    def to_pay(self) -> bool:
        """Whether somebody has to pay it apart."""
        return self.is_hers and self.about is About.SEVERANCE

    @property
    def net(self) -> Money:
        """What is paid out of what is left."""
        return self.left - self.tax


def difference(
    about: About,
    right: Money,
    paid: Money,
    settled: Iterable[Settled],
    *,
    month: date | None = None,
    tax: Money = ZERO,
) -> Difference:
    """What is left after what was paid or settled since; `tax` is the right one less the paid."""
    known = [each for each in settled if (each.about, each.month) == (about, month)]
    since = Money.total(each.amount for each in known)
    withheld = Money.total(each.tax for each in known)
    return Difference(about, right, paid + since, month, tax - withheld)


def refuse_settling(found: Difference | None, reason: str) -> Difference:
    """The difference that can be settled by hand, or the refusal that says why not."""
    if found is None or not found.left:
        raise NothingLeft
    if found.by_run:
        raise PaidByTheRun
    if not found.is_hers and len(reason.strip()) < SHORTEST:
        raise HowSettled
    return found
