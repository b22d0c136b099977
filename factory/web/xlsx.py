"""An Excel workbook (`.xlsx`) as texts in lines: read, never run, and never larger than it may be.

The file is a ZIP of XML, [ECMA-376]. Only what a plain sheet needs is unpacked, in small pieces,
and reading stops at the first piece too many. Formulas are not reckoned: what the file keeps as
their result counts. An XML document type could make a small file large, or fetch others; a
workbook needs none, so one that has it is refused.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from xml.parsers import expat

from factory.kernel.cells import cell_name
from factory.kernel.errors import Refused
from factory.web.xlsx_parts import (
    Book,
    DocumentType,
    Enough,
    Grid,
    Outline,
    Related,
    Strings,
    Styles,
    TooMuch,
)

LARGEST_FILE = 8 * 1024 * 1024
MOST_UNPACKED = 48 * 1024 * 1024
MOST_MEMBERS = 2_000
PIECE = 64 * 1024
ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How a workbook's parts may be packed; other ways unpack without measure."""
WORKBOOK = "xl/workbook.xml"
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, expat.ExpatError, struct.error, EOFError, OSError),
    *(ValueError, LookupError, OverflowError, NotImplementedError),
)
"""What a file can bring about that is not what it says it is."""


class NotAWorkbook(Refused):
    """This is no Excel file that can be read here. Please save it as .xlsx or as CSV."""

    field = "file"


class WorkbookBroken(Refused):
    """The file is broken; nothing of it was read. Please open it, save it anew and try again."""

    field = "file"


class OldWorkbook(Refused):
    """This is an old Excel file (.xls). Please save it as .xlsx and choose it again."""

    field = "file"


class WorkbookLocked(Refused):
    """The file is locked with a password. Please save it without one and choose it again."""

    field = "file"


class WorkbookTooLarge(Refused):
    """The file is too large. Please keep only the one sheet in it that is to be read."""

    field = "file"


class WorkbookNotPlain(Refused):
    """The file carries instructions that no sheet needs, so nothing of it was read."""

    field = "file"


class NoSheetToSee(Refused):
    """No sheet of the file can be seen. Please show the one that is to be read."""

    field = "file"


class TooManyLines(Refused):
    """{cell}: the sheet goes on too far; at most {most} lines are read."""

    field = "file"


class TooManyColumns(Refused):
    """{cell}: the sheet is too wide; at most {most} columns are read."""

    field = "file"


class TextTooLongInCell(Refused):
    """{cell}: there is too much text in this cell; at most {most} letters."""

    field = "file"


class CellsJoined(Refused):
    """{cell}: the cells {cells} are joined. Please take them apart and fill in each."""

    field = "file"


class FormulaWithoutResult(Refused):
    """{cell}: the result of this formula is not in the file. Please type the number itself."""

    field = "file"


@dataclass(frozen=True, slots=True)
class Read:
    """The sheet of a workbook as it was read."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    """Every line from the first on, empty ones too, all equally wide."""
    problems: tuple[Refused, ...] = ()
    unread: tuple[str, ...] = ()
    """The other sheets, hidden ones too."""
    reckoned: tuple[str, ...] = ()
    """Cells whose text is the result of a formula, as the file keeps it."""
    hidden: tuple[str, ...] = ()
    """Hidden lines that were read too."""


def looks_like_workbook(data: bytes) -> bool:
    """Whether a file is no text but what Excel, or something like it, writes."""
    return data.startswith((ZIP, COMPOUND, b"PK\x05\x06"))


def read_workbook(data: bytes) -> Read:
    """The first visible sheet of a workbook, or its refusal."""
    if data.startswith(COMPOUND):
        raise WorkbookLocked if LOCKED in data else OldWorkbook
    if len(data) > LARGEST_FILE:
        raise WorkbookTooLarge
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return _read(_Parts(packed))
    except TooMuch:
        raise WorkbookTooLarge from None
    except DocumentType:
        raise WorkbookNotPlain from None
    except BROKEN:
        raise WorkbookBroken from None


class _Parts:
    """The parts of a workbook, unpacked piece by piece against one measure for all."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._left = MOST_UNPACKED
        self.names = frozenset(packed.namelist())
        if len(self.names) > MOST_MEMBERS:
            raise WorkbookTooLarge

    def parse(self, name: str, reader: Outline) -> None:
        """Let a reader hear a part, if it is there."""
        if name not in self.names:
            return
        info = self._packed.getinfo(name)
        if info.flag_bits & 1:
            raise WorkbookLocked
        if info.compress_type not in PLAIN:
            raise NotAWorkbook
        parser = reader.parser()
        with self._packed.open(info) as part:
            while piece := part.read(PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise WorkbookTooLarge
                parser.Parse(piece, False)
        parser.Parse(b"", True)


def _read(parts: _Parts) -> Read:
    if WORKBOOK not in parts.names:
        raise NotAWorkbook
    book, related = Book(), Related()
    parts.parse(WORKBOOK, book)
    parts.parse("xl/_rels/workbook.xml.rels", related)
    where = {key: _path(target) for key, target in related.targets.items()}
    sheets = [each for each in book.sheets if where.get(each.key, "") in parts.names]
    seen = next((each for each in sheets if not each.hidden), None)
    if seen is None:
        raise NoSheetToSee if sheets else WorkbookBroken
    strings, styles = Strings(), Styles()
    parts.parse(_of_kind(related, "/sharedStrings"), strings)
    parts.parse(_of_kind(related, "/styles"), styles)
    grid = Grid(strings.texts, styles.dates(), since_1904=book.since_1904)
    with suppress(Enough):
        parts.parse(where[seen.key], grid)
    others = tuple(each.name for each in sheets if each is not seen)
    return Read(
        seen.name,
        grid.rows(),
        tuple(_problems(grid)),
        others[: grid.MOST_NAMED],
        tuple(cell_name(*place) for place in grid.reckoned),
        tuple(str(line) for line in grid.hidden_lines()),
    )


def _path(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _of_kind(related: Related, ending: str) -> str:
    keys = (key for key, kind in related.kinds.items() if kind.endswith(ending))
    return next((_path(related.targets[key]) for key in keys), "")


def _problems(grid: Grid) -> Iterable[Refused]:
    """What is wrong with cells whatever they mean, each with the cell's name."""
    for place in grid.unreckoned:
        yield FormulaWithoutResult(cell=cell_name(*place))
    for place, cells in grid.joined():
        yield CellsJoined(cell=cell_name(*place), cells=cells)
    beyond: tuple[tuple[tuple[int, int] | None, Callable[..., Refused], int], ...] = (
        (grid.too_low, TooManyLines, grid.MOST_LINES),
        (grid.too_wide, TooManyColumns, grid.MOST_COLUMNS),
        (grid.too_long, TextTooLongInCell, grid.LONGEST),
    )
    for found, refusal, most in beyond:
        if found is not None:
            yield refusal(cell=cell_name(*found), most=most)
