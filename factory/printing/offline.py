"""Bytes and paper without a database: for the command, and for whoever tries a printer out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factory.kernel.errors import BadInput, Refused
from factory.kernel.fields import Repeated, once
from factory.kernel.words import mark
from printers import escpos, layout, paper, portable
from printers.document import Document, DocumentWrong, Table
from printers.profiles import PROFILES, Profile, profile_from

DEFAULT_PROFILE = "virtual-80"
PROFILE_NAMES = tuple(sorted(PROFILES))
UNKNOWN_MODEL = mark("it must be a file, or one of: {known}")
MODES = tuple(mode.value for mode in escpos.Mode)


class NotJson(Refused):
    """This file is not JSON: line {line}, column {column}."""


@dataclass(frozen=True, slots=True)
class Made:
    """A document's bytes, the picture and the text of its paper."""

    data: bytes
    png: bytes
    text: str


def model_of(text: str) -> Profile:
    """The model of that name, or the one that a file of that name describes."""
    if text in PROFILES:
        return PROFILES[text]
    path = Path(text)
    if not path.is_file():
        raise BadInput("--profile", UNKNOWN_MODEL, known=", ".join(PROFILE_NAMES))
    try:
        return profile_from(read_json(path.read_bytes()))
    except DocumentWrong as wrong:
        raise BadInput(wrong.path, wrong.problem, **wrong.values) from None


def read_json(data: bytes) -> Any:
    """What a file says, or `NotJson`."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise NotJson(line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):  # other letters, numbers without end, too deep a nest
        raise NotJson(line=1, column=1) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of which every field is given once: of two nobody knows which is meant."""
    found = once(pairs)
    if isinstance(found, Repeated):
        raise BadInput(found.name, mark("is given more than once"))
    return found


def make(document: Document, profile_name: str, mode: str) -> Made:
    """The job for a printer, and the paper that comes out of it."""
    model = model_of(profile_name)
    try:
        lines = layout.lay_out(document, model)
        data = escpos.to_escpos(document, model, escpos.Mode(mode))
    except DocumentWrong as wrong:
        raise BadInput(wrong.path, wrong.problem, **wrong.values) from None
    return Made(data, paper.read(data, model.dots).png(), layout.as_text(lines))


def read(data: bytes) -> Made:
    """Any stream as paper."""
    shown = paper.read(data)
    return Made(data, shown.png(), shown.text)


def document_of(text: str) -> Document:
    """A document from its JSON form; refused with the path of the fault."""
    given = read_json(text.encode())
    try:
        found = portable.from_json(given)
    except DocumentWrong as wrong:
        raise BadInput(wrong.path, wrong.problem, **wrong.values) from None
    _all_shown(found)
    return found


def _all_shown(document: Document) -> None:
    """Refuse a table's row of which the paper would show only a part."""
    tables = [(i, block) for i, block in enumerate(document.blocks) if isinstance(block, Table)]
    for place, table in tables:
        for at, row in enumerate(table.rows):
            if len(row) > len(table.columns):
                path = f"blocks[{place}].rows[{at}]"
                raise BadInput(path, mark("has more cells than there are columns"))


def schema() -> dict[str, Any]:
    """The JSON Schema of a document."""
    return portable.schema()
