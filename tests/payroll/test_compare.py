"""What differs from last month: for each person, with the biggest reason."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.payroll import queries
from factory.payroll.domain.compare import compare, steps
from factory.people import service as people_service
from factory.security.domain import SYSTEM
from tests.payroll.build import (
    NOVEMBER,
    OCTOBER,
    make_entry,
    make_run,
    make_slip,
    work_october,
)
from tests.people.build import make_worker


def test_the_line_that_moved_most_is_the_reason() -> None:
    before = make_slip({"base": 2_000_000, "overtime": 150_000}, {"income_tax": 40_000})
    after = make_slip({"base": 2_010_000, "overtime": 20_000}, {"income_tax": 30_000})
    moved = steps(before, after)
    assert [(step.code, step.effect) for step in moved] == [
        ("overtime", -130_000),
        ("base", 10_000),
        ("income_tax", 10_000),
    ]
    (change,) = compare(
        make_run(make_entry(slip=after), month=NOVEMBER), make_run(make_entry(slip=before))
    ).changes
    assert change.reason == moved[0]
    assert (change.before, change.difference) == (2_110_000, -110_000)


def test_lines_that_came_and_went_are_reasons_too() -> None:
    before = make_slip({"base": 2_000_000, "holiday_work": 90_000})
    after = make_slip({"base": 2_000_000, "bonus.chuseok": 300_000}, {"advance": 50_000})
    moved = {step.code: (step.before is None, step.after is None) for step in steps(before, after)}
    assert moved == {
        "bonus.chuseok": (True, False),
        "holiday_work": (False, True),
        "advance": (True, False),
    }


def test_nothing_moved_has_no_reason() -> None:
    run = make_run(make_entry())
    (change,) = compare(run, run).changes
    assert (change.difference, change.reason) == (0, None)


def test_whoever_is_new_or_gone_is_said() -> None:
    pine, cedar = make_entry(7), make_entry(8, "Cedar")
    found = compare(make_run(cedar, month=NOVEMBER), make_run(pine))
    (change,) = found.changes
    assert (change.before, change.reason, change.difference) == (None, None, 2_000_000)
    assert found.gone == (pine,)
    assert found.before == 2_000_000
    assert compare(make_run(pine), None).gone == ()


LINES = st.dictionaries(
    st.sampled_from(["base", "piece", "overtime", "weekly_holiday"]), st.integers(1, 10**6)
)
TAKEN = st.dictionaries(st.sampled_from(["income_tax", "advance"]), st.integers(1, 10**5))


@given(before=LINES, after=LINES, off=TAKEN, on=TAKEN)
def test_the_steps_add_up_to_the_difference(
    before: dict[str, int], after: dict[str, int], off: dict[str, int], on: dict[str, int]
) -> None:
    old, new = make_slip(before, off), make_slip(after, on)
    moved = steps(old, new)
    assert sum(step.effect for step in moved) == new.net - old.net
    sizes = [abs(step.effect) for step in moved]
    assert sizes == sorted(sizes, reverse=True)
    assert all(sizes)


def test_a_run_is_put_beside_the_month_before(session: Session) -> None:
    pine, cedar = make_worker(session), make_worker(session, "Cedar")
    work_october(session, pine)
    work_october(session, cedar)
    people_service.leave(session, cedar, date(2026, 10, 31), by=SYSTEM, at=now())
    found = queries.comparison(session, NOVEMBER)
    (change,) = found.changes
    assert change.reason is not None
    assert change.reason.code == "base"
    assert change.reason.after is None
    assert [entry.name for entry in found.gone] == ["Cedar"]
    assert found.before == queries.run(session, OCTOBER).net


def test_before_the_law_book_begins_there_is_nothing_to_compare(session: Session) -> None:
    make_worker(session)
    found = queries.comparison(session, date(2026, 1, 1))
    assert (found.changes, found.gone) == ((), ())
