"""Tables of faults and where they come from (facts): proposed, what she said, what was decided."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.production.domain.faults import Cause, Fault, Judged
from factory.production.domain.scans import Defect
from factory.production.records.tables import OPERATION, BundleRow, ScanRow
from factory.security.domain import WorkerId

FAULT = "faults.id"


class FaultRow(Fact, Base):
    """The inspector says where a fault comes from."""

    __tablename__ = "faults"
    __table_args__ = (
        UniqueConstraint("scan", "defect"),
        Index("ix_faults_worker", "worker_id", "at"),
        Index("ix_faults_bundle", "bundle"),
    )

    id: Mapped[Key]
    scan: Mapped[str] = mapped_column(ForeignKey("scans.id"))
    defect: Mapped[Defect] = mapped_column(Word(Defect))
    bundle: Mapped[str] = mapped_column(ForeignKey(BundleRow.code))
    found: Mapped[str] = mapped_column(OPERATION)
    step: Mapped[str | None] = mapped_column(OPERATION)
    cause: Mapped[Cause] = mapped_column(Word(Cause))
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    count: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


class FaultSaidRow(Fact, Base):
    """What she says about it; the newest word stands."""

    __tablename__ = "faults_said"

    id: Mapped[Key]
    fault: Mapped[int] = mapped_column(ForeignKey(FAULT), index=True)
    word: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]


class FaultJudgedRow(Fact, Base):
    """What the supervisor decided; the newest decision stands."""

    __tablename__ = "faults_judged"

    id: Mapped[Key]
    fault: Mapped[int] = mapped_column(ForeignKey(FAULT), index=True)
    cause: Mapped[Cause] = mapped_column(Word(Cause))
    reason: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


def append_fault(session: Session, fault: Fault) -> int:
    """Keep where a fault comes from; its number."""
    row = FaultRow(scan=fault.scan, defect=fault.defect, bundle=fault.bundle, found=fault.found)
    row.step, row.cause, row.worker_id = fault.step, fault.cause, fault.worker
    row.count, row.at, row.by = fault.count, fault.at, fault.by[:60]
    session.add(row)
    session.flush()
    return row.id


def append_word(session: Session, fault: int, word: str, *, at: datetime) -> None:
    """Keep what she says."""
    session.add(FaultSaidRow(fault=fault, word=word[:300], at=at))
    session.flush()


def append_judged(session: Session, fault: int, judged: Judged) -> None:
    """Keep a decision."""
    row = FaultJudgedRow(fault=fault, cause=judged.cause, reason=judged.reason[:300])
    row.at, row.by = judged.at, judged.by[:60]
    session.add(row)
    session.flush()


def faults_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[Fault, ...]:
    """Faults of entries that still count, with what was said and decided, the newest first."""
    undone = select(ScanRow.reverses).where(ScanRow.reverses == FaultRow.scan).exists()
    rows = session.scalars(
        select(FaultRow).where(*conditions, ~undone).order_by(FaultRow.id.desc())
    ).all()
    numbers = [row.id for row in rows]
    said, judged = _words(session, numbers), _judged(session, numbers)
    return tuple(_value(row, said.get(row.id, ""), judged.get(row.id)) for row in rows)


def _words(session: Session, numbers: list[int]) -> dict[int, str]:
    row = FaultSaidRow
    statement = select(row.fault, row.word).where(row.fault.in_(numbers)).order_by(row.id)
    return dict(session.execute(statement).all()) if numbers else {}


def _judged(session: Session, numbers: list[int]) -> dict[int, Judged]:
    row = FaultJudgedRow
    statement = select(row).where(row.fault.in_(numbers)).order_by(row.id)
    found = session.scalars(statement) if numbers else ()
    return {each.fault: Judged(each.cause, each.reason, each.by, each.at) for each in found}


def _value(row: FaultRow, word: str, judged: Judged | None) -> Fault:
    return Fault(
        id=row.id,
        scan=row.scan,
        defect=row.defect,
        bundle=row.bundle,
        found=row.found,
        step=row.step,
        cause=row.cause,
        worker=None if row.worker_id is None else WorkerId(row.worker_id),
        count=row.count,
        at=row.at,
        by=row.by,
        word=word,
        judged=judged,
    )
