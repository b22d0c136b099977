"""The payslip as an office paper and as a slip: by number and chosen name.

Both carry what the Labor Standards Act, art. 48(2), and its Decree, art. 27-2, ask for: who, when
paid, the whole, each part with how it came about, hours of overtime, night and holiday work, and
what is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from factory.kernel.words import say, show_day, show_money
from factory.law.articles import cite
from factory.payroll.domain.run import Amounts, Entry, Worked, pay_date
from factory.payroll.explain import calculation, name_of, show_decimal, show_quantity
from printers import document as slip
from printers.document import Align, Document
from printers.sheet import Block, Column, Facts, Heading, Sheet, Table, Total

RIGHT = Align.RIGHT
HOUR = 60


def payslip(entry: Entry, month: date) -> Sheet:
    """A month's payslip: what was earned and taken off, and how each line came about."""
    found = entry.slip
    blocks: tuple[Block, ...] = (
        Facts(((say("Name"), entry.name), (say("Number"), str(entry.number)), *_when(month))),
        Facts(tuple(_worked(found.worked))),
        Heading(say("Earned")),
        _earned(found.earnings, found.gross),
        Heading(say("Taken off")),
        _taken(found.deductions, found.taken),
        Total(say("Paid out"), show_money(found.net)),
        Heading(say("How each line came about"), level=3),
        _reasons(entry),
    )
    return Sheet(say("Payslip"), blocks, subtitle=_subtitle(entry, month))


def _subtitle(entry: Entry, month: date) -> str:
    text = f"{month:%Y-%m}"
    return text if entry.final else f"{text} · {say('not yet approved')}"


def _when(month: date) -> tuple[tuple[str, str], ...]:
    return (
        (say("Month of pay"), f"{month:%Y-%m}"),
        (say("Pay day"), show_day(pay_date(month))),
    )


def _worked(worked: Worked) -> Iterator[tuple[str, str]]:
    """Days and hours; kinds of hours that there were none of are left out."""
    yield say("Days worked"), str(worked.days)
    yield say("Hours worked"), _hours(worked.minutes)
    kinds = (
        (say("Overtime hours"), worked.overtime),
        (say("Holiday hours"), worked.holiday),
        (say("of these at night"), worked.night),
    )
    yield from ((name, _hours(minutes)) for name, minutes in kinds if minutes)


def _hours(minutes: int) -> str:
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def _earned(lines: Iterable[Amounts], total: int) -> Table:
    columns = (
        Column(say("Line"), share=3),
        Column(say("Quantity"), RIGHT, 2),
        Column(say("Rate"), RIGHT, 2),
        Column(say("Amount"), RIGHT, 2),
    )
    rows = [_row(each) for each in lines]
    return Table(columns, (*rows, (say("Together"), "", "", show_money(total))), totals=1)


def _taken(lines: Iterable[Amounts], total: int) -> Table:
    columns = (Column(say("Line"), share=3), Column(say("Amount"), RIGHT, 2))
    rows = [(name_of(each.code), show_money(each.amount)) for each in lines]
    return Table(columns, (*rows, (say("Together"), show_money(total))), totals=1)


def _row(each: Amounts) -> tuple[str, ...]:
    quantity = show_quantity(each.quantity, each.unit)
    rate = "" if each.rate is None else show_decimal(each.rate)
    return name_of(each.code), quantity, rate, show_money(each.amount)


def _reasons(entry: Entry) -> Table:
    columns = (
        Column(say("Line"), share=2),
        Column(say("Rule"), share=5),
        Column(say("Article"), share=2),
    )
    rows = tuple(
        (name_of(why["code"]), f"{say(why['rule'])} {calculation(why)}", cite(why["article"]))
        for why in entry.slip.explain
    )
    return Table(columns, rows, small=True)


# The slip


def payslip_slip(entry: Entry, month: date) -> Document:
    """The same on the receipt printer, without the reasons; no title names anybody."""
    found = entry.slip
    line, heavy = slip.Rule(), slip.Rule(slip.RuleKind.HEAVY)
    draft = () if entry.final else (slip.Text(say("not yet approved"), inverse=True),)
    blocks: tuple[slip.Block, ...] = (
        slip.Heading(say("Payslip")),
        *draft,
        slip.Row(entry.name, say("no. {number}", number=entry.number), bold=True),
        *(slip.Row(name, text) for name, text in _when(month)),
        line,
        *(slip.Row(name, text) for name, text in _worked(found.worked)),
        line,
        slip.Text(say("Earned"), bold=True),
        *_rows(found.earnings),
        slip.Row(say("Together"), show_money(found.gross), bold=True),
        line,
        slip.Text(say("Taken off"), bold=True),
        *_rows(found.deductions),
        slip.Row(say("Together"), show_money(found.taken), bold=True),
        heavy,
        slip.Row(say("Paid out"), show_money(found.net), size=2, bold=True),
        heavy,
        slip.Text(say("Why each line is what it is stands on the screen under My pay.")),
        slip.Cut(),
    )
    return Document(say("payslip"), blocks)


def _rows(lines: Iterable[Amounts]) -> Iterator[slip.Block]:
    """Each line with its amount; below it, how much of what at which rate."""
    for each in lines:
        yield slip.Row(name_of(each.code), f"{each.amount:,}")
        quantity = show_quantity(each.quantity, each.unit)
        if quantity and each.rate is not None:
            quantity += f" × {show_decimal(each.rate)}"
        if quantity:
            yield slip.Text(f"· {quantity}")
