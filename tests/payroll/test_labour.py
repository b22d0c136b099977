"""Labour cost by order and style: every won is somewhere, and only once."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.kernel.time import now
from factory.kernel.words import speaking
from factory.payroll import documents, exports, queries, service
from factory.payroll.domain.labour import NOWHERE, LabourLine, percents, shares, spread
from factory.payroll.domain.papers import Paper
from factory.payroll.queries.labour import cost_of
from factory.payroll.service.papers import Names
from factory.printing.service import pdf_of
from factory.production import service as production
from factory.security.domain import SYSTEM
from tests.payroll.build import NOVEMBER, WILLOW
from tests.payroll.closed import close_month, slip_of
from tests.people.build import make_worker
from tests.production.build import make_bundle, scan

A, B = ("2026-0001", "W-1"), ("2026-0002", "W-2")
places = st.sampled_from([A, B, ("2026-0003", "W-1")])


def test_a_cost_goes_where_the_minutes_went() -> None:
    lines = spread({1: 300, 2: 100}, {1: {A: 200, B: 100}, 2: {B: 50}})
    assert lines == (LabourLine(*A, 200, 200), LabourLine(*B, 150, 200))


def test_whoever_has_no_scan_is_a_line_of_its_own_at_the_end() -> None:
    lines = spread({1: 300, 2: 100}, {1: {B: 1}})
    assert lines[-1] == LabourLine(*NOWHERE, 0, 100)


def test_more_taken_back_than_made_costs_the_order_nothing() -> None:
    assert spread({1: 300}, {1: {A: -5}}) == (LabourLine(*NOWHERE, 0, 300),)


@pytest.mark.parametrize(("cost", "expected"), [(100, (34, 66)), (1, (0, 1)), (0, (0, 0))])
def test_what_rounding_leaves_goes_to_the_largest_rest(
    cost: int, expected: tuple[int, int]
) -> None:
    found = shares(cost, {A: 1, B: 2})
    assert sum(found.values()) == cost
    assert tuple(found.values()) in {expected, (33, 67)}


def test_percents_of_the_lines_make_a_hundred_together() -> None:
    thirds = [LabourLine(order, "W-1", 0, 1_000) for order in ("1", "2", "3")]
    assert percents(thirds) == (34, 33, 33)
    assert percents([LabourLine(*NOWHERE, 0, 0)]) == (None,)
    assert percents([]) == ()


@given(
    st.dictionaries(st.integers(1, 9), st.integers(0, 9_999_999), max_size=6),
    st.dictionaries(
        st.integers(1, 9), st.dictionaries(places, st.integers(-50, 99_999)), max_size=6
    ),
)
def test_every_won_is_somewhere_and_only_once(
    costs: dict[int, int], minutes: dict[int, dict[tuple[str, str], int]]
) -> None:
    lines = spread(costs, minutes)
    assert sum(line.won for line in lines) == sum(costs.values())
    assert all(line.won >= 0 for line in lines)


@pytest.mark.usefixtures("clock")
def test_scans_of_a_closed_month_say_which_order_cost_what(session: Session) -> None:
    pine, maple = make_worker(session, "Pine"), make_worker(session, "Maple")
    bundle = make_bundle(session)
    scan(session, bundle, "C06", worker=pine.id)
    done = scan(session, bundle, "S01", 4, worker=pine.id)
    production.undo(session, done.scan.id, by=SYSTEM, at=now())
    slips = {pine: slip_of(2_000_000), maple: slip_of(1_000_000)}
    close_month(session, slips, NOVEMBER)
    run = queries.closed_run(session, NOVEMBER)
    lines = queries.labour_cost(session, run)
    sam = catalogue.routing(session, bundle.style).step("C06").sam
    assert lines == (
        LabourLine(bundle.order, bundle.style, 10 * sam, cost_of(slips[pine])),
        LabourLine("", "", 0, cost_of(slips[maple])),
    )
    assert cost_of(slips[maple]) == 1_110_000


@pytest.mark.usefixtures("clock")
def test_the_paper_names_orders_and_nobody(session: Session) -> None:
    pine, bundle = make_worker(session, "Pine"), make_bundle(session)
    scan(session, bundle, "C06", worker=pine.id)
    close_month(session, {pine: slip_of(2_000_000)}, NOVEMBER)
    found = service.month_of_pay(session, NOVEMBER, Paper.LABOUR, Names(), by=WILLOW, at=now())
    lines = queries.labour_cost(session, found.run)
    with speaking("en"):
        sheet = documents.labour_paper(found, lines)
        table = exports.labour_csv(lines).decode("utf-8-sig")
    text = PdfReader(io.BytesIO(pdf_of(sheet))).pages[0].extract_text()
    for expected in (bundle.order, bundle.style, "₩2,110,000", "100"):
        assert expected in text
    assert "Pine" not in text
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[1][0] == bundle.order
    assert rows[1][-1] == "2110000"
    assert found.month == date(2026, 11, 1)
