"""The floor's figures, each by one formula; exact, so that nobody can argue about the last digit.

Formulas and worked examples: apparel production §2. Times of operations are hundredths of a
minute, as the catalogue keeps them; lengths are centimetres; results are fractions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor, isqrt

HUNDREDTHS = 100
HUNDRED = 100


def earned_minutes(made: Iterable[tuple[int, int]]) -> Fraction:
    """Standard minutes of what was done well: pieces and the standard time of each."""
    return sum((Fraction(pieces * sam, HUNDREDTHS) for pieces, sam in made), Fraction(0))


def efficiency(earned: Fraction, clocked: int, off_standard: int = 0) -> Fraction:
    """Earned minutes in a minute on the clock, or in one in which work could be done."""
    return earned / (clocked - off_standard) if clocked > off_standard else Fraction(0)


def takt(net_minutes: int, demand: int) -> Fraction:
    """Minutes from one coat to the next, so that the demand is met."""
    return Fraction(net_minutes, demand)


def people_needed(sam: int, beat: Fraction) -> tuple[Fraction, int]:
    """How many people a coat of this standard time takes at this takt, exactly and in whole."""
    exact = Fraction(sam, HUNDREDTHS) / beat
    return exact, ceil(exact)


@dataclass(frozen=True, slots=True)
class Balance:
    """How evenly work is spread over the stations of a line; times in hundredths of a minute."""

    stations: Sequence[Fraction | int]

    @property
    def cycle(self) -> Fraction:
        """The slowest station's minutes: a coat leaves the line so often."""
        return Fraction(max(self.stations), HUNDREDTHS)

    @property
    def efficiency(self) -> Fraction:
        """The part of everybody's time that is used."""
        return Fraction(sum(self.stations), len(self.stations) * max(self.stations))

    @property
    def loss(self) -> Fraction:
        """The part that is spent waiting for the slowest."""
        return 1 - self.efficiency

    @property
    def roughness_squared(self) -> Fraction:
        """The smoothness index, squared: the squares of what each lacks to the slowest."""
        lacks = (max(self.stations) - each for each in self.stations)
        return sum((Fraction(lack * lack) for lack in lacks), Fraction(0)) / HUNDREDTHS**2

    def smoothness(self, digits: int) -> Fraction:
        """The smoothness index in minutes, to so many decimals; 0 where everybody has as much."""
        scale = 10**digits
        return Fraction((isqrt(floor(4 * self.roughness_squared * scale * scale)) + 1) // 2, scale)

    def output(self, minutes: int) -> Fraction:
        """Coats in so many minutes."""
        return minutes / self.cycle


def throughput_days(wip: int, output_per_day: int) -> Fraction:
    """How long a coat is under way (Little's law)."""
    return Fraction(wip, output_per_day)


@dataclass(frozen=True, slots=True)
class Looked:
    """What an inspection found: pieces looked at, pieces with a fault, faults in all."""

    checked: int
    defective: int
    defects: int

    @property
    def dhu(self) -> Fraction:
        """Faults in a hundred pieces; a piece can have several."""
        return Fraction(HUNDRED * self.defects, self.checked)

    @property
    def percent_defective(self) -> Fraction:
        """Pieces with a fault in a hundred."""
        return Fraction(HUNDRED * self.defective, self.checked)

    @property
    def percent_right(self) -> Fraction:
        """Pieces right the first time in a hundred."""
        return HUNDRED - self.percent_defective


@dataclass(frozen=True, slots=True)
class Ship:
    """An order in coats: ordered, cut, shipped."""

    ordered: int
    cut: int
    shipped: int

    @property
    def cut_to_ship(self) -> Fraction:
        """The part of what was cut that was shipped."""
        return Fraction(self.shipped, self.cut)

    @property
    def order_to_ship(self) -> Fraction:
        """The part of what was ordered that was shipped."""
        return Fraction(self.shipped, self.ordered)

    @property
    def cut_ratio(self) -> Fraction:
        """Coats cut for one that was ordered."""
        return Fraction(self.cut, self.ordered)


def lines_in_full_on_time(lines: Sequence[tuple[int, int, bool]]) -> Fraction:
    """The part of the lines (ordered, shipped, on time) that went out whole and on time."""
    good = sum(on_time and shipped >= ordered for ordered, shipped, on_time in lines)
    return Fraction(good, len(lines))


def pieces_on_time(lines: Sequence[tuple[int, int, bool]]) -> Fraction:
    """The part of the pieces ordered that went out on time."""
    sent = sum(min(shipped, ordered) for ordered, shipped, on_time in lines if on_time)
    return Fraction(sent, sum(ordered for ordered, _, _ in lines))


def lay_length(plies: int, marker: int, end_allowance: int) -> int:
    """Cloth in a lay, in centimetres: the marker and its two ends, in every ply."""
    return plies * (marker + end_allowance)


@dataclass(frozen=True, slots=True)
class Cloth:
    """Cloth of a cut, in centimetres: what a coat should take, and what went in and came back."""

    garments: int
    planned_each: int
    issued: int
    returned: int

    @property
    def used(self) -> int:
        """What did not come back."""
        return self.issued - self.returned

    @property
    def planned(self) -> int:
        """What it should have taken."""
        return self.garments * self.planned_each

    @property
    def excess(self) -> int:
        """What it took more than it should have."""
        return self.used - self.planned

    @property
    def utilisation(self) -> Fraction:
        """The part of the cloth used that the plan foresaw."""
        return Fraction(self.planned, self.used)


def done_by(history: Sequence[int], remaining: int, most_days: int) -> Mapping[int, Fraction]:
    """The chance that so many pieces are done within 1, 2, … days, each day as one of the past.

    Every way the days can fall is counted, so there is no chance in the answer. The days without
    any output belong into the history.
    """
    return dict(enumerate(chances(history, remaining, most_days), 1))


def chances(history: Sequence[int], remaining: int, most_days: int) -> Iterator[Fraction]:
    """The same day by day, for whoever stops when it is sure enough.

    The ways of having made 0, 1, 2, … pieces are the digits of one large number; a day that makes
    so many pieces moves all digits up by as many places, and what is done falls out at the top.
    """
    of, most = len(history), len(history) ** most_days
    width = most.bit_length() + 1
    undone = (1 << width * remaining) - 1
    ways = 1 & undone
    for day in range(1, most_days + 1):
        ways = sum(ways << width * pieces for pieces in history) & undone
        left = _digits(ways, remaining, width)
        yield 1 - Fraction(left, of**day) if of else Fraction(not remaining)


def _digits(number: int, places: int, width: int) -> int:
    """The sum of a number's digits of so many bits each: its upper half on its lower, and again."""
    while places > 1:
        places = -(-places // 2)
        cut = width * places
        number = (number & ((1 << cut) - 1)) + (number >> cut)
    return number


def day_with(chances: Mapping[int, Fraction], wanted: Fraction) -> int | None:
    """The first day by which it is done with at least this chance; none within those asked for."""
    return next((day for day, chance in sorted(chances.items()) if chance >= wanted), None)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day on the floor in the figures the board shows."""

    day: date
    earned: Fraction
    clocked: int
    off_standard: int
    looked: Looked

    @property
    def efficiency(self) -> Fraction:
        """Earned minutes in a minute on the clock."""
        return efficiency(self.earned, self.clocked)

    @property
    def on_standard(self) -> Fraction:
        """Earned minutes in a minute in which work could be done."""
        return efficiency(self.earned, self.clocked, self.off_standard)
