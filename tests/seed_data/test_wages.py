"""When pay is made in the invented season: once a month, for the month before."""

from __future__ import annotations

from datetime import date
from itertools import chain

from factory.payroll.domain.entered import Item
from seed_data.acts import Act, Declared, Elected, Granted, Paid
from seed_data.people import Person
from seed_data.wages import wages
from seed_data.working_days import working_days
from tests.seed_data.build import person

PEOPLE = (person(number=1), person(number=2), person(number=3, last_day=30))
LAST = date(2026, 11, 24)


def told(length: int) -> list[Act]:
    days = working_days(LAST, length)
    return list(chain.from_iterable(wages(PEOPLE, days, turn) for turn in range(length)))


def test_each_month_before_is_paid_once_and_the_running_one_is_not() -> None:
    paid = [act for act in told(60) if isinstance(act, Paid)]
    assert [act.month for act in paid] == [date(2026, n, 1) for n in (8, 9, 10)]
    assert all(act.at.date().replace(day=1) > act.month for act in paid)


def test_a_season_within_one_month_pays_nobody_yet() -> None:
    assert [act for act in told(8) if isinstance(act, Paid)] == []


def test_the_workers_elect_one_who_stays() -> None:
    (chosen,) = [act for act in told(8) if isinstance(act, Elected)]
    assert chosen.person.number == 2


def test_one_alone_elects_nobody() -> None:
    days = working_days(LAST, 5)
    assert list(wages(PEOPLE[:1], days, 1)) == []


def granted(item: Item, people: tuple[Person, ...] = PEOPLE) -> list[Granted]:
    days = working_days(LAST, 60)
    acts = chain.from_iterable(wages(people, days, turn) for turn in range(60))
    return [act for act in acts if isinstance(act, Granted) and act.item is item]


def test_whoever_begins_says_what_tax_has_to_know_on_her_first_day() -> None:
    days = working_days(LAST, 20)
    later = (person(number=1), person(number=2, first_day=7))
    acts = chain.from_iterable(wages(later, days, turn) for turn in range(20))
    told = [(act.person.number, act.day) for act in acts if isinstance(act, Declared)]
    assert told == [(1, days[0]), (2, days[7])]


def test_who_was_here_on_the_feast_gets_something_with_that_months_pay() -> None:
    later = (*PEOPLE, person(number=5, first_day=40))
    found = granted(Item.CHUSEOK, later)
    assert [act.person.number for act in found] == [1, 2, 3]
    assert {act.month for act in found} == {date(2026, 9, 1)}
    paid = next(act for act in told(60) if isinstance(act, Paid) and act.month == found[0].month)
    assert all(act.at < paid.at and act.at.date() == paid.at.date() for act in found)


def test_one_asks_once_for_part_of_what_she_has_earned() -> None:
    (asked,) = granted(Item.ADVANCE, (*PEOPLE, person(number=4)))
    assert (asked.person.number, asked.won) == (4, 200_000)
    assert asked.at.day >= 18
    assert asked.month == asked.at.date().replace(day=1)
    assert granted(Item.ADVANCE) == []


def test_nothing_is_advanced_before_ten_days_of_work() -> None:
    late = person(number=4, first_day=55)
    assert granted(Item.ADVANCE, (*PEOPLE, late)) == []
