"""`POST /api/v1/sales`: sales from terminals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, g
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.kernel.fields import Fields
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.security import devices
from factory.security.domain import DeviceRole
from factory.till import service
from factory.till.domain.cash_receipt import CashReceipt, ReceiptPurpose
from factory.till.domain.receipt import NewSale
from factory.till.domain.sale import Tender, TenderKind, Wanted
from factory.till.domain.shop import MOST_TILLS
from factory.web.api import Outcome, read_batch, run_batch
from factory.web.guard import device

bp = Blueprint("till_api", __name__, url_prefix="/api/v1")
MOST_COATS = 10_000
MOST_WON = 10**12
LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Sale:
    """One sale as a terminal sends it."""

    new: NewSale
    at: datetime


@bp.post("/sales")
@device(DeviceRole.TILL)
def sales() -> ResponseReturnValue:
    """Sell each basket once, and say the receipt's number, the total and the change."""
    received, terminal = now(), g.device

    def sell(session: Session, sale: Sale) -> Outcome:
        done = service.sell(session, sale.new, by=terminal, at=sale.at, received=received)
        return Outcome("duplicate" if done.again else "recorded", _told(done))

    def seen(session: Session) -> None:
        devices.seen(session, terminal, at=received)

    return run_batch(read_batch("sales", "sale_id", _read), sell, seen)


def _told(done: service.Sold) -> dict[str, Any]:
    """The number runs without gaps; `receipt` is the code that stands on the paper."""
    return {
        "number": done.sale.number,
        "receipt": done.sale.code,
        "total": done.sale.total.won,
        "change": done.change.won,
    }


def _read(fields: Fields) -> Sale:
    new = NewSale(
        fields.uuid("sale_id"),
        tuple(_line(line) for line in fields.objects("lines")),
        tuple(_tender(tender) for tender in fields.objects("tenders")),
        _cash_receipt(fields.optional("cash_receipt")),
        till=fields.whole("till", 1, least=1, most=MOST_TILLS),
    )
    return Sale(new, fields.moment("at"))


def _line(fields: Fields) -> Wanted:
    line = Wanted(
        fields.code("code"),
        fields.whole("quantity", 1, least=1, most=MOST_COATS),
        Money(fields.whole("discount", 0, most=MOST_WON)),
    )
    fields.done()
    return line


def _tender(fields: Fields) -> Tender:
    tender = Tender(fields.one_of("kind", TenderKind), Money(fields.whole("amount", most=MOST_WON)))
    fields.done()
    return tender


def _cash_receipt(fields: Fields | None) -> CashReceipt | None:
    if fields is None:
        return None
    noted = CashReceipt(
        fields.one_of("purpose", ReceiptPurpose),
        fields.text("identifier", longest=LONGEST_NUMBER).strip(),
        fields.text("approval", longest=LONGEST_NUMBER).strip(),
    )
    fields.done()
    return noted
