"""What a coat is offered for where the customer brings the cloth (임가공): work, trims, margin."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from factory.kernel.errors import Refused
from factory.kernel.money import Money, Rounding

HUNDREDTHS, WHOLE = 100, 100


class MinuteCostsNothing(Refused):
    """Please say what a minute of work costs."""

    field = "rate"


@dataclass(frozen=True, slots=True)
class Quote:
    """The price of one coat and what it is made of; each part is rounded up to the won."""

    minutes: int
    """Standard time of one coat, in hundredths of a minute."""
    rate: Money
    """Won a minute: wages, insurance, rent and machines together."""
    trims: Money
    """Won a coat for what the house buys: thread, buttons, labels."""
    margin: int
    """In the hundred of work and trims."""
    coats: int = 1

    @property
    def work(self) -> Money:
        """Standard time at its cost."""
        return Money.rounded(Fraction(self.minutes * self.rate.won, HUNDREDTHS), Rounding.UP)

    @property
    def earned(self) -> Money:
        """What is added to work and trims."""
        cost = self.work.won + self.trims.won
        return Money.rounded(Fraction(cost * self.margin, WHOLE), Rounding.UP)

    @property
    def price(self) -> Money:
        """One coat, without tax."""
        return self.work + self.trims + self.earned

    @property
    def together(self) -> Money:
        """All coats."""
        return self.price * self.coats


def quote(minutes: int, rate: Money, trims: Money, margin: int, coats: int) -> Quote:
    """An offer; a minute has to cost something."""
    if rate.won <= 0:
        raise MinuteCostsNothing
    return Quote(minutes, rate, trims, margin, max(coats, 1))
