"""The delivery note, the file for a spreadsheet, and the tables they are made from."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pytest
from pypdf import PdfReader

from factory.catalogue.domain import Routing, Size, Style
from factory.catalogue.domain.measures import MOST_MEASURES, Measure
from factory.kernel.money import Money
from factory.kernel.time import at
from factory.kernel.words import LANGUAGES, speaking
from factory.orders import domain
from factory.orders.documents import delivery_note, work_order
from factory.orders.domain import Cell, Customer, Line, Matrix, Order, OrderKind, Row, Shipment
from factory.orders.exports import orders_csv
from factory.printing.service import pdf_of
from factory.web.pictures import made_small
from printers.sheet import (
    Beside,
    Facts,
    Heading,
    Paragraph,
    Sheet,
    Signatures,
    Table,
    Together,
    Total,
)
from seed_data import drawings
from tests.catalogue.build import BLACK, CAMEL, MEASURES, SIZES, make_measure, make_step
from tests.orders.build import DUE, PRICE, order_value

T = TypeVar("T")
COAT = Style("W-2601", "여성 울 코트", "Women's wool coat", "26FW", SIZES, (BLACK, CAMEL))
MOST = tuple(make_measure(f"m{number}", 300 + number, 100) for number in range(MOST_MEASURES))
SENT = Shipment("2026-0012", 2, at(DUE, "15:30"), "Maple", ((1, "55", 3), (1, "66", 4)))
LARCH = Customer(1, "Larch Street Shop", "1234567891", "02-000-0000", "1 Larch Street")


def make_row(line: Line, **shipped: int) -> Row:
    """A row with some coats gone out: `make_row(line, s66=4)`."""
    sizes = [size.label for size in SIZES]
    return Row(
        line,
        BLACK if line.colour == "BK" else CAMEL,
        tuple(Cell(size, line.of(size), shipped.get(f"s{size}", 0)) for size in sizes),
    )


def make_matrix(order: Order) -> Matrix:
    """The first line with seven coats gone out, the second with none."""
    first, second = order.lines
    return Matrix(COAT, (make_row(first, s55=3, s66=4), make_row(second)))


def note(language: str = "en", **changes: object) -> Sheet:
    order = order_value(**{"customer": LARCH} | changes)
    with speaking(language):
        return delivery_note(order, SENT, (make_matrix(order),))


def of_kind(sheet: Sheet, kind: type[T]) -> list[T]:
    return [block for block in sheet.blocks if isinstance(block, kind)]


# The delivery note


def test_a_delivery_note_says_what_went_out_and_to_whom() -> None:
    sheet = note()
    assert (sheet.title, sheet.subtitle) == ("Delivery note", "2026-0012-2")
    (facts,) = of_kind(sheet, Facts)
    assert dict(facts.pairs) == {
        "Customer": "Larch Street Shop",
        "Order": "2026-0012",
        "Business registration number": "123-45-67891",
        "Due date": "15 Dec 2026 (Tue)",
        "Telephone": "02-000-0000",
        "Went out": "15 Dec 2026 (Tue) 15:30",
        "Delivery address": "1 Larch Street",
    }
    assert of_kind(sheet, Total) == [Total("Coats in all", "7 coats")]
    assert of_kind(sheet, Signatures)[0].parties == ("Handed over by", "Received by")


def test_its_table_holds_the_colours_that_went_out_and_their_totals() -> None:
    (table,) = of_kind(note(), Table)
    assert [column.title for column in table.columns] == [
        *("Colour", "44", "55", "66", "77", "88", "Together")
    ]
    assert table.rows == (
        ("black", "", "3", "4", "", "", "7"),
        ("Together", "", "3", "4", "", "", "7"),
    )
    assert table.totals == 1


def test_no_price_stands_on_it() -> None:
    text = PdfReader(io.BytesIO(pdf_of(note()))).pages[0].extract_text()
    assert "7 coats" in text
    assert "120,000" not in text
    assert "₩" not in text


def test_what_is_not_known_of_the_customer_is_left_out() -> None:
    (facts,) = of_kind(note(customer=Customer(1, "Larch Street Shop")), Facts)
    assert [name for name, _ in facts.pairs] == ["Customer", "Order", "Due date", "Went out"]


def test_the_note_on_the_order_goes_along() -> None:
    assert of_kind(note(note="Ring at the back door."), Paragraph) == [
        Paragraph("Ring at the back door.")
    ]
    assert of_kind(note(), Paragraph) == []


def test_a_style_of_which_nothing_went_out_is_left_out() -> None:
    order = order_value(customer=LARCH)
    other = Matrix(replace(COAT, number="W-2602"), (make_row(order.lines[1]),))
    with speaking("en"):
        sheet = delivery_note(order, SENT, (make_matrix(order), other))
    assert [heading.text for heading in of_kind(sheet, Heading)] == ["W-2601 · Women's wool coat"]


@pytest.mark.parametrize(
    ("language", "title", "colour"),
    [("en", "Delivery note", "black"), ("ko", "납품서", "검정"), ("ko_easy", "보낸 옷", "검정")],
)
def test_the_note_speaks_the_language_it_is_made_in(language: str, title: str, colour: str) -> None:
    sheet = note(language)
    assert title in sheet.title
    assert of_kind(sheet, Table)[0].rows[0][0] == colour
    assert pdf_of(sheet).startswith(b"%PDF")


# The tables


def test_what_is_left_and_what_is_ready_never_go_below_nothing() -> None:
    for ordered, shipped, on_rail, left, ready in (
        (15, 4, 6, 11, 6),
        (15, 14, 6, 1, 1),
        (15, 15, 6, 0, 0),
        (0, 0, 3, 0, 0),
        (2, 3, 0, 0, 0),
    ):
        cell = Cell("66", ordered, shipped, on_rail)
        assert (cell.left, cell.ready) == (left, ready)


def test_a_table_adds_up_along_and_across() -> None:
    matrix = make_matrix(order_value())
    assert matrix.sum("ordered") == 85
    assert sum(matrix.column(size, "ordered") for size in SIZES) == 85
    assert sum(row.sum("ordered") for row in matrix.rows) == 85
    assert matrix.column(Size(9, "99", ""), "ordered") == 0


def test_only_cells_with_something_ready_are_proposed() -> None:
    line = order_value().lines[0]
    row = Row(line, BLACK, (Cell("55", 10, 0, 3), Cell("66", 15, 15, 4), Cell("77", 10)))
    assert domain.ready([Matrix(COAT, (row,))]) == {(1, "55"): 3}


# The file for a spreadsheet


def rows_of(*orders: Order, language: str = "en", with_money: bool = True) -> list[list[str]]:
    with speaking(language):
        data = orders_csv(orders, with_money=with_money)
    assert data.startswith(b"\xef\xbb\xbf")  # so that Excel reads Korean
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_each_line_of_each_order_is_a_row() -> None:
    head, first, second = rows_of(order_value())
    assert head[:4] == ["Order", "For whom", "Customer", "Due date"]
    assert first == [
        *("2026-0012", "for a customer", "Larch Street Shop", "2026-12-15", "confirmed"),
        *("W-2601", "BK", "44:5 55:10 66:15 77:10 88:5", "45", "120000", "5400000"),
    ]
    assert second[6:9] == ["CA", "44:4 55:9 66:14 77:9 88:4", "40"]


def test_without_money_no_amount_is_in_the_file() -> None:
    head, *rows = rows_of(order_value(), with_money=False)
    assert head[-1] == "Coats"
    assert all(len(row) == len(head) for row in rows)
    assert str(PRICE.won) not in str(rows)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_name_becomes_a_formula(start: str) -> None:
    name = f"{start}1+1"
    _, row, _ = rows_of(order_value(customer=Customer(1, name)))
    assert row[2] == f"'{name}"


def test_an_order_for_ourselves_has_no_customer_in_the_file() -> None:
    stock = order_value(kind=OrderKind.STOCK, customer=None)
    assert rows_of(stock)[1][1:3] == ["season stock for the shop", ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_speaks_the_language_of_its_reader(language: str) -> None:
    state = {"en": "confirmed", "ko": "확정", "ko_easy": "만들기로 함"}[language]
    assert rows_of(order_value(), language=language)[1][4] == state


def test_money_in_the_file_is_what_the_lines_come_to() -> None:
    rows = rows_of(order_value())[1:]
    assert Money(sum(int(row[-1]) for row in rows)) == order_value().worth


# The work order sheet


def work_sheet(
    language: str,
    sketch: bytes | None = None,
    measures: Mapping[str, tuple[Measure, ...]] | None = None,
    **changes: object,
) -> Sheet:
    order = order_value(**{"customer": LARCH} | changes)
    steps = tuple(make_step(f"S{number:02d}") for number in range(1, 46))
    routings = {COAT.number: Routing("uid", COAT.number, 1, steps)}
    with speaking(language):
        sketches = {COAT.number: sketch} if sketch else {}
        return work_order(order, (make_matrix(order),), routings, sketches, measures or {})


@pytest.mark.parametrize("sketch", [None, made_small(drawings.sketch()).data])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_work_order_of_45_operations_fits_on_two_pages_and_says_what_to_watch_on_the_first(
    language: str, sketch: bytes | None
) -> None:
    sheet = work_sheet(language, sketch, note="Two needles at most.")
    with speaking(language):
        pages = PdfReader(io.BytesIO(pdf_of(sheet))).pages
    assert len(pages) == 2
    first = pages[0].extract_text()
    assert "Two needles at most." in first
    assert all(size.ks in first for size in SIZES)  # a size broken in two is read wrong


@pytest.mark.parametrize(
    ("language", "title", "chest"),
    [
        ("en", "Finished measures (cm)", "chest around"),
        ("ko", "완성 치수(cm)", "가슴둘레"),
        ("ko_easy", "다 만든 옷의 치수(cm)", "가슴둘레"),
    ],
)
def test_a_work_order_says_how_long_a_finished_coat_is_and_what_may_differ(
    language: str, title: str, chest: str
) -> None:
    sheet = work_sheet(language, measures={COAT.number: MEASURES})
    (together,) = of_kind(sheet, Together)
    (table,) = together.blocks
    assert isinstance(table, Table)
    assert table.caption == f"W-2601 · {title}"
    assert [column.title for column in table.columns][1:-1] == [size.label for size in SIZES]
    assert table.rows[1] == (chest, "102.0", "105.0", "108.0", "111.0", "114.0", "± 1.5")
    assert of_kind(work_sheet(language), Together) == []


def test_the_most_measures_stand_unbroken_on_the_second_page_and_the_first_stays_as_it_is() -> None:
    sheet = work_sheet("ko", measures={COAT.number: MOST}, note="Two needles at most.")
    with speaking("ko"):
        first, second, *_ = PdfReader(io.BytesIO(pdf_of(sheet))).pages
    assert "Two needles at most." in first.extract_text()
    assert "완성 치수" not in first.extract_text()
    assert all(f"m{number} " in second.extract_text() for number in range(MOST_MEASURES))


def test_a_work_order_names_the_customer_as_a_customer() -> None:
    (beside,) = of_kind(work_sheet("ko"), Beside)
    (facts,) = beside.left
    assert isinstance(facts, Facts)
    assert ("거래처", LARCH.name) in facts.pairs
