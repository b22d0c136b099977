"""Open a season, begin a style, say how it is made and what it costs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.catalogue import domain, queries, records
from factory.catalogue.domain import (
    CareLabel,
    Colour,
    Grade,
    Item,
    NewStyle,
    OperationUnknown,
    Price,
    PriceInThePast,
    PriceMissing,
    Routing,
    Season,
    SeasonTwice,
    SeasonUnknown,
    Step,
    Style,
    StyleTwice,
)
from factory.catalogue.domain.measures import (
    Measure,
    MeasureTable,
    NoMeasures,
    checked_measures,
    in_centimetres,
)
from factory.catalogue.domain.sheet import read_sheet
from factory.catalogue.records import PictureRow, SeasonRow, StyleRow
from factory.db.session import hold
from factory.kernel.ids import CodeKind, new_id, running_code
from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.security import service as security
from factory.security.domain import Actor
from factory.web.pictures import made_small


def open_season(session: Session, season: Season, *, by: Actor, at: datetime) -> Season:
    """Open a selling season."""
    if session.get(SeasonRow, season.code) is not None:
        raise SeasonTwice(code=season.code)
    session.add(SeasonRow(code=season.code, name=season.name, name_en=season.name_en))
    session.flush()
    security.record(session, by, "open_season", f"season {season.code}", at=at)
    return season


def add_style(session: Session, entry: NewStyle, *, by: Actor, at: datetime) -> Style:
    """Begin a style: its coats get their codes and, from that day on, their prices."""
    style = domain.checked_style(entry)
    if session.get(SeasonRow, style.season) is None:
        raise SeasonUnknown(style.season)
    hold(session, "style", style.number)
    if session.get(StyleRow, style.number) is not None:
        raise StyleTwice(number=style.number)
    records.append_style(session, style)
    for colour in style.colours:
        _append_colour(session, style, colour)
    for grade, price in ((Grade.FIRST, entry.price), (Grade.SECOND, entry.second_price)):
        records.append_price(session, style.number, Price(grade, day_of(at), price), at)
    security.record(session, by, "add_style", f"style {style.number}", at=at)
    return style


def add_colour(
    session: Session, style_number: str, colour: Colour, *, by: Actor, at: datetime
) -> Style:
    """Make a style in one colour more."""
    hold(session, "style", style_number)
    style = domain.with_colour(queries.style(session, style_number), colour)
    _append_colour(session, style, colour)
    thing = f"style {style_number}"
    security.record(session, by, "add_colour", thing, at=at, after=colour.code)
    return style


def set_price(
    session: Session,
    style_number: str,
    grade: Grade,
    price: Money,
    since: date,
    *,
    by: Actor,
    at: datetime,
) -> Price:
    """Let a style's coats of a grade cost something else from a day on."""
    queries.style(session, style_number)
    if price <= ZERO:
        raise PriceMissing
    if since < day_of(at):
        raise PriceInThePast
    kept = Price(grade, since, price)
    records.append_price(session, style_number, kept, at)
    after = f"{grade.value} {price.won} {since.isoformat()}"
    security.record(session, by, "set_price", f"style {style_number}", at=at, after=after)
    return kept


def describe_care(
    session: Session, style_number: str, label: CareLabel, *, by: Actor, at: datetime
) -> CareLabel:
    """Say what stands on the label that is sewn into a style; what is there already stays."""
    hold(session, "style", style_number)
    queries.style(session, style_number)
    before = queries.care_label(session, style_number)
    if before == label:
        return label
    records.append_care(session, style_number, label, at)
    thing = f"style {style_number}"
    words, old = _in_short(label), _in_short(before) if before else None
    security.record(session, by, "describe_care", thing, at=at, before=old, after=words)
    return label


def _in_short(label: CareLabel) -> str:
    made_of = (
        f"{part.value} " + " ".join(f"{share.fibre.value} {share.percent}" for share in shares)
        for part, shares in label.parts
    )
    return "; ".join((*made_of, " ".join(each.value for each in label.care)))


def set_measures(
    session: Session, style_number: str, measures: Iterable[Measure], *, by: Actor, at: datetime
) -> tuple[Measure, ...]:
    """Say how long a style's finished coats are; a table without measures takes it back."""
    hold(session, "style", style_number)
    checked = checked_measures(queries.style(session, style_number), measures)
    before = queries.measures(session, style_number)
    if not (checked or before):
        raise NoMeasures
    if checked == before:
        return before
    records.append_measures(session, style_number, MeasureTable(checked, at, by.name[:60]))
    old, new = (" · ".join(map(_as_line, table)) for table in (before, checked))
    thing = f"style {style_number}"
    security.record(session, by, "set_measures", thing, at=at, before=old or None, after=new)
    return checked


def _as_line(measure: Measure) -> str:
    lengths = (f"{size} {in_centimetres(length)}" for size, length in measure.lengths)
    return f"{measure.name} {', '.join(lengths)} ± {in_centimetres(measure.tolerance)}"


def revise_routing(
    session: Session, style_number: str, steps: Iterable[Step], *, by: Actor, at: datetime
) -> Routing:
    """Say how a style is made from now on: a new version; what is in work keeps its own.

    Steps that are what they were make no new version.
    """
    hold(session, "style", style_number)
    queries.style(session, style_number)
    before = queries.newest_routing(session, style_number)
    version = before.version + 1 if before else 1
    revised = domain.routing(new_id(), style_number, version, tuple(steps))
    if before is not None and before.steps == revised.steps:
        return before
    records.append_routing(session, revised, at)
    thing = f"style {style_number}"
    security.record(session, by, "revise_routing", thing, at=at, after=version)
    return revised


def load_operations(
    session: Session,
    style_number: str,
    csv_text: str,
    rate_per_minute: Money | None,
    *,
    by: Actor,
    at: datetime,
) -> Routing:
    """Take a style's operations from a sheet; refuses `SheetHasMistakes`."""
    before = queries.newest_routing(session, style_number)
    steps = read_sheet(csv_text, rate_per_minute, before).checked()
    return revise_routing(session, style_number, steps, by=by, at=at)


def _append_colour(session: Session, style: Style, colour: Colour) -> None:
    records.append_colour(session, style.number, colour)
    hold(session, "items", "all")
    first = records.next_item_number(session)
    kinds = [(size, grade) for size in style.sizes for grade in Grade]
    records.append_items(
        session,
        (
            (number, _item(number, style.number, colour.code, size.label, grade))
            for number, (size, grade) in enumerate(kinds, first)
        ),
    )


def _item(number: int, style: str, colour: str, size: str, grade: Grade) -> Item:
    return Item(running_code(CodeKind.COAT, number), style, colour, size, grade)


def set_operation_photo(
    session: Session, code: str, sent: bytes, *, by: Actor, at: datetime
) -> None:
    """Keep a photo of how an operation is done; stations show it from now on."""
    if code not in {each.code for each in queries.operations(session)}:
        raise OperationUnknown(operation=code)
    _keep_picture(session, f"operation {code}", sent, by=by, at=at)


def set_sketch(session: Session, number: str, sent: bytes, *, by: Actor, at: datetime) -> None:
    """Keep a style's sketch; it stands on the work order sheet."""
    style = queries.style(session, number)
    _keep_picture(session, f"style {style.number}", sent, by=by, at=at)


def _keep_picture(session: Session, of: str, sent: bytes, *, by: Actor, at: datetime) -> None:
    small = made_small(sent)
    row = PictureRow(of=of, data=small.data, width=small.width, height=small.height)
    row.at, row.by = at, by.name[:60]
    session.add(row)
    session.flush()
    security.record(session, by, "set_picture", of, at=at)
