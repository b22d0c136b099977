"""A sheet that is sent as a file: an Excel workbook, or text apart by commas; read to one text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import request
from werkzeug.datastructures import CombinedMultiDict
from wtforms import TextAreaField

from factory.kernel.cells import cell_name, rows_of
from factory.kernel.errors import Refused
from factory.kernel.words import mark, say, tell
from factory.web.forms import BaseForm, Upload
from factory.web.xlsx import (
    LARGEST_FILE,
    Read,
    TooManyColumns,
    TooManyLines,
    looks_like_workbook,
    read_workbook,
)
from factory.web.xlsx_parts import Grid

ROOM = 64 * 1024
"""For what is sent beside the file."""


class SheetFile(BaseForm):
    """A form with a sheet: a file, or the same copied into the field below it."""

    sheet: TextAreaField
    notes: tuple[str, ...] = ()
    """What is good to know of how the file was read."""
    file = Upload(
        mark("File from the spreadsheet (Excel or CSV)"),
        render_kw={"accept": ".xlsx,.csv,text/csv,text/plain"},
    )

    @classmethod
    def sent(cls, **kwargs: Any) -> Any:
        """The form with its file; a file that was chosen takes the place of the text."""
        form = cls(CombinedMultiDict([request.files, request.form]), **kwargs)
        if form.file.data:
            with form.file.data.stream as sent:
                form.take(sent.read())
        return form

    def take(self, data: bytes) -> None:
        """Read the file into the field; where anything is wrong with it, nothing stands there."""
        try:
            text, self.notes = text_of(data)
        except SheetRefused as refused:
            text = ""
            self.file.process_errors = [tell(each) for each in refused.problems]
        except Refused as refusal:
            text, self.file.process_errors = "", [tell(refusal)]
        if text or self.file.process_errors:
            self.sheet.data = text


class SheetRefused(Exception):
    """Several things are wrong with a file, each with its cell."""

    def __init__(self, problems: tuple[Refused, ...]) -> None:
        super().__init__()
        self.problems = problems


def allow_sheet() -> None:
    """Let this request be as large as a workbook may be."""
    request.max_content_length = LARGEST_FILE + ROOM


def text_of(data: bytes) -> tuple[str, tuple[str, ...]]:
    """A file as one text with its lines where they were, and what is good to know of it."""
    if looks_like_workbook(data):
        read = read_workbook(data)
        if read.problems:
            raise SheetRefused(read.problems)
        return _written(read), tuple(_notes(read))
    text = decoded(data)
    _refuse_long(text)
    return text, ()


def _refuse_long(text: str) -> None:
    for row in rows_of(text):
        if row.number > Grid.MOST_LINES:
            raise TooManyLines(cell=cell_name(row.number, 0), most=Grid.MOST_LINES)
        if any(row.cells[Grid.MOST_COLUMNS :]):
            place = cell_name(row.number, Grid.MOST_COLUMNS)
            raise TooManyColumns(cell=place, most=Grid.MOST_COLUMNS)


def decoded(data: bytes) -> str:
    """A file as text: UTF-8, or else what Korean spreadsheets used to write (CP949)."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp949", errors="replace")


def _written(read: Read) -> str:
    """The lines apart by tabs, as if they had been copied; an empty line stays one.

    A sheet of one column gets a second, so that a comma in it is not taken for the next.
    """
    out = io.StringIO()
    writer = csv.writer(out, csv.excel_tab, lineterminator="\n")
    for row in read.rows:
        writer.writerow((*row, "") if any(row) else ())
    return out.getvalue()


def _notes(read: Read) -> Iterator[str]:
    if read.unread or read.reckoned or read.hidden:
        yield say("The sheet “{name}” was read.", name=read.name)
    if read.unread:
        yield say("Other sheets, hidden ones too, were not read: {names}", names=read.unread)
    if read.reckoned:
        yield say(
            "Formulas were not reckoned anew; their results are those of the file: {cells}",
            cells=read.reckoned,
        )
    if read.hidden:
        yield say("Hidden lines were read too: {lines}", lines=read.hidden)
