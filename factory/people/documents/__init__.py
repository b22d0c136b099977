"""The badge as a slip: the chosen name and a random code, nothing else."""

from __future__ import annotations

from factory.kernel.words import say
from printers.document import Barcode, Cut, Document, Heading, Space


def badge(name: str, code: str) -> Document:
    """A badge to cut out and laminate."""
    return Document(
        say("Badge"), (Heading(name, size=3), Space(), Barcode(code, height_mm=15), Space(), Cut())
    )
