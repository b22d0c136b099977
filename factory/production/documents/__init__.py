"""Papers of the floor: the ticket that stays with a bundle, the cutter's ticket, the hang tags.

A ticket is read at arm's length at the machine: colour, size, number of pieces and the bundle's
number stand largest. Its coupons, one for each of the next jobs, are for a day without current: a
scan is worth the same, and it can't be handed in twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from factory.kernel.money import Money
from factory.kernel.words import mark, say, show
from factory.printing.tickets import coupon
from printers.document import (
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    Heading,
    Row,
    Rule,
    RuleKind,
    Space,
    Text,
)

LINE, HEAVY, DASHED = Rule(), Rule(RuleKind.HEAVY), Rule(RuleKind.DASHED)
BLANK = "_" * 8
PIECES = mark("{count} pcs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One line of the ticket's list: who did it is written by hand when nothing else works."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What the paper on a bundle says, in the words of its reader."""

    code: str
    """The bundle's eight digits."""
    order: str
    style: str
    """The style's number."""
    name: str
    """What the style is called."""
    colour: str
    """What the colour is called."""
    size: str
    quantity: int
    lay: int
    """The lay's number in its order."""
    number: int
    """The bundle's number in its lay."""
    of: int
    """How many bundles the lay has."""
    ply_from: int
    ply_to: int
    cut_on: date
    due: date
    jobs: tuple[Job, ...] = ()
    """The next ones; all of a coat would make a strip of paper longer than the bundle."""
    more: int = 0
    """How many jobs come after those."""
    shade: str = ""
    """The dye lot, where it is known."""
    issue: int = 1
    """Above 1 it replaces a lost ticket."""
    made: bool = False
    """Whether it is one coat, made to somebody's measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutColour:
    """One colour of a lay: how many plies, and how many pieces of each size that gives."""

    line: int
    """The order's line."""
    colour: str
    plies: int
    pieces: tuple[int, ...]
    """In the order of the sizes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CutTicket:
    """What the cutter takes to the table."""

    order: str
    style: str
    name: str
    lay: int
    due: date
    sizes: tuple[str, ...]
    marker: tuple[int, ...]
    """Garments of each size in one ply."""
    colours: tuple[CutColour, ...]
    bundle_size: int

    @property
    def pieces(self) -> int:
        """All coats of the lay."""
        return sum(sum(colour.pieces) for colour in self.colours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What hangs on a coat."""

    code: str
    """The item's eight digits: style, colour, size and grade."""
    style: str
    name: str
    colour: str
    size: str
    ks_size: str
    price: Money
    grade: str = ""
    """Named only where the coat is not of the first grade."""


def bundle_ticket(ticket: Ticket) -> Document:
    """The paper that stays with a bundle from the cutting table to the rail."""
    again = (_replaces(ticket.issue),) if ticket.issue > 1 else ()
    blocks: tuple[Block, ...] = (
        *again,
        *((_banner(say("Made to measure")),) if ticket.made else ()),
        Row(f"{ticket.style} {ticket.name}", say("Due {day}", day=_short(ticket.due))),
        Text(say("Order {number}", number=ticket.order), bold=True),
        Row(
            say("Cut {number}", number=ticket.lay),
            say("Bundle {number} of {of}", number=ticket.number, of=ticket.of),
            size=2,
            bold=True,
        ),
        LINE,
        Text(ticket.colour, size=4, bold=True),
        Row(ticket.size, say(PIECES, count=ticket.quantity), size=6, bold=True),
        HEAVY,
        Barcode(ticket.code, height_mm=16, size=3),
        LINE,
        Row(
            say("Plies {first} to {last}", first=ticket.ply_from, last=ticket.ply_to)
            if ticket.ply_to
            else say("Found later, no ply"),
            say("Cut on {day}", day=_short(ticket.cut_on)),
        ),
        *((Text(say("Shade {shade}", shade=ticket.shade), bold=True),) if ticket.shade else ()),
        *_jobs(ticket),
        Cut(),
    )
    return Document(say("bundle ticket"), blocks)


def _replaces(issue: int) -> Text:
    words = say("Ticket {issue}: throw the older one away", issue=issue)
    return Text(words, align=Align.CENTER, bold=True, inverse=True)


def _banner(words: str) -> Text:
    """What has to be seen from afar: the one colour that such a printer has, all across."""
    return Text(words, align=Align.CENTER, bold=True, inverse=True, size=3)


def _jobs(ticket: Ticket) -> tuple[Block, ...]:
    """A coupon for each of the next jobs."""
    if not ticket.jobs:
        return ()
    more = say("{count} more come after these: a scan says what is next.", count=ticket.more)
    return (
        Text(say("Scan the ticket after each operation.")),
        *(
            block
            for job in ticket.jobs
            for block in coupon(job.code, job.name, ticket.size, ticket.code, ticket.quantity)
        ),
        *((DASHED, Text(more)) if ticket.more else ()),
    )


def cut_ticket(ticket: CutTicket) -> Document:
    """What to spread and cut, with room to write what it really was."""
    blocks: tuple[Block, ...] = (
        Heading(say("Cut {number}", number=ticket.lay)),
        Row(f"{ticket.style} {ticket.name}", say("Due {day}", day=_short(ticket.due)), bold=True),
        Row(
            say("Order {number}", number=ticket.order),
            say("Bundles of {count}", count=ticket.bundle_size),
        ),
        HEAVY,
        Text(say("In one ply"), bold=True),
        *(
            Row(size, say(PIECES, count=garments), size=2, bold=True)
            for size, garments in zip(ticket.sizes, ticket.marker, strict=True)
            if garments
        ),
        *(block for colour in ticket.colours for block in _colour(ticket.sizes, colour)),
        HEAVY,
        Row(say("Together"), say(PIECES, count=ticket.pieces), size=2, bold=True),
        LINE,
        Row(say("Cloth used"), f"{BLANK} m", size=2),
        Row(say("Cut by"), BLANK, size=2),
        Cut(),
    )
    return Document(say("cut ticket"), blocks)


def _colour(sizes: tuple[str, ...], colour: CutColour) -> tuple[Block, ...]:
    counted = (f"{s} {n}" for s, n in zip(sizes, colour.pieces, strict=True) if n)
    return (
        LINE,
        Row(colour.colour, say("{count} plies", count=colour.plies), size=3, bold=True),
        Text(" · ".join(counted)),
        Row(say("Really laid"), BLANK, size=2),
    )


def hang_tags(tag: Tag, count: int) -> Document:
    """One tag for each coat, cut apart."""
    one = (*_tag(tag), Cut())
    return Document(say("hang tag"), one * count)


def _tag(tag: Tag) -> Iterable[Block]:
    yield Heading(tag.name)
    yield Text(tag.style, align=Align.CENTER)
    if tag.grade:
        yield Text(tag.grade, align=Align.CENTER, size=2, bold=True, inverse=True)
    yield LINE
    yield Row(say("Size"), tag.size, size=4, bold=True)
    if tag.ks_size:
        yield Row(say("KS size"), tag.ks_size)
    yield Row(say("Colour"), tag.colour, bold=True)
    yield LINE
    yield Text(show(tag.price), align=Align.CENTER, size=3, bold=True)
    yield Barcode(tag.code)
    yield Space()


def _short(day: date) -> str:
    """A day without its year: the season is long, the paper narrow."""
    return f"{day.month}/{day.day}"
