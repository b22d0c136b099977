"""The delivery note that goes along with the coats: colours down, sizes across, no prices."""

from __future__ import annotations

from factory.kernel.words import language, say, show_day, show_moment
from factory.orders.domain import Matrix, Order, Row, Shipment
from printers.document import Align
from printers.sheet import Block, Column, Facts, Heading, Paragraph, Sheet, Signatures, Table, Total

RIGHT = Align.RIGHT


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
