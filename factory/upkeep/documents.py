"""The recovery sheet: the keys on paper, for two sealed envelopes."""

from __future__ import annotations

from datetime import date

from factory.kernel.words import mark, say, show, translate
from factory.security.keys import Ring
from factory.security.recovery import lines_of
from printers.document import Align
from printers.sheet import Facts, Paragraph, QrCode, Sheet

_WHAT = mark("Put this into two envelopes, seal them, and keep them in two places.")
_HOW = mark("Whoever reads this can open what is sealed. To type it back: didim keys enter")


def recovery_sheet(ring: Ring, *, made: date) -> Sheet:
    """The keys to be typed back, and what to do with the paper; it names no house."""
    lines = (line.partition(": ") for line in lines_of(ring))
    newest = ring.newest
    code = QrCode(f"{newest} {ring.masters[newest].hex()}", say("Key {number}", number=newest))
    return Sheet(
        translate("Recovery sheet"),
        (
            Paragraph(translate(_WHAT), bold=True),
            Paragraph(translate(_HOW)),
            Facts(tuple((name, letters) for name, _, letters in lines), columns=1),
            code,
            Paragraph(translate(_MADE_BY), small=True, align=Align.CENTER),
        ),
        subtitle=say("Made on {day}", day=show(made)),
    )


_MADE_BY = mark("Delete the file after it was printed.")
