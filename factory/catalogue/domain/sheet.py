"""The sheet of operations as a spreadsheet keeps it: read line by line, and written.

Columns: code, group (the station), name_ko, sam_min (minutes with two decimals), predecessors
(codes with spaces between); there may be section, name_en, name_easy (the same in plain words),
machine and rate (won a piece) as well. Others are left unread.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from factory.catalogue.domain.routings import (
    Operation,
    OperationTwice,
    Routing,
    Station,
    Step,
    mistakes,
)
from factory.kernel.cells import Row, cell_name, rows_of
from factory.kernel.errors import Refused
from factory.kernel.money import Money, Rounding

NEEDED = ("code", "group", "name_ko", "sam_min", "predecessors")
COLUMNS = (
    "code",
    "section",
    "group",
    "name_ko",
    "name_en",
    "machine",
    "sam_min",
    "rate",
    "predecessors",
    "name_easy",
)
CODE = re.compile(r"[A-Z][A-Z0-9]{0,9}")
SAM = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?", re.ASCII)
LONGEST_SAM = 60 * 100
LONGEST_TEXT = 100


class SheetHasMistakes(Refused):
    """{count} things in the sheet are not right yet. Please look at the lines that are marked."""

    field = "sheet"


class ColumnsMissing(Refused):
    """The first line has to name the columns; these are missing: {columns}."""


class ColumnNamedTwice(Refused):
    """The column “{column}” is there twice."""


class OperationCodeWrong(Refused):
    """“{code}” is no code of an operation: a letter and digits, such as S11."""


class StationUnknown(Refused):
    """There is no station “{station}”. Please use one of these: {known}."""


class SectionWrong(Refused):
    """The station {station} does not belong to “{section}”."""


class OperationUnnamed(Refused):
    """The operation has no name."""


class TextTooLong(Refused):
    """“{text}” is too long; at most {most} letters."""


class TimeWrong(Refused):
    """“{text}” is no time: minutes with at most two decimals, from 0.01 to 60."""


class RateWrong(Refused):
    """“{text}” is no rate: whole won a piece."""


class RateUnknown(Refused):
    """There is no rate for it: neither in the sheet, nor a minute, nor from before."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a line of the sheet; line 0 is the sheet as a whole."""

    line: int
    refusal: Refused
    cell: str = ""
    """The cell as the spreadsheet names it, such as C7; the line alone where no cell is meant."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it was read: the steps, and what is wrong."""

    steps: tuple[Step, ...]
    mistakes: tuple[Mistake, ...]

    def checked(self) -> tuple[Step, ...]:
        """The steps, or `SheetHasMistakes`."""
        if self.mistakes:
            raise SheetHasMistakes(count=len(self.mistakes))
        return self.steps


def rate_for(sam: int, rate_per_minute: Money) -> Money:
    """Won a piece for a standard time (hundredths of a minute), exact, then up to the won."""
    return Money.rounded(Fraction(sam * rate_per_minute.won, 100), Rounding.UP)


def read_sheet(text: str, rate_per_minute: Money | None, before: Routing | None) -> Sheet:
    """Read a sheet, every line as far as possible.

    A line's rate is its own; else its time at the rate a minute; else what it was `before`.
    """
    head, *rows = rows_of(text) or (Row(0, ()),)
    missing = tuple(name for name in NEEDED if name not in head.cells)
    if missing:
        return Sheet((), (Mistake(0, ColumnsMissing(columns=missing)),))
    if twice := tuple(_twice(head)):
        return Sheet((), twice)
    known = {step.code: step for step in before.steps} if before else {}
    lines = [_Line(row, head.cells, rate_per_minute, known) for row in rows]
    return _joined([line for line in lines if line.is_filled()])


def _twice(head: Row) -> Iterator[Mistake]:
    for name in COLUMNS:
        again = [at for at, text in enumerate(head.cells) if text == name][1:2]
        for at in again:
            place = cell_name(head.number, at)
            yield Mistake(head.number, ColumnNamedTwice(column=name), place)


def write_sheet(steps: Iterable[Step]) -> str:
    """The steps as a sheet that `read_sheet` takes again."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for step in steps:
        operation = step.operation
        writer.writerow(
            (
                operation.code,
                operation.section.value,
                operation.station.value,
                operation.name,
                operation.name_en,
                operation.machine,
                step.minutes,
                step.rate.won,
                " ".join(step.predecessors),
                operation.name_easy,
            )
        )
    return text.getvalue()


def _joined(lines: list[_Line]) -> Sheet:
    read = [(line, line.step()) for line in lines]
    found = [mistake for line in lines for mistake in line.mistakes]
    steps = tuple(step for _, step in read if step is not None)
    if len(steps) == len(lines):
        for place, refusal in mistakes(steps):
            column = "code" if isinstance(refusal, OperationTwice) else "predecessors"
            found.append(
                Mistake(0, refusal) if place is None else lines[place].mistake(column, refusal)
            )
    return Sheet(steps, tuple(sorted(found, key=lambda mistake: mistake.line)))


class _Line:
    """One line, read cell by cell; what is wrong is noted, and reading goes on."""

    def __init__(
        self,
        row: Row,
        head: tuple[str, ...],
        rate_per_minute: Money | None,
        known: dict[str, Step],
    ) -> None:
        self.number = row.number
        self.mistakes: list[Mistake] = []
        self._head = head
        named = zip(head, row.cells, strict=False)
        self._cells = dict.fromkeys((name for name in head if name in COLUMNS), "")
        self._cells |= {name: text for name, text in named if name in COLUMNS}
        self._rate_per_minute = rate_per_minute
        self._known = known

    def mistake(self, column: str, refusal: Refused) -> Mistake:
        """What is wrong in one of its cells."""
        at = self._head.index(column) if column in self._head else None
        return Mistake(self.number, refusal, cell_name(self.number, at))

    def _wrong(self, column: str, refusal: Refused) -> None:
        self.mistakes.append(self.mistake(column, refusal))

    def is_filled(self) -> bool:
        """Whether anything stands in it."""
        return any(self._cells.values())

    def step(self) -> Step | None:
        """The step, if nothing in the line is wrong."""
        self.mistakes = []
        code, station, sam = self._code(), self._station(), self._sam()
        rate = self._rate(code, sam)
        for column, refusal in self._texts():
            self._wrong(column, refusal)
        if self.mistakes or station is None:
            return None
        operation = Operation(
            code,
            station,
            self._cell("name_ko"),
            self._cell("name_en"),
            self._cell("machine"),
            self._plain_name(code),
        )
        return Step(operation, sam, rate, tuple(self._cell("predecessors").upper().split()))

    def _cell(self, name: str) -> str:
        return self._cells.get(name, "")

    def _code(self) -> str:
        code = self._cell("code").upper()
        if not CODE.fullmatch(code):
            self._wrong("code", OperationCodeWrong(code=code))
        return code

    def _station(self) -> Station | None:
        text, section = self._cell("group").lower(), self._cell("section").lower()
        if text not in set(Station):
            known = tuple(station.value for station in Station)
            self._wrong("group", StationUnknown(station=text, known=known))
            return None
        station = Station(text)
        if section and section != station.section.value:
            self._wrong("section", SectionWrong(station=text, section=section))
        return station

    def _sam(self) -> int:
        text = self._cell("sam_min")
        found = SAM.fullmatch(text)
        hundredths = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else 0
        if not 1 <= hundredths <= LONGEST_SAM:
            self._wrong("sam_min", TimeWrong(text=text))
        return hundredths

    def _rate(self, code: str, sam: int) -> Money:
        text = re.sub(r"[\s,원₩]", "", self._cell("rate"))
        if re.fullmatch(r"[0-9]{1,7}", text, re.ASCII):
            return Money(int(text))
        if text:
            self._wrong("rate", RateWrong(text=text))
        elif self._rate_per_minute is not None:
            return rate_for(sam, self._rate_per_minute)
        elif code not in self._known:
            self._wrong("rate", RateUnknown())
        return self._known[code].rate if code in self._known else Money(0)

    def _plain_name(self, code: str) -> str:
        """The name in plain words; a sheet without that column keeps the one from before."""
        before = self._known.get(code)
        if "name_easy" in self._cells or before is None:
            return self._cell("name_easy")
        same = before.operation.name == self._cell("name_ko")
        return before.operation.name_easy if same else ""

    def _texts(self) -> Iterator[tuple[str, Refused]]:
        if not self._cell("name_ko"):
            yield "name_ko", OperationUnnamed()
        for name in ("name_ko", "name_en", "machine", "name_easy"):
            if len(self._cell(name)) > LONGEST_TEXT:
                text = self._cell(name)[:20] + "…"
                yield name, TextTooLong(text=text, most=LONGEST_TEXT)
