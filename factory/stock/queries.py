"""What is on the rail, where an order's coats are, and whether the balances are true."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Colour, Grade, Item, Style
from factory.db.replay import Difference
from factory.kernel.money import Money
from factory.kernel.words import language
from factory.stock import domain, records
from factory.stock.domain import Balance, CellBalance, Kind
from factory.stock.records import BalanceRow, MovementRow


@dataclass(frozen=True, slots=True)
class StockLine:
    """A kind of coat, its price on a day and how many are there, in the reader's words."""

    code: str
    style: str
    style_name: str
    colour: str
    colour_name: str
    size: str
    grade: Grade
    price: Money
    on_hand: int


@dataclass(frozen=True, slots=True)
class RailCell:
    """How many coats of one code are there."""

    code: str
    on_hand: int


@dataclass(frozen=True, slots=True)
class RailRow:
    """A style's coats of one colour and grade, by size."""

    colour: Colour
    grade: Grade
    cells: tuple[RailCell, ...]

    @property
    def total(self) -> int:
        """All sizes together."""
        return sum(cell.on_hand for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Rail:
    """A style's coats as the matrix of colour and size."""

    style: Style
    rows: tuple[RailRow, ...]

    @property
    def by_size(self) -> tuple[int, ...]:
        """All colours and grades together, by size."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        return tuple(sum(cell.on_hand for cell in column) for column in columns)

    @property
    def total(self) -> int:
        """All coats of the style."""
        return sum(row.total for row in self.rows)


@dataclass(frozen=True, slots=True)
class MovementLine:
    """A movement with who did it and why, and what was there after it."""

    at: datetime
    kind: Kind
    quantity: int
    after: int
    lot: str
    ref: str
    by: str
    reason: str


def on_hand(session: Session, code: str) -> int:
    """How many of a coat are there."""
    total = select(func.sum(BalanceRow.on_hand)).where(BalanceRow.item == code)
    return int(session.scalar(total) or 0)


def all_on_hand(session: Session) -> dict[str, int]:
    """How many are there, by code; coats that never came are left out."""
    total = select(BalanceRow.item, func.sum(BalanceRow.on_hand)).group_by(BalanceRow.item)
    return {code: int(there) for code, there in session.execute(total)}


def lots(session: Session, code: str) -> tuple[Balance, ...]:
    """What is there of a coat by lot, the oldest first; empty lots are left out."""
    rows = records.balances(session, code)
    return tuple(row.value() for row in rows if row.on_hand)


def list_stock(session: Session, on: date) -> tuple[StockLine, ...]:
    """Every kind of coat, also those of which none is there, with the price of a day."""
    styles = {style.number: style for style in catalogue.styles(session)}
    items = catalogue.items(session)
    prices = catalogue.prices_on(session, (item.code for item in items), on)
    there = all_on_hand(session)
    return tuple(
        _line(item, styles[item.style], prices[item.code], there.get(item.code, 0))
        for item in items
    )


def stock_line(session: Session, code: str, on: date) -> StockLine:
    """One kind of coat with the price of a day; refuses `CoatUnknown`."""
    item = catalogue.item(session, code)
    style = catalogue.style(session, item.style)
    return _line(item, style, catalogue.price_on(session, code, on), on_hand(session, code))


def _line(item: Item, style: Style, price: Money, there: int) -> StockLine:
    spoken = language()
    return StockLine(
        item.code,
        item.style,
        style.called(spoken),
        item.colour,
        style.colour(item.colour).called(spoken),
        item.size,
        item.grade,
        price,
        there,
    )


def rails(session: Session, season: str | None = None) -> tuple[Rail, ...]:
    """Every style's coats, or those of a season; second grade only where some are there."""
    there = all_on_hand(session)
    items: dict[str, list[Item]] = {}
    for item in catalogue.items(session):
        items.setdefault(item.style, []).append(item)
    styles = catalogue.styles(session, season)
    return tuple(Rail(style, _rows(style, items[style.number], there)) for style in styles)


def _rows(style: Style, items: list[Item], there: dict[str, int]) -> tuple[RailRow, ...]:
    codes = {(item.colour, item.grade, item.size): item.code for item in items}
    rows = (
        RailRow(
            colour,
            grade,
            tuple(
                RailCell(codes[key], there.get(codes[key], 0))
                for key in ((colour.code, grade, size.label) for size in style.sizes)
            ),
        )
        for grade in Grade
        for colour in style.colours
    )
    return tuple(row for row in rows if row.grade is Grade.FIRST or row.total)


def to_count(session: Session, on: date) -> tuple[StockLine, ...]:
    """Coats that were sold on a manager's word and not counted since."""
    return tuple(stock_line(session, code, on) for code in records.to_count(session))


def cell_balance(session: Session, lot: str) -> CellBalance:
    """Where the coats of an order's cell are that came to the rail."""
    return cell_balances(session, (lot,))[lot]


def cell_balances(session: Session, lots: Iterable[str]) -> dict[str, CellBalance]:
    """Where the coats of several cells are; a cell of which none came is all zero."""
    asked = tuple(dict.fromkeys(lots))
    key = (MovementRow.lot, MovementRow.kind, MovementRow.second)
    sums = (
        select(*key, func.sum(MovementRow.quantity))
        .where(MovementRow.lot.in_(asked))
        .group_by(*key)
        .order_by(MovementRow.lot)
    )
    found = dict.fromkeys(asked, CellBalance())
    for lot, moved in groupby(session.execute(sums), lambda row: row[0]):
        found[lot] = domain.cell_balance((row[1], row[2], int(row[3])) for row in moved)
    return found


def movements(session: Session, code: str) -> tuple[MovementLine, ...]:
    """A coat's movements, the newest first."""
    rows = session.scalars(
        select(MovementRow).where(MovementRow.item == code).order_by(MovementRow.id)
    )
    there, lines = 0, []
    for row in rows:
        there += row.quantity
        lines.append(
            MovementLine(
                row.at, row.kind, row.quantity, there, row.lot, row.ref, row.by, row.reason
            )
        )
    return tuple(reversed(lines))


def recomputed(session: Session) -> tuple[Difference, ...]:
    """Where a kept balance is not the sum of its movements."""
    sums = select(MovementRow.item, MovementRow.lot, func.sum(MovementRow.quantity)).group_by(
        MovementRow.item, MovementRow.lot
    )
    replayed = {(item, lot): int(total) for item, lot, total in session.execute(sums)}
    rows = session.execute(select(BalanceRow.item, BalanceRow.lot, BalanceRow.on_hand))
    kept = {(item, lot): there for item, lot, there in rows}
    return tuple(
        Difference("stock", " ".join(key).strip(), str(kept.get(key)), str(replayed.get(key)))
        for key in sorted(kept.keys() | replayed.keys())
        if kept.get(key) != replayed.get(key)
    )


def places(session: Session) -> dict[str, str]:
    """Where each kind of coat hangs, by its code."""
    return records.places(session)
