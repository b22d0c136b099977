"""The parts of an Excel workbook, each heard as its XML goes by; names without their namespaces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal, DecimalException
from itertools import islice
from typing import ClassVar
from xml.parsers import expat

Attributes = dict[str, str]
DIGITS = 15
"""Of a number as Excel shows it; what lies beyond comes from reckoning in halves of halves."""
LAST_DAY = 2_900_000
Place = tuple[int, int]
"""Line from 1, column from 0."""


class DocumentType(Exception):
    """The XML has a document type, which no workbook needs."""


class Enough(Exception):
    """The sheet goes on farther than is read."""


class TooMuch(Exception):
    """The part has more elements than a sheet needs that is read here."""


class Outline:
    """Whatever hears a part: beginnings, texts and ends of its elements."""

    MOST_ELEMENTS: ClassVar = 600_000
    heard = 0

    def parser(self) -> expat.XMLParserType:
        """A parser that tells this reader, and nothing from elsewhere."""
        made = expat.ParserCreate(namespace_separator=" ")
        made.buffer_text = True
        made.StartDoctypeDeclHandler = self._document_type
        made.StartElementHandler = self._begin
        made.EndElementHandler = lambda name: self.end(_bare(name))
        made.CharacterDataHandler = self.text
        return made

    def _begin(self, name: str, given: Attributes) -> None:
        self.heard += 1
        if self.heard > self.MOST_ELEMENTS:
            raise TooMuch
        self.begin(_bare(name), _plain(given))

    def _document_type(self, *_: object) -> None:
        raise DocumentType

    def begin(self, name: str, given: Attributes) -> None:
        """Hear that an element begins."""

    def text(self, text: str) -> None:
        """Hear some of its text."""

    def end(self, name: str) -> None:
        """Hear that it ends."""


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]


def _plain(given: Attributes) -> Attributes:
    return {_bare(name): value for name, value in given.items()}


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet as the workbook lists it."""

    name: str
    key: str
    hidden: bool


class Book(Outline):
    """The list of sheets."""

    def __init__(self) -> None:
        self.sheets: list[SheetName] = []
        self.since_1904 = False

    def begin(self, name: str, given: Attributes) -> None:
        """Hear of a sheet, or from when days are counted."""
        if name == "sheet":
            hidden = given.get("state", "visible") != "visible"
            self.sheets.append(SheetName(given.get("name", ""), given.get("id", ""), hidden))
        elif name == "workbookPr":
            self.since_1904 = given.get("date1904") in {"1", "true"}


class Related(Outline):
    """Where in the file the parts are."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def begin(self, name: str, given: Attributes) -> None:
        """Hear of a part."""
        if name == "Relationship" and given.get("TargetMode") != "External":
            self.targets[given.get("Id", "")] = given.get("Target", "")
            self.kinds[given.get("Id", "")] = given.get("Type", "")


class _Texts(Outline):
    """Text in `t`, without the reading aids that East Asian workbooks keep beside it."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._inside = False
        self._aside = False

    def begin(self, name: str, given: Attributes) -> None:  # noqa: ARG002 - as all hear
        """Hear where text begins."""
        if name == "rPh":
            self._aside = True
        self._inside = name == "t" and not self._aside

    def text(self, text: str) -> None:
        """Keep text."""
        if self._inside:
            self._text.append(text)

    def end(self, name: str) -> None:
        """Hear where it ends."""
        self._inside = False
        if name == "rPh":
            self._aside = False

    def taken(self) -> str:
        """What was kept, and begin anew."""
        found = "".join(self._text)
        self._text = []
        return found


class Strings(_Texts):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def end(self, name: str) -> None:
        """Keep a text that is whole."""
        super().end(name)
        if name == "si":
            self.texts.append(_one_line(self.taken()))  # here once: each cell may name it anew


class Styles(Outline):
    """Which formats of cells show a day or a time."""

    BUILT_IN: ClassVar = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
    LONGEST: ClassVar = 255
    """Of a format as Excel takes it; a longer one is nobody's, and would take long to look at."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._formats: list[str] = []
        self._inside = False

    def begin(self, name: str, given: Attributes) -> None:
        """Hear of a format."""
        if name == "numFmt":
            self._codes[given.get("numFmtId", "")] = given.get("formatCode", "")[: self.LONGEST]
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._formats.append(given.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        """Hear that the list is over."""
        if name == "cellXfs":
            self._inside = False

    def dates(self) -> frozenset[int]:
        """The numbers of formats that show a day or a time."""
        return frozenset(at for at, number in enumerate(self._formats) if self._is_date(number))

    def _is_date(self, number: str) -> bool:
        if number in self._codes:
            bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", self._codes[number])
            return bool(re.search(r"[ymdhs]", bare, re.IGNORECASE)) and bare.lower() != "general"
        return number.isdecimal() and int(number) in self.BUILT_IN


class Grid(_Texts):
    """The cells of a sheet as texts."""

    MOST_LINES: ClassVar = 500
    MOST_COLUMNS: ClassVar = 60
    LONGEST: ClassVar = 300
    MOST_NAMED: ClassVar = 10
    """So many cells are named of each kind; whoever mends those sees the rest."""

    def __init__(
        self, strings: Sequence[str], dates: Collection[int], *, since_1904: bool = False
    ) -> None:
        super().__init__()
        self._strings, self._dates = strings, dates
        self._first_day = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        self._cells: dict[Place, str] = {}
        self._merged: list[str] = []
        self._hidden: list[int] = []
        self._at: Place = (0, -1)
        self._given: Attributes = {}
        self._value: list[str] | None = None
        self._hears = self._formula = False
        self.reckoned: list[Place] = []
        self.unreckoned: list[Place] = []
        self.too_low: Place | None = None
        self.too_wide: Place | None = None
        self.too_long: Place | None = None

    def begin(self, name: str, given: Attributes) -> None:
        """Hear of a line, a cell, or what stands in it."""
        super().begin(name, given)
        if name == "row":
            line = int(given.get("r", self._at[0] + 1))
            self._at = (line, -1)
            if given.get("hidden") in {"1", "true"}:
                self._hidden.append(line)
        elif name == "c":
            self._at = _place(given["r"]) if "r" in given else (self._at[0], self._at[1] + 1)
            self._given, self._value, self._formula = given, None, False
        elif name == "v":
            self._value, self._hears = [], True
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._merged.append(given.get("ref", ""))

    def text(self, text: str) -> None:
        """Keep a value's text."""
        super().text(text)
        if self._hears and self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        """Keep a cell that is whole."""
        super().end(name)
        if name == "v":
            self._hears = False
        elif name == "c":
            self._keep()

    def _keep(self) -> None:
        kind, value = self._given.get("t", "n"), "".join(self._value or ())
        has_value = self._value is not None and (bool(value) or kind == "str")
        shown = self._shown(kind, value if has_value else None)
        if self._formula:
            self._note(self.reckoned if has_value else self.unreckoned)
        if not shown:
            return
        line, column = self._at
        if line > self.MOST_LINES:
            self.too_low = self._at
            raise Enough
        if column >= self.MOST_COLUMNS:
            self.too_wide = self._at
            raise Enough
        if len(shown) > self.LONGEST:
            self.too_long = self.too_long or self._at
        else:
            self._cells[self._at] = shown

    def _note(self, found: list[Place]) -> None:
        if len(found) < self.MOST_NAMED:
            found.append(self._at)

    def _shown(self, kind: str, value: str | None) -> str:
        text = self.taken()
        if kind == "inlineStr":
            return _one_line(text)
        if value is None:
            return ""
        if kind == "s":
            return self._strings[_index(value)]
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "n":
            return self._number(value.strip())
        return _one_line(value)

    def _number(self, value: str) -> str:
        """A number as it is shown: whole ones without a point, days as days."""
        try:
            exact = Context(prec=DIGITS).create_decimal(value)
        except DecimalException:
            return value[: self.LONGEST]
        if not exact.is_finite() or abs(exact.adjusted()) >= DIGITS:
            return value[: self.LONGEST]
        if _index(self._given.get("s", "0")) in self._dates:
            return self._day(exact)
        whole = exact == exact.to_integral_value()
        return str(int(exact)) if whole else format(exact.normalize(), "f")

    def _day(self, exact: Decimal) -> str:
        days = int(exact)
        seconds = round((exact - days) * 86_400)
        time = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}" if seconds else ""
        if not 0 < days <= LAST_DAY:
            return time or str(exact)
        return f"{self._first_day + timedelta(days=days)} {time}".strip()

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Every line down to the last filled one, all as wide as the widest."""
        low = max((line for line, _ in self._cells), default=0)
        wide = max((column for _, column in self._cells), default=-1) + 1
        return tuple(
            tuple(self._cells.get((line, column), "") for column in range(wide))
            for line in range(1, low + 1)
        )

    def hidden_lines(self) -> tuple[int, ...]:
        """Hidden lines in which something stands."""
        filled = {line for line, _ in self._cells}
        return tuple(line for line in self._hidden if line in filled)[: self.MOST_NAMED]

    def joined(self) -> Iterator[tuple[Place, str]]:
        """Cells joined within the table: at or below the first line with two texts in it.

        A title above the table, or a note below all lines, may go over as many as it likes.
        """
        filled = Counter(line for line, _ in self._cells)
        first = min((line for line, texts in filled.items() if texts > 1), default=1)
        inside = ((_place(cells.partition(":")[0]), cells) for cells in self._merged)
        last = max(filled, default=0)
        yield from islice((e for e in inside if first <= e[0][0] <= last), self.MOST_NAMED)


def _index(text: str) -> int:
    """A place in a list; one below zero would count from its end."""
    found = int(text)
    if found < 0:
        message = "a place in a list is never below zero"
        raise ValueError(message)
    return found


def _place(name: str) -> Place:
    """A cell's place from its name, such as C7."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", name, re.ASCII)
    if found is None:
        message = "no name of a cell"
        raise ValueError(message)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _one_line(text: str) -> str:
    """Text without ends of lines and tabs, which would begin another cell."""
    return re.sub(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text).strip()
