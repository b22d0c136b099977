"""Tables of customers, orders and shipments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.orders.domain import Customer, Line, Order, OrderKind, OrderState, Shipment, cell
from factory.orders.domain.agreed import Agreed
from factory.orders.domain.changes import Change


class CustomerRow(Base):
    """A business that orders coats."""

    __tablename__ = "customers"

    id: Mapped[Key]
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    business_number: Mapped[str] = mapped_column(String(10))
    phone: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))

    def value(self) -> Customer:
        """The customer as a value."""
        return Customer(self.number, self.name, self.business_number, self.phone, self.address)


class AgreedRow(Fact, Base):
    """What a customer pays for a style from a day on; the newest entry holds."""

    __tablename__ = "customer_prices"
    __table_args__ = (Index("ix_customer_prices_customer", "customer_id", "style"),)

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    style: Mapped[str] = mapped_column(ForeignKey("styles.number"))
    since: Mapped[date]
    price: Mapped[Money]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class OrderRow(Base):
    """An order; its number is a year and a running number within it."""

    __tablename__ = "orders"
    __table_args__ = (UniqueConstraint("year", "running"),)

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(20), unique=True)
    year: Mapped[int]
    running: Mapped[int]
    kind: Mapped[OrderKind] = mapped_column(Word(OrderKind))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    due: Mapped[date]
    deposit: Mapped[Money]
    state: Mapped[OrderState] = mapped_column(Word(OrderState), index=True)
    tolerance_percent: Mapped[int]
    note: Mapped[str] = mapped_column(String(500))
    taken_at: Mapped[datetime]

    customer: Mapped[CustomerRow | None] = relationship()
    lines: Mapped[list[LineRow]] = relationship(order_by="LineRow.no", cascade="all, delete-orphan")

    def value(self) -> Order:
        """The order as a value."""
        return Order(
            self.number,
            self.kind,
            None if self.customer is None else self.customer.value(),
            self.due,
            self.deposit,
            self.state,
            tuple(row.value() for row in self.lines),
            self.note,
            self.tolerance_percent,
        )


class LineRow(Base):
    """A style in one colour within an order."""

    __tablename__ = "order_lines"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    style: Mapped[str] = mapped_column(String(20))
    colour: Mapped[str] = mapped_column(String(10))
    price: Mapped[Money]

    cells: Mapped[list[CellRow]] = relationship(
        order_by="CellRow.place", cascade="all, delete-orphan"
    )

    def value(self) -> Line:
        """The line as a value."""
        cells = tuple((row.size, row.quantity) for row in self.cells)
        return Line(self.no, self.style, self.colour, self.price, cells)


class CellRow(Base):
    """One size of a line, in the size run's order."""

    __tablename__ = "order_cells"
    __table_args__ = (
        ForeignKeyConstraint(["order_id", "line_no"], ["order_lines.order_id", "order_lines.no"]),
    )

    order_id: Mapped[int] = mapped_column(primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[str] = mapped_column(String(20), primary_key=True)
    place: Mapped[int]
    quantity: Mapped[int]


class ShipmentRow(Fact, Base):
    """Coats went out for an order."""

    __tablename__ = "shipments"
    __table_args__ = (UniqueConstraint("order_number", "no"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    order_number: Mapped[str] = mapped_column(ForeignKey("orders.number"))
    no: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    cells: Mapped[list[ShippedRow]] = relationship(order_by="ShippedRow.place")

    def value(self) -> Shipment:
        """The shipment as a value."""
        cells = tuple((row.line_no, row.size, row.quantity) for row in self.cells)
        return Shipment(self.order_number, self.no, self.at, self.by, cells)


class ShippedRow(Fact, Base):
    """So many coats of a cell were in a shipment."""

    __tablename__ = "shipped_cells"

    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    line_no: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[str] = mapped_column(String(20), primary_key=True)
    place: Mapped[int]
    quantity: Mapped[int]


def find_customer(session: Session, number: int) -> CustomerRow | None:
    """Look a customer up by number."""
    return session.scalar(select(CustomerRow).where(CustomerRow.number == number))


def find_customer_named(session: Session, name: str) -> CustomerRow | None:
    """Look a customer up by name."""
    return session.scalar(select(CustomerRow).where(CustomerRow.name == name))


def append_agreed(session: Session, customer: CustomerRow, new: Agreed, at: datetime) -> None:
    """Keep what a customer pays for a style."""
    row = AgreedRow(customer_id=customer.id, style=new.style, since=new.since, price=new.price)
    row.at, row.by = at, new.by[:60]
    session.add(row)
    session.flush()


def agreed_of(session: Session, number: int) -> tuple[Agreed, ...]:
    """What was agreed with a customer, in the order in which it was entered."""
    row = AgreedRow
    statement = select(row).join(CustomerRow, CustomerRow.id == row.customer_id)
    rows = session.scalars(statement.where(CustomerRow.number == number).order_by(row.id))
    return tuple(Agreed(each.style, each.since, each.price, each.by) for each in rows)


def next_customer(session: Session) -> int:
    """The next customer's number."""
    return (session.scalar(select(func.max(CustomerRow.number))) or 0) + 1


def next_running(session: Session, year: int) -> int:
    """The next running number of a year's orders."""
    last = select(func.max(OrderRow.running)).where(OrderRow.year == year)
    return (session.scalar(last) or 0) + 1


def find_order(session: Session, number: str, *, anew: bool = False) -> OrderRow | None:
    """Look an order up by number, with its lines; `anew` even if this session knows it already."""
    statement = _whole(select(OrderRow).where(OrderRow.number == number))
    return session.scalar(statement, execution_options={"populate_existing": anew})


def state_of(session: Session, number: str) -> OrderState | None:
    """The state of an order, without loading it."""
    return session.scalar(select(OrderRow.state).where(OrderRow.number == number))


def orders_in(
    session: Session, states: Iterable[OrderState], customer: int | None = None
) -> Sequence[OrderRow]:
    """Orders in one of these states, those due first before the others."""
    statement = select(OrderRow).where(OrderRow.state.in_(list(states)))
    if customer is not None:
        statement = statement.join(CustomerRow).where(CustomerRow.number == customer)
    return session.scalars(_whole(statement.order_by(OrderRow.due, OrderRow.number))).all()


def numbers_of(session: Session, kind: OrderKind) -> frozenset[str]:
    """The numbers of all orders of a kind."""
    return frozenset(session.scalars(select(OrderRow.number).where(OrderRow.kind == kind)))


def _whole(statement: Select[OrderRow]) -> Select[OrderRow]:
    lines = selectinload(OrderRow.lines).selectinload(LineRow.cells)
    return statement.options(lines, selectinload(OrderRow.customer))


class ChangeRow(Fact, Base):
    """A promised order was changed."""

    __tablename__ = "order_changes"

    id: Mapped[Key]
    order: Mapped[str] = mapped_column(ForeignKey("orders.number"), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(200))
    due_before: Mapped[date]
    due_after: Mapped[date]
    cells: Mapped[list[tuple[int, str, int, int]]] = mapped_column(JSON)

    def value(self) -> Change:
        """The change as a value."""
        cells = tuple((line, size, before, after) for line, size, before, after in self.cells)
        return Change(self.at, self.by, self.reason, self.due_before, self.due_after, cells)


def append_change(session: Session, order: str, change: Change) -> None:
    """Keep that a promised order was changed."""
    row = ChangeRow(order=order, at=change.at, by=change.by, reason=change.reason)
    row.due_before, row.due_after = change.due_before, change.due_after
    row.cells = list(change.cells)
    session.add(row)
    session.flush()


def changes_of(session: Session, order: str) -> tuple[Change, ...]:
    """What was changed of an order, the latest first."""
    statement = select(ChangeRow).where(ChangeRow.order == order).order_by(ChangeRow.id.desc())
    return tuple(row.value() for row in session.scalars(statement))


def write_lines(session: Session, row: OrderRow, lines: Iterable[Line]) -> None:
    """Let an order have these lines and no others."""
    row.lines.clear()
    session.flush()
    row.lines.extend(_line(row, line) for line in lines)
    session.flush()


def _line(row: OrderRow, line: Line) -> LineRow:
    cells = [
        CellRow(order_id=row.id, line_no=line.no, size=size, place=place, quantity=quantity)
        for place, (size, quantity) in enumerate(line.cells)
    ]
    return LineRow(no=line.no, style=line.style, colour=line.colour, price=line.price, cells=cells)


def find_shipment(session: Session, event_id: str) -> ShipmentRow | None:
    """Look a shipment up by the id it got where it began."""
    return session.scalar(select(ShipmentRow).where(ShipmentRow.event_id == event_id))


def shipments_of(session: Session, number: str) -> Sequence[ShipmentRow]:
    """An order's shipments, the first one first."""
    statement = select(ShipmentRow).where(ShipmentRow.order_number == number)
    return session.scalars(
        statement.order_by(ShipmentRow.no).options(selectinload(ShipmentRow.cells))
    ).all()


def append_shipment(session: Session, shipment: Shipment, event_id: str) -> None:
    """Keep what went out."""
    row = ShipmentRow(event_id=event_id, order_number=shipment.order, no=shipment.no)
    row.at, row.by = shipment.at, shipment.by
    row.cells = [
        ShippedRow(line_no=no, size=size, place=place, quantity=quantity)
        for place, (no, size, quantity) in enumerate(shipment.cells)
    ]
    session.add(row)
    session.flush()


def shipped(session: Session, number: str | None = None) -> dict[str, int]:
    """Coats gone out, by the name of their cell; of one order or of all."""
    statement = (
        select(
            ShipmentRow.order_number,
            ShippedRow.line_no,
            ShippedRow.size,
            func.sum(ShippedRow.quantity),
        )
        .join(ShippedRow, ShippedRow.shipment_id == ShipmentRow.id)
        .group_by(ShipmentRow.order_number, ShippedRow.line_no, ShippedRow.size)
    )
    if number is not None:
        statement = statement.where(ShipmentRow.order_number == number)
    rows = session.execute(statement)
    return {cell(order, no, size): int(quantity) for order, no, size, quantity in rows}
