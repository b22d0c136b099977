"""What the cutting table shows: orders to cut, an order's sheet, a lay with its bundles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Colour, Style
from factory.kernel.errors import NotFound
from factory.kernel.figures import decimal
from factory.kernel.words import mark
from factory.materials import queries as materials
from factory.orders import queries as orders
from factory.orders.domain import Order
from factory.production import records
from factory.production.domain.cutting import Lay, LayState
from factory.production.domain.metrics import Cloth
from factory.production.domain.sheet import Sheet, sheets
from factory.production.queries import orders as lays_of
from factory.production.queries import track
from factory.production.queries.bundles import bundles_of
from factory.production.queries.track import BundleLine


@dataclass(frozen=True, slots=True)
class ToCut:
    """An order in the cutter's list."""

    order: Order
    cut: int
    to_cut: int
    planned: int
    """Lays that are planned and not cut yet."""

    @property
    def styles(self) -> tuple[str, ...]:
        """The numbers of its styles."""
        return tuple(dict.fromkeys(line.style for line in self.order.lines))

    def is_late(self, day: date) -> bool:
        """Whether it should have been ready before this day."""
        return self.order.is_late(day)


@dataclass(frozen=True, slots=True)
class CutOrder:
    """An order at the cutting table."""

    order: Order
    sheets: tuple[Sheet, ...]
    lays: tuple[Lay, ...]

    @property
    def last_lay(self) -> int:
        """The number of its last lay, 0 where there is none yet."""
        return max((lay.number for lay in self.lays), default=0)

    def sheet(self, style: str) -> Sheet:
        """The sheet of one style, or `NotFound`."""
        found = next((sheet for sheet in self.sheets if sheet.style.number == style), None)
        if found is None:
            raise NotFound(mark("style"), style)
        return found


@dataclass(frozen=True, slots=True)
class LayOnTable:
    """A lay with what its lines are, and the bundles that came of it."""

    lay: Lay
    style: Style
    order: Order
    bundles: tuple[BundleLine, ...]
    shell: int = 0
    """Centimetres of shell that its coats should take; 0 where nobody has said."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be cut, and the order is still worked for."""
        return self.lay.state is LayState.PLANNED and self.order.is_open

    @property
    def lines(self) -> tuple[int, ...]:
        """The order lines that lie in it."""
        return tuple(line for line, _ in self.lay.plies)

    @property
    def metres(self) -> str:
        """Cloth used, in metres."""
        return f"{self.lay.centimetres // 100}.{self.lay.centimetres % 100:02d}"

    @property
    def metres_each(self) -> str:
        """Cloth used for one coat, in metres."""
        return decimal(Fraction(self.lay.centimetres, 100 * (self.lay.garments or 1)), 2)

    @property
    def utilisation(self) -> str:
        """The part of the cloth that the plan foresaw, in the hundred; nothing without a plan."""
        if not self.shell or not self.lay.centimetres:
            return ""
        cloth = Cloth(1, self.shell, self.lay.centimetres, 0)
        return decimal(100 * cloth.utilisation)

    def offered(self) -> dict[str, int]:
        """The planned plies, to begin with."""
        return {f"plies_{line}": plies for line, plies in self.lay.planned}

    def colour(self, line: int) -> Colour:
        """The colour of an order line."""
        return self.style.colour(self.order.line(line).colour)

    def colours(self, language: str) -> dict[int, str]:
        """What the colours of its lines are called."""
        return {line: self.colour(line).called(language) for line in self.lines}


def orders_to_cut(session: Session) -> tuple[ToCut, ...]:
    """Open orders with something left to cut, or a planned lay; those due first before others."""
    found = orders.open_orders(session)
    lays = records.lays(session, *(order.number for order in found)) if found else ()
    more = lays_of.found_of(session)
    of = {order.number: [lay for lay in lays if lay.order == order.number] for order in found}
    lines = (_to_cut(order, of[order.number], more) for order in found)
    return tuple(line for line in lines if line.to_cut or line.planned)


def _to_cut(order: Order, lays: list[Lay], found: lays_of.Found) -> ToCut:
    cut = lays_of.made_of(order.number, lays, found)
    left = sum(
        max(0, ordered - cut[line.no, size]) for line in order.lines for size, ordered in line.cells
    )
    planned = sum(lay.state is LayState.PLANNED for lay in lays)
    return ToCut(order, sum(cut.values()), left, planned)


def coats_to_cut(session: Session) -> Counter[tuple[str, str, str]]:
    """Coats of open orders that are not cut yet, by style, colour and size."""
    found: Counter[tuple[str, str, str]] = Counter()
    open_ = orders.open_orders(session)
    lays = records.lays(session, *(order.number for order in open_)) if open_ else ()
    more = lays_of.found_of(session)
    for order in open_:
        mine = (lay for lay in lays if lay.order == order.number)
        cut = lays_of.made_of(order.number, mine, more)
        for line in order.lines:
            for size, ordered in line.cells:
                found[line.style, line.colour, size] += max(0, ordered - cut[line.no, size])
    return Counter({key: count for key, count in found.items() if count})


def coats_of(found: CutOrder) -> Counter[tuple[str, str, str]]:
    """Coats of one order that are not cut yet, by style, colour and size."""
    coats: Counter[tuple[str, str, str]] = Counter()
    for sheet in found.sheets:
        for row in sheet.rows:
            for cell in row.cells:
                coats[sheet.style.number, row.colour.code, cell.size] += cell.to_cut
    return coats


def cut_order(session: Session, number: str) -> CutOrder:
    """One order with its sheets and lays."""
    order, lays = orders.order(session, number), lays_of.lays(session, number)
    numbers = dict.fromkeys(line.style for line in order.lines)
    styles = {each: catalogue.style(session, each) for each in numbers}
    made = lays_of.made_so_far(session, number)
    found = sheets(order, styles, made, _planned(lays))
    return CutOrder(order, found, lays)


def _planned(lays: Iterable[Lay]) -> Counter[tuple[int, str]]:
    """Coats of the lays that are still to be cut, by line and size."""
    found: Counter[tuple[int, str]] = Counter()
    for each in lays:
        if each.state is LayState.PLANNED:
            for line, plies in each.planned:
                found.update({(line, size): plies * count for size, count in each.marker})
    return found


def lay(session: Session, lay_id: int) -> LayOnTable:
    """One lay with its bundles."""
    found = lays_of.lay(session, lay_id)
    made = tuple(
        state for state in bundles_of(session, found.order) if state.bundle.lay == found.number
    )
    style, order = catalogue.style(session, found.style), orders.order(session, found.order)
    shell = materials.shell_of(session, _coats_of_lay(found, order))
    return LayOnTable(found, style, order, track.lines(session, made), shell)


def _coats_of_lay(lay: Lay, order: Order) -> Counter[tuple[str, str, str]]:
    coats: Counter[tuple[str, str, str]] = Counter()
    for line, plies in lay.plies:
        for size, garments in lay.marker:
            coats[lay.style, order.line(line).colour, size] += plies * garments
    return coats
