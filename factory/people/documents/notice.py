"""The notice of what is kept of her, to be signed: she gets one copy."""

from __future__ import annotations

from datetime import date

from factory.business.domain import UNNAMED, Business
from factory.kernel.words import mark, say, show_day, translate
from factory.people.domain import Worker
from factory.people.domain.privacy import KEPT, NEVER, RIGHTS, WHO
from printers.sheet import Block, Column, Facts, Heading, Paragraph, Sheet, Signatures, Space, Table

LINE = "_" * 24


def notice(worker: Worker, on: date, business: Business = UNNAMED) -> Sheet:
    """In the language she reads, by the name she chose."""
    columns = tuple(Column(say(name)) for name in ("What is kept", "For what", "How long"))
    rows = tuple(tuple(map(translate, (each.what, each.why, each.long))) for each in KEPT)
    blocks: tuple[Block, ...] = (
        Table(columns, rows, small=True),
        *_part(say("What is never kept"), NEVER),
        *_part(say("Who sees it"), WHO),
        *_part(say("What you may ask for"), RIGHTS),
        Facts(
            (
                (say("In charge of personal data"), business.officer or LINE),
                (say("Telephone"), business.officer_contact or business.phone or LINE),
            )
        ),
        Paragraph(say("I was told this and have got a copy."), bold=True),
        Paragraph(show_day(on)),
        Space(2),
        Signatures((say("Employer"), say("Worker")), mark=say("(signature)")),
    )
    who = say("Number {number} · {name}", number=worker.number, name=worker.name)
    return Sheet(
        say("What is kept of you"),
        blocks,
        subtitle=who,
        issuer=business.name,
        small_print=translate(_LAW),
        on_one=True,
    )


def _part(title: str, sentences: tuple[str, ...]) -> tuple[Block, ...]:
    return (Heading(title, level=3), *(Paragraph(f"· {translate(each)}") for each in sentences))


_LAW = mark(
    "Personal Information Protection Act, art. 15(2) and 30: both sides keep one signed copy."
)
