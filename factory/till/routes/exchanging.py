"""Coats that others are taken for: what comes back stands beside the basket until it is paid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.till import queries, service
from factory.till.domain.exchange import NewExchange, difference
from factory.till.domain.receipt import NewSale
from factory.till.forms import TillForm
from factory.web.guard import actor
from factory.web.responses import see_other

EXCHANGED_ALREADY = mark("This was exchanged already. Nothing was sold or paid twice.")


def beside(form: TillForm, total: Money) -> dict[str, Any]:
    """What comes back, what it pays and what the difference is; nothing in a plain sale."""
    if not form.back_code.data:
        return {"back": None, "difference": None}
    with reading() as session:
        number = queries.number_of(session, form.back_code.data)
        refund = queries.refund_of(session, number, form.to_back(number).wanted, today())
    return {"back": refund, "difference": difference(refund, total)}


def exchanged(form: TillForm, sale: NewSale) -> ResponseReturnValue:
    """Do both at once, and show the receipt of what went."""
    with transaction() as session:
        number = queries.number_of(session, form.back_code.data or "")
        back = replace(form.to_back(number, sale.approved), till=sale.till)
        done = service.exchange(session, NewExchange(back, sale), by=actor(), at=now())
    told = EXCHANGED_ALREADY if done.again else ""
    return see_other("till.receipt", told, code=done.sale.code, new=1)
