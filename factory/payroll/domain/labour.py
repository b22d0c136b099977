"""What a month's labour cost is for: each person's, spread over orders by standard minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Place = tuple[str, str]
"""An order and a style; both empty for work that no scan tells of."""
NOWHERE: Place = ("", "")
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class LabourLine:
    """What an order's style cost in labour."""

    order: str
    style: str
    hundredths: int
    """Standard minutes of what was made well for it, in hundredths."""
    won: int


def spread(
    costs: Mapping[int, int], minutes: Mapping[int, Mapping[Place, int]]
) -> tuple[LabourLine, ...]:
    """Everybody's cost by what she made for; nothing is lost and nothing is counted twice.

    Whoever has no scans, or took back more than she did, is a line of its own: the house.
    """
    won: dict[Place, int] = {}
    made: dict[Place, int] = {}
    for who, cost in costs.items():
        hers = {place: part for place, part in minutes.get(who, {}).items() if part > 0}
        for place, part in hers.items():
            made[place] = made.get(place, 0) + part
        for place, share in shares(cost, hers or {NOWHERE: 1}).items():
            won[place] = won.get(place, 0) + share
    order = sorted(won, key=lambda place: (place == NOWHERE, place))
    return tuple(LabourLine(*place, made.get(place, 0), won[place]) for place in order)


def shares(cost: int, weights: Mapping[Place, int]) -> dict[Place, int]:
    """A cost in whole won by weight; what rounding leaves goes to the largest rests."""
    whole = sum(weights.values())
    found = {place: cost * weight // whole for place, weight in weights.items()}
    rests = sorted(weights, key=lambda place: (-(cost * weights[place] % whole), place))
    for place in rests[: cost - sum(found.values())]:
        found[place] += 1
    return found


def percents(lines: Sequence[LabourLine]) -> tuple[int | None, ...]:
    """Each line's part in whole percents that make a hundred together; none where nothing is."""
    if not sum(line.won for line in lines):
        return (None,) * len(lines)
    parts = shares(HUNDRED, {(line.order, line.style): line.won for line in lines})
    return tuple(parts[line.order, line.style] for line in lines)
