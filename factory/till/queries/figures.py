"""Sums for the office: of days that ended as they were kept, of the open day as it stands."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.till import records
from factory.till.domain.figures import Figure, Moved
from factory.till.domain.figures import figures as summed
from factory.till.records import FigureRow, ReceiptLineRow, ReceiptRow, TenderRow


def figures_of(session: Session, opening_id: int) -> tuple[Figure, ...]:
    """The sums of everything since an opening, from its receipts."""
    numbers = select(ReceiptRow.number).where(ReceiptRow.opening_id == opening_id)
    lines, tenders = defaultdict(list), defaultdict(list)
    kept = select(ReceiptLineRow).where(ReceiptLineRow.receipt.in_(numbers))
    for line in session.scalars(kept):
        lines[line.receipt].append((line.kind, line.item, line.quantity, line.amount))
    for tender in session.scalars(select(TenderRow).where(TenderRow.receipt.in_(numbers))):
        tenders[tender.receipt].append((tender.kind.value, tender.kept))
    rows = session.scalars(select(ReceiptRow).where(ReceiptRow.opening_id == opening_id))
    return summed(
        Moved(
            row.kind,
            row.at,
            row.by,
            row.total,
            row.vat,
            tuple(lines[row.number]),
            tuple(tenders[row.number]),
        )
        for row in rows
    )


def figures(session: Session, first: date, last: date) -> tuple[Figure, ...]:
    """The sums of the days from one to another."""
    within = FigureRow.day.between(first, last)
    kept = [row.value() for row in session.scalars(select(FigureRow).where(within))]
    now = [each for row in records.open_tills(session) for each in figures_of(session, row.id)]
    return (*kept, *(figure for figure in now if first <= figure.day <= last))
