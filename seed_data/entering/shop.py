"""Tell the till what happens in the shop."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.till import queries, service
from factory.till.domain.cash_receipt import CashReceipt, ReceiptPurpose
from factory.till.domain.discount import OffFor
from factory.till.domain.drawer import DENOMINATIONS, Counted
from factory.till.domain.receipt import NewReturn, NewSale
from factory.till.domain.sale import Tender, Wanted
from seed_data.acts import Bought, BroughtBack, CashMoved, TillCounted, TillOpened
from seed_data.entering.dispatch import enter
from seed_data.ledger import CASHIER, Ledger

APPROVAL = "000000000"
COUNTED_TWICE = "두 번 세어 봤어요."


@enter.register
def _opened(act: TillOpened, session: Session, ledger: Ledger) -> None:  # noqa: ARG001 - one form for all acts
    service.open_till(session, Money(act.float), by=CASHIER, at=act.at)


@enter.register
def _bought(act: Bought, session: Session, ledger: Ledger) -> None:
    lines = tuple(Wanted(code, n, Money(discount)) for code, n, discount in act.lines)
    tenders = tuple(Tender(kind, Money(amount)) for kind, amount in act.tenders)
    new = NewSale(act.id, lines, tenders, _cash_receipt(act), why=OffFor.SEASON)
    sold = service.sell(session, new, by=CASHIER, at=act.at, received=act.at)
    ledger.receipts[act.id] = sold.sale.number


def _cash_receipt(act: Bought) -> CashReceipt | None:
    if act.identifier is None:
        return None
    return CashReceipt(ReceiptPurpose.INCOME_DEDUCTION, act.identifier, APPROVAL)


@enter.register
def _brought_back(act: BroughtBack, session: Session, ledger: Ledger) -> None:
    number = ledger.receipts[act.sale]
    wanted = queries.returnable(session, number).whole
    new = NewReturn(act.id, number, wanted, act.reason)
    service.give_back(session, new, by=CASHIER, at=act.at)


@enter.register
def _moved(act: CashMoved, session: Session, ledger: Ledger) -> None:  # noqa: ARG001 - one form for all acts
    amount = Money(act.amount)
    service.move_cash(
        session, amount, act.reason, out=act.out, event_id=act.id, by=CASHIER, at=act.at
    )


@enter.register
def _counted(act: TillCounted, session: Session, ledger: Ledger) -> None:  # noqa: ARG001 - one form for all acts
    there = queries.today(session).expected.won + act.over
    service.close_day(
        session, counted(there), note=COUNTED_TWICE if act.over else "", by=CASHIER, at=act.at
    )


def counted(won: int) -> Counted:
    """An amount in as few notes and coins as possible; what is below ten won is left out."""
    pieces = []
    for worth in DENOMINATIONS:
        pieces.append((worth, won // worth))
        won %= worth
    return Counted(tuple(pieces))
