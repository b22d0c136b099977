"""Tables of lays, bundles, scans and outcomes (facts), and of the balances kept beside them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from factory.catalogue.domain import Station
from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.production.domain.bundles import Bundle
from factory.production.domain.cutting import LaidRoll, LayState
from factory.production.domain.outcomes import Decided, Outcome, Trace
from factory.production.domain.pay import PayMode
from factory.production.domain.progress import Stage
from factory.production.domain.scans import Defect
from factory.security import waiting
from factory.security.domain import WorkerId

CODE = String(8)
OPERATION = String(20)
OPEN_WORK = text("waiting > 0")
NOT_CLOSED = text("stage <> 'closed'")


class LayRow(Base):
    """A lay as the cutter means it; once cut, `lay_cuts` says what it was."""

    __tablename__ = "lays"
    __table_args__ = (UniqueConstraint("order", "number"),)

    id: Mapped[Key]
    order: Mapped[str] = mapped_column(ForeignKey("orders.number"))
    number: Mapped[int]
    style: Mapped[str] = mapped_column(String(20))
    marker: Mapped[list[tuple[str, int]]] = mapped_column(JSON)
    planned: Mapped[list[tuple[int, int]]] = mapped_column(JSON)
    bundle_size: Mapped[int]
    state: Mapped[LayState] = mapped_column(Word(LayState))
    planned_at: Mapped[datetime]
    planned_by: Mapped[str] = mapped_column(String(60))


class LayCutRow(Fact, Base):
    """A lay was cut: the plies it really had, and the cloth it took."""

    __tablename__ = "lay_cuts"

    lay_id: Mapped[int] = mapped_column(ForeignKey("lays.id"), primary_key=True)
    plies: Mapped[list[tuple[int, int]]] = mapped_column(JSON)
    centimetres: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class LayRollRow(Fact, Base):
    """Plies of a lay that came from one roll, in the order they lie."""

    __tablename__ = "lay_rolls"

    lay_id: Mapped[int] = mapped_column(ForeignKey("lays.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    roll: Mapped[int] = mapped_column(ForeignKey("rolls.number"), index=True)
    plies: Mapped[int]
    centimetres: Mapped[int]

    def value(self) -> LaidRoll:
        """The plies as a value."""
        return LaidRoll(self.line, self.roll, self.plies, self.centimetres)


class BundleRow(Fact, Base):
    """Pieces that travel as one; where they are is in the balances."""

    __tablename__ = "bundles"
    __table_args__ = (
        Index("ix_bundles_order_line_size", "order", "line", "size"),
        CheckConstraint("quantity > 0", name="holds_pieces"),
    )

    code: Mapped[str] = mapped_column(CODE, primary_key=True)
    serial: Mapped[int] = mapped_column(unique=True)
    order: Mapped[str] = mapped_column(ForeignKey("orders.number"))
    line: Mapped[int]
    style: Mapped[str] = mapped_column(String(20))
    colour: Mapped[str] = mapped_column(String(20))
    size: Mapped[str] = mapped_column(String(20))
    lay_id: Mapped[int] = mapped_column(ForeignKey("lays.id"), index=True)
    lay: Mapped[int]
    number: Mapped[int]
    of: Mapped[int]
    place: Mapped[int]
    ply_from: Mapped[int]
    ply_to: Mapped[int]
    quantity: Mapped[int]
    routing_uid: Mapped[str] = mapped_column(ForeignKey("routings.uid"))
    for_customer: Mapped[bool]
    shade: Mapped[str] = mapped_column(String(20))
    plies: Mapped[str] = mapped_column(String(400))
    cut_at: Mapped[datetime]

    def value(self) -> Bundle:
        """The bundle as a value."""
        return Bundle(
            code=self.code,
            order=self.order,
            line=self.line,
            style=self.style,
            colour=self.colour,
            size=self.size,
            lay=self.lay,
            number=self.number,
            of=self.of,
            place=self.place,
            ply_from=self.ply_from,
            ply_to=self.ply_to,
            quantity=self.quantity,
            routing_uid=self.routing_uid,
            for_customer=self.for_customer,
            shade=self.shade,
            plies=self.plies,
        )


class TicketRow(Fact, Base):
    """A bundle's ticket was printed; above the first issue it replaces a lost one.

    Its number comes from the same row as those of bundles: no two tickets ever look alike.
    """

    __tablename__ = "bundle_tickets"

    bundle: Mapped[str] = mapped_column(ForeignKey("bundles.code"), primary_key=True)
    issue: Mapped[int] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(CODE, unique=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class ScanRow(Fact, Base):
    """Pieces were done or rejected at a step; a counter-entry has figures below zero."""

    __tablename__ = "scans"
    __table_args__ = (
        Index("ix_scans_bundle_operation", "bundle", "operation"),
        Index("ix_scans_worker_day", "worker_id", "day", "pay", "operation", "rate", "good"),
        Index("ix_scans_day", "day"),
        Index("ix_scans_worker_received", "worker_id", "received"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    bundle: Mapped[str] = mapped_column(ForeignKey("bundles.code"))
    operation: Mapped[str] = mapped_column(OPERATION)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    good: Mapped[int]
    rejected: Mapped[int]
    at: Mapped[datetime]
    received: Mapped[datetime]
    day: Mapped[date]
    source: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(String(60))
    rate: Mapped[Money]
    pay: Mapped[PayMode] = mapped_column(Word(PayMode))
    """How whoever made the pieces was paid on the day."""
    reverses: Mapped[str | None] = mapped_column(ForeignKey("scans.id"), unique=True)


waiting.TAKEN["production"] = ScanRow.id


class RejectRow(Fact, Base):
    """Why pieces of a scan were rejected."""

    __tablename__ = "scan_rejects"

    scan: Mapped[str] = mapped_column(ForeignKey("scans.id"), primary_key=True)
    defect: Mapped[Defect] = mapped_column(Word(Defect), primary_key=True)
    count: Mapped[int]


class OutcomeRow(Fact, Base):
    """What became of one piece; `count` is -1 where that was taken back."""

    __tablename__ = "outcomes"
    __table_args__ = (
        UniqueConstraint("event_id", "place"),
        Index("ix_outcomes_bundle", "bundle"),
        Index("ix_outcomes_worker_day", "worker_id", "day"),
        Index("ix_outcomes_decider_at", "decider_id", "at"),
    )

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36))
    place: Mapped[int]
    """Which of the pieces decided together, from 1."""
    bundle: Mapped[str] = mapped_column(ForeignKey("bundles.code"))
    operation: Mapped[str | None] = mapped_column(OPERATION)
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    count: Mapped[int]
    passed: Mapped[list[str]] = mapped_column(JSON)
    waited: Mapped[list[str]] = mapped_column(JSON)
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    rate: Mapped[Money]
    pay: Mapped[PayMode] = mapped_column(Word(PayMode))
    at: Mapped[datetime]
    day: Mapped[date]
    by: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(300))
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    """Whose badge was scanned where it was decided."""
    fault: Mapped[int | None] = mapped_column(ForeignKey("faults.id"), index=True)
    paid_as: Mapped[str | None] = mapped_column(OPERATION)
    reverses: Mapped[int | None] = mapped_column(ForeignKey("outcomes.id"), unique=True)

    def value(self) -> Decided:
        """The outcome as a value."""
        return Decided(
            id=self.id,
            event_id=self.event_id,
            bundle=self.bundle,
            operation=self.operation,
            outcome=self.outcome,
            count=self.count,
            trace=Trace(tuple(self.passed), tuple(self.waited)),
            worker=None if self.worker_id is None else WorkerId(self.worker_id),
            rate=self.rate,
            pay=self.pay,
            at=self.at,
            day=self.day,
            by=self.by,
            reason=self.reason,
            decider=None if self.decider_id is None else WorkerId(self.decider_id),
            reverses=self.reverses,
            fault=self.fault,
            paid_as=self.paid_as,
        )


class StepBalanceRow(Base):
    """One step of one bundle: the sum of its facts, kept for speed."""

    __tablename__ = "step_balances"
    __table_args__ = (
        CheckConstraint('good >= 0 AND gone >= 0 AND rework >= 0 AND "left" >= 0', name="counts"),
        Index(
            "ix_step_balances_open",
            "station",
            sqlite_where=OPEN_WORK,
            postgresql_where=OPEN_WORK,
        ),
    )

    bundle: Mapped[str] = mapped_column(ForeignKey("bundles.code"), primary_key=True)
    operation: Mapped[str] = mapped_column(OPERATION, primary_key=True)
    station: Mapped[Station] = mapped_column(Word(Station))
    good: Mapped[int]
    gone: Mapped[int]
    rework: Mapped[int]
    left: Mapped[int]
    waiting: Mapped[int]
    """Left and rework together; the index holds only the rows where there is any."""


class BundleBalanceRow(Base):
    """One bundle as a whole: the sum of its facts, kept for speed."""

    __tablename__ = "bundle_balances"
    __table_args__ = (
        Index(
            "ix_bundle_balances_open",
            "stage",
            sqlite_where=NOT_CLOSED,
            postgresql_where=NOT_CLOSED,
        ),
    )

    bundle: Mapped[str] = mapped_column(ForeignKey("bundles.code"), primary_key=True)
    scrapped: Mapped[int]
    second: Mapped[int]
    lost: Mapped[int]
    sewn: Mapped[int]
    packed: Mapped[int]
    started: Mapped[bool]
    moved: Mapped[int]
    held: Mapped[int]
    found: Mapped[int]
    stage: Mapped[Stage] = mapped_column(Word(Stage))


class DayOutputRow(Base):
    """Pieces done well and rejected on a day at an operation, kept for the board."""

    __tablename__ = "day_outputs"

    day: Mapped[date] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(OPERATION, primary_key=True)
    good: Mapped[int]
    rejected: Mapped[int]


LIES_OPEN = StepBalanceRow.waiting > literal_column("0")
"""Pieces lie at the step; written out, so that the small index of such rows is used."""
IN_WORK = BundleBalanceRow.stage != literal_column("'closed'")
"""A piece of the bundle is in work; written out likewise."""
