"""The test page of a printer: letters, edges and codes that show what it can."""

from __future__ import annotations

from factory.kernel.words import say
from printers.document import (
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    Heading,
    Label,
    Row,
    Rule,
    RuleKind,
    Symbology,
    Text,
)
from printers.profiles import TENTHS, Profile
from printers.symbols import ruler

SAMPLE_BUNDLE = "20000120"


def test_page(name: str, profile: str) -> Document:
    """What to look at on a new printer; its syllables are the rare ones that some fonts lack."""
    blocks: tuple[Block, ...] = (
        Heading(say("Test page")),
        Text(name, align=Align.CENTER, bold=True),
        Text(profile, align=Align.CENTER),
        Rule(),
        Text(say("If every line reads well, this printer is set up rightly.")),
        Row("가나다라마바사 0123456789", "₩189,000"),
        Row("가힣 똠 뷁 쌰 펲", "㈜ ① ℃"),
        Row(say("left edge"), say("right edge"), bold=True),
        Rule(RuleKind.DASHED),
        Row("66", "10", size=4, bold=True),
        Barcode(SAMPLE_BUNDLE),
        Barcode("https://didim.example", Symbology.QR),
        Cut(),
    )
    return Document(say("Test page"), blocks)


LABEL_MM = (50, 30)


def ruler_label(profile: Profile) -> Document:
    """A label with a frame and a ruler along it: the frame should stand a millimetre inside."""
    wide, high = min(LABEL_MM[0], profile.dots // profile.dots_a_mm), LABEL_MM[1]
    moved = -(-abs(profile.across) // TENTHS)
    picture = ruler(wide - 2 - moved, high - 3, profile.dots_a_mm)
    return Document(say("Label with a ruler"), (picture, Cut()), Label(wide, high))
