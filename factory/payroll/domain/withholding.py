"""Income-tax withholding by the simplified table.

It is annex 2 of the Enforcement Decree of the Income Tax Act; its body is made from its frozen
parameters, which give every published cell exactly.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from factory.law.book import LawAt

MONTHS = 12
_TEN = 10


def table_tax(pay: int, family: int, law: LawAt) -> Fraction:
    """The table's cell for a month's taxable pay in won and a family of so many members."""
    body = law.figure("income_tax.withholding_body")
    most = int(body.table["most_family"])
    if family <= most:
        return _tax(pay, family, law)
    last = _tax(pay, most, law)
    before = _tax(pay, most - 1, law)
    return max(Fraction(0), last - (before - last) * (family - most))


def child_amount(children: int, law: LawAt) -> Fraction:
    """What is taken off for children from 8 to 20."""
    table = law.figure("income_tax.withholding").table
    if children == 0:
        return Fraction(0)
    if children == 1:
        return Fraction(table["child_first"])
    return Fraction(table["child_second"] + (children - 2) * table["child_further"])


def _tax(pay: int, family: int, law: LawAt) -> Fraction:
    body = law.figure("income_tax.withholding_body").table
    rows = law.figure("income_tax.withholding_rows").value
    if pay < rows[0][0]:
        return Fraction(0)
    top = rows[-1][1]
    if pay < top:
        return _cell(_middle(pay, rows), family, law)
    at_top = _cell(Fraction(top), family, law)
    return at_top if pay == top else _beyond(pay, at_top, body)


def _middle(pay: int, rows: Any) -> Fraction:
    start, _end, step = next(row for row in rows if row[0] <= pay < row[1])
    lower = start + (pay - start) // step * step
    return Fraction(lower + step / 2)


def _beyond(pay: int, at_top: Fraction, body: Any) -> Fraction:
    start, fixed, rate = next(row for row in reversed(body["beyond"]) if pay > row[0])
    return _cut(at_top + fixed + (pay - start) * rate)


@lru_cache(maxsize=4096)
def _cell(middle: Fraction, family: int, law: LawAt) -> Fraction:
    body = law.figure("income_tax.withholding_body").table
    year = middle * MONTHS
    taxable = (
        year
        - _earned(year, body)
        - body["basic"] * family
        - _pension(middle, body["pension"])
        - _special(year, family, body)
    )
    tax = _bracket(max(Fraction(0), taxable), body["tax"])
    cell = _cut((tax - min(_credit(tax, body), _credit_most(year, body))) / MONTHS)
    return cell if cell >= body["least"] else Fraction(0)


def _earned(year: Fraction, body: Any) -> Fraction:
    start, fixed, rate = next(row for row in reversed(body["earned"]) if year > row[0])
    return min(Fraction(fixed + (year - start) * rate), Fraction(body["earned_most"]))


def _pension(middle: Fraction, pension: Any) -> Fraction:
    base = middle // pension["step"] * pension["step"]
    base = min(max(base, pension["least"]), pension["most"])
    return _cut(base * pension["rate"]) * MONTHS


def _special(year: Fraction, family: int, body: Any) -> Fraction:
    row = body["special"][min(family, len(body["special"])) - 1]
    starts = body["special_from"]
    place = sum(1 for start in starts[1:] if year > start)
    amount = row["fixed"] + year * row["rates"][place]
    if place == 1:
        amount -= (year - starts[1]) * body["special_off"]
    if year > body["special_extra_from"]:
        amount += (year - body["special_extra_from"]) * row["extra"]
    return Fraction(amount)


def _bracket(taxable: Fraction, brackets: Any) -> Fraction:
    for low, high in pairwise(brackets):
        if taxable <= high[0]:
            return Fraction(taxable * low[2] - low[1])
    return Fraction(taxable * brackets[-1][2] - brackets[-1][1])


def _credit(tax: Fraction, body: Any) -> Fraction:
    kink, (low, high) = body["credit_kink"], body["credit_rates"]
    return Fraction(min(tax, kink) * low + max(Fraction(0), tax - kink) * high)


def _credit_most(year: Fraction, body: Any) -> Fraction:
    start, top, least = next(
        row for row in reversed(body["credit_most"]) if year > row[0] or not row[0]
    )
    if not start:
        return Fraction(top)
    return max(Fraction(least), Fraction(top - (year - start) * body["credit_fall"]))


def _cut(value: Fraction) -> Fraction:
    return Fraction(value // _TEN * _TEN)
