"""Tables of what changed its ticket, is held, or was found (facts); load and append."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.production.domain.found import FoundPieces
from factory.production.domain.holds import Hold, HoldKind
from factory.production.domain.regroup import Load, Moved, Regrouping
from factory.security.domain import WorkerId

CODE, BUNDLE = String(8), "bundles.code"


class MoveRow(Fact, Base):
    """Pieces of one bundle travel on with another, with all that was done to them."""

    __tablename__ = "bundle_moves"
    __table_args__ = (
        Index("ix_bundle_moves_target", "target"),
        CheckConstraint("pieces > 0", name="moves_pieces"),
    )

    source: Mapped[str] = mapped_column(ForeignKey(BUNDLE), primary_key=True)
    target: Mapped[str] = mapped_column(ForeignKey(BUNDLE), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(36), index=True)
    how: Mapped[Regrouping] = mapped_column(Word(Regrouping))
    pieces: Mapped[int]
    passed: Mapped[dict[str, int]] = mapped_column(JSON)
    waited: Mapped[dict[str, int]] = mapped_column(JSON)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(300))

    def value(self) -> Moved:
        """The move as a value."""
        return Moved(
            event_id=self.event_id,
            source=self.source,
            target=self.target,
            how=self.how,
            load=Load(self.pieces, dict(self.passed), dict(self.waited)),
            at=self.at,
            by=self.by,
            reason=self.reason,
        )


class HoldRow(Fact, Base):
    """Something stops a bundle or is noted beside it; a row with `closes` settles it."""

    __tablename__ = "bundle_holds"
    __table_args__ = (Index("ix_bundle_holds_bundle", "bundle"),)

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    bundle: Mapped[str] = mapped_column(ForeignKey(BUNDLE))
    kind: Mapped[HoldKind] = mapped_column(Word(HoldKind))
    operation: Mapped[str | None] = mapped_column(String(20))
    pieces: Mapped[int]
    ply: Mapped[int | None]
    party: Mapped[str] = mapped_column(String(60))
    note: Mapped[str] = mapped_column(String(300))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    closes: Mapped[int | None] = mapped_column(ForeignKey("bundle_holds.id"), unique=True)

    def value(self) -> Hold:
        """The entry as a value."""
        names = [name for name in Hold.__dataclass_fields__ if name != "worker"]
        worker = None if self.worker_id is None else WorkerId(self.worker_id)
        return Hold(worker=worker, **{name: getattr(self, name) for name in names})


class FoundRow(Fact, Base):
    """A bundle holds so many pieces more than it was cut with; one that `reverses` takes back."""

    __tablename__ = "bundle_found"
    __table_args__ = (
        Index("ix_bundle_found_bundle", "bundle"),
        CheckConstraint(
            "(count > 0 AND reverses IS NULL) OR (count < 0 AND reverses IS NOT NULL)",
            name="adds_pieces",
        ),
    )

    event_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    bundle: Mapped[str] = mapped_column(ForeignKey(BUNDLE))
    count: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(300))
    reverses: Mapped[str | None] = mapped_column(ForeignKey("bundle_found.event_id"), unique=True)

    def value(self) -> FoundPieces:
        """The pieces as a value."""
        names = FoundPieces.__dataclass_fields__
        return FoundPieces(**{name: getattr(self, name) for name in names})


def append_found(session: Session, found: FoundPieces) -> None:
    """Keep that a bundle holds more, or that it does not after all."""
    names = FoundPieces.__dataclass_fields__
    session.add(FoundRow(**{name: getattr(found, name) for name in names}))
    session.flush()


def found_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[FoundPieces, ...]:
    """Found pieces, by when they were added."""
    statement = select(FoundRow).where(*conditions).order_by(FoundRow.at, FoundRow.event_id)
    return tuple(row.value() for row in session.scalars(statement))


def append_moves(session: Session, moves: Iterable[Moved]) -> None:
    """Keep that pieces changed their ticket."""
    for one in moves:
        row = MoveRow(source=one.source, target=one.target, event_id=one.event_id, how=one.how)
        row.pieces = one.load.pieces
        row.passed, row.waited = dict(one.load.passed), dict(one.load.waited)
        row.at, row.by, row.reason = one.at, one.by[:60], one.reason[:300]
        session.add(row)
    session.flush()


def moves_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[Moved, ...]:
    """Moves, by when they were made."""
    statement = select(MoveRow).where(*conditions).order_by(MoveRow.at, MoveRow.target)
    return tuple(row.value() for row in session.scalars(statement))


def append_hold(session: Session, hold: Hold) -> Hold:
    """Keep that something began, or is settled."""
    values = {name: getattr(hold, name) for name in Hold.__dataclass_fields__}
    del values["id"]
    row = HoldRow(worker_id=values.pop("worker"), **values)
    session.add(row)
    session.flush()
    return row.value()


def holds_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[Hold, ...]:
    """Entries, in the order they were made."""
    statement = select(HoldRow).where(*conditions).order_by(HoldRow.id)
    return tuple(row.value() for row in session.scalars(statement))


def still_open() -> tuple[ColumnElement[bool], ...]:
    """What began and is not settled."""
    settled = select(HoldRow.closes).where(HoldRow.closes.is_not(None))
    return HoldRow.closes.is_(None), HoldRow.id.not_in(settled)
