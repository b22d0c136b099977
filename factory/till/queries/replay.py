"""What is kept of the till against its facts: numbers without gaps, sums, days that ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from factory.db.replay import Difference
from factory.till.queries.days import day_of
from factory.till.queries.figures import figures_of
from factory.till.records import (
    CloseRow,
    CountRow,
    FigureRow,
    OpeningRow,
    ReceiptLineRow,
    ReceiptRow,
    TenderRow,
)


def recomputed(session: Session) -> tuple[Difference, ...]:
    """Where a receipt does not add up, a number is missing, or a day end differs from its day."""
    return (
        *_gaps(session),
        *_sums(session, "receipt lines", ReceiptLineRow.receipt, ReceiptLineRow.amount),
        *_sums(session, "receipt tenders", TenderRow.receipt, TenderRow.kept),
        *_ends(session),
    )


def _gaps(session: Session) -> Iterator[Difference]:
    last, count = session.execute(
        select(func.coalesce(func.max(ReceiptRow.number), 0), func.count(ReceiptRow.number))
    ).one()
    if last != count:
        yield Difference("receipt numbers", "last", str(last), str(count))


def _sums(session: Session, kind: str, receipt: Any, amount: Any) -> Iterator[Difference]:
    sums = (
        select(receipt.label("receipt"), cast(func.sum(_plain(amount)), BigInteger).label("won"))
        .group_by(receipt)
        .subquery()
    )
    found = func.coalesce(sums.c.won, 0)
    statement = (
        select(ReceiptRow.number, _plain(ReceiptRow.total), found)
        .outerjoin(sums, sums.c.receipt == ReceiptRow.number)
        .where(_plain(ReceiptRow.total) != found)
    )
    for number, kept, replayed in session.execute(statement):
        yield Difference(kind, str(number), str(kept), str(replayed))


def _plain(column: Any) -> Any:
    return type_coerce(column, BigInteger)


def _ends(session: Session) -> Iterator[Difference]:
    statement = (
        select(OpeningRow, CloseRow, CountRow)
        .join(CloseRow, CloseRow.opening_id == OpeningRow.id)
        .join(CountRow, CountRow.id == CloseRow.count_id)
    )
    for opening, close, count in session.execute(statement):
        day = day_of(session, opening)
        kept = (close.net, close.vat, close.expected, close.counted)
        replayed = (day.net, day.vat, day.expected, count.value().total)
        if kept != replayed:
            told = [str([amount.won for amount in each]) for each in (kept, replayed)]
            yield Difference("day end", str(opening.number), *told)
        yield from _figures(session, opening)


def _figures(session: Session, opening: OpeningRow) -> Iterator[Difference]:
    """The sums that reports read, against the receipts of their day."""
    rows = session.scalars(select(FigureRow).where(FigureRow.opening_id == opening.id))
    kept = {row.value() for row in rows}
    replayed = set(figures_of(session, opening.id))
    for figure in sorted(kept ^ replayed, key=str):
        told = (str(figure.total.won), "") if figure in kept else ("", str(figure.total.won))
        yield Difference("till figures", f"{figure.day} {figure.cut} {figure.key}", *told)
