"""Income tax withheld, and the local tax that follows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from factory.kernel.money import Rounding
from factory.law.book import LawAt
from factory.payroll.domain.lines import Input, PayLine, line
from factory.payroll.domain.withholding import child_amount, table_tax

CUT = Rounding.CUT_TO_TEN


def by_table(pay: int, family: int, children: int, percent: int, law: LawAt) -> Iterator[PayLine]:
    """The simplified table's cell, less the children's amount, at 80, 100 or 120 per cent."""
    figure = law.figure("income_tax.withholding")
    inputs = (
        Input("cell", table_tax(pay, family, law), "KRW", figure.article),
        Input("children", child_amount(children, law), "KRW", figure.source),
        Input("percent", Fraction(percent), "per cent", "chosen by her"),
    )
    formula = "max(cell - children, 0) * percent / 100"
    tax = line("income_tax", formula, inputs, figure.article, rounding=CUT)
    yield from _with_local(tax, law)


def of_day_labour(taxed: Fraction, law: LawAt) -> Iterator[PayLine]:
    """Day labour: what each day earned beyond its free part, added exactly, cut once."""
    figure = law.figure("income_tax.day_labour")
    inputs = (
        Input("taxed", taxed, "KRW", "each day's pay beyond the free part"),
        Input("rate", figure.table["rate"], "ratio", figure.article),
    )
    tax = line(
        "income_tax", "taxed * rate", inputs, figure.article, rounding=CUT, rule="day_labour_tax"
    )
    yield from _with_local(tax, law)


def of_freelancer(pay: int, law: LawAt) -> Iterator[PayLine]:
    """Personal services: three per cent, whatever the amount."""
    figure = law.figure("income_tax.freelance")
    inputs = (Input("pay", Fraction(pay), "KRW", "pay"), Input.of_law("rate", figure))
    tax = line(
        "income_tax", "pay * rate", inputs, figure.article, rounding=CUT, rule="freelance_tax"
    )
    yield tax
    yield _local(tax, law)


def retirement_tax(won: int, years: int, law: LawAt) -> Iterator[PayLine]:
    """Income tax and local tax of severance that is paid out to herself, not into an IRP account.

    It is taxed as if it had been earned in a year for each year of service.
    """
    figure = law.figure("income_tax.retirement")
    months = Fraction(figure.table["months"])
    free = _stepped(figure.table["service"], Fraction(years))
    converted = max(Fraction(0), (won - free) * months / years)
    off = _stepped(figure.table["converted"], converted)
    basic = law.figure("income_tax.basic_rates")
    taxed = converted - off
    _, taken_off, rate = next(row for row in reversed(basic.value) if taxed > row[0] or not row[0])
    inputs = (
        Input("severance", Fraction(won), "KRW", "severance"),
        Input("service_free", free, "KRW", figure.article),
        Input("months", months, "month", figure.article),
        Input("years", Fraction(years), "year", "contract"),
        Input("converted_free", off, "KRW", figure.article),
        Input("rate", rate, "ratio", basic.article),
        Input("rate_off", taken_off, "KRW", basic.article),
    )
    yearly = "(max(severance - service_free, 0) * months / years - converted_free)"
    formula = f"({yearly} * rate - rate_off) * years / months"
    tax = line(
        "income_tax",
        formula,
        inputs,
        figure.article,
        rounding=Rounding.CUT_TO_TEN,
        rule="retirement_tax",
    )
    yield from _with_local(tax, law)


def _with_local(tax: PayLine, law: LawAt) -> Iterator[PayLine]:
    """A tax and the local tax that follows it; below the least that is collected neither."""
    if tax.amount.won >= law.number("income_tax.least"):
        yield tax
        yield _local(tax, law)


def _local(tax: PayLine, law: LawAt) -> PayLine:
    figure = law.figure("income_tax.local")
    inputs = (
        Input("income_tax", Fraction(tax.amount.won), "KRW", "income_tax"),
        Input.of_law("rate", figure),
    )
    return line("local_income_tax", "income_tax * rate", inputs, figure.article, rounding=CUT)


def _stepped(steps: Sequence[tuple[Fraction, ...]], value: Fraction) -> Fraction:
    """A deduction by steps: a fixed part, and so much of what lies beyond the step."""
    start, fixed, share = next(step for step in reversed(steps) if value > step[0] or not step[0])
    return fixed + (value - start) * share
