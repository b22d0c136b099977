"""A4 papers of the floor: the inspection sheet for a customer's audit, and the accident sheet.

The accident sheet is filled in by hand and kept in a locked drawer: what happened to somebody's
body is no business of this program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from factory.catalogue.domain import Style
from factory.catalogue.domain.measures import Measure, in_centimetres
from factory.kernel.figures import decimal
from factory.kernel.words import language, say, show, show_day
from factory.orders.domain import Line, Order
from factory.production.domain.aql import Aql, sampling
from factory.production.domain.metrics import Looked
from factory.production.domain.scans import Defect
from printers.document import Align
from printers.sheet import (
    Beside,
    Blank,
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    QrCode,
    Sheet,
    Signatures,
    Table,
    Together,
)

RIGHT = Align.RIGHT


def inspection_sheet(
    order: Order,
    line: Line,
    style: Style,
    found: Mapping[Defect, int],
    looked: Looked,
    today: date,
    measures: tuple[Measure, ...] = (),
) -> Sheet:
    """How many coats of a line are looked at, what was found, and room to tally and measure."""
    lot, spoken = line.quantity, language()
    facts = (
        (say("Order"), order.number),
        (say("Style"), f"{style.number} {style.called(spoken)}"),
        (say("Colour"), style.colour(line.colour).called(spoken)),
        (say("Coats in all"), say("{count} coats", count=lot)),
        (say("Due date"), show_day(order.due)),
        (say("Printed on"), show_day(today)),
    )
    blocks: tuple[Block, ...] = (
        Beside((Facts(facts),), (QrCode(order.number),), percent=85),
        Heading(say("How many are looked at")),
        _plans(lot),
        Paragraph(say("ISO 2859-1, normal, single sampling, level II."), small=True),
        Heading(say("What was found")),
        Paragraph(_at_the_end(looked)),
        _tally(found),
        *_tape(measures, line),
        Blank(say("Notes by hand"), 25),
        Signatures((say("Inspected by"), say("Seen by the customer")), say("(signature)")),
    )
    return Sheet(
        say("Inspection sheet"), blocks, subtitle=f"{order.number} / {line.no}", on_one=True
    )


def _at_the_end(looked: Looked) -> str:
    """What the final inspection alone saw; the table below counts all of finishing."""
    found = (f"{name}: {value}" for name, value in _seen(looked))
    return " · ".join((say("Final inspection"), *found))


def _seen(looked: Looked) -> Iterator[tuple[str, str]]:
    yield say("Looked at"), say("{count} coats", count=looked.checked)
    yield say("Faulty"), say("{count} coats", count=looked.defective)
    if looked.checked:
        yield say("Faults in a hundred (DHU)"), decimal(looked.dhu)
        yield say("Right the first time"), f"{decimal(looked.percent_right)} %"


def _plans(lot: int) -> Table:
    columns = (
        *(Column("AQL"), Column(say("Letter")), Column(say("Sample"), RIGHT)),
        *(Column(say("Passes up to"), RIGHT), Column(say("Fails from"), RIGHT)),
    )
    rows = []
    for limit in Aql:
        plan = sampling(lot, limit)
        sample = say("all {count}", count=lot) if plan.inspect_all else str(plan.plan.sample)
        rows.append((limit.value, plan.code, sample, str(plan.plan.accept), str(plan.plan.reject)))
    return Table(columns, tuple(rows))


def _tally(found: Mapping[Defect, int]) -> Table:
    columns = (
        Column(say("What is wrong"), share=3),
        Column(say("Found in finishing so far"), RIGHT, 2),
        Column(say("Tally"), share=5),
    )
    rows = tuple((show(each), str(found.get(each, 0) or ""), "") for each in Defect)
    total = (say("Together"), str(sum(found.values())), "")
    return Table(columns, (*rows, total), totals=1)


def _tape(measures: tuple[Measure, ...], line: Line) -> Iterator[Block]:
    """How long the coats of a line are to be; beside each size stands room to write in."""
    if not measures:
        return
    sizes = [size for size, count in line.cells if count]
    columns = [Column(say("Measure"), share=6), Column("±", RIGHT, 2)]
    for size in sizes:
        columns += [Column(size, RIGHT, 2), Column("", share=2)]
    yield Together(
        (
            Heading(say("Finished measures (cm)")),
            Paragraph(say("Beside each size is room for what the tape says."), small=True),
            Table(tuple(columns), tuple(_to_measure(each, sizes) for each in measures)),
        )
    )


def _to_measure(measure: Measure, sizes: Iterable[str]) -> tuple[str, ...]:
    beside = ((in_centimetres(measure.of(size)), "") for size in sizes)
    tolerance = in_centimetres(measure.tolerance)
    return show(measure.title), tolerance, *(text for pair in beside for text in pair)


def accident_sheet(today: date) -> Sheet:
    """Questions to answer by hand right after an accident, and what the law asks for."""
    asked = (
        (say("Printed on"), show_day(today)),
        (say("Day and time of the accident"), ""),
        (say("Where, at which machine"), ""),
        (say("Who (employee number)"), ""),
        (say("Who saw it"), ""),
    )
    blocks: tuple[Block, ...] = (
        Facts(asked, columns=1),
        Blank(say("What happened"), 40),
        Blank(say("What was hurt, first aid, doctor"), 35),
        Blank(say("What will be changed so that it does not happen again"), 35),
        Paragraph(
            say(
                "Someone who can't work for three days or more is reported to the labour office "
                "within one month (Occupational Safety and Health Act art. 57, Rule art. 73). "
                "Costs of treatment are carried by the accident insurance, never by her."
            ),
            small=True,
        ),
        Paragraph(say("Keep this sheet locked away; it is not entered anywhere."), bold=True),
        Signatures((say("Written by"), say("She herself")), say("(signature)")),
    )
    return Sheet(say("Accident sheet"), blocks)
