"""Every figure of `tests/cases/metrics.json`, to its last digit."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from pathlib import Path
from typing import Any

import pytest

from factory.production.domain import metrics
from factory.production.domain.balance import CellState

CASES = json.loads(
    (Path(__file__).parents[1] / "cases" / "metrics.json").read_text(), parse_float=Decimal
)


def hundredths(figure: Any) -> int:
    scaled = Decimal(figure) * 100
    assert scaled == int(scaled)
    return int(scaled)


def digits(value: Fraction, expected: Any) -> None:
    """The value, rounded to as many digits as are written down."""
    wanted = Decimal(expected)
    scale = 10 ** max(0, -int(wanted.as_tuple().exponent))
    assert Fraction(round(value * scale), scale) == Fraction(wanted), (float(value), expected)


@pytest.mark.parametrize("case", CASES["efficiency"], ids=["one style", "two styles"])
def test_efficiency(case: Any) -> None:
    lines = case.get("lines") or [[case["produced"], case["sam"]]]
    earned = metrics.earned_minutes((int(pieces), hundredths(sam)) for pieces, sam in lines)
    clocked = case["operators"] * case["minutes"]
    digits(earned, case["earned"])
    assert clocked == case["available"]
    digits(metrics.efficiency(earned, clocked), case["efficiency"])
    if "offstandard" in case:
        found = metrics.efficiency(earned, clocked, case["offstandard"])
        digits(found, case["on_standard_efficiency"])


def test_no_time_on_the_clock_is_no_efficiency() -> None:
    assert metrics.efficiency(Fraction(10), 0) == metrics.efficiency(Fraction(10), 60, 60) == 0


def test_takt_and_people() -> None:
    case = CASES["takt"]
    beat = metrics.takt(case["net_minutes"], case["demand"])
    digits(beat, case["takt"])
    exact, people = metrics.people_needed(hundredths(case["sam"]), beat)
    digits(exact, case["theoretical_workers"])
    assert people == case["workers"]


def test_balance_of_a_line() -> None:
    case = CASES["balance"]
    line = metrics.Balance([hundredths(each) for each in case["station_minutes"]])
    digits(line.cycle, case["cycle"])
    digits(line.efficiency, case["line_efficiency"])
    digits(line.loss, case["balance_loss"])
    digits(line.output(480), case["output_per_480"])
    fine = 10**14
    root = Fraction(isqrt(int(line.roughness_squared * fine * fine)), fine)
    digits(root, case["smoothness"])


def test_little() -> None:
    case = CASES["little"]
    found = metrics.throughput_days(case["wip"], case["output_per_day"])
    digits(found, case["throughput_days"])


def test_faults_in_a_hundred() -> None:
    case = CASES["dhu"]
    found = metrics.Looked(case["checked"], case["defective"], case["defects"])
    digits(found.dhu, case["dhu"])
    digits(found.percent_defective, case["defective_pct"])
    digits(found.percent_right, case["rft_pct"])


def test_from_cut_to_ship() -> None:
    case = CASES["cut_to_ship"]
    found = metrics.Ship(case["ordered"], case["cut"], case["shipped"])
    digits(found.cut_to_ship, case["cut_to_ship"])
    digits(found.order_to_ship, case["order_to_ship"])
    digits(found.cut_ratio, case["cut_ratio"])


def test_cloth() -> None:
    case = CASES["fabric"]
    allowance = hundredths(case["end_allowance_m_per_ply"])
    laid = metrics.lay_length(case["plies"], hundredths(case["marker_m"]), allowance)
    assert laid == hundredths(case["laid_m"])
    each, issued = hundredths(case["planned_m_per_garment"]), hundredths(case["issued_m"])
    found = metrics.Cloth(case["garments"], each, issued, hundredths(case["returned_m"]))
    assert found.used == hundredths(case["used_m"])
    assert found.planned == hundredths(case["planned_m"])
    assert found.excess == hundredths(case["excess_m"])
    digits(found.utilisation, case["utilisation"])


def test_on_time() -> None:
    case = CASES["otd"]
    digits(metrics.lines_in_full_on_time(case["lines"]), case["otif_lines"])
    digits(metrics.pieces_on_time(case["lines"]), case["on_time_pieces"])


def test_when_it_is_done_and_how_sure_that_is() -> None:
    case = CASES["forecast"]
    found = metrics.done_by(case["daily_output_history"], case["remaining"], 5)
    for day, chance in case["p_done_by_day"].items():
        digits(found[int(day)], chance)
    for name, chance in (("p50", "0.5"), ("p85", "0.85"), ("p95", "0.95")):
        assert metrics.day_with(found, Fraction(chance)) == case[name]
    assert metrics.day_with(found, Fraction(2)) is None


def test_every_coat_of_the_ledger_is_somewhere() -> None:
    case = CASES["ledger"]
    cell = CellState(
        ordered=100, cut=case["cut"],
        wip_sewing=case["sewing_wip"], wip_finishing=case["finishing_wip"],
        first=case["first_quality_stock"], shipped=case["shipped"], sold=case["sold_in_shop"],
        second=case["second_quality"], scrapped=case["scrapped"],
    )  # fmt: skip
    assert cell.holds
    assert cell.in_work == 55
