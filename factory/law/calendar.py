"""Public holidays with their substitutes, by the `holidays` library; Labour Day always."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import holidays

LABOUR_DAY = (5, 1)


def is_labour_day(day: date) -> bool:
    """Whether it is 1 May, a paid holiday in workplaces of every size."""
    return (day.month, day.day) == LABOUR_DAY


def is_public_holiday(day: date) -> bool:
    """Whether it is a public holiday, a substitute for one, or Labour Day."""
    return is_labour_day(day) or day in _year(day.year)


@lru_cache(maxsize=16)
def _year(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("KR", years=year))
