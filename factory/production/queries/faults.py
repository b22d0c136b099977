"""What was found at the final inspection."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.catalogue.domain import Section
from factory.production.domain.scans import Defect
from factory.production.queries.bundles import bundles_of
from factory.production.records import BundleRow, RejectRow, ScanRow


def faults_of_line(session: Session, order: str, line: int) -> dict[Defect, int]:
    """Faults found in finishing on the coats of an order line, by what was wrong."""
    finishing = {
        step.code
        for state in bundles_of(session, order)[:1]
        for step in state.routing.of_section(Section.FINISHING)
    }
    statement = (
        select(RejectRow.defect, func.sum(RejectRow.count))
        .join(ScanRow, ScanRow.id == RejectRow.scan)
        .join(BundleRow, BundleRow.code == ScanRow.bundle)
        .where(BundleRow.order == order, BundleRow.line == line, ScanRow.operation.in_(finishing))
        .group_by(RejectRow.defect)
    )
    return {defect: int(count) for defect, count in session.execute(statement) if count > 0}
