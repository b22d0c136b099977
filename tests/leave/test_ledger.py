"""What arises, what is used, what lapses: in minutes, to the day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.kernel.fields import Fields
from factory.kernel.time import months_later
from factory.leave.domain.arising import Why, arisen, monday_to_friday
from factory.leave.domain.ledger import BY_HOURS, DayTerms, Exclusion, Grant, Taken, as_days, ledger
from factory.payroll import calc
from tests.leave.build import EIGHT_HOURS, HIRED, make_ledger

A_DAY = timedelta(days=1)


def days_on(as_of: date, *missed: date, hired: date = HIRED) -> int:
    return sum(each.days for each in arisen(hired, as_of, frozenset(missed)))


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        (date(2026, 2, 1), 0),
        (date(2026, 2, 2), 1),
        (date(2026, 12, 1), 10),
        (date(2026, 12, 2), 11),
        (date(2027, 1, 1), 11),
        (date(2027, 1, 2), 26),
    ],
    ids=str,
)
def test_whoever_misses_nothing_gets_a_day_a_month_and_fifteen_after_the_year(
    as_of: date, days: int
) -> None:
    assert days_on(as_of, hired=date(2026, 1, 2)) == days


@pytest.mark.parametrize(
    ("year", "days"),
    [(1, 15), (2, 15), (3, 16), (4, 16), (5, 17), (10, 19), (11, 20), (15, 22), (19, 24), (21, 25)],
)
def test_a_day_is_added_for_every_two_further_years_up_to_twenty_five(year: int, days: int) -> None:
    found = arisen(HIRED, months_later(HIRED, 12 * year), frozenset())
    assert [each.days for each in found if each.why is Why.YEAR][-1] == days


def test_a_missed_day_costs_that_months_day_and_says_which() -> None:
    missed = date(2026, 3, 10)
    found = list(arisen(HIRED, date(2026, 6, 5), frozenset({missed})))
    assert [each.days for each in found] == [1, 1, 0, 1, 1]
    assert found[2].missed == (missed,)
    assert missed in found[2].span


def test_a_weekend_and_a_public_holiday_can_not_be_missed() -> None:
    weekend, holiday = date(2026, 3, 7), date(2026, 3, 2)
    assert days_on(date(2026, 6, 5), weekend, holiday) == 5


def test_a_year_with_less_than_four_fifths_gives_a_day_for_each_full_month() -> None:
    second = [date(2027, 2, 1) + n * A_DAY for n in range(100)]
    found = list(arisen(HIRED, date(2028, 1, 5), frozenset(second)))
    assert [each.why for each in found[-2:]] == [Why.YEAR, Why.MONTHS_OF_YEAR]
    assert found[-1].days == 12 - 5  # a month of hers begins on the 5th; five were touched


def test_four_fifths_exactly_is_enough() -> None:
    year = [HIRED + n * A_DAY for n in range(365)]
    agreed = [day for day in year if monday_to_friday(day)]
    allowed = len(agreed) // 5
    assert list(arisen(HIRED, date(2027, 1, 5), frozenset(agreed[:allowed])))[-1].days == 15
    assert list(arisen(HIRED, date(2027, 1, 5), frozenset(agreed[: allowed + 1])))[-1].days == 0


@settings(max_examples=30)
@given(
    hired=st.dates(date(2020, 1, 1), date(2026, 6, 30)),
    length=st.integers(0, 2500),
    missed=st.sets(st.integers(0, 2500), max_size=40),
)
def test_pages_and_the_command_count_the_same_days(
    hired: date, length: int, missed: set[int]
) -> None:
    as_of, absent = hired + length * A_DAY, {hired + n * A_DAY for n in missed}
    asked = {
        "hired": hired.isoformat(),
        "as_of": as_of.isoformat(),
        "attendance": sorted(day.isoformat() for day in absent),
    }
    found = calc.annual_leave(Fields(json.loads(json.dumps(asked)), ""))
    kept = make_ledger(as_of, hired=hired, missed=absent)
    assert kept.arisen == found["days"] * EIGHT_HOURS


def test_each_grant_says_how_it_arose_and_by_which_article() -> None:
    kept = make_ledger(date(2027, 1, 5))
    first, last = kept.grants[0], kept.grants[-1]
    assert (first.why, first.article) == (Why.FULL_MONTH, "Labor Standards Act, art. 60(2)")
    assert first.span is not None
    assert (first.span.start, first.span.end) == (HIRED, date(2026, 2, 4))
    assert (last.why, last.minutes) == (Why.YEAR, 15 * EIGHT_HOURS)
    assert last.article == "Labor Standards Act, art. 60(1), 60(4)"


def test_what_arose_in_the_first_year_can_be_used_until_it_ends() -> None:
    kept = make_ledger(date(2026, 11, 5))
    assert {grant.expires for grant in kept.grants} == {date(2027, 1, 4)}
    assert kept.left == 10 * EIGHT_HOURS
    after = make_ledger(date(2027, 1, 5))
    assert after.lapsed == 11 * EIGHT_HOURS
    assert after.left == 15 * EIGHT_HOURS
    assert after.expires == date(2028, 1, 4)


def test_what_lapses_first_is_used_first() -> None:
    taken = [Taken(date(2027, 1, 4), EIGHT_HOURS), Taken(date(2027, 1, 6), EIGHT_HOURS)]
    kept = make_ledger(date(2027, 1, 10), taken=taken)
    assert [grant.used for grant in kept.grants[:2]] == [EIGHT_HOURS, 0]
    assert kept.grants[-1].used == EIGHT_HOURS
    assert kept.lapsed == 10 * EIGHT_HOURS


def test_half_a_day_is_kept_to_the_minute() -> None:
    kept = make_ledger(date(2026, 3, 5), taken=[Taken(date(2026, 3, 5), 225)])
    assert kept.left == 2 * EIGHT_HOURS - 225
    assert kept.days(kept.left) == "1.53"


def test_leave_to_come_may_stand_on_what_arises_until_then() -> None:
    kept = make_ledger(date(2026, 2, 10), taken=[Taken(date(2026, 3, 9), 2 * EIGHT_HOURS)])
    assert (kept.ahead, kept.beyond, kept.left) == (EIGHT_HOURS, 0, 0)


def test_more_than_had_arisen_is_beyond_and_makes_less_than_nothing() -> None:
    kept = make_ledger(date(2026, 2, 10), taken=[Taken(date(2026, 2, 9), 2 * EIGHT_HOURS)])
    assert (kept.beyond, kept.left) == (EIGHT_HOURS, -EIGHT_HOURS)
    assert kept.days(kept.left) == "-1"


@settings(max_examples=30)
@given(
    as_of=st.integers(0, 1500),
    missed=st.sets(st.integers(0, 1500), max_size=20),
    taken=st.lists(st.tuples(st.integers(0, 1600), st.integers(1, 480)), max_size=30),
)
def test_no_minute_is_lost(as_of: int, missed: set[int], taken: list[tuple[int, int]]) -> None:
    kept = make_ledger(
        HIRED + as_of * A_DAY,
        missed={HIRED + n * A_DAY for n in missed},
        taken=[Taken(HIRED + n * A_DAY, minutes) for n, minutes in taken],
    )
    assert kept.left == kept.arisen + kept.ahead - kept.used - kept.lapsed
    assert all(0 <= grant.used <= grant.minutes for grant in kept.grants)


@settings(max_examples=30)
@given(
    missed=st.sets(st.integers(0, 900), max_size=20),
    more=st.integers(0, 900),
    last=st.integers(0, 900),
)
def test_coming_on_one_day_more_never_costs_leave(missed: set[int], more: int, last: int) -> None:
    as_of, absent = HIRED + last * A_DAY, {HIRED + n * A_DAY for n in missed}
    with_it = make_ledger(as_of, missed=absent | {HIRED + more * A_DAY})
    assert make_ledger(as_of, missed=absent - {HIRED + more * A_DAY}).arisen >= with_it.arisen


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(1, 480)), max_size=12), st.randoms())
def test_the_order_in_which_leave_was_entered_changes_nothing(
    taken: list[tuple[int, int]], chance: object
) -> None:
    entered = [Taken(HIRED + n * A_DAY, minutes) for n, minutes in taken]
    mixed = list(entered)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis' Random
    one, other = (make_ledger(date(2028, 1, 5), taken=each) for each in (entered, mixed))
    assert (one.left, one.beyond, one.lapsed) == (other.left, other.beyond, other.lapsed)


@pytest.mark.parametrize(
    ("exclusion", "article"),
    [
        (Exclusion.SMALL_WORKPLACE, "Labor Standards Act, art. 11"),
        (Exclusion.SHORT_WEEK, "Labor Standards Act, art. 18(3)"),
    ],
    ids=str,
)
def test_where_the_law_gives_none_the_article_is_named(exclusion: Exclusion, article: str) -> None:
    kept = make_ledger(date(2026, 4, 5), terms=lambda _: DayTerms(240, exclusion))
    assert (kept.arisen, kept.exclusion) == (0, exclusion)
    assert {grant.article for grant in kept.grants} == {article}


def test_a_day_is_as_long_as_the_contract_when_it_arises() -> None:
    changed = date(2026, 3, 1)
    kept = make_ledger(date(2026, 4, 5), terms=lambda day: DayTerms(300 if day < changed else 480))
    assert [grant.minutes for grant in kept.grants] == [300, 480, 480]


def test_what_the_office_enters_stands_beside_the_law() -> None:
    given_more = Grant(date(2026, 1, 20), 960, Why.ENTERED, date(2027, 1, 19), reason="thanks")
    kept = ledger(
        HIRED,
        date(2026, 1, 31),
        absent=frozenset(),
        contracted=monday_to_friday,
        terms=lambda _: DayTerms(EIGHT_HOURS),
        taken=(),
        entered=[given_more],
    )
    assert (kept.left, kept.grants[0].article) == (960, "")
    assert make_ledger(date(2026, 1, 10), entered=[given_more]).left == 0


@pytest.mark.parametrize(
    ("minutes", "a_day", "shown"),
    [
        (480, 480, "1"),
        (240, 480, "0.5"),
        (7200, 480, "15"),
        (160, 480, "0.33"),
        (-720, 480, "-1.5"),
        (-1, 480, "0"),
        (0, 480, "0"),
        (5, 0, "0"),
        (4800, 480, "10"),
    ],
)
def test_minutes_are_shown_as_days(minutes: int, a_day: int, shown: str) -> None:
    assert as_days(minutes, a_day) == shown


@pytest.mark.parametrize(
    ("hours", "days_a_week", "days", "expected"),
    [
        (40, 5, 15, 120),
        (20, 5, 15, 60),
        (24, 3, 15, 72),
        (22, 5, 1, 5),
        (15, 3, 1, 3),
        (15, 3, 11, 33),
    ],
)
def test_a_part_timer_has_her_share_in_hours_lifted_to_the_full_one(
    hours: int, days_a_week: int, days: int, expected: int
) -> None:
    share = None if hours == 40 else Fraction(hours, 40)
    terms = DayTerms(hours * 60 // days_a_week, share=share)
    assert terms.worth(days) == expected * 60


def test_leave_by_the_hour_names_the_annex_and_what_full_time_workers_have() -> None:
    part = make_ledger(date(2027, 1, 5), terms=lambda _: DayTerms(240, share=Fraction(1, 2)))
    assert [(g.full_days, g.minutes, g.annex) for g in part.grants[-1:]] == [
        (15, 60 * 60, BY_HOURS)
    ]
    full = make_ledger(date(2027, 1, 5))
    assert {grant.annex for grant in full.grants} == {""}


def test_a_year_with_a_month_of_fewer_than_five_gives_nothing_but_its_months_do() -> None:
    kept = make_ledger(date(2027, 1, 5), terms=lambda _: DayTerms(480, small_in_year=True))
    assert kept.arisen == 11 * 480
    year = kept.grants[-1]
    assert (year.minutes, year.exclusion) == (0, Exclusion.SMALL_IN_YEAR)
    assert year.article == "Enforcement Decree of the Labor Standards Act, art. 7-2(3)"
    assert kept.exclusion is None
