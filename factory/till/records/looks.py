"""Look up openings, receipts, counts and movements of money; save the seller."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import cast as as_type

from sqlalchemy import (
    BigInteger,
    Row,
    Table,
    case,
    cast,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from factory.db import quick
from factory.kernel.money import Money
from factory.till.domain.cash_receipt import left_of_each
from factory.till.domain.receipt import Slip
from factory.till.domain.sale import LineKind, TenderKind
from factory.till.domain.shop import Shop
from factory.till.records.tables import (
    CashMovementRow,
    CashReceiptCancelRow,
    CashReceiptRow,
    CloseRow,
    CountRow,
    HeldRow,
    OpeningRow,
    ReceiptLineRow,
    ReceiptRow,
    ShopRow,
    TenderRow,
)
from factory.till.records.tickets import TicketRow

THE_SHOP = 1


SHOPS = as_type(Table, ShopRow.__table__)
_RULES = select(SHOPS).where(SHOPS.c.id == THE_SHOP)
"""Made once, because every receipt asks it."""


def find_rules(session: Session) -> Row[Any] | None:
    """What holds at the tills, once somebody has entered it."""
    return quick.first(session, _RULES)


def save_rules(session: Session, shop: Shop) -> None:
    """Keep what holds at the tills."""
    row = ShopRow(
        id=THE_SHOP,
        terms=shop.terms,
        tolerance=shop.tolerance,
        cashiers_percent=shop.cashiers_percent,
        return_days=shop.return_days,
        tills=shop.tills,
    )
    session.merge(row)
    session.flush()


def open_tills(session: Session) -> Sequence[OpeningRow]:
    """The openings that have no close yet, by till."""
    closed = select(CloseRow.opening_id)
    statement = select(OpeningRow).where(OpeningRow.id.not_in(closed))
    return session.scalars(statement.order_by(OpeningRow.till)).all()


def open_till(session: Session, till: int = 1) -> OpeningRow | None:
    """The opening of a till that has no close yet."""
    return next((row for row in open_tills(session) if row.till == till), None)


def opening_numbered(session: Session, number: int) -> OpeningRow | None:
    """Look an opening up by its number."""
    return session.scalar(select(OpeningRow).where(OpeningRow.number == number))


def next_opening(session: Session) -> int:
    """The number of the next opening."""
    return (session.scalar(select(func.max(OpeningRow.number))) or 0) + 1


def next_receipt(session: Session) -> int:
    """The number of the next receipt; the caller holds the till, so nobody else takes it."""
    return (session.scalar(select(func.max(ReceiptRow.number))) or 0) + 1


def find_event(session: Session, event_id: str) -> ReceiptRow | None:
    """Look a receipt up by the id it got where it began."""
    return session.scalar(select(ReceiptRow).where(ReceiptRow.event_id == event_id))


def find_receipt(session: Session, number: int) -> ReceiptRow | None:
    """Look a receipt up by its number."""
    return session.get(ReceiptRow, number)


def lines(session: Session, receipt: int) -> Sequence[ReceiptLineRow]:
    """The lines of a receipt, in order."""
    statement = select(ReceiptLineRow).where(ReceiptLineRow.receipt == receipt)
    return session.scalars(statement.order_by(ReceiptLineRow.no)).all()


def tenders(session: Session, *receipts: int) -> Sequence[TenderRow]:
    """How receipts were paid, in order."""
    statement = select(TenderRow).where(TenderRow.receipt.in_(receipts))
    return session.scalars(statement.order_by(TenderRow.receipt, TenderRow.no)).all()


def returns_of(session: Session, sale: int) -> Sequence[ReceiptRow]:
    """What came back of a sale, in order."""
    statement = select(ReceiptRow).where(ReceiptRow.sale == sale)
    return session.scalars(statement.order_by(ReceiptRow.number)).all()


def deposits_of(session: Session, row: ReceiptRow) -> Sequence[ReceiptRow]:
    """Of the receipt of a pick-up: what was paid on its ticket before, less what went back."""
    if row.ticket is None:
        return ()
    statement = select(ReceiptRow).where(
        ReceiptRow.ticket == row.ticket,
        or_(ReceiptRow.kind == Slip.DEPOSIT, ReceiptRow.kind == Slip.RETURN),
        or_(ReceiptRow.sale.is_(None), ReceiptRow.sale != row.number),
    )
    return session.scalars(statement.order_by(ReceiptRow.number)).all()


def deposits_held(session: Session, *tickets: int) -> dict[int, Money]:
    """What customers paid before they got their coats, by ticket; of some tickets or of all."""
    amount = cast(func.sum(type_coerce(ReceiptLineRow.amount, BigInteger)), BigInteger)
    statement = (
        select(ReceiptRow.ticket, amount)
        .join(ReceiptLineRow, ReceiptLineRow.receipt == ReceiptRow.number)
        .where(ReceiptLineRow.kind == LineKind.DEPOSIT)
        .group_by(ReceiptRow.ticket)
    )
    if tickets:
        statement = statement.where(ReceiptRow.ticket.in_(tickets))
    return {int(ticket or 0): Money(int(won)) for ticket, won in session.execute(statement)}


def deposit_lines(session: Session, opening_id: int) -> list[tuple[Slip, Money]]:
    """Deposits taken, used and paid back since an opening."""
    statement = (
        select(ReceiptRow.kind, ReceiptLineRow.amount)
        .join(ReceiptLineRow, ReceiptLineRow.receipt == ReceiptRow.number)
        .where(ReceiptRow.opening_id == opening_id, ReceiptLineRow.kind == LineKind.DEPOSIT)
    )
    return [(kind, amount) for kind, amount in session.execute(statement)]


def receipts_of_ticket(session: Session, number: int) -> Sequence[ReceiptRow]:
    """Everything that was paid on a ticket, in order."""
    statement = select(ReceiptRow).where(ReceiptRow.ticket == number)
    return session.scalars(statement.order_by(ReceiptRow.number)).all()


def taxed_before(session: Session, ticket: int) -> Money:
    """The tax inside everything that was paid on a ticket so far."""
    return Money.total(row.vat for row in receipts_of_ticket(session, ticket))


def _with_cash_receipt() -> Any:
    cancelled = select(CashReceiptCancelRow.cash_receipt)
    return select(CashReceiptRow.receipt).where(CashReceiptRow.id.not_in(cancelled))


def cash_receipt_of(session: Session, receipt: int) -> CashReceiptRow | None:
    """The cash receipt of a sale that still holds."""
    statement = (
        select(CashReceiptRow)
        .outerjoin(CashReceiptCancelRow, CashReceiptCancelRow.cash_receipt == CashReceiptRow.id)
        .where(CashReceiptRow.receipt == receipt, CashReceiptCancelRow.cash_receipt.is_(None))
        .order_by(CashReceiptRow.id.desc())
        .limit(1)
    )
    return session.scalar(statement)


def passed_on(session: Session, sale: int, instead: int) -> bool:
    """Whether the cash receipt of a sale holds for what was taken instead."""
    statement = (
        select(CashReceiptRow.id)
        .join(CashReceiptCancelRow, CashReceiptCancelRow.cash_receipt == CashReceiptRow.id)
        .where(CashReceiptRow.receipt == sale, CashReceiptCancelRow.goes_on == instead)
    )
    return session.scalar(statement.limit(1)) is not None


def same_slip(session: Session, row: CashReceiptRow) -> Sequence[CashReceiptRow]:
    """Cash receipts that hold and are one slip of the card terminal: exchanges let it go on."""
    steps = (
        select(CashReceiptRow.receipt, CashReceiptCancelRow.goes_on)
        .join(CashReceiptCancelRow, CashReceiptCancelRow.cash_receipt == CashReceiptRow.id)
        .where(CashReceiptRow.approval == row.approval, CashReceiptCancelRow.goes_on.is_not(None))
    )
    passed = [{one, other} for one, other in session.execute(steps) if other is not None]
    sales = {row.receipt}
    while more := {sale for step in passed if step & sales for sale in step} - sales:
        sales |= more
    cancelled = select(CashReceiptCancelRow.cash_receipt)
    statement = select(CashReceiptRow).where(
        CashReceiptRow.receipt.in_(sales),
        CashReceiptRow.approval == row.approval,
        CashReceiptRow.id.not_in(cancelled),
    )
    return session.scalars(statement.order_by(CashReceiptRow.id)).all()


def cash_receipts_after_returns(session: Session) -> Sequence[CashReceiptRow]:
    """Cash receipts that still hold, of sales and tickets of which something came back."""
    cancelled = select(CashReceiptCancelRow.cash_receipt)
    returned = select(ReceiptRow.sale).where(ReceiptRow.sale.is_not(None))
    tickets = select(ReceiptRow.ticket).where(
        ReceiptRow.sale.is_not(None), ReceiptRow.ticket.is_not(None)
    )
    paid_on = select(ReceiptRow.number).where(ReceiptRow.ticket.in_(tickets))
    statement = select(CashReceiptRow).where(
        or_(CashReceiptRow.receipt.in_(returned), CashReceiptRow.receipt.in_(paid_on)),
        CashReceiptRow.id.not_in(cancelled),
    )
    return session.scalars(statement.order_by(CashReceiptRow.id)).all()


def cash_kept(session: Session, receipt: int) -> Money:
    """What is left of a receipt's cash and transfers after what came back of it.

    Of a coat made to order more can come back than was paid when it was picked up: the rest is
    taken off its deposits.
    """
    row = find_receipt(session, receipt)
    if row is None or row.ticket is None:
        return _kept_of(session, receipt)
    family = receipts_of_ticket(session, row.ticket)
    paid = {
        each.number: _kept_of(session, each.number)
        for each in family
        if each.kind is not Slip.RETURN
    }
    return left_of_each(paid)[receipt]


def _kept_of(session: Session, receipt: int) -> Money:
    kept = cast(func.sum(type_coerce(TenderRow.kept, BigInteger)), BigInteger)
    statement = (
        select(kept)
        .join(ReceiptRow, ReceiptRow.number == TenderRow.receipt)
        .where(
            or_(ReceiptRow.number == receipt, ReceiptRow.sale == receipt),
            TenderRow.kind != TenderKind.CARD,
        )
    )
    return Money(int(session.scalar(statement) or 0))


def receipts_of_customer(session: Session, customer: int, limit: int = 20) -> Sequence[ReceiptRow]:
    """The last sales to the customer with this card."""
    statement = select(ReceiptRow).where(
        ReceiptRow.customer == customer, ReceiptRow.kind == Slip.SALE
    )
    return session.scalars(statement.order_by(ReceiptRow.number.desc()).limit(limit)).all()


def cash_without_receipt(
    session: Session,
) -> list[tuple[int, datetime, Money, Money, int | None]]:
    """Sales without a cash receipt, with what is left of their cash and transfers, and in all.

    What is paid on a ticket belongs to one sale: what counts there is the ticket's whole price.
    """
    sale = func.coalesce(ReceiptRow.sale, ReceiptRow.number)
    kept = type_coerce(TenderRow.kept, BigInteger)
    by_cash = case((TenderRow.kind != TenderKind.CARD, kept), else_=0)
    left, whole = (cast(func.sum(each), BigInteger) for each in (by_cash, kept))
    price = func.max(type_coerce(TicketRow.price, BigInteger))
    statement = (
        select(
            sale,
            *(func.min(ReceiptRow.at), left, func.coalesce(price, whole)),
            func.max(ReceiptRow.ticket),
        )
        .join(TenderRow, TenderRow.receipt == ReceiptRow.number)
        .outerjoin(TicketRow, TicketRow.number == ReceiptRow.ticket)
        .where(sale.not_in(_with_cash_receipt()))
        .group_by(sale)
        .having(left > 0)
        .order_by(sale)
    )
    return [
        (number, at, Money(int(won)), Money(int(total)), ticket)
        for number, at, won, total, ticket in session.execute(statement)
    ]


def find_movement(session: Session, event_id: str) -> CashMovementRow | None:
    """Look a movement of money up by its id."""
    return session.scalar(select(CashMovementRow).where(CashMovementRow.event_id == event_id))


def movements(session: Session, opening_id: int) -> Sequence[CashMovementRow]:
    """Money put in and taken out since an opening, in order."""
    statement = select(CashMovementRow).where(CashMovementRow.opening_id == opening_id)
    return session.scalars(statement.order_by(CashMovementRow.id)).all()


def counts(session: Session, opening_id: int) -> Sequence[CountRow]:
    """How the drawer was counted since an opening, in order."""
    statement = select(CountRow).where(CountRow.opening_id == opening_id)
    return session.scalars(statement.order_by(CountRow.id)).all()


def valid_count(session: Session, opening_id: int) -> CountRow | None:
    """The last count since an opening, unless something happened after it."""
    found = counts(session, opening_id)
    now = happenings(session, opening_id)
    return found[-1] if found and found[-1].after == now else None


def held(session: Session) -> Sequence[HeldRow]:
    """Baskets that wait, the oldest first."""
    return session.scalars(select(HeldRow).order_by(HeldRow.at, HeldRow.sale_id)).all()


def happenings(session: Session, opening_id: int) -> int:
    """How many receipts and movements of money there are since an opening."""
    receipts = select(func.count()).where(ReceiptRow.opening_id == opening_id)
    moved = select(func.count()).where(CashMovementRow.opening_id == opening_id)
    return (session.scalar(receipts) or 0) + (session.scalar(moved) or 0)
