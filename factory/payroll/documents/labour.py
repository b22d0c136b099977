"""Labour cost by order and style; it names nobody."""

from __future__ import annotations

from collections.abc import Sequence

from factory.kernel.words import say, show_money
from factory.payroll.documents.ledger import subtitle
from factory.payroll.domain.labour import LabourLine, percents
from factory.payroll.domain.papers import MonthOfPay
from printers.document import Align
from printers.sheet import Column, Paragraph, Sheet, Table

RIGHT = Align.RIGHT
HUNDRED = 100


def labour_paper(found: MonthOfPay, lines: Sequence[LabourLine]) -> Sheet:
    """An order's style each, and last what no scan tells of."""
    columns = (
        Column(say("Order"), share=3),
        Column(say("Style"), share=3),
        Column(say("Standard minutes"), RIGHT, 3),
        Column(say("Labour cost"), RIGHT, 3),
        Column("%", RIGHT, 1),
    )
    total = sum(line.won for line in lines)
    rows = [_row(*pair) for pair in zip(lines, percents(lines), strict=True)]
    sums = (say("Together"), "", _minutes(lines), show_money(total), "")
    told = say(
        "Pay and the employer's parts, spread by the standard minutes of what each made well. "
        "What no scan tells of, such as cutting a sample or sweeping, is a line of its own."
    )
    return Sheet(
        say("Labour cost by order and style"),
        (Table(columns, (*rows, sums), totals=1), Paragraph(told, small=True)),
        subtitle=subtitle(found),
        issuer=found.house,
    )


def _row(line: LabourLine, part: int | None) -> tuple[str, ...]:
    order, percent = line.order or say("without a scan"), "" if part is None else str(part)
    return order, line.style, _minutes((line,)), show_money(line.won), percent


def _minutes(lines: Sequence[LabourLine]) -> str:
    return f"{sum(line.hundredths for line in lines) // HUNDRED:,}"
