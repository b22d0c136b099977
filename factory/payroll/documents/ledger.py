"""The wage ledger: everybody's month as the Labor Standards Act, art. 48(1), wants it kept.

Its Decree, art. 27: name and number, first day, work, what pay stands on, days and hours with
those of overtime, night and holidays, each part of the pay, and what is taken off.
"""

from __future__ import annotations

from collections.abc import Iterator

from factory.kernel.words import say, show, show_day, show_money, show_month
from factory.payroll.documents.payslip import hours_table, measure
from factory.payroll.domain.papers import Line, MonthOfPay, Person
from factory.payroll.domain.run import Amounts
from factory.payroll.explain import name_of
from factory.people.domain import Terms, TermsKind
from printers.document import Align
from printers.sheet import Beside, Column, Facts, Heading, Paragraph, Sheet, Table, Together

RIGHT = Align.RIGHT
LINE = "_" * 16
Part = Heading | Facts | Table | Beside | Paragraph


def wage_ledger(found: MonthOfPay) -> Sheet:
    """Each person's part, and at the end what all of them come to."""
    parts = (Together(tuple(_part(line))) for line in found.lines)
    blocks = (*parts, Together(tuple(_together(found))))
    return Sheet(
        say("Wage ledger"),
        blocks,
        subtitle=subtitle(found),
        issuer=found.house,
        small_print=say("Labor Standards Act, art. 48(1) and its Decree, art. 27. Keep 3 years."),
    )


def subtitle(found: MonthOfPay) -> str:
    """Which month, and when it was paid."""
    paid = say("Pay day {day}", day=found.run.pay_date)
    return f"{say('Pay of {month}', month=show_month(found.month))} · {paid}"


def _part(line: Line) -> Iterator[Part]:
    slip = line.entry.slip
    yield Heading(f"{line.person.worker.number} · {line.person.name}", level=3)
    yield Facts(tuple(facts(line.person)))
    yield hours_table(slip.worked)
    yield Beside(
        (_lines(say("Earned"), slip.earnings, slip.gross),),
        (_lines(say("Taken off"), slip.deductions, slip.taken),),
        percent=58,
        together=True,
    )
    yield _paid(slip.net)


def facts(person: Person) -> Iterator[tuple[str, str]]:
    """When she was hired, what she does and what her pay stands on."""
    yield say("Hired on"), show_day(person.worker.hired)
    yield say("Work to be done"), work(person)
    if person.born:
        yield say("Birth date"), person.born
    if person.terms is not None:
        yield say("Pay stands on"), basis(person.terms)
    if person.worker.left is not None:
        yield say("Left on"), show_day(person.worker.left)


def work(person: Person) -> str:
    """What she does: making things herself, or other work; a line where it is not entered."""
    if person.makes is None:
        return LINE
    return say("making things") if person.makes else say("office, shop and other work")


def basis(terms: Terms) -> str:
    """How she is paid: by the hour, 12,000 won."""
    if terms.kind is TermsKind.PIECE:
        return show(terms.kind)
    return f"{show(terms.kind)}, {show_money(terms.rate)}"


def _lines(title: str, lines: tuple[Amounts, ...], total: int) -> Table:
    rows = [(name_of(each.code), measure(each), show_money(each.amount)) for each in lines]
    whole = (say("Together"), "", show_money(total))
    if any(middle for _, middle, _ in rows):
        wide = (Column(title, share=4), Column("", RIGHT, 4), Column(say("Amount"), RIGHT, 3))
        return Table(wide, (*rows, whole), totals=1, small=True)
    columns = (Column(title, share=5), Column(say("Amount"), RIGHT, 4))
    pairs = tuple((name, won) for name, _, won in (*rows, whole))
    return Table(columns, pairs, totals=1, small=True)


def _together(found: MonthOfPay) -> Iterator[Part]:
    slips = [line.entry.slip for line in found.lines]
    yield Heading(say("All together · {count} people", count=len(slips)))
    yield Beside(
        (_sums(say("Earned"), [each for slip in slips for each in slip.earnings]),),
        (_sums(say("Taken off"), [each for slip in slips for each in slip.deductions]),),
        together=True,
    )
    yield _paid(sum(slip.net for slip in slips))


def _paid(won: int) -> Paragraph:
    return Paragraph(f"{say('Paid out')}  {show_money(won)}", bold=True, align=RIGHT)


def _sums(title: str, lines: list[Amounts]) -> Table:
    by_code: dict[str, int] = {}
    for each in lines:
        by_code[each.code] = by_code.get(each.code, 0) + each.amount
    rows = [(name_of(code), show_money(won)) for code, won in by_code.items()]
    total = (say("Together"), show_money(sum(by_code.values())))
    columns = (Column(title, share=3), Column(say("Amount"), RIGHT, 2))
    return Table(columns, (*rows, total), totals=1, small=True)
