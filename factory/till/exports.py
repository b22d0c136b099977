"""Receipts, days that ended, what firms owe and their tax invoices as files for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factory.kernel.time import local
from factory.kernel.words import say, show
from factory.till.domain.accounts import Account, TaxInvoice
from factory.till.domain.shop import Shop
from factory.till.queries.days import EndShort, ReceiptShort
from factory.web.spreadsheet import spreadsheet


def accounts_csv(accounts: Iterable[Account], day: date) -> bytes:
    """One row for each firm: what went out, what was paid, what is owed by its age."""
    head = [
        say("Customer"),
        say("Business registration number"),
        say("Delivered so far"),
        say("Paid so far"),
    ]
    head += [say("Still owed"), say("up to 30 days"), say("31 to 60 days"), say("61 to 90 days")]
    head += [say("over 90 days")]
    return spreadsheet([head, *(_account(each, day) for each in accounts)])


def _account(each: Account, day: date) -> list[str | int]:
    sums = (each.total, each.paid, each.owed, *each.by_age(day))
    return [each.name, each.business_number, *(amount.won for amount in sums)]


def invoices_csv(found: Iterable[TaxInvoice], shop: Shop | None) -> bytes:
    """One row for each tax invoice, with both parties as the law asks (VAT Act, art. 32)."""
    head = [say("Issued on"), say("Supplier's number"), say("Supplier"), say("Representative")]
    head += [say("Buyer's registration number"), say("Customer"), say("Item"), say("Qty")]
    head += [say("Value of supply"), say("VAT"), say("Total"), say("Delivery note")]
    return spreadsheet([head, *(_invoice(each, shop) for each in found)])


def _invoice(each: TaxInvoice, shop: Shop | None) -> list[str | int]:
    ours = [shop.registration, shop.name, shop.representative] if shop else ["", "", ""]
    theirs = [each.firm.business_number, each.firm.name, say("Coat")]
    sums = (each.supply.won, each.vat.won, each.total.won)
    day, number = each.delivery.day.isoformat(), each.delivery.number
    return [day, *ours, *theirs, each.delivery.coats, *sums, number]


def receipts_csv(found: Iterable[ReceiptShort]) -> bytes:
    """One row for each receipt of a day."""
    head = [say("Time"), say("Receipt"), say("Kind"), say("Paid by"), say("By whom"), say("Qty")]
    return spreadsheet([[*head, say("Amount")], *map(_receipt, found)])


def _receipt(each: ReceiptShort) -> list[str | int]:
    kinds = show(each.kinds)
    told = [f"{local(each.at):%H:%M}", each.code, show(each.kind), kinds, each.by]
    return [*told, each.coats, each.total.won]


def days_csv(ends: Iterable[EndShort]) -> bytes:
    """One row for each day that ended."""
    head = [say("Number"), say("Till"), say("Closed"), say("By whom")]
    return spreadsheet([[*head, say("Sold, less returns"), say("Over or short")], *map(_end, ends)])


def _end(each: EndShort) -> list[str | int]:
    closed = f"{local(each.at):%Y-%m-%d %H:%M}"
    return [each.number, each.till, closed, each.by, each.net.won, each.over.won]
