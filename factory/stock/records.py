"""Tables of movements (facts) and of what is there, by coat and lot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db import quick
from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.stock.domain import Balance, Kind, Lots, Movement


class MovementRow(Fact, Base):
    """Coats came or went."""

    __tablename__ = "stock_movements"
    __table_args__ = (
        UniqueConstraint("event_id", "item", "lot"),
        Index("ix_stock_movements_item_lot", "item", "lot"),
        Index("ix_stock_movements_lot", "lot"),
        Index("ix_stock_movements_ref_item", "ref", "item"),
    )

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(60))
    item: Mapped[str] = mapped_column(ForeignKey("items.code"))
    lot: Mapped[str] = mapped_column(String(40))
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    quantity: Mapped[int]
    second: Mapped[bool]
    ref: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Movement:
        """The movement as a value."""
        return Movement(
            self.event_id, self.item, self.quantity, self.kind, self.lot, self.ref, self.at
        )


class PlaceRow(Fact, Base):
    """Where a kind of coat hangs; the newest word holds."""

    __tablename__ = "rail_places"

    id: Mapped[Key]
    item: Mapped[str] = mapped_column(ForeignKey("items.code"), index=True)
    place: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


def places(session: Session) -> dict[str, str]:
    """Where each kind of coat hangs, by its code."""
    statement = select(PlaceRow.item, PlaceRow.place).order_by(PlaceRow.id)
    return dict(session.execute(statement).all())


class BalanceRow(Base):
    """What is there of a coat and lot: the sum of its movements, kept for speed."""

    __tablename__ = "stock_balances"
    __table_args__ = (
        UniqueConstraint("item", "lot"),
        CheckConstraint("on_hand >= 0", name="never_below_zero"),
    )

    id: Mapped[Key]
    item: Mapped[str] = mapped_column(ForeignKey("items.code"))
    lot: Mapped[str] = mapped_column(String(40))
    on_hand: Mapped[int]
    for_customer: Mapped[bool]

    def value(self) -> Balance:
        """The balance as a value."""
        return Balance(self.lot, self.on_hand, self.for_customer)


def balances(session: Session, item: str) -> Sequence[BalanceRow]:
    """What is there of a coat, the oldest lot first."""
    statement = select(BalanceRow).where(BalanceRow.item == item).order_by(BalanceRow.id)
    return session.scalars(statement).all()


def balance_of(session: Session, item: str, lot: str) -> BalanceRow | None:
    """What is there of a coat of one lot."""
    statement = select(BalanceRow).where(BalanceRow.item == item, BalanceRow.lot == lot)
    return session.scalar(statement)


def append(
    session: Session,
    movements: Iterable[MovementRow],
    *,
    for_customer: bool = False,
) -> None:
    """Keep movements, and the balances with them."""
    for row in movements:
        session.add(row)
        balance = balance_of(session, row.item, row.lot)
        if balance is None:
            balance = BalanceRow(item=row.item, lot=row.lot, on_hand=0, for_customer=for_customer)
            session.add(balance)
        balance.on_hand += row.quantity
    session.flush()


def moved_by(session: Session, event_id: str, item: str) -> Lots:
    """How many coats of which lots an event has moved already, without their signs."""
    statement = (
        select(MovementRow.lot, func.abs(MovementRow.quantity))
        .where(MovementRow.event_id == event_id, MovementRow.item == item)
        .order_by(MovementRow.id)
    )
    return tuple((lot, quantity) for lot, quantity in session.execute(statement))


BALANCES, MOVEMENTS = (cast(Table, row.__table__) for row in (BalanceRow, MovementRow))
_MOVED = select(func.abs(MOVEMENTS.c.quantity)).where(
    MOVEMENTS.c.event_id == bindparam("event"),
    MOVEMENTS.c.item == BALANCES.c.item,
    MOVEMENTS.c.lot == BALANCES.c.lot,
)
_RAIL = (
    select(
        *(BALANCES.c.lot, BALANCES.c.on_hand, BALANCES.c.for_customer),
        _MOVED.scalar_subquery().label("moved"),
    )
    .where(BALANCES.c.item == bindparam("code"))
    .order_by(BALANCES.c.id)
)
_KEEP = insert(MOVEMENTS)
_TAKE = (
    update(BALANCES)
    .where(BALANCES.c.item == bindparam("of_item"), BALANCES.c.lot == bindparam("of_lot"))
    .values(on_hand=BALANCES.c.on_hand - bindparam("less"))
)
"""Made once, because every sale runs through them."""


@dataclass(frozen=True, slots=True)
class Rail:
    """What is there of a coat, the oldest lot first, and what an event took of it already."""

    balances: tuple[Balance, ...]
    moved: Lots


def rail(session: Session, item: str, event_id: str) -> Rail:
    """A coat on the rail, in one statement."""
    rows = quick.run(session, _RAIL, {"code": item, "event": event_id})
    return Rail(
        tuple(Balance(row.lot, row.on_hand, row.for_customer) for row in rows),
        tuple((row.lot, row.moved) for row in rows if row.moved is not None),
    )


def append_taken(session: Session, movements: Sequence[Mapping[str, Any]]) -> None:
    """Keep movements out of lots that are there, and what is left in those."""
    if not movements:
        return
    quick.run(session, _KEEP, movements)
    less = (
        {"of_item": each["item"], "of_lot": each["lot"], "less": -each["quantity"]}
        for each in movements
    )
    quick.run(session, _TAKE, list(less))
    for row in session.identity_map.values():
        if isinstance(row, BalanceRow):
            session.expire(row)


def net_by_lot(
    session: Session, item: str, kinds: Iterable[Kind], ref: str | None = None
) -> tuple[tuple[str, int], ...]:
    """By lot, what went more than came in movements of these kinds; the latest moved first."""
    statement = select(MovementRow.lot, -func.sum(MovementRow.quantity)).where(
        MovementRow.item == item, MovementRow.kind.in_(tuple(kinds))
    )
    if ref is not None:
        statement = statement.where(MovementRow.ref == ref)
    in_turn = statement.group_by(MovementRow.lot).order_by(func.max(MovementRow.id).desc())
    return tuple((lot, int(net)) for lot, net in session.execute(in_turn) if net > 0)


def to_count(session: Session) -> tuple[str, ...]:
    """Coats that were sold on somebody's word and not counted since, by code."""
    last = (
        select(func.max(MovementRow.id))
        .where(MovementRow.kind == Kind.COUNTED)
        .group_by(MovementRow.item)
    )
    statement = select(MovementRow.item).where(MovementRow.id.in_(last), MovementRow.ref != "")
    return tuple(session.scalars(statement.order_by(MovementRow.item)))
