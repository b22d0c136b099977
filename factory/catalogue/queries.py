"""Styles, coats, prices and ways of work for pages and other rooms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, func, select
from sqlalchemy.orm import Session

from factory.catalogue import records
from factory.catalogue.domain import (
    CareLabel,
    CoatUnknown,
    Colour,
    ColourUnknown,
    Grade,
    Item,
    Maker,
    Named,
    NoPriceYet,
    NoRouting,
    Operation,
    Price,
    Routing,
    Season,
    Style,
    StyleUnknown,
    Tag,
)
from factory.catalogue.domain.measures import Measure, MeasureTable
from factory.catalogue.records import (
    ColourRow,
    ItemRow,
    PictureRow,
    PriceRow,
    RoutingRow,
    SeasonRow,
    StepRow,
    StyleRow,
)
from factory.db import quick
from factory.kernel.errors import NotFound
from factory.kernel.money import Money
from factory.kernel.words import mark


@dataclass(frozen=True, slots=True)
class StyleLine:
    """A style as lists show it: with its price on a day and its way of work, where it has them."""

    style: Style
    price: Money | None
    routing: Routing | None


MOST_REMEMBERED = 200
_routings: dict[str, Routing] = {}
"""Ways of work by their random uid; one never changes, so whoever read it once knows it."""


def seasons(session: Session) -> tuple[Season, ...]:
    """Every season, the newest code first."""
    rows = session.scalars(select(SeasonRow).order_by(SeasonRow.code.desc()))
    return tuple(row.value() for row in rows)


def styles(session: Session, season: str | None = None) -> tuple[Style, ...]:
    """Every style, or those of a season, by number."""
    statement = select(StyleRow).order_by(StyleRow.number)
    if season is not None:
        statement = statement.where(StyleRow.season == season)
    return records.load_styles(session, session.scalars(statement).all())


def style_lines(session: Session, day: date, season: str | None = None) -> tuple[StyleLine, ...]:
    """Every style, or those of a season, with the price of a day and how it is made."""
    found = styles(session, season)
    prices = _held(session, {style.number for style in found}, day)
    return tuple(
        StyleLine(
            style,
            prices.get((style.number, Grade.FIRST)),
            newest_routing(session, style.number),
        )
        for style in found
    )


def style(session: Session, number: str) -> Style:
    """The style of that number, or `StyleUnknown` (a `NotFound`)."""
    row = session.get(StyleRow, number)
    if row is None:
        raise StyleUnknown(number)
    return records.load_styles(session, [row])[0]


def care_label(session: Session, style_number: str) -> CareLabel | None:
    """What the label says that is sewn into a style, if it was entered."""
    return records.newest_care(session, style_number)


def measure_table(session: Session, style_number: str) -> MeasureTable | None:
    """The finished measures of a style with who entered them and when, if there are any."""
    found = records.newest_measures(session, style_number)
    return found if found and found.measures else None


def measures(session: Session, style_number: str) -> tuple[Measure, ...]:
    """The finished measures of a style; none, if none were entered."""
    found = measure_table(session, style_number)
    return found.measures if found else ()


def usual_maker(session: Session) -> Maker | None:
    """Who stood on the label that was entered last."""
    found = records.newest_care(session)
    return None if found is None else found.maker


def colours(session: Session) -> tuple[Colour, ...]:
    """Every colour that any style is made in, by code; of several names the newest."""
    rows = session.scalars(select(ColourRow).order_by(ColourRow.id))
    found = {row.code: row.value() for row in rows}
    return tuple(found[code] for code in sorted(found))


def items(session: Session, style: str | None = None) -> tuple[Item, ...]:
    """Every kind of coat, or those of a style, in the order of their codes."""
    statement = select(ItemRow).order_by(ItemRow.number)
    if style is not None:
        statement = statement.where(ItemRow.style == style)
    return tuple(row.value() for row in session.scalars(statement))


def item(session: Session, code: str) -> Item:
    """The coat of that code, or `CoatUnknown`."""
    row = session.get(ItemRow, code)
    if row is None:
        raise CoatUnknown
    return row.value()


def item_of(session: Session, style: str, colour: str, size: str, grade: Grade) -> Item:
    """The coat of that style, colour, size and grade; refuses what is not made like that."""
    found = session.scalar(
        select(ItemRow).where(
            ItemRow.style == style,
            ItemRow.colour == colour,
            ItemRow.size == size,
            ItemRow.grade == grade,
        )
    )
    return found.value() if found is not None else _refuse(session, style, colour, size)


def _refuse(session: Session, number: str, colour: str, size: str) -> Item:
    found = style(session, number)
    found.size(size)
    raise ColourUnknown(style=number, colour=colour)


def routing(session: Session, style: str) -> Routing:
    """The newest way of work of a style, or `NoRouting`."""
    found = newest_routing(session, style)
    if found is None:
        raise NoRouting(style=style)
    return found


def newest_routing(session: Session, style: str) -> Routing | None:
    """The newest way of work of a style, if it has one."""
    newest = (
        select(RoutingRow.uid)
        .where(RoutingRow.style == style)
        .order_by(RoutingRow.version.desc())
        .limit(1)
    )
    uid = session.scalar(newest)
    return None if uid is None else routing_by_uid(session, uid)


def routing_by_uid(session: Session, uid: str) -> Routing:
    """A way of work by its uid; remembered in memory, since it never changes."""
    known = _routings.get(uid)
    return known if known is not None else _remembered(_read_routing(session, uid))


def _remembered(found: Routing) -> Routing:
    if len(_routings) >= MOST_REMEMBERED:
        _routings.clear()
    _routings[found.uid] = found
    return found


def _read_routing(session: Session, uid: str) -> Routing:
    row = session.get(RoutingRow, uid)
    if row is None:
        raise NotFound(mark("routing"), uid)
    statement = select(StepRow).where(StepRow.routing == uid).order_by(StepRow.place)
    steps = tuple(step.value() for step in session.scalars(statement))
    return Routing(row.uid, row.style, row.version, steps)


def operations(session: Session) -> tuple[Operation, ...]:
    """Every operation that any style's newest way of work has, by code."""
    found: dict[str, Operation] = {}
    for number in session.scalars(select(StyleRow.number).order_by(StyleRow.number)):
        way = newest_routing(session, number)
        found |= {step.code: step.operation for step in way.steps} if way else {}
    return tuple(found[code] for code in sorted(found))


def prices(session: Session, style: str) -> tuple[Price, ...]:
    """Every price of a style, the newest first."""
    statement = select(PriceRow).where(PriceRow.style == style)
    rows = session.scalars(statement.order_by(PriceRow.since.desc(), PriceRow.id.desc()))
    return tuple(row.value() for row in rows)


def prices_of(session: Session, style: str, day: date) -> dict[Grade, Money]:
    """What a style's coats cost on a day, by grade."""
    held = _held(session, {style}, day)
    return {grade: held[style, grade] for grade in Grade if (style, grade) in held}


def price_on(session: Session, item_code: str, day: date) -> Money:
    """What a coat costs on a day, VAT included."""
    return prices_on(session, (item_code,), day)[item_code]


def prices_on(session: Session, codes: Iterable[str], day: date) -> dict[str, Money]:
    """What coats cost on a day, by code; refuses `CoatUnknown` and `NoPriceYet`."""
    asked = sorted(set(codes))
    rows = session.scalars(select(ItemRow).where(ItemRow.code.in_(asked))).all()
    if len(rows) < len(asked):
        raise CoatUnknown
    held = _held(session, {row.style for row in rows}, day)
    for row in rows:
        if (row.style, row.grade) not in held:
            raise NoPriceYet(style=row.style, day=day)
    return {row.code: held[row.style, row.grade] for row in rows}


def _held(session: Session, styles: set[str], day: date) -> dict[tuple[str, Grade], Money]:
    statement = (
        select(PriceRow.style, PriceRow.grade, PriceRow.price)
        .where(PriceRow.style.in_(styles), PriceRow.since <= day)
        .order_by(PriceRow.since, PriceRow.id)
    )
    return {(style, grade): price for style, grade, price in session.execute(statement)}


ITEMS, STYLES, COLOURS, PRICES = (
    cast(Table, row.__table__) for row in (ItemRow, StyleRow, ColourRow, PriceRow)
)
_COLOUR = and_(COLOURS.c.style == ITEMS.c.style, COLOURS.c.code == ITEMS.c.colour)
_NAMED = (
    select(
        *(ITEMS.c.code, ITEMS.c.style, ITEMS.c.colour, ITEMS.c.size, ITEMS.c.grade),
        STYLES.c.name.label("style_name"),
        STYLES.c.name_en.label("style_name_en"),
        func.coalesce(COLOURS.c.name, ITEMS.c.colour).label("colour_name"),
        func.coalesce(COLOURS.c.name_en, "").label("colour_name_en"),
    )
    .join_from(ITEMS, STYLES, STYLES.c.number == ITEMS.c.style)
    .outerjoin(COLOURS, _COLOUR)
)
_PRICE = (
    select(PRICES.c.price)
    .where(
        PRICES.c.style == ITEMS.c.style,
        PRICES.c.grade == ITEMS.c.grade,
        PRICES.c.since <= bindparam("day"),
    )
    .order_by(PRICES.c.since.desc(), PRICES.c.id.desc())
    .limit(1)
)
_TAG = _NAMED.add_columns(_PRICE.scalar_subquery().label("price")).where(
    ITEMS.c.code == bindparam("code")
)
"""Made once, because every sale asks it."""


def named(session: Session, codes: Iterable[str]) -> dict[str, Named]:
    """Coats with what they are called, by code, in one statement; refuses `CoatUnknown`."""
    asked = set(codes)
    rows = session.execute(_NAMED.where(ITEMS.c.code.in_(asked))).all()
    if len(rows) < len(asked):
        raise CoatUnknown
    return {row.code: Named(*_as_named(row)) for row in rows}


def tags(session: Session, codes: Iterable[str], day: date) -> dict[str, Tag]:
    """The same with what they cost on a day, each coat by itself: a basket has few.

    Raises:
        CoatUnknown: there is no such coat.
        NoPriceYet: it has no price on that day.
    """
    rows = [_tagged(session, code, day) for code in sorted(set(codes))]
    for row in rows:
        if row.price is None:
            raise NoPriceYet(style=row.style, day=day)
    return {row.code: Tag(*_as_named(row), price=row.price) for row in rows}


def _tagged(session: Session, code: str, day: date) -> Any:
    row = quick.first(session, _TAG, {"code": code, "day": day})
    if row is None:
        raise CoatUnknown
    return row


def _as_named(row: Any) -> tuple[Item, str, str, str, str]:
    item = Item(row.code, row.style, row.colour, row.size, row.grade)
    return item, row.style_name, row.style_name_en, row.colour_name, row.colour_name_en


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or sketch as it is kept, JPEG."""

    id: int
    data: bytes
    width: int
    height: int


def operation_photo(session: Session, code: str) -> Picture | None:
    """The newest photo of an operation."""
    return _picture(session, f"operation {code}")


def sketch(session: Session, number: str) -> Picture | None:
    """The newest sketch of a style."""
    return _picture(session, f"style {number}")


def operation_photo_number(session: Session, code: str) -> int | None:
    """The number of an operation's newest photo, without the photo."""
    of = PictureRow.of == f"operation {code}"
    return session.scalar(select(func.max(PictureRow.id)).where(of))


def _picture(session: Session, of: str) -> Picture | None:
    statement = select(PictureRow).where(PictureRow.of == of).order_by(PictureRow.id.desc())
    row = session.scalar(statement.limit(1))
    return None if row is None else Picture(row.id, row.data, row.width, row.height)


def photographed(session: Session) -> dict[str, int]:
    """The number of the newest photo of each operation that has one."""
    newest = select(PictureRow.of, func.max(PictureRow.id)).group_by(PictureRow.of)
    found = session.execute(newest.where(PictureRow.of.startswith("operation "))).all()
    return {of.removeprefix("operation "): number for of, number in found}
