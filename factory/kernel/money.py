"""Won, in whole units; exact fractions until one named rounding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class Rounding(StrEnum):
    """How an exact amount becomes whole won."""

    UP = "up"
    DOWN = "down"
    HALF_UP = "half_up"
    CUT_TO_TEN = "cut_to_ten"


def round_exact(exact: Fraction | int, rounding: Rounding) -> int:
    """Make whole won of an exact amount; `CUT_TO_TEN` drops what is below ten won."""
    match rounding:
        case Rounding.UP:
            return ceil(exact)
        case Rounding.DOWN:
            return floor(exact)
        case Rounding.HALF_UP:
            return floor(exact + Fraction(1, 2))
        case Rounding.CUT_TO_TEN:
            return floor(exact // 10) * 10


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of whole won; may be negative."""

    won: int

    def __post_init__(self) -> None:
        if type(self.won) is not int:
            message = f"money is whole won, not {type(self.won).__name__}"
            raise TypeError(message)

    @classmethod
    def rounded(cls, exact: Fraction | int, rounding: Rounding) -> Money:
        """Round an exact amount once, in a named way."""
        return cls(round_exact(exact, rounding))

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Add amounts up; nothing is zero won."""
        return cls(sum(amount.won for amount in amounts))

    def __add__(self, other: Money) -> Money:
        return Money(self.won + other.won)

    def __sub__(self, other: Money) -> Money:
        return Money(self.won - other.won)

    def __neg__(self) -> Money:
        return Money(-self.won)

    def __mul__(self, times: int) -> Money:
        return Money(self.won * times)

    def __bool__(self) -> bool:
        return self.won != 0


ZERO = Money(0)
