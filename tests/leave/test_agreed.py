"""What terms say of a day: her hours, days off of all, and whether leave is owed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from factory.kernel.money import Money
from factory.leave.domain.agreed import Agreed
from factory.leave.domain.ledger import Exclusion
from factory.leave.domain.swaps import Swap
from factory.people.domain import Terms, TermsKind, Worker
from factory.people.domain.heads import Heads
from factory.security.domain import WorkerId
from tests.leave.build import HIRED
from tests.people.build import make_terms

MONDAY, SATURDAY = date(2026, 12, 7), date(2026, 12, 5)
CHRISTMAS, AFTER = date(2026, 12, 25), date(2026, 12, 28)
SWAP = Swap(CHRISTMAS, AFTER, "Hazel", date(2026, 11, 20))


def make_people(count: int, left: date | None = None) -> tuple[Worker, ...]:
    return tuple(
        Worker(WorkerId(n), n, f"Tree {n}", "ko", HIRED, left if n == count else None)
        for n in range(1, count + 1)
    )


def make_agreed(
    *history: Terms,
    people: int = 5,
    swaps: tuple[Swap, ...] = (),
    left: date | None = None,
    counted: Mapping[date, int] | None = None,
) -> Agreed:
    terms = history or (make_terms(since=HIRED),)
    return Agreed(terms, swaps, Heads(make_people(people, left), counted=counted or {}))


@pytest.mark.parametrize(
    ("day", "minutes"),
    [
        (MONDAY, 480),
        (SATURDAY, 0),
        (date(2026, 12, 6), 0),
        (CHRISTMAS, 0),
        (date(2026, 10, 5), 0),
        (date(2026, 5, 1), 0),
        (date(2026, 1, 2), 0),
    ],
    ids=["Monday", "Saturday", "Sunday", "Christmas", "a substitute", "1 May", "before terms"],
)
def test_a_full_week_is_eight_hours_from_monday_to_friday(day: date, minutes: int) -> None:
    assert make_agreed().minutes(day) == minutes
    assert make_agreed().contracted(day) is (minutes > 0)


@pytest.mark.parametrize(
    ("hours", "days", "minutes"),
    [(25, 5, 300), (40, 4, 480), (52, 5, 480), (24, 3, 480), (20, 6, 200), (0, 5, 0)],
)
def test_a_day_is_the_contracts_and_eight_hours_at_most(
    hours: int, days: int, minutes: int
) -> None:
    week = ("mon", "tue", "wed", "thu", "fri", "sat")[:days]
    terms = make_terms(since=HIRED, weekly_hours=hours, work_days=week)
    assert make_agreed(terms).minutes(MONDAY) == minutes


def test_other_terms_hold_from_their_day_on() -> None:
    later = make_terms(since=MONDAY, weekly_hours=25)
    agreed = make_agreed(make_terms(since=HIRED), later)
    assert agreed.minutes(date(2026, 12, 4)) == 480
    assert agreed.minutes(MONDAY) == 300
    assert [agreed.terms(day).minutes for day in (date(2026, 12, 4), MONDAY)] == [480, 300]


def test_whoever_works_on_saturday_takes_leave_for_it() -> None:
    six = make_terms(since=HIRED, work_days=("mon", "tue", "wed", "thu", "fri", "sat"))
    assert make_agreed(six).minutes(SATURDAY) == 400


def test_a_swapped_holiday_is_worked_and_the_other_day_is_not() -> None:
    agreed = make_agreed(swaps=(SWAP,))
    assert (agreed.minutes(CHRISTMAS), agreed.minutes(AFTER)) == (480, 0)


@pytest.mark.parametrize(("people", "small"), [(4, True), (5, False), (6, False)])
def test_a_house_is_small_below_five(people: int, small: bool) -> None:  # noqa: FBT001 - a table
    agreed = make_agreed(people=people)
    assert agreed.is_small(MONDAY) is small
    assert agreed.terms(MONDAY).exclusion == (Exclusion.SMALL_WORKPLACE if small else None)
    assert agreed.menstrual_days(MONDAY) == (0 if small else 1)
    assert agreed.minutes(CHRISTMAS) == (480 if small else 0)


def test_the_head_count_of_the_month_before_stands_over_who_is_employed_on_the_day() -> None:
    agreed = make_agreed(people=6, counted={date(2026, 11, 1): 4})
    assert agreed.is_small(MONDAY)
    assert agreed.minutes(CHRISTMAS) == 480
    assert agreed.terms(MONDAY).exclusion is Exclusion.SMALL_WORKPLACE
    assert not agreed.is_small(date(2026, 11, 30))


def test_a_house_becomes_small_when_the_fifth_has_left() -> None:
    agreed = make_agreed(left=MONDAY)
    assert not agreed.is_small(MONDAY)
    assert agreed.is_small(date(2026, 12, 8))


@pytest.mark.parametrize(
    ("hours", "exclusion"), [(14, Exclusion.SHORT_WEEK), (15, None), (40, None)]
)
def test_leave_is_owed_from_fifteen_hours_a_week_on(
    hours: int, exclusion: Exclusion | None
) -> None:
    terms = make_terms(since=HIRED, weekly_hours=hours)
    assert make_agreed(terms).terms(MONDAY).exclusion is exclusion


@pytest.mark.parametrize("kind", list(TermsKind), ids=str)
def test_however_she_is_paid_leave_is_owed(kind: TermsKind) -> None:
    terms = make_terms(since=HIRED, kind=kind, rate=Money(100_000))
    assert make_agreed(terms).terms(MONDAY).exclusion is None


def test_a_day_before_the_law_book_begins_is_looked_up_by_its_first() -> None:
    old = make_terms(since=date(2020, 1, 6))
    assert make_agreed(old, people=4).terms(date(2020, 3, 2)).exclusion is not None
    assert make_agreed(old).minutes(date(2020, 3, 3)) == 480


@pytest.mark.parametrize(
    ("counted", "small"),
    [
        ({}, False),
        ({date(2026, 11, 1): 5, date(2025, 12, 1): 5}, False),
        ({date(2026, 11, 1): 5, date(2025, 12, 1): 4}, True),
        ({date(2026, 11, 1): 5, date(2025, 11, 1): 4}, False),
    ],
    ids=["not counted", "five in each", "four in the first month", "four before the year"],
)
def test_a_whole_years_leave_wants_five_people_in_each_of_its_months(
    counted: dict[date, int],
    small: bool,  # noqa: FBT001 - a table
) -> None:
    assert make_agreed(counted=counted).terms(MONDAY).small_in_year is small


@pytest.mark.parametrize(("hours", "share"), [(40, None), (20, Fraction(1, 2)), (44, None)])
def test_a_part_timer_is_held_against_full_time_workers(hours: int, share: Fraction | None) -> None:
    agreed = make_agreed(make_terms(since=HIRED, weekly_hours=hours))
    assert agreed.terms(MONDAY).share == share
