"""Tables of seasons, styles, coats, prices and ways of work; the last three are facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.catalogue.domain import (
    Care,
    CareLabel,
    Colour,
    Fibre,
    Grade,
    Item,
    Maker,
    Operation,
    Part,
    Price,
    Routing,
    Season,
    Share,
    Size,
    Station,
    Step,
    Style,
    care_label,
    checked_shares,
)
from factory.catalogue.domain.measures import Measure, MeasureTable
from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money


class PictureRow(Fact, Base):
    """A photo of an operation, or the sketch of a style; the newest one holds."""

    __tablename__ = "pictures"
    __table_args__ = (Index("ix_pictures_of", "of"),)

    id: Mapped[Key]
    of: Mapped[str] = mapped_column(String(40))
    """`operation S11` or `style W-2601`."""
    data: Mapped[bytes] = mapped_column(LargeBinary)
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class SeasonRow(Base):
    """A selling season."""

    __tablename__ = "seasons"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))

    def value(self) -> Season:
        """The season as a value."""
        return Season(self.code, self.name, self.name_en)


class StyleRow(Base):
    """A model."""

    __tablename__ = "styles"

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    season: Mapped[str] = mapped_column(ForeignKey("seasons.code"), index=True)


class SizeRow(Fact, Base):
    """A size of a style, in the order of the run."""

    __tablename__ = "style_sizes"

    style: Mapped[str] = mapped_column(ForeignKey("styles.number"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(15))
    ks: Mapped[str] = mapped_column(String(15))


class ColourRow(Fact, Base):
    """A colour of a style; one may be added."""

    __tablename__ = "style_colours"
    __table_args__ = (UniqueConstraint("style", "code"),)

    id: Mapped[Key]
    style: Mapped[str] = mapped_column(ForeignKey("styles.number"))
    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40))
    swatch: Mapped[str] = mapped_column(String(7))

    def value(self) -> Colour:
        """The colour as a value."""
        return Colour(self.code, self.name, self.name_en, self.swatch)


class ItemRow(Fact, Base):
    """A kind of coat, by its code on the hang tag."""

    __tablename__ = "items"
    __table_args__ = (UniqueConstraint("style", "colour", "size", "grade"),)

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    style: Mapped[str] = mapped_column(ForeignKey("styles.number"))
    colour: Mapped[str] = mapped_column(String(10))
    size: Mapped[str] = mapped_column(String(15))
    grade: Mapped[Grade] = mapped_column(Word(Grade))

    def value(self) -> Item:
        """The coat as a value."""
        return Item(self.code, self.style, self.colour, self.size, self.grade)


class PriceRow(Fact, Base):
    """A price from a day on; of two with one day the later entry holds."""

    __tablename__ = "prices"
    __table_args__ = (Index("ix_prices_style_since", "style", "since"),)

    id: Mapped[Key]
    style: Mapped[str] = mapped_column(ForeignKey("styles.number"))
    grade: Mapped[Grade] = mapped_column(Word(Grade))
    since: Mapped[date]
    price: Mapped[Money]
    at: Mapped[datetime]

    def value(self) -> Price:
        """The price as a value."""
        return Price(self.grade, self.since, self.price)


class RoutingRow(Fact, Base):
    """A version of a style's way of work."""

    __tablename__ = "routings"
    __table_args__ = (UniqueConstraint("style", "version"),)

    uid: Mapped[str] = mapped_column(String(36), primary_key=True)
    style: Mapped[str] = mapped_column(ForeignKey("styles.number"))
    version: Mapped[int]
    at: Mapped[datetime]


class StepRow(Fact, Base):
    """A step of a version, with the operation as it was then."""

    __tablename__ = "routing_steps"

    routing: Mapped[str] = mapped_column(ForeignKey("routings.uid"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), index=True)
    station: Mapped[Station] = mapped_column(Word(Station))
    name: Mapped[str] = mapped_column(String(100))
    name_en: Mapped[str] = mapped_column(String(100))
    machine: Mapped[str] = mapped_column(String(100))
    name_easy: Mapped[str] = mapped_column(String(100))
    sam: Mapped[int]
    rate: Mapped[Money]
    predecessors: Mapped[list[str]] = mapped_column(JSON)

    def value(self) -> Step:
        """The step as a value."""
        names = (self.name, self.name_en, self.machine, self.name_easy)
        operation = Operation(self.code, self.station, *names)
        return Step(operation, self.sam, self.rate, tuple(self.predecessors))


class CareRow(Fact, Base):
    """What the label of a style says from then on; of several the last holds."""

    __tablename__ = "care_labels"

    id: Mapped[Key]
    style: Mapped[str] = mapped_column(ForeignKey("styles.number"), index=True)
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Percent by fibre, by part."""
    care: Mapped[list[str]] = mapped_column(JSON)
    maker: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime]

    def value(self) -> CareLabel:
        """The label as a value."""
        made_of = {
            Part(part): checked_shares(Share(Fibre(name), percent) for name, percent in shares)
            for part, shares in self.parts.items()
        }
        chosen = [Care(word) for word in self.care]
        maker = Maker(name=self.maker, address=self.address, phone=self.phone)
        return care_label(made_of, {each.group: each for each in chosen}, maker)


class MeasuresRow(Fact, Base):
    """A style's table of finished measures from then on; of several the last holds."""

    __tablename__ = "finished_measures"

    id: Mapped[Key]
    style: Mapped[str] = mapped_column(ForeignKey("styles.number"), index=True)
    measures: Mapped[list[Any]] = mapped_column(JSON)
    """Name, millimetres by size, tolerance in millimetres; in the order of the table."""
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> MeasureTable:
        """The table as a value."""
        measures = (
            Measure(name, tuple((size, length) for size, length in lengths), tolerance)
            for name, lengths, tolerance in self.measures
        )
        return MeasureTable(tuple(measures), self.at, self.by)


def append_measures(session: Session, style: str, table: MeasureTable) -> None:
    """Keep a style's measures as they are from now on."""
    row = MeasuresRow(style=style, at=table.at, by=table.by)
    row.measures = [[each.name, each.lengths, each.tolerance] for each in table.measures]
    session.add(row)
    session.flush()


def newest_measures(session: Session, style: str) -> MeasureTable | None:
    """A style's table of measures, if it ever had one."""
    statement = select(MeasuresRow).where(MeasuresRow.style == style)
    row = session.scalar(statement.order_by(MeasuresRow.id.desc()).limit(1))
    return None if row is None else row.value()


def append_care(session: Session, style: str, label: CareLabel, at: datetime) -> None:
    """Keep what a style's label says from now on."""
    row = CareRow(style=style, care=[each.value for each in label.care], at=at)
    row.parts = {
        part.value: [[share.fibre.value, share.percent] for share in shares]
        for part, shares in label.parts
    }
    row.maker, row.address, row.phone = label.maker.name, label.maker.address, label.maker.phone
    session.add(row)
    session.flush()


def newest_care(session: Session, style: str | None = None) -> CareLabel | None:
    """What a style's label says, or the one that was entered last for any style."""
    statement = select(CareRow).order_by(CareRow.id.desc()).limit(1)
    if style is not None:
        statement = statement.where(CareRow.style == style)
    row = session.scalar(statement)
    return None if row is None else row.value()


def append_style(session: Session, style: Style) -> None:
    """Keep a style with its sizes; colours come with `append_colour`."""
    session.add(StyleRow(**{key: getattr(style, key) for key in _STYLE}))
    session.flush()
    session.add_all(
        SizeRow(style=style.number, seq=size.seq, label=size.label, ks=size.ks)
        for size in style.sizes
    )
    session.flush()


_STYLE = ("number", "name", "name_en", "season")


def append_colour(session: Session, style: str, colour: Colour) -> None:
    """Keep a colour of a style."""
    row = ColourRow(style=style, code=colour.code, name=colour.name)
    row.name_en, row.swatch = colour.name_en, colour.swatch
    session.add(row)
    session.flush()


def append_items(session: Session, items: Iterable[tuple[int, Item]]) -> None:
    """Keep coats with the running number of each."""
    session.add_all(
        ItemRow(
            code=item.code,
            number=number,
            style=item.style,
            colour=item.colour,
            size=item.size,
            grade=item.grade,
        )
        for number, item in items
    )
    session.flush()


def next_item_number(session: Session) -> int:
    """The running number of the next coat."""
    return (session.scalar(select(func.max(ItemRow.number))) or 0) + 1


def append_price(session: Session, style: str, price: Price, at: datetime) -> None:
    """Keep a price."""
    row = PriceRow(style=style, grade=price.grade, since=price.since, price=price.price, at=at)
    session.add(row)
    session.flush()


def append_routing(session: Session, routing: Routing, at: datetime) -> None:
    """Keep a version with its steps."""
    row = RoutingRow(uid=routing.uid, style=routing.style, version=routing.version, at=at)
    session.add(row)
    session.flush()
    session.add_all(
        StepRow(
            routing=routing.uid,
            place=place,
            code=step.code,
            station=step.operation.station,
            name=step.operation.name,
            name_en=step.operation.name_en,
            machine=step.operation.machine,
            name_easy=step.operation.name_easy,
            sam=step.sam,
            rate=step.rate,
            predecessors=list(step.predecessors),
        )
        for place, step in enumerate(routing.steps)
    )
    session.flush()


def load_styles(session: Session, rows: Sequence[StyleRow]) -> tuple[Style, ...]:
    """Styles with their sizes and colours."""
    numbers = [row.number for row in rows]
    sizes: dict[str, list[Size]] = {number: [] for number in numbers}
    colours: dict[str, list[Colour]] = {number: [] for number in numbers}
    sized = select(SizeRow).where(SizeRow.style.in_(numbers)).order_by(SizeRow.seq)
    for size in session.scalars(sized):
        sizes[size.style].append(Size(size.seq, size.label, size.ks))
    coloured = select(ColourRow).where(ColourRow.style.in_(numbers)).order_by(ColourRow.id)
    for row in session.scalars(coloured):
        colours[row.style].append(row.value())
    return tuple(_style(row, sizes[row.number], colours[row.number]) for row in rows)


def _style(row: StyleRow, sizes: Sequence[Size], colours: Sequence[Colour]) -> Style:
    return Style(row.number, row.name, row.name_en, row.season, tuple(sizes), tuple(colours))
