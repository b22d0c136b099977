"""An exchange: coats come back and others go, and only the difference changes hands."""

from __future__ import annotations

from dataclasses import dataclass

from factory.kernel.money import ZERO, Money
from factory.till.domain.receipt import NewReturn, NewSale, Receipt
from factory.till.domain.refund import BACK_FIRST, Refund
from factory.till.domain.sale import Tender, TenderKind


@dataclass(frozen=True, slots=True)
class NewExchange:
    """What comes back, and what goes instead; the sale's tenders are what is paid on top."""

    back: NewReturn
    sale: NewSale


@dataclass(frozen=True, slots=True)
class Difference:
    """What an exchange comes to: one of the two is nothing."""

    to_pay: Money
    to_give: Money


def carried(refund: Refund, total: Money) -> tuple[Tender, ...]:
    """What of a refund pays for the other coats, by the tenders it was paid with.

    Cash is carried first, so that what is left goes back to the card first.
    """
    kept = {paid.kind: paid.kept for paid in refund.paid}
    tenders = []
    for kind in reversed(BACK_FIRST):
        part = min(total, kept.get(kind, ZERO))
        total -= part
        if part:
            tenders.append(Tender(kind, part))
    return tuple(tenders)


def difference(refund: Refund, total: Money) -> Difference:
    """What the customer pays on top, or gets back."""
    return Difference(max(total - refund.total, ZERO), max(refund.total - total, ZERO))


def changed_hands(sale: Receipt, back: Receipt) -> tuple[tuple[TenderKind, Money], ...]:
    """What was really paid on top of an exchange, or below zero went back, by its kind."""
    sums: dict[TenderKind, Money] = {}
    for each in (*sale.paid, *back.paid):
        sums[each.kind] = sums.get(each.kind, ZERO) + each.kept
    return tuple((kind, amount) for kind, amount in sums.items() if amount)
