"""The paper of severance, and the same as a slip: by number and chosen name.

It shows how the average wage of a day came about, which day's wage holds, the days of service, the
formula with its numbers, what is withheld, where it goes and until when (Act on the Guarantee of
Employees' Retirement Benefits, art. 4, 8, 9; Labor Standards Act, art. 2(1) no. 6, 2(2), 36).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from factory.kernel.words import say, show, show_day, show_money, show_short_day
from factory.law.articles import cite
from factory.payroll.domain.average import YEAR, Stretch
from factory.payroll.domain.severance import Severance, Statement, Working, working
from factory.payroll.explain import calculation, explained_name, show_decimal
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
    Total,
)

RIGHT = Align.RIGHT


def severance_statement(found: Statement, *, house: str = "", legal_name: str = "") -> Sheet:
    """How severance came about and what arrives; the legal name only where she asked for that."""
    severance = found.severance
    known = working(severance)
    blocks: tuple[Block, ...] = (
        Facts(tuple(_who(found, legal_name))),
        _whole(severance),
        *(() if known is None else _working(severance, known)),
        *_reasons(severance),
        *_notes(found),
    )
    left = say("Last day: {day}", day=found.left)
    return Sheet(
        say("Severance statement"), blocks, subtitle=left, issuer=house, small_print=_foot()
    )


def _foot() -> str:
    return say("If something is not right, please say so; it is put right. Keep this paper.")


def _who(found: Statement, legal_name: str) -> Iterator[tuple[str, str]]:
    yield say("Name"), f"{legal_name} ({found.name})" if legal_name else found.name
    yield say("Number"), str(found.number)
    yield say("First day"), show_day(found.hired)
    yield say("Last day"), show_day(found.left)
    yield say("Pay until"), show_day(found.until)
    yield say("Paid on"), show_day(found.paid_on) if found.paid_on else say("not paid yet")
    yield say("Days of service"), f"{found.service:,}"
    yield say("Last pay, with its own payslip"), show_money(found.last_pay)


def _whole(severance: Severance) -> Block:
    """What is owed, what goes out of it, and what arrives."""
    off = severance.withheld + severance.attached
    if not off:
        return Total(say("Severance paid out"), show_money(severance.net))
    return Split(
        Share(say("Severance"), show_money(severance.owed), severance.owed.won),
        Share(say("Goes out"), show_money(off), off.won),
        Share(say("Paid out"), show_money(severance.net), severance.net.won),
    )


def _working(severance: Severance, known: Working) -> Iterator[Block]:
    yield Heading(say("Average wage of a day"), level=3)
    yield _months(severance.stretches, known)
    yield Beside((_daily(known),), (_service(known),), together=True)


def _months(stretches: tuple[Stretch, ...], known: Working) -> Table:
    """The months before the last day, each with its calendar days and wages."""
    columns = (
        Column(say("From – to"), share=5),
        Column(say("Calendar days"), RIGHT, 2),
        Column(say("Days left out"), RIGHT, 2),
        Column(say("Wages"), RIGHT, 3),
    )
    rows = [
        (
            f"{show_short_day(each.first)} – {show_short_day(each.last)}",
            str(each.days),
            str(each.left_out or "–"),
            _exact(each.wages),
        )
        for each in stretches
    ]
    left_out = sum(each.left_out for each in stretches)
    sums = (str(known.days), str(left_out or "–"), _exact(known.wages))
    return Table(columns, (*rows, (say("Together"), *sums)), totals=1)


def _daily(known: Working) -> Table:
    """From wages to the day that severance stands on."""
    columns = (Column(say("Day's wage"), share=5), Column("", RIGHT, 3))
    share = f"× {known.share * YEAR} / {YEAR}"
    rows = [(say("Wages of these months"), _exact(known.wages))]
    if known.bonus:
        rows.append((f"{say('Bonuses of a year')} {share}", _exact(known.bonus * known.share)))
    if known.leave:
        rows.append((f"{say('Pay for unused leave')} {share}", _exact(known.leave * known.share)))
    rows += [
        (say("÷ calendar days"), str(known.days)),
        (say("Average wage of a day"), _exact(known.average)),
        (say("Ordinary wage of a day"), _exact(known.ordinary)),
    ]
    holds = say("The ordinary wage is higher: it holds")
    if not known.by_ordinary:
        holds = say("The average wage is not below it: it holds")
    return Table(columns, (*rows, (holds, _exact(known.daily))), totals=1)


def _service(known: Working) -> Table:
    columns = (Column(say("Severance"), share=5), Column("", RIGHT, 3))
    owed = known.daily * known.for_a_year * known.service / known.year
    rows = (
        (say("Day's wage"), _exact(known.daily)),
        (say("× days for a year of service"), str(known.for_a_year)),
        (say("× days of service"), _exact(known.service)),
        (say("÷ days of a year"), str(known.year)),
        (say("Severance"), _exact(owed)),
    )
    return Table(columns, rows, totals=1)


def _exact(value: Fraction) -> str:
    """A number for the eye, to 0.01."""
    return show_decimal(str(value))


def _reasons(severance: Severance) -> Iterator[Block]:
    columns = (
        Column(say("Line"), share=4),
        Column(say("Amount"), RIGHT, 3),
        Column(say("Rule"), share=11),
        Column(say("Article"), share=5),
    )
    rows = tuple(
        (
            explained_name(why),
            show_money(why["amount"]),
            f"{say(why['rule'])} {calculation(why)}",
            cite(why["article"]),
        )
        for why in severance.explain
    )
    yield Heading(say("How each line came about"), level=3)
    yield Table(columns, rows, small=True)


def _notes(found: Statement) -> Iterator[Paragraph]:
    severance = found.severance
    where = say("Nobody has said yet where it goes.")
    if severance.goes is not None:
        where = f"{say('Where it goes')}: {show(severance.goes)}."
    if severance.deferred and severance.tax:
        where += " " + say(
            "The tax of {amount} waits until you take the money out of the IRP account; it is less"
            " where you draw it as a pension.",
            amount=show_money(severance.tax),
        )
    article = cite("Act on the Guarantee of Employees' Retirement Benefits, art. 9(2)")
    yield Paragraph(f"{where} ({article})")
    due = say("It is paid on {day} at the latest.", day=found.until)
    yield Paragraph(f"{due} ({cite('Labor Standards Act, art. 36')})")


# The slip


def severance_slip(found: Statement, *, house: str = "") -> Document:
    """The same on the receipt printer, without the reasons; no title names anybody."""
    severance, known = found.severance, working(found.severance)
    line, heavy = slip.Rule(), slip.Rule(slip.RuleKind.HEAVY)
    blocks: tuple[slip.Block, ...] = (
        slip.Heading(say("Severance")),
        *((slip.Text(house, align=Align.CENTER),) if house else ()),
        slip.Row(found.name, say("no. {number}", number=found.number), bold=True),
        slip.Row(say("First day"), show_day(found.hired)),
        slip.Row(say("Last day"), show_day(found.left)),
        line,
        *(() if known is None else _told(known)),
        slip.Row(say("Severance"), f"{severance.owed.won:,}", bold=True),
        *_off(severance),
        heavy,
        slip.Row(say("Paid out"), show_money(severance.net), size=2, bold=True),
        heavy,
        slip.Row(say("Pay until"), show_day(found.until)),
        *(() if severance.goes is None else (slip.Text(show(severance.goes)),)),
        slip.Text(say("How it came about stands on the paper of the office.")),
        slip.Cut(),
    )
    return Document(say("severance"), blocks)


def _told(known: Working) -> Iterator[slip.Block]:
    yield slip.Row(say("Day's wage"), _exact(known.daily))
    yield slip.Row(say("Days of service"), _exact(known.service))


def _off(severance: Severance) -> Iterator[slip.Block]:
    if severance.withheld:
        yield slip.Row(say("Tax on it"), f"−{severance.withheld.won:,}")
    if severance.attached:
        yield slip.Row(say("Attachment by a court"), f"−{severance.attached.won:,}")
