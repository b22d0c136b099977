"""Lists of a month for the office: who is paid what, and what insurances and tax come to."""

from __future__ import annotations

from collections.abc import Sequence

from factory.kernel.words import mark, say, show_money
from factory.payroll.documents.ledger import subtitle
from factory.payroll.domain.papers import Line, MonthOfPay
from printers.document import Align
from printers.sheet import Column, Paragraph, Sheet, Signatures, Space, Table, Total

RIGHT = Align.RIGHT
INSURANCES = (
    ("national_pension", mark("National pension")),
    ("health_insurance", mark("Health insurance")),
    ("long_term_care", mark("Long-term care")),
    ("employment_insurance", mark("Employment insurance")),
)
SHORTLY = (mark("Pension"), mark("Health"), mark("Care"), mark("Employment"))
"""The same as a narrow column wants them."""
TAXES = (("income_tax", mark("Income tax")), ("local_income_tax", mark("Local income tax")))
WIDE = (10, 12, 9, 9, 11, 9, 11, 9, 11, 14, 14, 11, 9, 11)


def pay_list(found: MonthOfPay) -> Sheet:
    """One line each: earned, taken off, paid out; and who saw it."""
    columns = (
        Column(say("Number"), RIGHT, 2),
        Column(say("Name"), share=5),
        *(Column(say(name), RIGHT, 4) for name in (EARNED, TAKEN, PAID)),
    )
    rows = [(str(each.person.worker.number), each.person.name, *_won(each)) for each in found.lines]
    run = found.run
    sums = [show_money(won) for won in (run.gross, run.gross - run.net, run.net)]
    return Sheet(
        say("Pay list"),
        (
            Table(columns, (*rows, ("", say("Together"), *sums)), totals=1),
            Total(say("Paid out"), show_money(run.net)),
            Space(4),
            Signatures((say("Calculated"), say("Approved")), mark=say("(signature)")),
        ),
        subtitle=subtitle(found),
        issuer=found.house,
    )


EARNED, TAKEN, PAID = mark("Total pay"), mark("Taken off"), mark("Paid out")


def _won(line: Line) -> list[str]:
    slip = line.entry.slip
    return [show_money(won) for won in (slip.gross, slip.taken, slip.net)]


def summary(found: MonthOfPay) -> Sheet:
    """By number alone: the tax office matches the numbers on its own list."""
    heads = _heads(SHORTLY, say("Accident"))
    columns = tuple(Column(head, RIGHT, each) for head, each in zip(heads, WIDE, strict=True))
    rows = [tuple(_shown(row)) for row in summary_rows(found)]
    totals = (say("Sum"), *_shown(summary_totals(found))[1:])
    told = say(
        "By number alone: whoever files matches the numbers on a list of her own. "
        "No legal name and no resident number stands here."
    )
    table = Table(columns, (*rows, totals), totals=1, small=True)
    return Sheet(
        say("Insurance and tax by number"),
        (table, Paragraph(told, small=True)),
        subtitle=subtitle(found),
        issuer=found.house,
        landscape=True,
    )


def summary_heads() -> list[str]:
    """What the columns are: hers and the employer's part of each."""
    names = tuple(name for _, name in INSURANCES)
    return _heads(names, say("Industrial accident insurance"))


def _heads(insurances: tuple[str, ...], accident: str) -> list[str]:
    pairs = [
        text for name in insurances for text in (say(name), say("{name}: employer", name=say(name)))
    ]
    taxes = [say(name) for _, name in TAXES]
    pay = [say("Number"), say("Total pay"), say("free of tax")]
    return [*pay, *pairs, accident, *taxes]


def summary_rows(found: MonthOfPay) -> list[list[int]]:
    """Each person's figures in won."""
    return [_figures(line) for line in found.lines]


def summary_totals(found: MonthOfPay) -> list[int]:
    """What each column comes to; the first is no figure."""
    columns = zip(*summary_rows(found), strict=True)
    return [sum(column) for column in columns] or [0] * len(summary_heads())


def _figures(line: Line) -> list[int]:
    slip = line.entry.slip
    insured = [part for code, _ in INSURANCES for part in (line.won(code), line.house(code))]
    taxes = [line.won(code) for code, _ in TAXES]
    accident = line.house("industrial_accident")
    return [line.person.worker.number, slip.gross, slip.non_taxable, *insured, accident, *taxes]


def _shown(row: Sequence[int]) -> list[str]:
    return [str(row[0]), *(f"{won:,}" for won in row[1:])]
