"""The label that is sewn into a coat, as artwork for the label maker and as a proof on paper.

Its items are those of the labelling rules for clothes: fibres of each part, care, maker, country,
month, address and telephone, size. Thermal paper can't be sewn in: heat and light blacken it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from factory.kernel.words import say
from printers.document import Align, Block, Cut, Document, Heading, Label, Row, Rule, Space, Text
from printers.layout import EDGE_MM, lay_out, rows_of
from printers.profiles import PROFILES
from printers.symbols import Care, care

LINE = Rule()
WIDE_MM = 45
IN_A_ROW = 3
"""Symbols side by side on a label of that width."""
ON_A_SLIP = 5
"""Symbols side by side on the narrowest roll."""
ARTWORK = PROFILES["virtual-80"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SewnIn:
    """What one label says, in the words of its reader."""

    sizes: tuple[str, ...]
    """The size that is sewn in; on a proof all of them."""
    name: str
    style: str
    made_of: tuple[tuple[str, str], ...]
    """Each part with its fibres."""
    symbols: tuple[Care, ...]
    words: tuple[str, ...]
    """What the symbols mean."""
    maker: str
    address: str
    phone: str
    month: str


def artwork(labels: Sequence[SewnIn]) -> Document:
    """A label of each size, as high as what stands on it needs; as PDF a page each."""
    parts = [tuple(_sewn_in(label)) for label in labels]
    high = max(map(_millimetres, parts))
    blocks = tuple(block for part in parts for block in (*part, Cut()))
    return Document(say("care label"), blocks, Label(WIDE_MM, high))


def proof(label: SewnIn) -> Document:
    """The same on the paper of a slip printer, to be read and signed before it is ordered."""
    blocks: tuple[Block, ...] = (
        Heading(say("Care label (proof)"), size=1),
        Text(", ".join(label.sizes), align=Align.CENTER, size=2, bold=True),
        LINE,
        *_made_of(label),
        LINE,
        *_symbols(label, ON_A_SLIP if len(label.symbols) <= ON_A_SLIP else IN_A_ROW),
        *map(Text, label.words),
        LINE,
        *_maker(label),
        Space(),
        Text(say("Signature: {line}", line="____________")),
        Cut(),
    )
    return Document(say("care label"), blocks)


def _sewn_in(label: SewnIn) -> Iterator[Block]:
    """The first line stays empty: there the label is sewn in."""
    yield Space()
    yield Text(" ".join(label.sizes), align=Align.CENTER, size=2, bold=True)
    yield LINE
    yield from _made_of(label)
    yield LINE
    yield from _symbols(label, IN_A_ROW)
    yield from map(Text, label.words)
    yield LINE
    yield from _maker(label)


def _symbols(label: SewnIn, in_a_row: int) -> Iterator[Block]:
    for at in range(0, len(label.symbols), in_a_row):
        some = slice(at, at + in_a_row)
        yield care(label.symbols[some], ", ".join(label.words[some]))


def _made_of(label: SewnIn) -> Iterator[Block]:
    return (Row(part, fibres) for part, fibres in label.made_of)


def _maker(label: SewnIn) -> Iterator[Block]:
    yield Row(say("Item"), label.name)
    yield Row(say("Style number"), label.style)
    yield Row(say("Made by"), label.maker)
    yield Row(say("Made in"), say("Korea"))
    yield Row(say("Month"), label.month)
    yield Row(say("Address"), label.address)
    yield Row(say("Telephone"), label.phone)


def _millimetres(blocks: tuple[Block, ...]) -> int:
    scale = ARTWORK.dots_a_mm
    inside = replace(ARTWORK, dots=(WIDE_MM - 2 * EDGE_MM) * scale)
    rows = sum(map(rows_of, lay_out(Document("", blocks), inside)))
    return -(-rows // scale) + 2 * EDGE_MM
