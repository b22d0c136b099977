"""The whole withholding table, made from its formula: 647 rows by 11 columns."""

from __future__ import annotations

import hashlib
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from factory.kernel.fields import Fields
from factory.law.book import law_book
from factory.payroll import calc
from factory.payroll.domain.withholding import table_tax

LAW = law_book().on(date(2026, 12, 10))
FAMILIES = range(1, 12)


def rows() -> list[int]:
    """The lower bound of every row, in won."""
    steps = LAW.figure("income_tax.withholding_rows").value
    found = [pay for low, high, step in steps for pay in range(int(low), int(high), int(step))]
    return [*found, int(steps[-1][1])]


ROWS = rows()
TABLE = {pay: tuple(table_tax(pay, family, LAW) for family in FAMILIES) for pay in ROWS}


def test_it_has_its_rows_and_columns() -> None:
    assert (len(ROWS), ROWS[0], ROWS[-1]) == (647, 770_000, 10_000_000)
    assert sum(len(cells) for cells in TABLE.values()) == 7_117


def test_no_cell_of_it_changes_unnoticed() -> None:
    """The cells as they were when those of the fact sheet agreed with the published table."""
    text = "\n".join(f"{pay} {' '.join(map(str, cells))}" for pay, cells in TABLE.items())
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "aaad7e8092c7cb6f"


def test_cells_are_whole_tens_and_none_is_too_small_to_collect() -> None:
    for cells in TABLE.values():
        assert all(cell % 10 == 0 and (cell == 0 or cell >= 1000) for cell in cells)


def test_more_pay_is_taxed_no_less_and_a_bigger_family_no_more() -> None:
    for lower, higher in pairwise(TABLE.values()):
        assert all(one <= other for one, other in zip(lower, higher, strict=True))
    for cells in TABLE.values():
        assert list(cells) == sorted(cells, reverse=True)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_row_holds_up_to_the_next(family: int) -> None:
    for low, high in pairwise(ROWS):
        for pay in (low, (low + high) // 2, high - 1):
            assert table_tax(pay, family, LAW) == TABLE[low][family - 1], pay


def test_the_command_gives_each_cell_with_its_local_tax() -> None:
    for pay in ROWS[::9]:
        for family in FAMILIES:
            given = {"monthly_pay": pay, "family_members": family, "pay_date": "2026-12-10"}
            found = calc.withholding(Fields(given, ""))
            cell = TABLE[pay][family - 1]
            assert found["income_tax"] == cell
            assert found["local_income_tax"] == cell // 100 * 10


def test_above_the_table_tax_grows_without_a_step_down() -> None:
    pays = [10_000_000, 10_000_010, 14_000_000, 14_000_010, 28_000_000, 30_000_010, 45_000_010]
    taxes = [table_tax(pay, 3, LAW) for pay in (*pays, 87_000_010, 200_000_000)]
    assert taxes == sorted(taxes)


@pytest.mark.parametrize(
    ("day", "children", "off"),
    [
        ("2026-02-28", 1, 12_500),
        ("2026-03-01", 1, 20_830),
        ("2026-02-28", 2, 29_160),
        ("2026-03-01", 2, 45_830),
        ("2026-02-28", 4, 79_160),
        ("2026-03-01", 4, 112_490),
    ],
)
def test_children_count_by_the_day_of_payment(day: str, children: int, off: int) -> None:
    given = {"monthly_pay": 6_000_000, "family_members": 5, "pay_date": day}
    with_children = calc.withholding(Fields(given | {"children_8_to_20": children}, ""))
    assert with_children["income_tax"] == (358_220 - off) // 10 * 10


def test_beyond_eleven_each_member_takes_off_what_the_eleventh_did() -> None:
    ten, eleven = TABLE[5_000_000][9:]
    assert table_tax(5_000_000, 13, LAW) == eleven - 2 * (ten - eleven)
    assert table_tax(2_000_000, 40, LAW) == Fraction(0)


def test_a_later_payment_uses_the_last_table_and_says_so() -> None:
    given = {"monthly_pay": 3_000_000, "family_members": 1, "pay_date": "2027-03-01"}
    found = calc.withholding(Fields(given, ""))
    assert (found["income_tax"], found["warnings"]) == (74_350, [{"code": "rates_not_published"}])
    assert "warnings" not in calc.withholding(Fields(given | {"pay_date": "2027-02-28"}, ""))
