"""Tables of tickets: what is to be done, how far it is, fittings, the price list of tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.till.domain.ticket import (
    Fitting,
    Happened,
    PricedTask,
    Task,
    TicketKind,
    TicketState,
)


class TicketRow(Base):
    """What a customer left here or had made; its steps are facts beside it."""

    __tablename__ = "shop_tickets"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    kind: Mapped[TicketKind] = mapped_column(Word(TicketKind))
    coat: Mapped[str] = mapped_column(String(120))
    order: Mapped[str] = mapped_column(String(20), index=True)
    price: Mapped[Money]
    promised: Mapped[date] = mapped_column(index=True)
    rush: Mapped[bool]
    customer: Mapped[int | None] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(String(200))
    state: Mapped[TicketState] = mapped_column(Word(TicketState), index=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class TicketTaskRow(Fact, Base):
    """Something that is to be done."""

    __tablename__ = "shop_ticket_tasks"

    ticket: Mapped[int] = mapped_column(ForeignKey("shop_tickets.number"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60))
    how: Mapped[str] = mapped_column(String(60))
    price: Mapped[Money]

    def value(self) -> Task:
        """The task as a value."""
        return Task(self.name, self.how, self.price)


class TicketStepRow(Fact, Base):
    """A ticket came so far."""

    __tablename__ = "shop_ticket_steps"

    id: Mapped[Key]
    ticket: Mapped[int] = mapped_column(ForeignKey("shop_tickets.number"), index=True)
    state: Mapped[TicketState] = mapped_column(Word(TicketState))
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> Happened:
        """The step as a value."""
        return Happened(self.state, self.at, self.by, self.reason)


class FittingRow(Base):
    """When a customer comes to try something on."""

    __tablename__ = "shop_fittings"

    id: Mapped[Key]
    ticket: Mapped[int] = mapped_column(ForeignKey("shop_tickets.number"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    held_at: Mapped[datetime | None]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> Fitting:
        """The fitting as a value."""
        return Fitting(self.id, self.at, self.held_at)


class TaskPriceRow(Base):
    """A task of the price list."""

    __tablename__ = "shop_task_prices"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    price: Mapped[Money]
    offered: Mapped[bool]

    def value(self) -> PricedTask:
        """The task as a value."""
        return PricedTask(self.number, self.name, self.price, self.offered)


def find_ticket(session: Session, number: int) -> TicketRow | None:
    """Look a ticket up by its number."""
    return session.get(TicketRow, number, populate_existing=True)


def find_ticket_event(session: Session, event_id: str) -> TicketRow | None:
    """Look a ticket up by the id it got where it began."""
    return session.scalar(select(TicketRow).where(TicketRow.event_id == event_id))


def ticket_of_order(session: Session, order: str) -> TicketRow | None:
    """The ticket of an order, unless it was cancelled."""
    statement = select(TicketRow).where(
        TicketRow.order == order, TicketRow.state != TicketState.CANCELLED
    )
    return session.scalar(statement)


def orders_with_ticket(session: Session) -> frozenset[str]:
    """The orders that have a ticket, unless it was cancelled."""
    statement = select(TicketRow.order).where(
        TicketRow.order != "", TicketRow.state != TicketState.CANCELLED
    )
    return frozenset(session.scalars(statement))


def next_ticket(session: Session) -> int:
    """The number of the next ticket; the caller holds the till, so nobody else takes it."""
    return (session.scalar(select(func.max(TicketRow.number))) or 0) + 1


def tickets_in(session: Session, states: Iterable[TicketState]) -> Sequence[TicketRow]:
    """Tickets in one of these states: what is in a rush first, then what is promised first."""
    statement = select(TicketRow).where(TicketRow.state.in_(list(states)))
    in_turn = (TicketRow.promised, TicketRow.rush.desc(), TicketRow.number)
    return session.scalars(statement.order_by(*in_turn)).all()


def tasks_of(session: Session, numbers: Iterable[int]) -> dict[int, tuple[Task, ...]]:
    """What is to be done, by ticket."""
    statement = select(TicketTaskRow).where(TicketTaskRow.ticket.in_(list(numbers)))
    found: dict[int, tuple[Task, ...]] = {}
    for row in session.scalars(statement.order_by(TicketTaskRow.ticket, TicketTaskRow.no)):
        found[row.ticket] = (*found.get(row.ticket, ()), row.value())
    return found


def fittings_of(session: Session, numbers: Iterable[int]) -> dict[int, tuple[Fitting, ...]]:
    """When customers come to try something on, by ticket, the first first."""
    statement = select(FittingRow).where(FittingRow.ticket.in_(list(numbers)))
    found: dict[int, tuple[Fitting, ...]] = {}
    for row in session.scalars(statement.order_by(FittingRow.at, FittingRow.id)):
        found[row.ticket] = (*found.get(row.ticket, ()), row.value())
    return found


def steps_of(session: Session, number: int) -> tuple[Happened, ...]:
    """How a ticket came along, the first step first."""
    statement = select(TicketStepRow).where(TicketStepRow.ticket == number)
    return tuple(row.value() for row in session.scalars(statement.order_by(TicketStepRow.id)))


def price_list(session: Session) -> Sequence[TaskPriceRow]:
    """Every task of the price list, in the order they were written."""
    return session.scalars(select(TaskPriceRow).order_by(TaskPriceRow.number)).all()
