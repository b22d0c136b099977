"""The delivery note that goes along with the coats, and the work order sheet of the floor.

Neither has a price: both are read by people whom it does not concern.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from factory.catalogue.domain import PLAIN, Routing, Style
from factory.catalogue.domain.measures import Measure, in_centimetres
from factory.kernel.words import language, say, show, show_day, show_moment
from factory.orders.domain import Carton, Matrix, Order, Row, Shipment
from factory.orders.domain.quoting import Quote
from printers.document import Align
from printers.sheet import (
    Beside,
    Blank,
    Block,
    Column,
    Facts,
    Heading,
    Paragraph,
    Picture,
    QrCode,
    Sheet,
    Signatures,
    Swatches,
    Table,
    Together,
    Total,
)

RIGHT = Align.RIGHT
Routings = Mapping[str, Routing]
"""The way of work of styles, by their number; one without operations is missing."""


def delivery_note(order: Order, shipment: Shipment, matrices: tuple[Matrix, ...]) -> Sheet:
    """What went out together; the matrices count the coats of this shipment as `shipped`."""
    tables = [block for matrix in matrices for block in _part(matrix)]
    note = (Paragraph(order.note),) if order.note else ()
    blocks: tuple[Block, ...] = (
        _facts(order, shipment),
        *tables,
        Total(say("Coats in all"), say("{count} coats", count=shipment.quantity)),
        *note,
        Signatures((say("Handed over by"), say("Received by")), say("(signature)")),
    )
    return Sheet(say("Delivery note"), blocks, subtitle=shipment.number)


def packing_list(
    order: Order,
    shipment: Shipment,
    matrices: tuple[Matrix, ...],
    cartons: tuple[Carton, ...],
    places: Mapping[tuple[int, str], str] = MappingProxyType({}),
) -> Sheet:
    """Which coats lie in which carton, and where they hang: for whoever packs and unpacks."""
    names = {
        row.line.no: f"{matrix.style.number} · {row.colour.called(language())}"
        for matrix in matrices
        for row in matrix.rows
    }
    columns = (
        Column(say("Carton"), RIGHT),
        Column(say("Coat"), share=5),
        Column(say("Size"), RIGHT),
        Column(say("Coats"), RIGHT, 2),
        Column(say("Where it hangs"), share=2),
        Column(say("Packed"), share=2),
    )
    rows = tuple(
        (
            "" if place else str(carton.number),
            names[line],
            size,
            str(count),
            places.get((line, size), ""),
            "",
        )
        for carton in cartons
        for place, (line, size, count) in enumerate(carton.cells)
    )
    together = (str(len(cartons)), say("Coats in all"), "", str(shipment.quantity), "", "")
    blocks: tuple[Block, ...] = (
        _facts(order, shipment),
        Table(columns, (*rows, together), totals=1),
        Signatures((say("Packed by"), say("Received by")), say("(signature)")),
    )
    return Sheet(say("Packing list"), blocks, subtitle=shipment.number)


def quote_sheet(style: Style, offer: Quote, day: date) -> Sheet:
    """An offer for making up a style from the customer's cloth."""
    minutes = f"{offer.minutes // 100}.{offer.minutes % 100:02d}"
    work = say("Work: {minutes} minutes at {rate}", minutes=minutes, rate=offer.rate)
    margin = say("Margin: {percent} %", percent=offer.margin)
    rows = (
        (work, show(offer.work)),
        (say("Trims"), show(offer.trims)),
        (margin, show(offer.earned)),
        (say("One coat, without tax"), show(offer.price)),
    )
    blocks: tuple[Block, ...] = (
        Facts(
            (
                (say("Style"), f"{style.number} · {style.called(language())}"),
                (say("Day"), show_day(day)),
                (say("Cloth"), say("brought by the customer")),
            )
        ),
        Table((Column(say("For one coat"), share=5), Column(say("Won"), RIGHT, 2)), rows, totals=1),
        Total(say("{count} coats", count=offer.coats), show(offer.together)),
        Signatures((say("Offered by"), say("Accepted by")), say("(signature)")),
    )
    return Sheet(say("Quote"), blocks, subtitle=style.number)


def _facts(order: Order, shipment: Shipment) -> Facts:
    customer = order.customer
    if customer is None:
        return Facts(())
    pairs = (
        (say("Customer"), customer.name),
        (say("Order"), order.number),
        (say("Business registration number"), _dashed(customer.business_number)),
        (say("Due date"), show_day(order.due)),
        (say("Telephone"), customer.phone),
        (say("Went out"), show_moment(shipment.at)),
        (say("Delivery address"), customer.address),
    )
    return Facts(tuple(pair for pair in pairs if pair[1]))


def work_order(
    order: Order,
    matrices: tuple[Matrix, ...],
    routings: Routings,
    sketches: Mapping[str, bytes] = MappingProxyType({}),
    measures: Mapping[str, tuple[Measure, ...]] = MappingProxyType({}),
) -> Sheet:
    """The sheet that everybody on the floor trusts: what, how many, in which cloth, until when.

    Instructions stand here in writing, and on the first page, because several styles run at once.
    The QR code carries the order's number.
    """
    blocks: list[Block] = [
        Beside(
            (Facts(_about(order), columns=1),),
            (QrCode(order.number, order.number),),
            percent=70,
        )
    ]
    for matrix in matrices:
        blocks += _style_part(matrix, sketches.get(matrix.style.number))
    blocks += [
        Heading(say("What to watch")),
        *((Paragraph(order.note),) if order.note else ()),
        Blank(say("Notes by hand"), 18),
        Signatures((say("Written by"), say("Read by")), say("(signature)")),
    ]
    for matrix in matrices:
        blocks += _made(matrix.style, measures, routings)
    return Sheet(say("Work order"), tuple(blocks), subtitle=order.number)


def _about(order: Order) -> tuple[tuple[str, str], ...]:
    customer = (say("Customer"), order.customer.name) if order.customer else None
    return (
        (say("Order"), order.number),
        customer or (say("For whom"), show(order.kind)),
        (say("Due date"), show_day(order.due)),
        (say("Coats in all"), say("{count} coats", count=order.quantity)),
        (say("May be cut beyond"), f"{order.tolerance_percent} %"),
    )


def _style_part(matrix: Matrix, sketch: bytes | None) -> Iterator[Block]:
    style, spoken = matrix.style, language()
    yield Heading(f"{style.number} · {style.called(spoken)}")
    columns = (
        Column(say("Colour"), share=3),
        *(Column(size.label, RIGHT, 3) for size in style.sizes),
        Column(say("Together"), RIGHT, 3),
    )
    ks_sizes = ("KS", *(size.ks for size in style.sizes), "")
    rows = [_ordered(row) for row in matrix.rows]
    sums = [str(matrix.column(size, "ordered") or "") for size in style.sizes]
    together = (say("Together"), *sums, str(matrix.sum("ordered")))
    yield Table(columns, (ks_sizes, *rows, together), totals=1)
    yield Swatches(
        tuple((row.colour.called(spoken), row.colour.swatch) for row in matrix.rows),
        say("cloth"),
    )
    yield Picture(sketch, 42) if sketch else Blank(say("Sketch"), 34)


def _made(
    style: Style, measures: Mapping[str, tuple[Measure, ...]], routings: Routings
) -> Iterator[Block]:
    """How long a style's coats are, and how they are made, as far as either is known."""
    if known := measures.get(style.number):
        yield Together((_tape(style, known),))
    if routing := routings.get(style.number):
        yield _work(routing)


def _tape(style: Style, measures: tuple[Measure, ...]) -> Table:
    columns = (
        Column(say("Measure"), share=3),
        *(Column(size.label, RIGHT) for size in style.sizes),
        Column(say("Tolerance"), RIGHT, 2),
    )
    rows = tuple(
        (
            show(each.title),
            *(in_centimetres(each.of(size.label)) for size in style.sizes),
            f"± {in_centimetres(each.tolerance)}",
        )
        for each in measures
    )
    caption = f"{style.number} · {say('Finished measures (cm)')}"
    return Table(columns, rows, small=True, caption=caption)


def _work(routing: Routing) -> Table:
    spoken = language() if language() == "en" else PLAIN
    columns = (
        Column(say("Number")),
        Column(say("Operation"), share=4),
        Column(say("Machine"), share=2),
        Column(say("Minutes"), RIGHT),
        Column(say("After"), share=2),
    )
    rows = tuple(
        (
            step.code,
            step.operation.called(spoken),
            step.operation.machine,
            step.minutes,
            " ".join(step.predecessors),
        )
        for step in routing.steps
    )
    return Table(columns, rows, small=True, caption=say("How it is made"))


def _ordered(row: Row) -> tuple[str, ...]:
    counts = [str(cell.ordered or "") for cell in row.cells]
    return row.colour.called(language()), *counts, str(row.sum("ordered"))


def _dashed(number: str) -> str:
    return f"{number[:3]}-{number[3:5]}-{number[5:]}" if number else ""


def _part(matrix: Matrix) -> tuple[Block, ...]:
    style = matrix.style
    columns = (
        Column(say("Colour"), share=3),
        *(Column(size.label, RIGHT) for size in style.sizes),
        Column(say("Together"), RIGHT, 2),
    )
    rows = [_row(row) for row in matrix.rows if row.sum("shipped")]
    sums = [str(matrix.column(size, "shipped") or "") for size in style.sizes]
    together = (say("Together"), *sums, str(matrix.sum("shipped")))
    title = Heading(f"{style.number} · {style.called(language())}")
    return (title, Table(columns, (*rows, together), totals=1)) if rows else ()


def _row(row: Row) -> tuple[str, ...]:
    counts = [str(cell.shipped or "") for cell in row.cells]
    return row.colour.called(language()), *counts, str(row.sum("shipped"))
