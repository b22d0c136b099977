"""The payslip as an office paper (Labor Standards Act, art. 48(2)): by number and chosen name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from factory.kernel.words import say, show_day, show_money
from factory.payroll.domain.run import Amounts, Entry, pay_date
from factory.payroll.explain import name_of, show_decimal, show_quantity
from printers.document import Align
from printers.sheet import Block, Column, Facts, Heading, Sheet, Table, Total

RIGHT = Align.RIGHT


def payslip(entry: Entry, month: date) -> Sheet:
    """A month's payslip: what was earned and taken off, and how each line came about."""
    slip = entry.slip
    taken = sum(each.amount for each in slip.deductions)
    blocks: tuple[Block, ...] = (
        Facts(
            (
                (say("Name"), entry.name),
                (say("Number"), str(entry.number)),
                (say("Month of pay"), f"{month:%Y-%m}"),
                (say("Pay day"), show_day(pay_date(month))),
            )
        ),
        Heading(say("Earned")),
        _table(slip.earnings, slip.gross),
        Heading(say("Taken off")),
        _table(slip.deductions, taken),
        Total(say("Paid out"), show_money(slip.net)),
        Heading(say("How each line came about"), level=3),
        _reasons(entry),
    )
    return Sheet(say("Payslip"), blocks, subtitle=f"{month:%Y-%m}")


def _table(lines: Iterable[Amounts], total: int) -> Table:
    columns = (
        Column(say("Line"), share=3),
        Column(say("Quantity"), RIGHT, 2),
        Column(say("Rate"), RIGHT, 2),
        Column(say("Amount"), RIGHT, 2),
    )
    rows = [_row(each) for each in lines]
    return Table(columns, (*rows, (say("Together"), "", "", show_money(total))), totals=1)


def _row(each: Amounts) -> tuple[str, ...]:
    quantity = show_quantity(each.quantity, each.unit)
    rate = "" if each.rate is None else show_decimal(each.rate)
    return name_of(each.code), quantity, rate, show_money(each.amount)


def _reasons(entry: Entry) -> Table:
    columns = (
        Column(say("Line"), share=2),
        Column(say("Rule"), share=4),
        Column(say("Article"), share=3),
    )
    rows = tuple((name_of(e["code"]), e["rule"], e["article"]) for e in entry.slip.explain)
    return Table(columns, rows, small=True)
