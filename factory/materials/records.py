"""Tables of materials, what a coat takes, rolls and their moves (facts), and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.materials.domain import (
    BomItem,
    Kind,
    Material,
    NewRoll,
    Price,
    Roll,
    RollInspection,
    Unit,
    Use,
    used_for,
)

NUMBER = String(20)


class MaterialRow(Base):
    """A cloth or trim."""

    __tablename__ = "materials"

    number: Mapped[str] = mapped_column(NUMBER, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    unit: Mapped[Unit] = mapped_column(Word(Unit))
    use: Mapped[Use] = mapped_column(Word(Use))

    def value(self) -> Material:
        """The material as a value."""
        return Material(self.number, self.name, self.name_en, self.unit, self.use)


class BomRow(Base):
    """What one coat takes of a material."""

    __tablename__ = "bom_items"
    __table_args__ = (UniqueConstraint("style", "colour", "size", "material"),)

    id: Mapped[Key]
    style: Mapped[str] = mapped_column(ForeignKey("styles.number"))
    colour: Mapped[str] = mapped_column(String(10))
    size: Mapped[str] = mapped_column(String(15))
    material: Mapped[str] = mapped_column(ForeignKey("materials.number"))
    each: Mapped[int]
    wastage: Mapped[int]

    def value(self) -> BomItem:
        """The line as a value."""
        return BomItem(self.style, self.colour, self.size, self.material, self.each, self.wastage)


class RollRow(Fact, Base):
    """A roll that came in; what became of it is in its moves."""

    __tablename__ = "rolls"

    number: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    material: Mapped[str] = mapped_column(ForeignKey("materials.number"), index=True)
    shade: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    owner: Mapped[str] = mapped_column(String(60))
    received: Mapped[int]
    note: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class RollMoveRow(Fact, Base):
    """Something came to a roll or went from it, in hundredths of the unit."""

    __tablename__ = "roll_moves"
    __table_args__ = (
        UniqueConstraint("event_id", "roll"),
        Index("ix_roll_moves_roll", "roll"),
        Index("ix_roll_moves_ref", "ref"),
    )

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36))
    roll: Mapped[int] = mapped_column(ForeignKey("rolls.number"))
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    amount: Mapped[int]
    ref: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    @property
    def used_for(self) -> str:
        """What it was taken for, as people say it."""
        return used_for(self.ref)


class RollPriceRow(Fact, Base):
    """What a roll was bought for, a metre or piece, without VAT; the newest word holds."""

    __tablename__ = "roll_prices"

    id: Mapped[Key]
    roll: Mapped[int] = mapped_column(ForeignKey("rolls.number"), index=True)
    each: Mapped[Money]
    document: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


def append_price(session: Session, roll: int, price: Price, *, by: str, at: datetime) -> None:
    """Keep what a roll was bought for."""
    row = RollPriceRow(roll=roll, each=price.each, document=price.document[:40])
    row.by, row.at = by[:60], at
    session.add(row)
    session.flush()


def prices(session: Session, *rolls: int) -> dict[int, Price]:
    """What rolls were bought for, as it was said last; of all where none is named."""
    statement = select(RollPriceRow).order_by(RollPriceRow.id)
    if rolls:
        statement = statement.where(RollPriceRow.roll.in_(rolls))
    return {row.roll: Price(row.each, row.document) for row in session.scalars(statement)}


class RollInspectionRow(Fact, Base):
    """A roll was looked at on the table; the newest look holds."""

    __tablename__ = "roll_inspections"

    id: Mapped[Key]
    roll: Mapped[int] = mapped_column(ForeignKey("rolls.number"), index=True)
    metres: Mapped[int]
    faults: Mapped[list[int]] = mapped_column(JSON)
    passed: Mapped[bool]
    note: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> RollInspection:
        """The inspection as a value."""
        one, two, three, four = self.faults
        return RollInspection(self.metres, (one, two, three, four), self.passed, self.note)


_LAST_LOOK = (
    select(RollInspectionRow.passed)
    .where(RollInspectionRow.roll == RollRow.number)
    .order_by(RollInspectionRow.id.desc())
    .limit(1)
    .scalar_subquery()
)


def append_inspection(
    session: Session, roll: int, found: RollInspection, *, by: str, at: datetime
) -> None:
    """Keep what was found on a roll."""
    row = RollInspectionRow(roll=roll, metres=found.metres, faults=list(found.faults))
    row.passed, row.note, row.by, row.at = found.passed, found.note[:200], by[:60], at
    session.add(row)
    session.flush()


def inspections(session: Session, roll: int) -> Sequence[RollInspectionRow]:
    """Every look at a roll, the newest first."""
    row = RollInspectionRow
    return session.scalars(select(row).where(row.roll == roll).order_by(row.id.desc())).all()


class RollBalanceRow(Base):
    """What is left on a roll: the sum of its moves, kept for speed."""

    __tablename__ = "roll_balances"
    __table_args__ = (CheckConstraint('"left" >= 0', name="never_below_zero"),)

    roll: Mapped[int] = mapped_column(ForeignKey("rolls.number"), primary_key=True)
    left: Mapped[int]


def append_roll(session: Session, new: NewRoll, *, event_id: str, by: str, at: datetime) -> RollRow:
    """Keep a roll that came in."""
    row = RollRow(event_id=event_id, material=new.material, shade=new.shade, width=new.width)
    row.owner, row.received, row.note = new.owner, new.amount, new.note
    row.by, row.at = by[:60], at
    session.add(row)
    session.flush()
    session.add(RollBalanceRow(roll=row.number, left=0))
    session.flush()
    return row


def append_move(session: Session, row: RollMoveRow) -> None:
    """Keep a move, and what is left with it."""
    session.add(row)
    balance = session.get_one(RollBalanceRow, row.roll)
    balance.left += row.amount
    session.flush()


def rolls(session: Session, *numbers: int, open_only: bool = False) -> tuple[Roll, ...]:
    """Rolls by number, with what is left."""
    statement = (
        select(RollRow, RollBalanceRow.left, _LAST_LOOK)
        .join(RollBalanceRow, RollBalanceRow.roll == RollRow.number)
        .order_by(RollRow.number)
    )
    if numbers:
        statement = statement.where(RollRow.number.in_(numbers))
    if open_only:
        statement = statement.where(RollBalanceRow.left > 0)
    return tuple(_roll(row, left, passed) for row, left, passed in session.execute(statement))


def _roll(row: RollRow, left: int, passed: bool | None) -> Roll:  # noqa: FBT001 - as it is kept
    came = (row.number, row.material, row.shade, row.width, row.owner, row.received)
    return Roll(*came, left, row.at, passed)


def moves(session: Session, roll: int) -> Sequence[RollMoveRow]:
    """What came and went, the oldest first."""
    statement = select(RollMoveRow).where(RollMoveRow.roll == roll).order_by(RollMoveRow.id)
    return session.scalars(statement).all()


def owners(session: Session) -> frozenset[str]:
    """Whose cloth ever came in, but for ours."""
    return frozenset(session.scalars(select(RollRow.owner).where(RollRow.owner != "").distinct()))


def moved_of(session: Session, owner: str) -> dict[int, dict[Kind, int]]:
    """What each kind of move did to the rolls of a customer, all that are or were here."""
    row = RollMoveRow
    statement = (
        select(row.roll, row.kind, func.sum(row.amount))
        .join(RollRow, RollRow.number == row.roll)
        .where(RollRow.owner == owner)
        .group_by(row.roll, row.kind)
    )
    found: dict[int, dict[Kind, int]] = {}
    for roll, kind, amount in session.execute(statement):
        found.setdefault(roll, {})[kind] = int(amount)
    return found


def moved_by(session: Session, event_id: str, roll: int) -> RollMoveRow | None:
    """What an event has moved on a roll already."""
    statement = select(RollMoveRow).where(
        RollMoveRow.event_id == event_id, RollMoveRow.roll == roll
    )
    return session.scalar(statement)


def summed(session: Session) -> dict[int, int]:
    """The sum of each roll's moves."""
    statement = select(RollMoveRow.roll, func.sum(RollMoveRow.amount)).group_by(RollMoveRow.roll)
    return {roll: int(total) for roll, total in session.execute(statement)}


def bom(session: Session, styles: Iterable[str] | None = None) -> tuple[BomItem, ...]:
    """What coats take: of all styles or of some."""
    statement = select(BomRow).order_by(BomRow.style, BomRow.id)
    if styles is not None:
        statement = statement.where(BomRow.style.in_(list(styles)))
    return tuple(row.value() for row in session.scalars(statement))


def find_bom(session: Session, item: BomItem) -> BomRow | None:
    """The line for the same style, colour, size and material."""
    key = {"style": item.style, "colour": item.colour, "size": item.size}
    return session.scalar(select(BomRow).filter_by(**key, material=item.material))
