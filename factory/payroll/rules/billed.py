"""Premiums as an agency billed them, in place of those that were calculated; both are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from factory.kernel.money import Rounding
from factory.payroll.domain.lines import Input, PayLine, line

BILL = "bill of the agency"


def as_billed(lines: Iterable[PayLine], billed: Mapping[str, int]) -> tuple[PayLine, ...]:
    """The lines with what was billed put in their place; what was billed besides comes after."""
    calculated = tuple(lines)
    known = {each.code for each in calculated}
    put = tuple(
        _line(each.code, billed[each.code], each) if each.code in billed else each
        for each in calculated
    )
    return (*put, *(_line(code, won, None) for code, won in billed.items() if code not in known))


def _line(code: str, won: int, calculated: PayLine | None) -> PayLine:
    before = Fraction(calculated.amount.won if calculated else 0)
    inputs = (
        Input("billed", Fraction(won), "KRW", BILL),
        Input("calculated", before, "KRW", "calculated for comparison"),
    )
    article = calculated.article if calculated else ""
    return line(code, "billed", inputs, article, rounding=Rounding.DOWN, rule="billed")
