"""The slip with what was measured; it goes with the order to whoever cuts."""

from __future__ import annotations

from datetime import datetime

from factory.kernel.time import local
from factory.kernel.words import say, show_day
from factory.till.domain.ticket import Ticket
from printers.document import Align, Barcode, Cut, Document, Row, Rule, RuleKind, Text


def measures_slip(ticket: Ticket, at: datetime) -> Document:
    """Number, coat and measures; nobody's name."""
    title = say("Measures")
    blocks = (
        Text(title, align=Align.CENTER, size=2, bold=True),
        Text(str(ticket.number), align=Align.CENTER, size=6, bold=True),
        *((Row(say("Order"), ticket.order, bold=True),) if ticket.order else ()),
        Row(say("Promised for"), show_day(ticket.promised)),
        Row(say("Measured"), f"{local(at):%Y-%m-%d %H:%M}"),
        Rule(),
        Text(ticket.coat),
        Rule(RuleKind.HEAVY),
        *(Row(say(each.what.label), each.shown, size=2, bold=True) for each in ticket.measures),
        Rule(RuleKind.HEAVY),
        *((Text(ticket.note),) if ticket.note else ()),
        Barcode(ticket.code),
        Cut(),
    )
    return Document(title, blocks)
