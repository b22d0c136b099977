"""The badge as a slip: the chosen name and a random code, nothing else."""

from __future__ import annotations

from factory.kernel.words import say
from printers.document import Barcode, Cut, Document, Heading, Space
from printers.encoding import cells

WIDEST = 10
"""Cells of a name that stand large in one line of narrow paper; a Korean letter has two."""


def badge(name: str, code: str) -> Document:
    """A badge to cut out and laminate."""
    return Document(
        say("Badge"),
        (Heading(_in_two(name), size=3), Space(), Barcode(code, height_mm=15), Space(), Cut()),
    )


def _in_two(name: str) -> str:
    """A long name that is one word stands in two lines: large letters rather than one line."""
    if cells(name) <= WIDEST or " " in name:
        return name
    middle = -(-len(name) // 2)
    return f"{name[:middle]}\n{name[middle:]}"
