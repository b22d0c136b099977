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


def attachable(pay: int, order: Garnishment, law: LawAt) -> int:
    """Won of a month's net pay that one order may take."""
    return garnishment(pay, order, law).amount.won
