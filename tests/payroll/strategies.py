"""Months of pay as hypothesis draws them: every kind of contract, and what may happen in one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

FIRST = datetime(2026, 11, 1)  # noqa: DTZ001 - a wall clock alone
RATES = {
    "hourly": st.integers(8_000, 30_000),
    "monthly": st.integers(1_500_000, 5_000_000),
    "piece": st.just(0),
    "daily": st.integers(60_000, 300_000),
    "freelance": st.integers(0, 3_000_000),
}
WEEKS = (
    ["mon", "tue", "wed", "thu", "fri"],
    ["mon", "wed", "fri"],
    ["mon", "tue", "wed", "thu", "fri", "sat"],
)
ALLOWANCES = st.lists(
    st.fixed_dictionaries(
        {
            "code": st.sampled_from(["meal", "car", "childcare", "skill"]),
            "amount": st.integers(0, 300_000),
            "non_taxable": st.booleans(),
            "ordinary_wage": st.booleans(),
        }
    ),
    max_size=3,
)
PIECES = st.lists(
    st.fixed_dictionaries(
        {
            "operation": st.sampled_from(["S11", "S28"]),
            "count": st.integers(0, 2_000),
            "rate": st.integers(100, 4_000),
        }
    ),
    max_size=3,
)


@st.composite
def shifts(draw: st.DrawFn, longest: int = 14 * 60) -> list[dict[str, Any]]:
    """One shift on some of the days from the first to the 28th."""
    found = []
    for number in sorted(draw(st.sets(st.integers(0, 27), max_size=24))):
        start = FIRST + timedelta(days=number, minutes=draw(st.integers(6 * 60, 13 * 60)))
        found.append(_shift(start, draw(st.integers(1, longest))))
    return found


def _shift(start: datetime, minutes: int) -> dict[str, Any]:
    end = start + timedelta(minutes=minutes)
    return {"start": f"{start:%Y-%m-%dT%H:%M}", "end": f"{end:%Y-%m-%dT%H:%M}", "breaks": []}


def longer(one: dict[str, Any], minutes: int) -> dict[str, Any]:
    """The same shift, gone later."""
    end = datetime.fromisoformat(one["end"]) + timedelta(minutes=minutes)
    return one | {"end": f"{end:%Y-%m-%dT%H:%M}"}


@st.composite
def months(draw: st.DrawFn, *kinds: str) -> dict[str, Any]:
    """A November of one of these kinds of pay, or of any."""
    kind = draw(st.sampled_from(kinds or tuple(RATES)))
    terms = {
        "kind": kind,
        "rate": draw(RATES[kind]),
        "weekly_hours": draw(st.sampled_from([40, 35, 25, 20, 14])),
        "work_days": draw(st.sampled_from(WEEKS)),
        "allowances": draw(ALLOWANCES),
    }
    days = [str(date(2026, 11, 1) + timedelta(days=n)) for n in range(30)]
    away = draw(st.lists(st.sampled_from(days), unique=True, max_size=4))
    return {
        "pay_date": "2026-12-10",
        "period": {"start": "2026-11-01", "end": "2026-11-30"},
        "workplace": {"regular_employees": draw(st.sampled_from([12, 4]))},
        "worker": {
            "family_members": draw(st.integers(1, 13)),
            "production_worker": draw(st.booleans()),
            "hired": draw(st.sampled_from(["2024-03-02", "2026-11-09"])),
        },
        "terms": terms,
        "shifts": draw(shifts()),
        "paid_leave": away[:2],
        "absences": away[2:],
        "pieces": draw(PIECES) if kind in {"piece", "freelance"} else [],
    }
