"""Any stream of printer bytes back to paper: the picture, the text on it, and what happened.

This is the virtual printer. It reads the bytes as a printer would, so what it shows is what was
sent, not what was meant.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import segno
from PIL import Image, ImageDraw

from printers import barcodes
from printers.document import DocumentWrong
from printers.glyphs import run_of_letters
from printers.profiles import LINE, LONGEST
from printers.tokens import Token, tokens

WIDTHS = (384, 504, 576, 832)
MARGIN = 20
WARNINGS = 50
_KOREA = 13
_PARTIAL = {b"1", b"\x01", b"B", b"b", b"h"}


@dataclass(frozen=True, slots=True)
class Event:
    """Something beside ink: cut, drawer, beep, status question; at which row of the paper."""

    kind: str
    row: int


@dataclass(frozen=True, slots=True)
class Paper:
    """What lies in the hand."""

    ink: Image.Image
    """1 is a black dot."""
    text: str
    events: tuple[Event, ...]
    warnings: tuple[str, ...]

    @property
    def cuts(self) -> int:
        """How often it was cut."""
        return sum(event.kind.startswith("cut") for event in self.events)

    def png(self) -> bytes:
        """The paper as a picture, with its white edge; a cut is a dashed line."""
        dots, rows = self.ink.size
        page = Image.new("L", (dots + 2 * MARGIN, rows + 2 * MARGIN), 255)
        page.paste(0, (MARGIN, MARGIN), self.ink)
        pen = ImageDraw.Draw(page)
        for event in self.events:
            if event.kind.startswith("cut") and event.row < rows:
                for left in range(0, page.width, 16):
                    pen.line((left, event.row + MARGIN, left + 8, event.row + MARGIN), fill=150)
        kept = io.BytesIO()
        page.save(kept, "PNG", optimize=False)
        return kept.getvalue()


def read(stream: bytes, dots: int | None = None, *, least: int = 0) -> Paper:
    """Print a stream on paper so many dots wide; unasked, on the narrowest that it fits.

    What was asked for on paper of `least` dots is set for that width, however little stands on it.
    """
    if dots is None:
        widest = _print(stream, WIDTHS[-1]).widest
        dots = max(least, next((width for width in WIDTHS if width >= widest), WIDTHS[-1]))
    roll = _print(stream, dots)
    return Paper(roll.picture(), roll.text(), tuple(roll.events), tuple(roll.warnings))


def _print(stream: bytes, dots: int) -> Roll:
    roll = Roll(dots)
    for token in tokens(stream):
        roll.obey(token)
        if roll.row > LONGEST:
            roll.warn("the paper is too long; the rest is not shown")
            break
    roll.end_line(feed=False)
    return roll


class Roll:
    """The paper under the head, and how the printer is set."""

    def __init__(self, dots: int) -> None:
        self.dots = dots
        self.row = 0
        self.widest = 0
        self.events: list[Event] = []
        self.warnings: list[str] = []
        self._parts: list[tuple[int, int, Image.Image]] = []
        self._lines: list[str] = []
        self._stored: Image.Image | None = None
        self._qr = (3, b"")
        self._reset()

    def _reset(self, _data: bytes = b"") -> None:
        self.set: dict[str, int] = {
            "wide": 1, "high": 1, "bold": 0, "inverse": 0, "align": 0, "korean": 0, "set": 0,
            "spacing": LINE, "font": 0, "underline": 0, "bar_height": 162, "bar_width": 3, "hri": 0,
        }  # fmt: skip
        self._waiting: list[Image.Image] = []
        self._text = ""

    def obey(self, token: Token) -> None:
        """Do one command."""
        act = _ACTS.get(token.name)
        if act is not None:
            act(self, token.data)
        elif token.name in _SETTINGS:
            self.set[_SETTINGS[token.name]] = token.data[0]
        elif token.name not in _IGNORED:
            self.warn(f"{token.name} {token.data[:4].hex(' ')} at byte {token.at}".strip())

    def warn(self, sentence: str) -> None:
        """Keep what could not be followed; the first ones are enough."""
        if len(self.warnings) < WARNINGS:
            self.warnings.append(sentence)

    def happen(self, kind: str) -> None:
        """Keep an event."""
        self.events.append(Event(kind, self.row))

    # Ink

    def end_line(self, _data: bytes = b"", *, feed: bool = True) -> None:
        """Burn what waits in the line, and go on to the next."""
        high = max((image.height for image in self._waiting), default=0)
        total = sum(image.width for image in self._waiting)
        left = self._left(total)
        for image in self._waiting:
            self._parts.append((left, self.row + high - image.height, image))
            left += image.width
        if self._text or self._waiting or feed:
            self._lines.append(self._text)
        self.row += max(high, self.set["spacing"]) if feed else high
        self._waiting, self._text = [], ""

    def _left(self, width: int) -> int:
        return max(0, (self.dots - width) * min(self.set["align"] % 48, 2) // 2)

    def burn(self, image: Image.Image, text: str = "") -> None:
        """A picture or a code, on its own."""
        if self._waiting:
            self.end_line(feed=False)
        self.widest = max(self.widest, image.width)
        self._parts.append((self._left(image.width), self.row, image))
        self.row += image.height
        if text:
            self._lines.append(text)

    def write(self, data: bytes) -> None:
        """Letters into the line; a full line ends itself."""
        for run in run_of_letters(self._letters(data), self.set):
            used = sum(image.width for image in self._waiting)
            self.widest = max(self.widest, used + run.image.width)
            if used and used + run.image.width > self.dots:
                self.end_line()
            self._waiting.append(run.image)
            self._text += run.text

    def _letters(self, data: bytes) -> str:
        if not self.set["korean"]:
            return data.decode("cp437")
        text = data.decode("cp949", "replace")
        return text.replace("\\", "₩") if self.set["set"] == _KOREA else text

    # The whole

    def picture(self) -> Image.Image:
        """All that was burnt."""
        whole = Image.new("1", (self.dots, max(self.row, 8)))
        for left, top, image in self._parts:
            whole.paste(image, (left, top), image)
        return whole

    def text(self) -> str:
        """All that reads on it; strips of one picture count as one."""
        lines = [line.rstrip() for line in self._lines]
        strips = [
            line for before, line in pairwise(["", *lines]) if line != PICTURE or before != PICTURE
        ]
        return "\n".join(strips).rstrip("\n") + "\n"

    # Commands with work to do

    def feed_lines(self, data: bytes) -> None:
        """Empty lines; what waits is burnt first."""
        if self._waiting:
            self.end_line(feed=False)
        self._lines.extend([""] * data[0])
        self.row += data[0] * self.set["spacing"]

    def feed_dots(self, data: bytes) -> None:
        """So many rows."""
        self.end_line(feed=False)
        self.row += data[0]

    def raster(self, data: bytes) -> None:
        """Rows of dots, eight to a byte."""
        self._dots(int.from_bytes(data[2:4], "little"), data[6:], data[1] & 3)

    def _dots(self, across: int, data: bytes, scale: int = 0) -> None:
        rows = len(data) // across if across else 0
        if not rows:
            return
        image = Image.frombytes("1", (across * 8, rows), data[: across * rows])
        if scale:
            size = (image.width * (1 + scale % 2), image.height * (1 + scale // 2))
            image = image.resize(size, Image.Resampling.NEAREST)
        self.burn(_trimmed(image), PICTURE)

    def columns(self, data: bytes) -> None:
        """The old picture command: columns of eight or 24 dots."""
        high = 3 if data[0] >= 32 else 1  # noqa: PLR2004 - the command's own modes
        across = (len(data) - 3) // high
        if across:
            upright = Image.frombytes("1", (high * 8, across), data[3 : 3 + across * high])
            turned = upright.transpose(Image.Transpose.TRANSPOSE)
            self._waiting.append(turned)
            self.widest = max(self.widest, turned.width)

    def graphics(self, data: bytes) -> None:
        """Pictures and QR codes that are kept first and printed after."""
        kind, body = data[:1], data[1:]
        if kind == b"L" and body[:2] == b"0p":
            self._stored = _graphics(body[2:])
        elif kind == b"L" and body[:2] in {b"02", b"0\x02"} and self._stored is not None:
            self.burn(self._stored, PICTURE)
        elif kind == b"k":
            self._square_code(body)

    def _square_code(self, body: bytes) -> None:
        module, data = self._qr
        if body[:2] == b"1C" and len(body) > 2:  # noqa: PLR2004 - two bytes name the function
            self._qr = (max(1, min(body[2], 16)), data)
        elif body[:2] == b"1P":
            self._qr = (module, body[3:])
        elif body[:2] == b"1Q" and data:
            text = data.decode("utf-8", "replace")
            self.burn(_square_code(text, module), f"[QR: {text}]")

    def bars(self, data: bytes) -> None:
        """A bar code: Code 128 and EAN-13 are drawn, others are named."""
        kind, body = data[0], data[1:]
        if kind not in _BARS:
            self.warn(f"bar code of kind {kind} is not drawn")
            return
        try:
            modules, text, name = _BARS[kind](body)
        except DocumentWrong:
            self.warn("bar code with letters it can't have: a printer prints nothing")
            return
        width = len(modules) * self.set["bar_width"]
        if width > self.dots:
            self.warn("bar code wider than the paper: a printer prints nothing")
            return
        row = Image.new("1", (len(modules), 1))
        row.putdata([module == "1" for module in modules])
        image = row.resize((width, max(1, self.set["bar_height"])), Image.Resampling.NEAREST)
        self.burn(image, f"[{name}: {text}]")
        if self.set["hri"] % 48 & 2:
            self.write(text.encode("ascii", "replace"))
            self.end_line()

    def cut(self, data: bytes) -> None:
        """The knife."""
        self.end_line(feed=False)
        if data[:1] in {b"A", b"B", b"a", b"b"}:
            self.row += 4 * LINE
        self.happen("cut partial" if data[:1] in _PARTIAL else "cut full")

    def label(self, data: bytes) -> None:
        """Epson's places of a label: the end of one is told."""
        self.end_line(feed=False)
        if data[:2] == _LABEL_END:
            self.happen("label feed")

    def letters(self, data: bytes) -> None:
        """Width and height of letters, three bits each."""
        self.set["wide"] = (data[0] >> 4 & 7) + 1
        self.set["high"] = (data[0] & 7) + 1

    def style(self, data: bytes) -> None:
        """The old command for several things at once."""
        flags = data[0]
        self.set["font"], self.set["bold"] = flags & 1, flags >> 3 & 1
        self.set["high"], self.set["wide"] = (flags >> 4 & 1) + 1, (flags >> 5 & 1) + 1

    def korean(self, *, on: bool) -> None:
        """Double-byte letters on or off."""
        self.set["korean"] = int(on)

    def usual_spacing(self, _data: bytes) -> None:
        """Lines as far apart as usual."""
        self.set["spacing"] = LINE

    def tab(self, _data: bytes) -> None:
        """On to the next eighth column."""
        self.write(b" " * (8 - len(self._text) % 8))


PICTURE = "[picture]"


def _trimmed(image: Image.Image) -> Image.Image:
    """Without white at the right, so that a wide empty strip counts as narrow."""
    box = image.getbbox()
    return image.crop((0, 0, box[2] if box else 1, image.height))


def _graphics(body: bytes) -> Image.Image | None:
    across = -(-int.from_bytes(body[4:6], "little") // 8)
    rows = len(body[8:]) // across if across else 0
    if not rows:
        return None
    return Image.frombytes("1", (across * 8, rows), body[8 : 8 + across * rows])


def _square_code(text: str, module: int) -> Image.Image:
    try:
        code = segno.make(text, error="m", micro=False, boost_error=False)
    except ValueError:
        return Image.new("1", (8, 8))
    rows = [list(row) for row in code.matrix]
    image = Image.new("1", (len(rows), len(rows)))
    image.putdata([bool(square) for row in rows for square in row])
    return image.resize((image.width * module,) * 2, Image.Resampling.NEAREST)


def _code128(body: bytes) -> tuple[str, str, str]:
    values, text = barcodes.code128_read(body)
    return barcodes.code128_pattern(values), text, "Code 128"


def _ean13(body: bytes) -> tuple[str, str, str]:
    digits = barcodes.ean13_digits(body.decode("ascii", "replace"))
    return barcodes.ean13_bars(digits), digits, "EAN-13"


_BARS: dict[int, Callable[[bytes], tuple[str, str, str]]] = {
    ord("I"): _code128,
    ord("C"): _ean13,
    2: _ean13,
}
_SETTINGS = {
    "ESC E": "bold", "ESC G": "bold", "GS B": "inverse", "ESC a": "align", "ESC R": "set",
    "ESC 3": "spacing", "ESC M": "font", "ESC -": "underline", "GS h": "bar_height",
    "GS w": "bar_width", "GS H": "hri",
}  # fmt: skip
_IGNORED = {"ESC t", "FS S", "FS -", "FS W", "ESC  ", "GS f", "GS a", "CR", "CAN", "ESC =", "ESC V"}
_LABEL_END = b"LB"
_ACTS: dict[str, Callable[[Roll, bytes], None]] = {
    "TEXT": Roll.write,
    "LF": Roll.end_line,
    "HT": Roll.tab,
    "FF": lambda roll, _: roll.happen("label feed"),
    "GS 0C": lambda roll, _: roll.happen("label feed"),
    "FS (": lambda roll, data: roll.label(data),
    "ESC @": Roll._reset,  # noqa: SLF001 - the table belongs to the class
    "ESC d": Roll.feed_lines,
    "ESC J": Roll.feed_dots,
    "ESC 2": Roll.usual_spacing,
    "ESC !": Roll.style,
    "GS !": Roll.letters,
    "FS &": lambda roll, _: roll.korean(on=True),
    "FS .": lambda roll, _: roll.korean(on=False),
    "GS v": Roll.raster,
    "ESC *": Roll.columns,
    "GS (": Roll.graphics,
    "GS 8": Roll.graphics,
    "GS k": Roll.bars,
    "GS V": Roll.cut,
    "ESC i": lambda roll, _: roll.cut(b"\0"),
    "ESC m": lambda roll, _: roll.cut(b"\x01"),
    "ESC p": lambda roll, _: roll.happen("drawer"),
    "ESC B": lambda roll, _: roll.happen("beep"),
    "DLE 04": lambda roll, _: roll.happen("status question"),
    "DLE 14": lambda roll, data: roll.happen("drawer" if data[0] == 1 else "real-time command"),
    "GS r": lambda roll, _: roll.happen("status question"),
    "GS I": lambda roll, _: roll.happen("status question"),
}
