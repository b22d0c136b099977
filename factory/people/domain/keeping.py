"""Until when what is sealed of somebody who left is kept, by which ground, and what is then over.

What is needed for the last settlements is the house's own wish; what the law wants kept is kept as
long as it says and no longer. Facts (hours, pieces, payslips) hold numbers and chosen names alone:
they stay, so that the books stay right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.time import months_later
from factory.kernel.words import mark

YEAR = 12
SETTLING = 1
"""Years after the end of the year in which she left: insurances and tax are settled by then."""


class Ground(StrEnum):
    """Why a text is still kept."""

    SETTLING = "settling"
    LABOUR = "labour"
    TAX = "tax"

    @property
    def label(self) -> str:
        """The ground as people say it."""
        return _GROUNDS[self]


_GROUNDS = {
    Ground.SETTLING: mark("for the last settlements with her"),
    Ground.LABOUR: mark("Labor Standards Act, art. 42: workers' register, contracts, leave"),
    Ground.TAX: mark("Framework Act on National Taxes, art. 85-3: papers of taxes"),
}
GROUNDS = {
    "phone": Ground.SETTLING,
    "bank_account": Ground.SETTLING,
    "irp_account": Ground.SETTLING,
    "address": Ground.LABOUR,
    "legal_name": Ground.TAX,
    "birth_date": Ground.TAX,
}
"""Of each text the one that holds longest."""


class StillHere(Refused):
    """{name} still works here. What is sealed of her is needed."""


class NothingToErase(Refused):
    """Nothing of what is kept is due to be erased."""


@dataclass(frozen=True, slots=True)
class Years:
    """How long the law wants papers kept, in years, as it held on the day she left."""

    labour: int
    tax: int
    declared: tuple[int, int]
    """Month and day of the next year by which what was paid is declared to the tax office."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that is kept of somebody who left."""

    field: str
    ground: Ground
    until: date

    def is_due(self, on: date) -> bool:
        """Whether it is to be erased."""
        return on > self.until


def kept_until(left: date, ground: Ground, years: Years) -> date:
    """The last day on which a text is kept."""
    match ground:
        case Ground.SETTLING:
            return settled_until(left)
        case Ground.LABOUR:
            return months_later(left, years.labour * YEAR)
        case Ground.TAX:
            return months_later(date(left.year + 1, *years.declared), years.tax * YEAR)


def settled_until(left: date) -> date:
    """The last day on which something may still be to be settled with her."""
    return date(left.year + SETTLING, 12, 31)


def kept(left: date, fields: frozenset[str], years: Years) -> tuple[Kept, ...]:
    """What is kept, what is over first; a text that is not known here is kept longest."""
    grounds = ((field, GROUNDS.get(field, Ground.TAX)) for field in sorted(fields))
    return in_order(Kept(field, each, kept_until(left, each, years)) for field, each in grounds)


def in_order(found: Iterable[Kept]) -> tuple[Kept, ...]:
    """What is over first, first."""
    return tuple(sorted(found, key=lambda each: (each.until, each.field)))


def due(found: tuple[Kept, ...], on: date, *, asked: bool = False) -> tuple[str, ...]:
    """What is to be erased; at her own wish also what only the house wished to keep."""
    wished = (Ground.SETTLING,) if asked else ()
    return tuple(each.field for each in found if each.is_due(on) or each.ground in wished)


def last_day_of_all(left: date, years: Years) -> date:
    """After it no law wants anything of her kept, and her chosen name goes too."""
    return max(kept_until(left, ground, years) for ground in Ground)
