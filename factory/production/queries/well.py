"""Work that was done well: pieces as they were entered, and repairs, which are paid like them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func

from factory.production.domain.outcomes import Outcome
from factory.production.records import OutcomeRow, ScanRow


class Source(NamedTuple):
    """A table in which good pieces are counted, net of what was taken back."""

    row: Any
    operation: Any
    count: Any
    which: tuple[ColumnElement[bool], ...] = ()


DONE_WELL = (
    Source(ScanRow, ScanRow.operation, ScanRow.good),
    Source(
        OutcomeRow,
        func.coalesce(OutcomeRow.paid_as, OutcomeRow.operation),
        OutcomeRow.count,
        (OutcomeRow.outcome == Outcome.REPAIRED,),
    ),
)
"""Both of them; whoever counts one alone forgets work that is paid."""
