"""What was found at the final inspection."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.catalogue.domain import Routing, Section, Station
from factory.production.domain.metrics import Looked
from factory.production.domain.scans import Defect
from factory.production.queries.bundles import bundles_of
from factory.production.records import BundleRow, RejectRow, ScanRow


def faults_of_line(session: Session, order: str, line: int) -> dict[Defect, int]:
    """Faults found in finishing on the coats of an order line, by what was wrong."""
    finishing = {
        step.code
        for way in _ways(session, order, line)
        for step in way.of_section(Section.FINISHING)
    }
    statement = (
        select(RejectRow.defect, func.sum(RejectRow.count))
        .join(ScanRow, ScanRow.id == RejectRow.scan)
        .join(BundleRow, BundleRow.code == ScanRow.bundle)
        .where(BundleRow.order == order, BundleRow.line == line, ScanRow.operation.in_(finishing))
        .group_by(RejectRow.defect)
    )
    return {defect: int(count) for defect, count in session.execute(statement) if count > 0}


def looked_of_line(session: Session, order: str, line: int) -> Looked:
    """What the final inspection saw of an order line, each coat once.

    A coat that was repaired afterwards is not looked at for the first time again.
    """
    at_line = (BundleRow.order == order, BundleRow.line == line)
    seen = ScanRow.operation.in_({_seer(way) for way in _ways(session, order, line)})
    counted = select(func.sum(ScanRow.good), func.sum(ScanRow.rejected))
    pieces = counted.join(BundleRow, BundleRow.code == ScanRow.bundle).where(*at_line, seen)
    good, faulty = (int(count or 0) for count in session.execute(pieces).one())
    faults = (
        select(func.sum(RejectRow.count))
        .join(ScanRow, ScanRow.id == RejectRow.scan)
        .join(BundleRow, BundleRow.code == ScanRow.bundle)
        .where(*at_line, seen)
    )
    return Looked(good + faulty, faulty, int(session.scalar(faults) or 0))


def _ways(session: Session, order: str, line: int) -> tuple[Routing, ...]:
    """The ways of work by which the coats of a line are made; they may have changed on the way."""
    found = bundles_of(session, order)
    ways = {each.routing.uid: each.routing for each in found if each.bundle.line == line}
    return tuple(ways.values())


def _seer(way: Routing) -> str:
    """The operation at which the final inspection begins; none where there is no inspection."""
    at_qc = (step.code for step in way.steps if step.operation.station is Station.QC)
    return next(at_qc, "")
