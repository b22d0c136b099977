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
SAID, JUDGED = "fault_said", "fault_judged"
"""Under which name what she says and why it was decided lie in the vault."""


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
    """She says how it was; the newest word stands. It lies in the vault (`production.sealed`)."""

    __tablename__ = "faults_said"

    id: Mapped[Key]
    fault: Mapped[int] = mapped_column(ForeignKey(FAULT), index=True)
    at: Mapped[datetime]


class FaultJudgedRow(Fact, Base):
    """What the supervisor decided; the newest decision stands. Why lies in the vault."""

    __tablename__ = "faults_judged"

    id: Mapped[Key]
    fault: Mapped[int] = mapped_column(ForeignKey(FAULT), index=True)
    cause: Mapped[Cause] = mapped_column(Word(Cause))
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


def append_said(session: Session, fault: int, *, at: datetime) -> int:
    """Keep that she said how it was; its number."""
    row = FaultSaidRow(fault=fault, at=at)
    session.add(row)
    session.flush()
    return row.id


def append_judged(session: Session, fault: int, judged: Judged) -> int:
    """Keep a decision; its number."""
    row = FaultJudgedRow(fault=fault, cause=judged.cause)
    row.at, row.by = judged.at, judged.by[:60]
    session.add(row)
    session.flush()
    return row.id


def told_about(session: Session) -> dict[tuple[str, int], WorkerId]:
    """About whom each word and each decision is, by its kind and number."""
    found: dict[tuple[str, int], WorkerId] = {}
    for kind, row in ((SAID, FaultSaidRow), (JUDGED, FaultJudgedRow)):
        statement = select(row.id, FaultRow.worker_id).join(FaultRow, FaultRow.id == row.fault)
        about = session.execute(statement.where(FaultRow.worker_id.is_not(None)))
        found |= {(kind, number): WorkerId(who) for number, who in about if who is not None}
    return found


def faults_where(session: Session, *conditions: ColumnElement[bool]) -> tuple[Fault, ...]:
    """Faults of entries that still count, with what was said and decided, the newest first."""
    undone = select(ScanRow.reverses).where(ScanRow.reverses == FaultRow.scan).exists()
    rows = session.scalars(
        select(FaultRow).where(*conditions, ~undone).order_by(FaultRow.id.desc())
    ).all()
    numbers = [row.id for row in rows]
    said, judged = _said(session, numbers), _judged(session, numbers)
    return tuple(_value(row, said.get(row.id), judged.get(row.id)) for row in rows)


def _said(session: Session, numbers: list[int]) -> dict[int, int]:
    row = FaultSaidRow
    statement = select(row.fault, row.id).where(row.fault.in_(numbers)).order_by(row.id)
    return dict(session.execute(statement).all()) if numbers else {}


def _judged(session: Session, numbers: list[int]) -> dict[int, Judged]:
    row = FaultJudgedRow
    statement = select(row).where(row.fault.in_(numbers)).order_by(row.id)
    found = session.scalars(statement) if numbers else ()
    return {each.fault: Judged(each.cause, "", each.by, each.at, each.id) for each in found}


def _value(row: FaultRow, said: int | None, judged: Judged | None) -> Fault:
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
        said=said,
        judged=judged,
    )
