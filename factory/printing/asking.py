"""The page that asks a printer what it can: letters of its own, rare ones, and how wide it is.

It is no document: its lines leave in the way that is to be tried, however the printer is set up.
"""

from __future__ import annotations

from dataclasses import replace

from factory.kernel.words import say
from printers import escpos, layout, raster
from printers.document import Block, Document, Heading, Row, Rule, RuleKind, Text
from printers.encoding import encode
from printers.profiles import UNKNOWN, WIDTHS

COMMON, RARE = "가나다라마바사 아자차카타파하", "가힣 똠 뷁 쌰 펲"
RULERS = "ABC"
NARROW = replace(UNKNOWN, dots=WIDTHS[0])


def page() -> bytes:
    """Pictures explain; the two numbered lines are the printer's own letters."""
    head = (
        Heading(say("What can this printer do?"), size=1),
        Text(say("Please answer the questions on the screen with this page in your hand.")),
        Rule(),
        Text(say("Lines 1 and 2: do they read well?")),
    )
    middle = (Rule(), Text(say("Lines A, B and C: are both ends there?")))
    lines = b"".join(
        encode(f"{number}) {letters}") + b"\n" for number, letters in enumerate((COMMON, RARE), 1)
    )
    rulers = b"".join(_ruler(name, dots) for name, dots in zip(RULERS, WIDTHS, strict=True))
    tail = escpos.feed(UNKNOWN.lines_to_cutter) + escpos.cut(partial=True)
    return b"".join((escpos.begin(), _drawn(*head), lines, _drawn(*middle), rulers, tail))


def _ruler(name: str, dots: int) -> bytes:
    return _drawn(Row(f"[{name}", f"{name}]", bold=True), Rule(RuleKind.HEAVY), dots=dots)


def _drawn(*blocks: Block, dots: int = NARROW.dots) -> bytes:
    paper = replace(NARROW, dots=dots)
    lines = layout.lay_out(Document("page", blocks), paper)
    return raster.strips(raster.draw(lines, paper), paper)
