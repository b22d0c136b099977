"""Builders of an open till, of coats on the rail, of sales, and of what is typed at the till."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.printing import queries as printed
from factory.printing.domain import State
from factory.security.domain import SYSTEM
from factory.till import service
from factory.till.domain.discount import OffFor
from factory.till.domain.drawer import Counted, Opening, count
from factory.till.domain.receipt import NewReturn, NewSale, Receipt
from factory.till.domain.sale import Tender, TenderKind, Wanted
from factory.till.domain.shop import Shop
from printers.document import Document, OpenDrawer
from tests.stock.build import make_item, make_stock

PRICE = 189_000
FLOAT = 200_000
SHORT = "The drawer was emptied before."
"""What a note says where a count comes out far too low."""
SHOP = Shop(
    name="Sample Clothing",
    registration="124-81-00998",
    representative="Willow",
    address="1 Sample Street",
    phone="000-000-0000",
)


def make_coat(session: Session, quantity: int = 5, **changes: Any) -> str:
    """The code of a black coat in 66 for 189,000 won, with some on the rail."""
    item = make_item(session, **changes)
    return make_stock(session, item, quantity) if quantity else item.code


def make_till(session: Session, amount: int = FLOAT) -> Opening:
    """A till that is open."""
    return service.open_till(session, Money(amount), by=SYSTEM, at=now())


def make_sale(code: str, quantity: int = 1, **changes: Any) -> NewSale:
    """A sale paid in cash to the won, unless something else is given."""
    discount = Money(changes.pop("discount", 0))
    exact = Money(PRICE * quantity) - discount
    given: dict[str, Any] = {
        "id": new_id(),
        "lines": (Wanted(code, quantity, discount),),
        "tenders": (Tender(TenderKind.CASH, exact),),
        "why": OffFor.SEASON if discount else None,
    }
    return NewSale(**(given | changes))


def cash(won: int) -> Tender:
    return Tender(TenderKind.CASH, Money(won))


def card(won: int) -> Tender:
    return Tender(TenderKind.CARD, Money(won))


def transfer(won: int) -> Tender:
    return Tender(TenderKind.TRANSFER, Money(won))


def sell(session: Session, new: NewSale) -> service.Sold:
    return service.sell(session, new, by=SYSTEM, at=now(), received=now())


def sold(session: Session, code: str, quantity: int = 1, **changes: Any) -> Receipt:
    return sell(session, make_sale(code, quantity, **changes)).sale


def give_back(session: Session, receipt: Receipt, wanted: dict[int, int]) -> Receipt:
    new = NewReturn(new_id(), receipt.number, wanted)
    return service.give_back(session, new, by=SYSTEM, at=now()).receipt


def make_count(won: int) -> Counted:
    """A count that comes to so much, in coins of ten won."""
    return count({10: won // 10})


def papers(session: Session) -> list[Document]:
    """Every paper that waits, the first first."""
    lines = reversed(printed.jobs(session, State.QUEUED))
    found = (printed.contents(session, line.id)[0] for line in lines)
    return [document for document in found if document is not None]


def opens_drawer(document: Document) -> bool:
    return any(isinstance(block, OpenDrawer) for block in document.blocks)


def reads(document: Document) -> str:
    """Everything that stands on a paper."""
    return "\n".join(str(block) for block in document.blocks)


# Typed

LANGUAGES = ("en", "ko", "ko_easy")


def basket(coat: str, quantity: str = "1", **more: str) -> dict[str, str]:
    line = {"lines-0-code": coat, "lines-0-quantity": quantity, "lines-0-discount": ""}
    return {"sale_id": new_id()} | line | more


def value_of(text: str, name: str) -> str:
    """What stands in a field of a page."""
    tag = next(tag for tag in re.findall(r"<input[^>]*>", text) if f'name="{name}"' in tag)
    found = re.search(r'value="([^"]*)"', tag)
    return found[1] if found else ""


def pay(browser: FlaskClient, **typed: str) -> Any:
    return browser.post("/till/pay", data=typed)
