"""What each style brings beyond its cost: materials by the rolls that its lots were cut from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Style
from factory.kernel.money import Money, Rounding
from factory.kernel.words import mark, say
from factory.materials import queries as materials
from factory.materials.domain import HUNDREDTHS, BomItem, Material, in_units
from factory.production import queries as production
from factory.till import queries as till
from factory.till.domain.accounts import Margin
from factory.till.domain.costs import Bought, CostLine, Laid, cost_lines, cost_of
from factory.web.spreadsheet import spreadsheet


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of cloth on some day: rolls with their prices, and what lays took of them."""

    bought: dict[int, Bought]
    laid: tuple[Laid, ...]


@dataclass(frozen=True, slots=True)
class CoatCost:
    """Coats of one colour that take the same, and what that costs."""

    colour: str
    sizes: tuple[str, ...]
    lines: tuple[CostLine, ...]

    @property
    def cost(self) -> Money | None:
        """Cloth and trims of one coat."""
        exact = cost_of(self.lines)
        return None if exact is None else Money.rounded(exact, Rounding.HALF_UP)


@dataclass(frozen=True, slots=True)
class Explained:
    """The materials of a style, line by line, and the lots whose rolls give their price."""

    style: Style
    coats: tuple[CoatCost, ...]
    lots: tuple[tuple[Laid, Bought], ...]
    materials: dict[str, Material]


def margins(session: Session, first: date, last: date) -> tuple[Margin, ...]:
    """What each style brought in some days."""
    return till.margins(session, first, last, costs(session, last))


def costs(session: Session, until: date) -> dict[str, Fraction | None]:
    """What the materials of each coat cost, by its code; nothing where one is not known."""
    known, items = _known(session, until), _items(session)
    coats = {each.code: (each.style, each.colour, each.size) for each in catalogue.items(session)}
    of_coat = {coat: _cost(items.get(coat[0], ()), coat, known) for coat in set(coats.values())}
    return {code: of_coat[coat] for code, coat in coats.items()}


def explained(session: Session, number: str, until: date) -> Explained:
    """How the materials of a style come to their cost."""
    style, known = catalogue.style(session, number), _known(session, until)
    items = _items(session).get(number, ())
    lots = tuple(each for each in known.laid if each.style == number)
    return Explained(
        style,
        tuple(_coats(style, items, known)),
        tuple((each, known.bought[each.roll]) for each in lots),
        {each.number: each for each in materials.materials(session)},
    )


def _coats(style: Style, items: tuple[BomItem, ...], known: Known) -> Iterable[CoatCost]:
    """One for each colour; more where its sizes take differently."""
    for colour in style.colours:
        same: dict[tuple[CostLine, ...], list[str]] = {}
        for size in style.sizes:
            coat = (style.number, colour.code, size.label)
            lines = cost_lines(items, coat, known.laid, known.bought)
            same.setdefault(lines, []).append(size.label)
        yield from (CoatCost(colour.code, tuple(sizes), lines) for lines, sizes in same.items())


def _cost(items: tuple[BomItem, ...], coat: tuple[str, str, str], known: Known) -> Fraction | None:
    return cost_of(cost_lines(items, coat, known.laid, known.bought))


def _items(session: Session) -> dict[str, tuple[BomItem, ...]]:
    found: dict[str, list[BomItem]] = {}
    for each in materials.bom_of_all(session):
        found.setdefault(each.style, []).append(each)
    return {style: tuple(items) for style, items in found.items()}


def _known(session: Session, until: date) -> Known:
    taken = production.cloth_taken(session, until)
    return Known(
        {number: Bought(*each) for number, each in materials.bought(session).items()},
        tuple(
            Laid(f"{each.order} · {each.lay}", each.style, each.colour, each.roll, each.centimetres)
            for each in taken
        ),
    )


def margins_sheet(found: Iterable[Margin], names: dict[str, str]) -> bytes:
    """One row for each style."""
    head = [say("Style"), "", say("Coats"), say("Sold without tax"), say("Labour of one coat")]
    head += [say("Cloth and trims of one coat"), say("Where it is from"), say("Margin"), "%"]
    return spreadsheet([head, *(_row(each, names) for each in found)])


def _row(each: Margin, names: dict[str, str]) -> list[str | int]:
    one = each.material_of_one
    cost: tuple[str | int, str] = ("", "") if one is None else (one.won, say(source(each)))
    left: tuple[str | int, str | int] = ("", "")
    if each.is_known:
        left = (each.margin.won, each.percent)
    sold = (each.coats, each.supply.won, each.labour.won)
    return [each.style, names.get(each.style, ""), *sold, *cost, *left]


def source(each: Margin) -> str:
    """Where the cost of the materials is from."""
    return mark("by the rolls bought") if each.is_reckoned else mark("as entered")


def exactly(amount: Fraction) -> str:
    """An exact figure with two decimals at most, as people write it: 2,781.5."""
    hundredths = Money.rounded(amount * HUNDREDTHS, Rounding.HALF_UP).won
    return in_units(hundredths)
