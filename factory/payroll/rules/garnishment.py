"""What a court may have taken from somebody's net pay (Civil Execution Act, art. 246)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from factory.kernel.money import Rounding
from factory.law.book import LawAt, LawBook
from factory.payroll.domain.case import Garnishment
from factory.payroll.domain.lines import Input, PayLine, line

KEPT = "max(least, min(pay * share, more_from + (pay * share - more_from) * share))"
"""What stays hers: half, never below the least; of a high half only half of what lies beyond."""


def garnishments(pay: int, orders: tuple[Garnishment, ...], book: LawBook) -> Iterator[PayLine]:
    """A line for each order, in the order of time; `pay` is won after insurance and tax."""
    taken = 0
    for order in orders:
        found = garnishment(pay, order, book.at(order.filed), earlier=taken)
        taken += found.amount.won
        yield found


def garnishment(pay: int, order: Garnishment, law: LawAt, *, earlier: int = 0) -> PayLine:
    """One order's line: the limits of the day it was asked for, less what earlier ones took."""
    inputs: tuple[Input, ...] = (
        Input("pay", Fraction(pay), "KRW", "pay after insurance and tax"),
        Input.of_law("share", law.figure("attachment.share")),
        Input.of_law("least", law.figure("attachment.least")),
        Input.of_law("more_from", law.figure("attachment.more_from")),
        Input("earlier", Fraction(earlier), "KRW", "earlier orders of a court"),
    )
    left = f"pay - {KEPT} - earlier"
    if order.most is not None:
        inputs += (Input("most", Fraction(order.most), "KRW", "order of a court"),)
        left = f"min({left}, most)"
    article = law.figure("attachment.share").article
    return line("garnishment", f"max({left}, 0)", inputs, article, rounding=Rounding.DOWN)


def taken_by(pay: int, orders: tuple[Garnishment, ...], book: LawBook) -> dict[str, int]:
    """Won taken for each order, by the court's number; `pay` is won after insurance and tax."""
    lines = garnishments(pay, orders, book)
    return {order.reference: each.amount.won for order, each in zip(orders, lines, strict=True)}


def of_severance(
    won: int, orders: tuple[Garnishment, ...], book: LawBook
) -> Iterator[tuple[str, PayLine]]:
    """A line for each order by its number: half of severance, without a least (no. 5)."""
    taken = 0
    for order in orders:
        share = book.at(order.filed).figure("attachment.severance_share")
        inputs: tuple[Input, ...] = (
            Input("severance", Fraction(won), "KRW", "severance after tax"),
            Input.of_law("share", share),
            Input("earlier", Fraction(taken), "KRW", "earlier orders of a court"),
        )
        left = "severance - severance * share - earlier"
        if order.most is not None:
            inputs += (Input("most", Fraction(order.most), "KRW", "order of a court"),)
            left = f"min({left}, most)"
        found = line(
            "garnishment",
            f"max({left}, 0)",
            inputs,
            share.article,
            rounding=Rounding.DOWN,
            rule="severance_garnishment",
        )
        taken += found.amount.won
        yield order.reference, found


def attachable(pay: int, order: Garnishment, law: LawAt) -> int:
    """Won of a month's net pay that one order may take."""
    return garnishment(pay, order, law).amount.won
