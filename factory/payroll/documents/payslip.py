"""The payslip as an office paper and as a slip: by number and chosen name.

Both carry what the Labor Standards Act, art. 48(2), and its Decree, art. 27-2, ask for: who, when
paid, the whole, each part with how it came about, hours of overtime, night and holiday work, and
what is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from factory.kernel.words import say, show_day, show_money, show_month, show_short_day
from factory.law.articles import cite
from factory.payroll.domain.run import Amounts, Entry, Slip, Worked, last_day
from factory.payroll.explain import calculation, name_of, show_decimal, show_quantity
from printers import document as slip
from printers.document import Align, Document
from printers.sheet import (
    Beside,
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Share,
    Sheet,
    Split,
    Table,
)

RIGHT = Align.RIGHT
HOUR = 60
Reasons = Iterable[Mapping[str, Any]]


def payslip(entry: Entry, month: date, *, house: str = "", legal_name: str = "") -> Sheet:
    """A month's payslip: what was earned, goes out and arrives, and how each line came about.

    It names the business, and her as she chose; the legal name only where she asked for that.
    """
    found = entry.slip
    blocks: tuple[Block, ...] = (
        Facts((*_who(entry, legal_name), *_when(month, entry.paid_on))),
        _split(found),
        hours_table(found.worked),
        Beside(
            (Heading(say("Earned"), level=3), _earned(found)),
            (Heading(say("Taken off"), level=3), _taken(found)),
            percent=60,
        ),
        *_asides(found),
        Heading(say("How each line came about"), level=3),
        _reasons(entry),
    )
    subtitle, foot = _subtitle(entry, month), _foot()
    return Sheet(
        say("Payslip"), blocks, subtitle=subtitle, issuer=house, small_print=foot, on_one=True
    )


def _subtitle(entry: Entry, month: date) -> str:
    text = say("Pay of {month}", month=show_month(month))
    return text if entry.final else f"{text} · {say('not yet approved')}"


def _foot() -> str:
    return say(
        "Given with each pay (Labor Standards Act, art. 48(2); its Decree, art. 27-2). "
        "If something is not right, please say so; it is put right."
    )


def _who(entry: Entry, legal_name: str) -> tuple[tuple[str, str], ...]:
    named = f"{legal_name} ({entry.name})" if legal_name else entry.name
    return (say("Name"), named), (say("Number"), str(entry.number))


def _when(month: date, paid_on: date) -> tuple[tuple[str, str], ...]:
    worked = f"{show_short_day(month)} – {show_short_day(last_day(month))}"
    return (say("Days that are paid"), worked), (say("Pay day"), show_day(paid_on))


def _split(found: Slip) -> Split:
    """The one bar: what is earned, what goes out of it, what arrives."""
    return Split(
        Share(say("Total pay"), show_money(found.gross), found.gross),
        Share(say("Goes out"), show_money(found.taken), found.taken),
        Share(say("Paid out"), show_money(found.net), found.net),
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


def hours_table(worked: Worked) -> Table:
    """Days and hours side by side."""
    named = tuple(_worked(worked))
    columns = tuple(Column(name, Align.CENTER) for name, _ in named)
    return Table(columns, (tuple(text for _, text in named),))


def _earned(found: Slip) -> Table:
    columns = (
        Column(say("Line"), share=5),
        Column(say("Quantity × rate"), RIGHT, 4),
        Column(say("Amount"), RIGHT, 4),
    )
    rows = [_row(each) for each in found.earnings]
    return Table(columns, (*rows, (say("Together"), "", show_money(found.gross))), totals=1)


def _taken(found: Slip) -> Table:
    columns = (Column(say("Line"), share=5), Column(say("Amount"), RIGHT, 4))
    rows = [(name_of(each.code), show_money(each.amount)) for each in found.deductions]
    return Table(columns, (*rows, (say("Together"), show_money(found.taken))), totals=1)


def _asides(found: Slip) -> Iterator[Paragraph]:
    """What is free of tax, and what the employer pays besides, where there is any."""
    told = []
    if found.non_taxable:
        told.append(say("Of this {amount} is free of tax.", amount=show_money(found.non_taxable)))
    if paid := sum(each.amount for each in found.employer):
        sentence = say(
            "Besides, the house pays {amount} for your insurances.", amount=show_money(paid)
        )
        told.append(sentence)
    if told:
        yield Paragraph(" ".join(told), small=True)


def _row(each: Amounts) -> tuple[str, ...]:
    return name_of(each.code), measure(each), show_money(each.amount)


def measure(each: Amounts) -> str:
    """How much of what, at which rate."""
    quantity = show_quantity(each.quantity, each.unit)
    if not quantity or each.rate is None:
        return quantity
    return f"{quantity} × {show_decimal(each.rate)}"


def _reasons(entry: Entry) -> Table:
    columns = (
        Column(say("Line"), share=4),
        Column(say("Rule"), share=12),
        Column(say("Article"), share=5),
    )
    rows = tuple(
        (name_of(why["code"]), f"{say(why['rule'])} {calculation(why)}", cite(why["article"]))
        for why in entry.slip.explain
    )
    return Table(columns, rows, small=True)


# The slip


def payslip_slip(entry: Entry, month: date, *, house: str = "") -> Document:
    """The same on the receipt printer, without the reasons; no title names anybody."""
    found = entry.slip
    line, heavy = slip.Rule(), slip.Rule(slip.RuleKind.HEAVY)
    draft = () if entry.final else (slip.Text(say("not yet approved"), inverse=True),)
    blocks: tuple[slip.Block, ...] = (
        slip.Heading(say("Payslip")),
        *((slip.Text(house, align=Align.CENTER),) if house else ()),
        *draft,
        slip.Row(entry.name, say("no. {number}", number=entry.number), bold=True),
        slip.Row(say("Month of pay"), show_month(month)),
        slip.Row(say("Pay day"), show_day(entry.paid_on)),
        line,
        *(slip.Row(name, text) for name, text in _worked(found.worked)),
        line,
        slip.Text(say("Earned"), bold=True),
        *_rows(found.earnings, found.explain),
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


def _rows(lines: Iterable[Amounts], reasons: Reasons = ()) -> Iterator[slip.Block]:
    """Each line with its amount; below it, how much at which rate, or how it is reckoned."""
    for each in lines:
        yield slip.Row(name_of(each.code), f"{each.amount:,}")
        told = [measure(each)]
        if each.quantity is not None and each.rate is None:
            told = [calculation(why) for why in reasons if why["code"] == each.code] or told
        yield from (slip.Text(f"· {text}") for text in told if text)
