"""Public holidays of years that the law book has not printed, by the `holidays` library."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays

LABOUR_DAY = (5, 1)


def is_labour_day(day: date) -> bool:
    """Whether it is 1 May, a paid holiday in workplaces of every size."""
    return (day.month, day.day) == LABOUR_DAY


def computed(day: date) -> str | None:
    """What a public holiday or a substitute is called, in Korean; nothing on other days."""
    return _year(day.year).get(day)


def is_public_holiday(day: date) -> bool:
    """Whether the library takes it for a public holiday; a book asks its own pages first."""
    return is_labour_day(day) or computed(day) is not None


@lru_cache(maxsize=16)
def _year(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("KR", years=year, language="ko"))
