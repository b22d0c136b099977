"""Workbooks for banks, read back by a reader of their own: records inside a compound file."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.web.xls import MOST_ROWS, workbook

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
ROWS: list[tuple[str | int, ...]] = [
    ("입금은행", "입금계좌번호", "입금액"),
    ("하나은행", "00123456789012", 1_890_480),
    ("", "=1+1", -5),
]


def stream_of(data: bytes) -> bytes:
    """The stream named Workbook, along its chain of sectors."""
    assert data[:8] == bytes.fromhex("d0cf11e0a1b11ae1")
    tables, directory = struct.unpack_from("<II", data, 44)
    places = struct.unpack_from(f"<{tables}I", data, 76)
    chain: list[int] = []
    for place in places:
        chain += struct.unpack_from("<128I", data, 512 + place * 512)
    assert {chain[place] for place in places} == {TABLE}
    assert chain[directory] == END
    entry = data[512 + directory * 512 + 128 :][:128]
    length = struct.unpack_from("<H", entry, 64)[0]
    assert entry[: length - 2].decode("utf-16-le") == "Workbook"
    at, size = struct.unpack_from("<II", entry, 116)
    found = b""
    while at != END:
        assert at != FREE
        found += data[512 + at * 512 : 1024 + at * 512]
        at = chain[at]
    return found[:size]


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """Records until the part's end."""
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == 0x000A:
            return
        at += 4 + length


def texts_of(parts: list[bytes]) -> list[str]:
    """The list of texts; none of them runs over the edge of a record."""
    found = []
    for number, body in enumerate(parts):
        at = 0 if number else 8
        while at < len(body):
            length = struct.unpack_from("<H", body, at)[0]
            found.append(body[at + 3 : at + 3 + length * 2].decode("utf-16-le"))
            at += 3 + length * 2
        assert at == len(body)
    return found


def read(data: bytes) -> tuple[str, dict[tuple[int, int], str | int]]:
    """The sheet's name and its cells."""
    stream = stream_of(data)
    book = list(records(stream))
    (sheet,) = [body for kind, body in book if kind == 0x0085]
    texts = texts_of([body for kind, body in book if kind in {0x00FC, 0x003C}])
    cells: dict[tuple[int, int], str | int] = {}
    for kind, body in records(stream, struct.unpack_from("<I", sheet)[0]):
        if kind in {0x0203, 0x00FD, 0x0201}:
            row, column, shape = struct.unpack_from("<HHH", body)
            if kind == 0x0203:
                cells[row, column] = int(struct.unpack_from("<d", body, 6)[0])
            else:
                assert shape == 16, "a text has the format of texts"
                text = texts[struct.unpack_from("<I", body, 6)[0]] if kind == 0x00FD else ""
                cells[row, column] = text
    return sheet[8:].decode("utf-16-le"), cells


def as_cells(rows: list[tuple[str | int, ...]]) -> dict[tuple[int, int], str | int]:
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}


def test_texts_keep_their_zeros_and_numbers_are_numbers() -> None:
    name, cells = read(workbook(ROWS))
    assert name == "Sheet1"
    assert cells == as_cells(ROWS)
    assert cells[1, 1] == "00123456789012"


def test_nothing_is_a_formula() -> None:
    formula = 0x0006
    stream = stream_of(workbook(ROWS))
    begins = next(
        struct.unpack_from("<I", body)[0] for kind, body in records(stream) if kind == 0x0085
    )
    assert formula not in {kind for kind, _ in records(stream, begins)}


@pytest.mark.parametrize("count", [0, 1, 400, 3000])
def test_many_texts_go_on_in_further_records_and_sectors(count: int) -> None:
    rows: list[tuple[str | int, ...]] = [(f"글자 {n} " * 9, f"{n:014d}", n) for n in range(count)]
    assert read(workbook(rows))[1] == as_cells(rows)


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-16-le"), max_size=40), st.integers(-(10**12), 10**12)
        ),
        max_size=30,
    )
)
def test_whatever_is_written_is_read_back(rows: list[tuple[str | int, ...]]) -> None:
    assert read(workbook(rows))[1] == as_cells(rows)


def test_the_same_rows_give_the_same_bytes() -> None:
    assert workbook(ROWS) == workbook(ROWS)


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="rows"):
        workbook([()] * (MOST_ROWS + 1))
