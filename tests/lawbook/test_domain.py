"""What may be entered into the law book, and who may approve it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory.law.book import Decreed, Entered, law_book
from factory.law.shown import amount
from factory.lawbook import domain
from factory.lawbook.domain import Kind, Said, State
from factory.security.domain import AccountId, Actor
from tests.lawbook.build import CARE, CEDAR, FRIDAY, WILLOW, entry, figure, holiday, morning

BOOK = law_book()
WAGE = BOOK.newest("wages.minimum_hourly")
BASE = BOOK.newest("social_insurance.pension_base")
RATE = BOOK.newest("social_insurance.pension")


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("10700", "KRW/hour", Fraction(10700)),
        ("10,700원", "KRW/hour", Fraction(10700)),
        (" ₩ 10 700 ", "KRW", Fraction(10700)),
        ("4.75", "ratio", Fraction(475, 10000)),
        ("4.75 %", "ratio", Fraction(475, 10000)),
        ("9448/71900", "ratio", Fraction(9448, 71900)),
        ("1.5", "hour", Fraction(3, 2)),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, unit: str, value: Fraction) -> None:
    assert domain.number(typed, unit) == value


@pytest.mark.parametrize("typed", ["", "ten", "-1", "1/0", "1e3", "1.2.3", "٣", "9" * 13, "1/2/3"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(domain.NotANumber):
        domain.number(typed, "KRW")


@given(st.integers(0, 10**6))
def test_a_rate_is_read_as_it_is_shown(millionths: int) -> None:
    rate = Fraction(millionths, 10**6)
    assert domain.number(amount(rate, "ratio"), "ratio") == rate


def test_a_figure_of_parts_takes_each_of_them() -> None:
    found = domain.read_value(BASE, {"least": "420,000", "most": "6,800,000", "step": "1000"})
    assert found == (("least", 420000), ("most", 6800000), ("step", 1000))
    assert domain.read_value(WAGE, {"": "11000"}) == 11000


def test_parts_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(domain.LeastAboveMost):
        domain.read_value(BASE, {"least": "7,000,000", "most": "6,800,000", "step": "1000"})
    with pytest.raises(domain.NotANumber):
        domain.read_value(BASE, {"least": "7,000,000"})


def test_more_than_everything_is_refused() -> None:
    with pytest.raises(domain.MoreThanAll):
        domain.read_value(RATE, {"": "475"})


def test_a_figure_that_is_not_published_yet_may_be_entered() -> None:
    assert domain.checked_figure(figure(), BOOK, ()) == figure()


def test_a_first_day_that_the_book_has_is_refused() -> None:
    with pytest.raises(domain.InTheBookAlready):
        domain.checked_figure(figure("wages.minimum_hourly", "2027-01-01", "10800"), BOOK, ())


def test_the_same_figure_is_not_entered_twice() -> None:
    with pytest.raises(domain.WaitsAlready):
        domain.checked_figure(figure(), BOOK, [entry()])
    assert domain.checked_figure(figure(), BOOK, [entry(state=State.REFUSED)]) == figure()
    later = figure(since="2027-07-01")
    assert domain.checked_figure(later, BOOK, [entry()]) == later


def test_nothing_is_entered_for_days_before_the_book() -> None:
    with pytest.raises(domain.BeforeTheBook):
        domain.checked_figure(figure(since="2025-12-31"), BOOK, ())
    with pytest.raises(domain.BeforeTheBook):
        domain.checked_day(holiday(date(2025, 6, 3)), BOOK, ())


def test_a_year_that_can_only_be_a_slip_of_the_finger_is_refused() -> None:
    today, last = date(2026, 11, 26), date(2036, 11, 26)
    domain.refuse_far(figure(since=str(last)), today)
    domain.refuse_far(holiday(last), today)
    with pytest.raises(domain.TooFar) as figures:
        domain.refuse_far(figure(since="2036-11-27"), today)
    with pytest.raises(domain.DayTooFar) as days:
        domain.refuse_far(holiday(date(9999, 6, 3)), today)
    assert (figures.value.field, days.value.field) == ("since", "day")


@pytest.mark.parametrize(
    "name", ["income_tax.withholding", "income_tax.withholding_body", "public_holidays.year"]
)
def test_whole_tables_come_with_the_program_alone(name: str) -> None:
    with pytest.raises(domain.PrintedOnly):
        domain.checked_figure(figure(name, "2027-03-01"), BOOK, ())


@pytest.mark.parametrize(
    "bare",
    [replace(figure(), article=" "), replace(figure(), source="")],
    ids=["article", "source"],
)
def test_a_figure_without_article_or_source_is_refused(bare: Entered) -> None:
    with pytest.raises(domain.SourceWanted):
        domain.checked_figure(bare, BOOK, ())


def test_a_working_day_may_become_a_holiday() -> None:
    assert domain.checked_day(holiday(), BOOK, ()).day == FRIDAY


@pytest.mark.parametrize("day", [date(2026, 12, 25), date(2027, 5, 3), date(2028, 5, 1)], ids=str)
def test_what_is_a_holiday_already_is_refused(day: date) -> None:
    with pytest.raises(domain.HolidayAlready):
        domain.checked_day(holiday(day), BOOK, ())


def test_a_day_that_was_decreed_or_waits_is_refused_the_second_time() -> None:
    with pytest.raises(domain.HolidayAlready) as refused:
        domain.checked_day(holiday(), BOOK.with_entries((), [holiday()]), ())
    assert refused.value.values["name"] == "by-election"
    waits = entry(kind=Kind.HOLIDAY, name="by-election", since=FRIDAY)
    with pytest.raises(domain.DayWaitsAlready):
        domain.checked_day(holiday(), BOOK, [waits])


def test_a_day_without_a_source_is_refused() -> None:
    with pytest.raises(domain.SourceWanted):
        domain.checked_day(Decreed(FRIDAY, "by-election", ""), BOOK, ())


def test_nobody_approves_her_own_entry() -> None:
    domain.refuse_own(entry(), CEDAR)
    with pytest.raises(domain.SecondPersonWanted):
        domain.refuse_own(entry(), WILLOW)


def test_a_second_name_of_the_same_account_is_the_same_person() -> None:
    renamed = Actor(name="Weide", account=WILLOW.account)
    assert Said("Willow", AccountId(1), morning()).is_by(renamed)
    other = replace(renamed, account=CEDAR.account)
    assert not Said("Willow", AccountId(1), morning()).is_by(other)
    assert Said("Willow", None, morning()).is_by(Actor(name="Willow"))


@pytest.mark.parametrize("state", [State.HOLDS, State.REFUSED, State.TAKEN_BACK], ids=str)
def test_what_was_decided_stays_decided(state: State) -> None:
    domain.refuse_answered(entry())
    with pytest.raises(domain.AnsweredAlready):
        domain.refuse_answered(entry(state=state))


def test_only_what_holds_is_taken_back_and_once() -> None:
    held = entry(state=State.HOLDS)
    domain.refuse_going(held, [held])
    going = entry(id=2, kind=Kind.TAKE_BACK, of=1)
    with pytest.raises(domain.GoesAlready):
        domain.refuse_going(held, [held, going])
    for other in (entry(), entry(state=State.REFUSED), replace(going, state=State.HOLDS)):
        with pytest.raises(domain.NotHeld):
            domain.refuse_going(other, [])


def test_the_day_of_approval_is_the_day_it_was_checked() -> None:
    approved = entry(state=State.HOLDS, answered=Said("Cedar", None, morning("2026-12-22")))
    assert approved.as_entered().checked == date(2026, 12, 22)
    assert entry().as_entered().checked == date(2026, 11, 24)


def test_what_runs_out_is_to_be_entered() -> None:
    names = {each.name for each in domain.missing(BOOK, date(2027, 1, 1))}
    assert {CARE, "social_insurance.health_premium"} <= names
    assert "social_insurance.pension_base" not in names
    assert "social_insurance.pension_base" in {
        each.name for each in domain.missing(BOOK, date(2027, 7, 1))
    }
    later = BOOK.with_entries([figure()])
    assert CARE not in {each.name for each in domain.missing(later, date(2027, 1, 1))}
