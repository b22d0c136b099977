"""How many coats of a lot are looked at, and how many faulty ones are too many.

ISO 2859-1, normal inspection, single sampling, level II. An arrow of the standard's table is
followed to the plan it points to, and that plan's own sample size is taken, not the letter's.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum

LETTERS = "ABCDEFGHJKLMNPQ"
LARGEST_LOTS = (
    *(8, 15, 25, 50, 90, 150, 280, 500),
    *(1_200, 3_200, 10_000, 35_000, 150_000, 500_000),
)
"""The largest lot of each letter; the last letter has no largest."""


class Aql(StrEnum):
    """The acceptance quality limits that customers ask for, in faulty coats per hundred."""

    STRICT = "1.5"
    USUAL = "2.5"
    LENIENT = "4.0"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many are looked at; up to `accept` faulty ones the lot passes."""

    sample: int
    accept: int

    @property
    def reject(self) -> int:
        """From so many faulty ones on the lot does not pass."""
        return self.accept + 1


@dataclass(frozen=True, slots=True)
class Sampling:
    """The plan for one lot, with the letter of its size."""

    code: str
    plan: Plan
    inspect_all: bool


_LADDERS: dict[Aql, tuple[Plan, ...]] = {
    Aql.STRICT: (
        *(Plan(8, 0),) * 5,
        *(Plan(32, 1),) * 2,
        *(Plan(50, 2), Plan(80, 3), Plan(125, 5), Plan(200, 7)),
        *(Plan(315, 10), Plan(500, 14)),
        *(Plan(800, 21),) * 2,
    ),
    Aql.USUAL: (
        *(Plan(5, 0),) * 4,
        *(Plan(20, 1),) * 2,
        *(Plan(32, 2), Plan(50, 3), Plan(80, 5), Plan(125, 7)),
        *(Plan(200, 10), Plan(315, 14)),
        *(Plan(500, 21),) * 3,
    ),
    Aql.LENIENT: (
        *(Plan(3, 0),) * 3,
        *(Plan(13, 1),) * 2,
        *(Plan(20, 2), Plan(32, 3), Plan(50, 5), Plan(80, 7)),
        *(Plan(125, 10), Plan(200, 14)),
        *(Plan(315, 21),) * 4,
    ),
}
"""For each limit the plan of each letter, A to Q, arrows followed."""


def sampling(lot: int, limit: Aql) -> Sampling:
    """Find the plan for a lot; a sample as large as the lot means that every coat is looked at."""
    place = bisect_left(LARGEST_LOTS, lot)
    plan = _LADDERS[limit][place]
    everything = plan.sample >= lot
    if everything:
        plan = Plan(lot, plan.accept)
    return Sampling(LETTERS[place], plan, everything)
