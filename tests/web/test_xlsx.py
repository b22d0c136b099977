"""An Excel workbook is read as its sheet shows it, and nothing else is done with it."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.kernel.cells import cell_name, column_name, rows_of
from factory.kernel.errors import Refused
from factory.web import xlsx, xlsx_parts
from factory.web.sheets import SheetRefused, text_of
from factory.web.xls import workbook as old_workbook
from factory.web.xlsx import (
    CellsJoined,
    FormulaWithoutResult,
    NoSheetToSee,
    NotAWorkbook,
    OldWorkbook,
    TextTooLongInCell,
    TooManyColumns,
    TooManyLines,
    WorkbookBroken,
    WorkbookLocked,
    WorkbookNotPlain,
    WorkbookTooLarge,
    read_workbook,
)
from tests.web.workbooks import LOCKED, Formula, Raw, packed, workbook

HEAD = ("style", "colour", "44", 55)
LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1 if n > 1 else str()};' * 10}'>" for n in range(1, 12))
    + "]>"
)


def problems(data: bytes) -> list[tuple[type[Refused], str]]:
    return [(type(each), str(each.values["cell"])) for each in read_workbook(data).problems]


def test_a_sheet_is_read_as_it_shows_itself() -> None:
    rows = [
        HEAD,
        (),
        ("W-2601", "검정\n(무광)", 12, 1.5),
        (Raw("<is><r><t>W</t></r><r><t>-1</t></r></is>", "inlineStr"), None, Raw("<v>1</v>", "b")),
        (date(2026, 11, 26), Raw("<v>45987.5</v>", style=2), Raw("<v>12</v>", style=3)),
        (Raw("<v>2.4000000000000004</v>"), Raw("<v>1E3</v>"), Raw("<v>#REF!</v>", "e")),
        (
            Raw("<v>0.5</v>", style=1),
            Raw("<v>-7</v>"),
            Raw("<v>1E+400</v>"),
            Raw("<v>1e999999999</v>"),
        ),
    ]
    read = read_workbook(workbook(rows))
    assert read.problems == ()
    assert [tuple(cell for cell in row if cell) for row in read.rows] == [
        ("style", "colour", "44", "55"),
        (),
        ("W-2601", "검정 (무광)", "12", "1.5"),
        ("W-1", "TRUE"),
        ("2026-11-26", "2025-11-26 12:00", "12"),
        ("2.4", "1000", "#REF!"),
        ("12:00", "-7", "1E+400", "1e999999999"),
    ]
    assert {len(row) for row in read.rows} == {4}
    text, notes = text_of(workbook(rows))
    assert notes == ()
    assert [row.number for row in rows_of(text)] == [1, 3, 4, 5, 6, 7]


def test_the_first_sheet_that_can_be_seen_is_read_and_the_others_are_named() -> None:
    data = workbook([HEAD], others=[("비밀", "hidden"), ("더 비밀", "veryHidden")])
    read = read_workbook(data)
    assert (read.name, read.unread) == ("주문", ("비밀", "더 비밀"))
    _, notes = text_of(data)
    assert len(notes) == 2
    assert "비밀" in notes[1]
    unseen = workbook([HEAD]).replace(b"state", b"state")
    with zipfile.ZipFile(io.BytesIO(unseen)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    files["xl/workbook.xml"] = files["xl/workbook.xml"].replace(b"'visible'", b"'hidden'")
    with pytest.raises(NoSheetToSee):
        read_workbook(packed(files))


def test_results_of_formulas_are_taken_and_said_and_a_missing_one_is_named() -> None:
    data = workbook([HEAD, ("W-2601", "BK", Formula("SUM(A1)", "7"), Formula("A1"))])
    assert problems(data) == [(FormulaWithoutResult, "D2")]
    assert problems(workbook([(Raw("<f>1+2</f><v></v>"),)])) == [(FormulaWithoutResult, "A1")]
    good = workbook([HEAD, ("W-2601", "BK", Formula("1+6", "7"))], hidden=[2])
    text, notes = text_of(good)
    assert "\t7\t" in text
    assert "C2" in notes[1]
    assert "2" in notes[2]


def test_joined_cells_within_the_table_are_named_and_a_title_above_it_may_be_joined() -> None:
    rows = [("26FW 주문서",), HEAD, ("W-2601", "BK", 1), (None, "CA", 2), ("고마워요",)]
    assert problems(workbook(rows, merged=["A1:D1"])) == []
    found = read_workbook(workbook(rows, merged=["A1:D1", "A3:A4", "B9:C9"])).problems
    assert [(type(e), e.values) for e in found] == [(CellsJoined, {"cell": "A3", "cells": "A3:A4"})]


def test_a_sheet_that_goes_on_too_far_is_named_where_it_does() -> None:
    assert problems(workbook([HEAD] * 501)) == [(TooManyLines, "A501")]
    assert problems(workbook([["x"] * 61])) == [(TooManyColumns, "BI1")]
    assert problems(workbook([("a", "x" * 301)])) == [(TextTooLongInCell, "B1")]
    assert problems(workbook([(*HEAD, *[None] * 300), *[(None,)] * 600])) == []
    with pytest.raises(SheetRefused) as caught:
        text_of(workbook([["x"] * 61]))
    assert [type(each) for each in caught.value.problems] == [TooManyColumns]


def test_a_hundred_thousand_lines_are_refused_without_reading_them_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[xlsx_parts.Grid] = []
    keep = xlsx_parts.Grid._keep

    def note(grid: xlsx_parts.Grid) -> None:
        heard.append(grid)
        keep(grid)

    monkeypatch.setattr(xlsx_parts.Grid, "_keep", note)
    data = workbook([(1, 2, 3)] * 100_000)
    assert problems(data) == [(TooManyLines, "A501")]
    assert len(heard) == 1_501
    with pytest.raises(TooManyLines) as caught:
        text_of(("a,b\n" * 100_000).encode())
    assert caught.value.values["cell"] == "A501"


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (workbook([HEAD])[:-200], WorkbookBroken),
        (b"PK\x03\x04" + bytes(100), WorkbookBroken),
        (workbook([HEAD]).replace(b"s1.xml", b"s1.xmm", 1), WorkbookBroken),
        (workbook([HEAD], parts={"xl/sharedStrings.xml": b"<sst><si>"}), WorkbookBroken),
        (workbook([HEAD], parts={"xl/sharedStrings.xml": b"<sst/>"}), WorkbookBroken),
        (workbook([(Raw("<v>-1</v>", "s"),)]), WorkbookBroken),
        (workbook([HEAD], parts={"xl/workbook.xml": b"<workbook/>"}), WorkbookBroken),
        (workbook([HEAD], merged=["rubbish"]), WorkbookBroken),
        (packed({"content.xml": b"<x/>", "mimetype": b"opendocument"}), NotAWorkbook),
        (packed({"xl/workbook.bin": b"x"}), NotAWorkbook),
        (packed({}), NotAWorkbook),
        (old_workbook([("style", "colour")]), OldWorkbook),
        (LOCKED, WorkbookLocked),
        (workbook([HEAD], before=LAUGHS), WorkbookNotPlain),
        (workbook([HEAD], before="<!DOCTYPE x SYSTEM 'file:///etc/passwd'>"), WorkbookNotPlain),
        (b"PK\x03\x04" + bytes(xlsx.LARGEST_FILE), WorkbookTooLarge),
        (packed({f"a{n}": b"" for n in range(2_001)}), WorkbookTooLarge),
    ],
    ids=[
        *("cut short", "no zip", "a name that lies", "XML that breaks off", "a text not there"),
        *("a place below zero", "no sheets", "a range that is none", "OpenDocument", "binary"),
        *("empty zip", "xls", "password", "a billion laughs", "a file of ours", "large", "many"),
    ],
)
def test_what_is_no_workbook_is_refused_by_name(data: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        text_of(data)


def test_a_small_file_that_would_grow_without_end_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = workbook(
        [HEAD], parts={"xl/sharedStrings.xml": b"<sst>" + b" " * 60_000_000 + b"</sst>"}
    )
    assert len(bomb) < 100_000
    with pytest.raises(WorkbookTooLarge):
        read_workbook(bomb)
    wide = b"<worksheet><row>" + b"<c/>" * 700_000 + b"</row></worksheet>"
    with pytest.raises(WorkbookTooLarge):
        read_workbook(workbook([HEAD], parts={"xl/worksheets/s1.xml": wide}))
    with pytest.raises(TooManyColumns) as caught:
        text_of(b"x," * 900_000)
    assert caught.value.values["cell"] == "BI1"
    monkeypatch.setattr(xlsx, "PLAIN", (zipfile.ZIP_STORED,))
    with pytest.raises(NotAWorkbook):
        read_workbook(workbook([HEAD]))


def test_a_long_text_is_looked_at_once_however_many_cells_name_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    one_line = xlsx_parts._one_line

    def note(text: str) -> str:
        looked.append(len(text))
        return one_line(text)

    monkeypatch.setattr(xlsx_parts, "_one_line", note)
    long = [("a\nb" * 1_000, Raw("<v>0</v>", "s"), Raw("<v>0</v>", "s"))]
    assert problems(workbook(long)) == [(TextTooLongInCell, "A1")]
    assert looked == [3_000]
    assert text_of(workbook([(" a\nb ", Raw("<v>0</v>", "s"))]))[0].split() == ["a", "b", "a", "b"]


def test_of_a_format_no_more_is_looked_at_than_excel_takes() -> None:
    code = "[" * 200_000  # each would be sought an end for, up to the last
    formats = f"<s><numFmt numFmtId='170' formatCode='{code}y'/><cellXfs><xf numFmtId='170'/>"
    styles = {"xl/styles.xml": f"{formats}</cellXfs></s>".encode()}
    assert text_of(workbook([(2, Raw("<v>3</v>"))], parts=styles))[0].split() == ["2", "3"]


def test_a_part_locked_inside_the_zip_is_said_to_be_locked() -> None:
    data = bytearray(workbook([HEAD]))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.find(mark)
        while at >= 0:
            data[at + (6 if mark[2] == 3 else 8)] |= 1
            at = data.find(mark, at + 4)
    with pytest.raises(WorkbookLocked):
        read_workbook(bytes(data))


@given(st.binary(max_size=400), st.integers(0, 2_000))
def test_whatever_is_sent_is_read_or_refused(noise: bytes, at: int) -> None:
    good = workbook([HEAD, ("W-2601", "BK", 1, 2)])
    at %= len(good)
    for data in (good[:at] + noise + good[at + len(noise) :], b"PK\x03\x04" + noise, noise):
        try:
            text_of(data)
        except (Refused, SheetRefused):
            continue


@given(st.integers(0, 16_383))
def test_columns_are_named_as_spreadsheets_do(column: int) -> None:
    name = column_name(column)
    assert xlsx_parts._place(cell_name(7, column)) == (7, column)
    assert name.isupper()
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(
    st.lists(st.lists(st.text("가a1,\"'\t= \n", max_size=6), min_size=2, max_size=4), max_size=6)
)
def test_what_a_workbook_says_is_what_the_text_says(rows: list[list[str]]) -> None:
    text, _ = text_of(workbook([[value or None for value in row] for row in rows]))
    wanted = [[" ".join(cell.split()) for cell in row] for row in rows]
    found = {row.number: [cell for cell in row.cells if cell] for row in rows_of(text)}
    full = {n: [cell for cell in row if cell] for n, row in enumerate(wanted, 1) if any(row)}
    assert found == full


def test_a_very_long_cell_is_still_one_cell() -> None:
    (row,) = rows_of("a," + "x" * 200_000)
    assert len(row.cells[1]) == 200_000
    assert csv.field_size_limit() > 200_000
