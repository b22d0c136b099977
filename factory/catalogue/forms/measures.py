"""What the page of finished measures accepts: a table, a measure a row, centimetres by size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

from flask import request
from wtforms import Field, StringField, ValidationError
from wtforms.widgets import TextInput

from factory.catalogue.domain import Style
from factory.catalogue.domain.measures import (
    MOST_MEASURES,
    CellEmpty,
    Measure,
    Point,
    in_centimetres,
    read_length,
    read_name,
    read_tolerance,
    refuse_twice,
)
from factory.catalogue.forms import as_text
from factory.kernel.errors import Refused
from factory.kernel.words import LANGUAGES, mark, say, show, tell
from factory.web.forms import BaseForm

AT_FIRST = 12
FREE = 2
"""Rows that stand empty below those that are filled."""


@cache
def point_names() -> dict[str, Point]:
    """Each usual place by its name in every language, in small letters."""
    return {show(point, spoken).casefold(): point for point in Point for spoken in LANGUAGES}


class Centimetres(Field):
    """A length typed in centimetres, kept in whole millimetres; an empty cell is none."""

    widget = TextInput()
    data: int | None

    def __init__(self, label: str = "", *, read: Callable[[str], int], **kw: Any) -> None:
        super().__init__(label, **kw)
        self.read = read

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else in_centimetres(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed."""
        typed, self.data = "".join(valuelist[:1]).strip(), None
        if typed:
            try:
                self.data = self.read(typed)
            except Refused as refusal:
                raise ValidationError(tell(refusal)) from None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into it."""
        return self.data is None and not self.process_errors


class MeasuresForm(BaseForm):
    """The table of a style; `measures_form` gives it its rows."""

    style: Style
    rows: range

    def name(self, row: int) -> Field:
        """What a row's measure is called."""
        return self[f"name:{row}"]

    def cell(self, row: int, size: str) -> Centimetres:
        """How long it is in a size."""
        return cast("Centimetres", self[f"length:{row}:{size}"])

    def tolerance(self, row: int) -> Centimetres:
        """How much it may differ."""
        return cast("Centimetres", self[f"tolerance:{row}"])

    def of_row(self, row: int) -> tuple[Field, ...]:
        """Every field of a row, as they stand beside each other."""
        cells = (self.cell(row, size.label) for size in self.style.sizes)
        return self.name(row), *cells, self.tolerance(row)

    @property
    def has_room(self) -> bool:
        """Whether more rows can be asked for."""
        return len(self.rows) < MOST_MEASURES

    def ok(self) -> bool:
        """Whether it is to be kept; not where she only asks for more rows."""
        if not self.was_sent or "more" in request.form:
            return False
        held, gaps = self.validate(), tuple(self._gaps())
        for refusal in gaps:
            self.refuse(refusal)
        return held and not gaps

    def to_measures(self) -> tuple[Measure, ...]:
        """The table as a value; a row in which nothing stands is none."""
        return tuple(self._measure(row) for row in self._filled())

    def _filled(self) -> tuple[int, ...]:
        return tuple(row for row in self.rows if any(_typed(each) for each in self.of_row(row)))

    def _measure(self, row: int) -> Measure:
        lengths = tuple((s.label, self.cell(row, s.label).data or 0) for s in self.style.sizes)
        name = read_name(self.name(row).data or "", point_names())
        return Measure(name, lengths, self.tolerance(row).data or 0)

    def _gaps(self) -> Iterator[Refused]:
        """What is missing or twice, each beside its field, all at once."""
        before: list[str] = []
        for row in self._filled():
            try:
                name = read_name(self.name(row).data or "", point_names())
                refuse_twice(name, before)
                before.append(name)
            except Refused as refusal:
                yield _beside(refusal, self.name(row))
            yield from self._empty(row)

    def _empty(self, row: int) -> Iterator[Refused]:
        cells = (field for field in self.of_row(row) if isinstance(field, Centimetres))
        yield from (_beside(CellEmpty(), cell) for cell in cells if cell.is_empty)


ROW = mark("Row {row}")


def _typed(field: Field) -> bool:
    return not field.is_empty if isinstance(field, Centimetres) else bool(field.data)


def _beside(refusal: Refused, field: Field) -> Refused:
    refusal.field = field.name
    return refusal


def measures_form(style: Style, kept: tuple[Measure, ...]) -> MeasuresForm:
    """The form of a style, filled by this request or, before that, with the table that holds."""
    rows = range(_rows(len(kept)))
    fields: dict[str, Any] = {"style": style, "rows": rows}
    for row in rows:
        fields |= _fields(style, row)
    sheet = cast("type[MeasuresForm]", type("MeasuresSheet", (MeasuresForm,), fields))
    filled = {} if request.method == "POST" else _shown(kept)
    form: MeasuresForm = sheet.sent(data=filled)
    return form


def _rows(kept: int) -> int:
    """How many rows stand there: those that were sent, or some more than are filled."""
    if "more" in request.form:
        return MOST_MEASURES
    sent = sum(f"name:{row}" in request.form for row in range(MOST_MEASURES))
    return sent or min(MOST_MEASURES, max(AT_FIRST, kept + FREE))


def _fields(style: Style, row: int) -> dict[str, Field]:
    called = request.form.get(f"name:{row}", "").strip() or say(ROW, row=row + 1)
    fields: dict[str, Field] = {
        f"name:{row}": StringField(say(ROW, row=row + 1), filters=[as_text])
    }
    fields |= {
        f"length:{row}:{size.label}": Centimetres(f"{called} {size.label}", read=read_length)
        for size in style.sizes
    }
    fields[f"tolerance:{row}"] = Centimetres(f"{called} ±", read=read_tolerance)
    return fields


def _shown(kept: tuple[Measure, ...]) -> dict[str, object]:
    values: dict[str, object] = {}
    for row, measure in enumerate(kept):
        values |= {f"name:{row}": show(measure.title), f"tolerance:{row}": measure.tolerance}
        values |= {f"length:{row}:{size}": length for size, length in measure.lengths}
    return values
