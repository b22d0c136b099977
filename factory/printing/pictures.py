"""A paper as it would lie in the hand, read from the bytes that the printer got."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factory.printing import papers, private, queries
from factory.printing.domain import PaperErased
from printers import escpos, layout, paper
from printers.document import DocumentWrong


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture and what reads on it."""

    png: bytes
    text: str
    drawer: bool
    cuts: int
    warnings: tuple[str, ...]


def of_job(session: Session, number: int) -> Shown:
    """The paper of a job: as sent, or as it would be sent; `PaperErased` if nothing is left."""
    document, data, profile = queries.contents(session, number)
    stream = data or (_laid(session, number) if document is None else None)
    try:
        if stream is None and document is not None:
            stream = escpos.to_escpos(document, profile)
        lines = layout.lay_out(document, profile) if document is not None else ()
    except DocumentWrong:
        stream, lines = None, ()
    if stream is None:
        raise PaperErased
    known = None if data is None and document is None else profile.dots
    read = paper.read(stream, known, least=profile.dots)
    text = layout.as_text(lines) if lines else read.text
    drawer = any(event.kind == "drawer" for event in read.events)
    return Shown(read.png(), text.strip(), drawer, read.cuts, read.warnings)


def _laid(session: Session, number: int) -> bytes | None:
    """What a printer on the screen got; of a private paper for a quarter of an hour."""
    if queries.job(session, number).purpose.keeps_bytes:
        return papers.stream(number)
    sealed = papers.sealed_stream(number)
    return None if sealed is None else private.opened_stream(session, number, sealed)
