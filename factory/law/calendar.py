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


@lru_cache(maxsize=16)
def _year(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("KR", years=year, language="ko"))
