"""When pay is made in the invented season: once a month, for the month before."""

from __future__ import annotations

from datetime import date
from itertools import chain

from seed_data.acts import Act, Elected, Paid
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
