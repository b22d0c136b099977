"""The day of the till: what came and went since it was opened, how it ended, what was sold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, cast, func, select, type_coerce
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.money import ZERO, Money
from factory.kernel.time import at
from factory.kernel.time import day_of as local_day
from factory.till import records
from factory.till.domain import drawer
from factory.till.domain.drawer import (
    Counted,
    Day,
    DayEnd,
    Deposits,
    Opening,
    Takings,
    TillClosed,
)
from factory.till.domain.receipt import Slip
from factory.till.domain.sale import LineKind, TenderKind, receipt_code
from factory.till.records import (
    CloseRow,
    CountRow,
    OpeningRow,
    ReceiptLineRow,
    ReceiptRow,
    TenderRow,
)

A_DAY = timedelta(days=1)
PAGE = 60


@dataclass(frozen=True, slots=True)
class ReceiptShort:
    """A receipt in a list."""

    code: str
    kind: Slip
    at: datetime
    by: str
    coats: int
    total: Money
    kinds: tuple[TenderKind, ...]


@dataclass(frozen=True, slots=True)
class DaySales:
    """What was sold and given back on a day, for reports; amounts are net."""

    day: date
    sales: int
    returns: int
    coats: int
    total: Money
    vat: Money

    def plus(self, kind: Slip, coats: int, total: Money, vat: Money) -> DaySales:
        """The same with one receipt more."""
        return DaySales(
            self.day,
            self.sales + (kind is Slip.SALE),
            self.returns + (kind is Slip.RETURN),
            self.coats + coats,
            self.total + total,
            self.vat + vat,
        )


@dataclass(frozen=True, slots=True)
class EndShort:
    """A day end in a list."""

    number: int
    at: datetime
    by: str
    net: Money
    over: Money
    till: int = 1


def opening(session: Session, till: int = 1) -> Opening | None:
    """Since when a till is open, if it is."""
    row = records.open_till(session, till)
    return None if row is None else row.value()


def openings(session: Session) -> tuple[Opening, ...]:
    """The tills that are open."""
    return tuple(row.value() for row in records.open_tills(session))


def today(session: Session, till: int = 1) -> Day:
    """The day that goes on at a till, or `TillClosed`."""
    row = records.open_till(session, till)
    if row is None:
        raise TillClosed
    return day_of(session, row)


def refuse_to_overdraw(session: Session, cash: Money, till: int = 1) -> None:
    """Refuse to pay out more cash than lies in a drawer: `NotThatMuch`."""
    if cash:
        drawer.refuse_to_overdraw(today(session, till), cash)


def day_of(session: Session, row: OpeningRow) -> Day:
    """Everything since an opening, added up from the facts."""
    kinds = _receipts(session, row.id)
    moves = tuple((each.reason, each.amount) for each in records.movements(session, row.id))
    moved = [amount for _, amount in moves]
    numbers = [each for kind in kinds.values() for each in (kind.first, kind.last)]
    return Day(
        opening=row.value(),
        sales=kinds[Slip.SALE].number if Slip.SALE in kinds else 0,
        returns=kinds[Slip.RETURN].number if Slip.RETURN in kinds else 0,
        coats=_coats(session, row.id),
        vat=Money.total(Money(kind.vat) for kind in kinds.values()),
        takings=_takings(session, row.id),
        paid_in=Money.total(amount for amount in moved if amount > ZERO),
        paid_out=-Money.total(amount for amount in moved if amount < ZERO),
        first=min(numbers, default=None),
        last=max(numbers, default=None),
        deposits=_deposits(session, row),
        moved=moves,
    )


def _deposits(session: Session, row: OpeningRow) -> Deposits:
    """Deposits of a day; of one that ended, what was held is what was kept with its close."""
    lines = records.deposit_lines(session, row.id)
    taken, used, back = (
        Money.total(amount for slip, amount in lines if slip is kind)
        for kind in (Slip.DEPOSIT, Slip.SALE, Slip.RETURN)
    )
    close = session.get(CloseRow, row.id)
    held = close.held if close else Money.total(records.deposits_held(session).values())
    return Deposits(taken, -used, -back, held)


def _won(column: Any) -> Any:
    """A sum of won as a whole number on both engines."""
    total = cast(func.sum(type_coerce(column, BigInteger)), BigInteger)
    return func.coalesce(total, 0)


def _receipts(session: Session, opening_id: int) -> dict[Slip, Any]:
    statement = (
        select(
            ReceiptRow.kind,
            func.count().label("number"),
            _won(ReceiptRow.vat).label("vat"),
            func.min(ReceiptRow.number).label("first"),
            func.max(ReceiptRow.number).label("last"),
        )
        .where(ReceiptRow.opening_id == opening_id)
        .group_by(ReceiptRow.kind)
    )
    return {row.kind: row for row in session.execute(statement)}


def _coats(session: Session, opening_id: int) -> int:
    statement = (
        select(func.coalesce(func.sum(ReceiptLineRow.quantity), 0))
        .join(ReceiptRow, ReceiptRow.number == ReceiptLineRow.receipt)
        .where(ReceiptRow.opening_id == opening_id, ReceiptLineRow.kind == LineKind.COAT)
    )
    return int(session.scalar(statement) or 0)


def _takings(session: Session, opening_id: int) -> tuple[Takings, ...]:
    statement = (
        select(TenderRow.kind, ReceiptRow.kind, _won(TenderRow.kept))
        .join(ReceiptRow, ReceiptRow.number == TenderRow.receipt)
        .where(ReceiptRow.opening_id == opening_id)
        .group_by(TenderRow.kind, ReceiptRow.kind)
    )
    found = {(kind, slip): Money(won) for kind, slip, won in session.execute(statement)}
    return tuple(
        Takings(
            kind,
            found.get((kind, Slip.SALE), ZERO),
            -found.get((kind, Slip.RETURN), ZERO),
            found.get((kind, Slip.DEPOSIT), ZERO),
        )
        for kind in TenderKind
    )


# Counts and ends


def last_count(session: Session, till: int = 1) -> Counted | None:
    """The last count of an open till, unless something happened after it."""
    row = records.open_till(session, till)
    found = None if row is None else records.valid_count(session, row.id)
    return None if found is None else found.value()


def day_end(session: Session, number: int) -> DayEnd:
    """How the day of that number ended, or `NotFound`."""
    row = records.opening_numbered(session, number)
    close = None if row is None else session.get(CloseRow, row.id)
    if row is None or close is None:
        raise NotFound("day", number)
    return DayEnd(
        day=day_of(session, row),
        counted=session.get_one(CountRow, close.count_id).value(),
        counts=close.counts,
        note=close.note,
        at=close.at,
        by=close.by,
    )


def day_ends(session: Session, limit: int = PAGE) -> tuple[EndShort, ...]:
    """The last days that ended, the newest first."""
    statement = (
        select(OpeningRow.number, OpeningRow.till, CloseRow)
        .join(CloseRow, CloseRow.opening_id == OpeningRow.id)
        .order_by(OpeningRow.number.desc())
        .limit(limit)
    )
    return tuple(
        EndShort(number, close.at, close.by, close.net, close.counted - close.expected, till)
        for number, till, close in session.execute(statement)
    )


# Lists


def receipts_on(session: Session, day: date) -> tuple[ReceiptShort, ...]:
    """The receipts of a day in Seoul, the newest first."""
    within = (ReceiptRow.at >= at(day, "00:00"), ReceiptRow.at < at(day + A_DAY, "00:00"))
    rows = session.scalars(select(ReceiptRow).where(*within).order_by(ReceiptRow.number.desc()))
    return _short(session, rows.all())


def sales_to_customer(session: Session, customer: int) -> tuple[ReceiptShort, ...]:
    """The last sales to the customer with this card, the newest first."""
    return _short(session, records.receipts_of_customer(session, customer))


def _short(session: Session, found: Sequence[ReceiptRow]) -> tuple[ReceiptShort, ...]:
    numbers = [row.number for row in found]
    coats = _coats_of(session, numbers)
    kinds: dict[int, list[TenderKind]] = {}
    for tender in records.tenders(session, *numbers):
        kinds.setdefault(tender.receipt, []).append(tender.kind)
    return tuple(
        ReceiptShort(
            receipt_code(row.number),
            row.kind,
            row.at,
            row.by,
            coats.get(row.number, 0),
            row.total,
            tuple(kinds.get(row.number, ())),
        )
        for row in found
    )


def _coats_of(session: Session, numbers: list[int]) -> dict[int, int]:
    statement = (
        select(ReceiptLineRow.receipt, func.sum(ReceiptLineRow.quantity))
        .where(ReceiptLineRow.receipt.in_(numbers), ReceiptLineRow.kind == LineKind.COAT)
        .group_by(ReceiptLineRow.receipt)
    )
    return {number: int(coats) for number, coats in session.execute(statement)}


def sales_by_day(session: Session, first: date, last: date) -> tuple[DaySales, ...]:
    """What was sold on each day from one to another, net of returns; quiet days are left out."""
    coats = (
        select(func.sum(ReceiptLineRow.quantity))
        .where(ReceiptLineRow.receipt == ReceiptRow.number, ReceiptLineRow.kind == LineKind.COAT)
        .scalar_subquery()
    )
    statement = select(ReceiptRow, coats).where(
        ReceiptRow.at >= at(first, "00:00"), ReceiptRow.at < at(last + A_DAY, "00:00")
    )
    found: dict[date, DaySales] = {}
    for row, count in session.execute(statement.order_by(ReceiptRow.at)):
        day = local_day(row.at)
        so_far = found.get(day, DaySales(day, 0, 0, 0, ZERO, ZERO))
        found[day] = so_far.plus(row.kind, int(count or 0), row.total, row.vat)
    return tuple(found.values())
