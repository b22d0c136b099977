"""Papers for the office, A4: a second closed union of frozen blocks, drawn by `pdf`."""

from __future__ import annotations

from dataclasses import dataclass

from printers.document import Align


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part."""

    text: str
    level: int = 2
    """1 is large, 2 ordinary, 3 small."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, wrapped between words."""

    text: str
    bold: bool = False
    small: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, in one pair of columns or in two."""

    pairs: tuple[tuple[str, str], ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; its share of the width against the others'."""

    title: str = ""
    align: Align = Align.LEFT
    share: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a head that comes again on each page; the last `totals` rows are bold."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: int = 0
    small: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """The one figure that the paper is about, large, in a frame."""

    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: what it is, its figure as people write it, and how much it weighs."""

    label: str
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Split:
    """A whole that falls into two: three figures side by side, below them one bar."""

    whole: Share
    gone: Share
    left: Share
    """What the paper is about; its figure is the large one, its part of the bar the dark one."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Two columns; one below the other where they do not fit what is left of the page."""

    left: tuple[Heading | Paragraph | Facts | Table | QrCode | Blank, ...]
    right: tuple[Heading | Paragraph | Facts | Table | QrCode | Blank, ...]
    percent: int = 50
    """The left column's share of the width."""
    together: bool = False
    """Rather on the next page than one below the other."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, side by side, each with who signs below or before it."""

    parties: tuple[str, ...]
    mark: str = "(서명)"


@dataclass(frozen=True, slots=True)
class Code:
    """A Code 128 with its digits below."""

    data: str


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code with words below."""

    data: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Swatches:
    """Colours as fields of their colour, each with its name and room to pin a piece of cloth on."""

    colours: tuple[tuple[str, str], ...]
    """What it is called, and `#20242c`."""
    hint: str = ""
    """What stands in the empty field."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A framed empty field to draw, write or glue on."""

    title: str
    millimetres: int = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG picture, as large as fits into the height."""

    data: bytes
    millimetres: int = 60


@dataclass(frozen=True, slots=True)
class Space:
    """Nothing, so many millimetres high."""

    millimetres: int = 4


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Together:
    """What stands on one page: rather on the next than broken, unless it is longer than a page."""

    blocks: tuple[Heading | Paragraph | Facts | Table | Beside, ...]


Block = (
    Heading
    | Paragraph
    | Facts
    | Table
    | Total
    | Split
    | Beside
    | Signatures
    | Code
    | QrCode
    | Swatches
    | Blank
    | Picture
    | Space
    | NewPage
    | Together
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of as many pages as it needs; each page has its number."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    """Below the title: which month, which order."""
    issuer: str = ""
    """Who gives it out, at the top right."""
    small_print: str = ""
    """At the foot of each page."""
    landscape: bool = False
    watermark: str = ""
    """Along the edges of each page: who drew it up, and when, where it carries legal names."""
    on_one: bool = False
    """Set a little smaller rather than run over to a second page by a few lines."""
