"""`didim calc timesheet`: what is refused, and that every number says why."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from factory.kernel.errors import BadInput
from factory.kernel.fields import Fields
from factory.kernel.words import LANGUAGES, speaking
from factory.law.book import LawBookBegins
from factory.payroll.calc import timesheet

IN = {"kind": "in", "at": "2026-11-02T08:58:00+09:00"}
OUT = {"kind": "out", "at": "2026-11-02T23:00:00+09:00"}


def given(**other: Any) -> Fields:
    whole = {
        "workplace": {"regular_employees": 12},
        "worker": {"woman": True},
        "terms": {"kind": "hourly", "rate": 11000},
        "events": [IN, OUT],
    }
    return Fields({**whole, **other}, "")


@pytest.mark.parametrize(
    ("other", "path"),
    [
        ({"events": [IN, {"kind": "in", "at": "2026-11-02T08:58:00"}]}, "events[1].at"),
        ({"events": [{"kind": "lunch", "at": IN["at"]}]}, "events[0].kind"),
        ({"events": [{**IN, "badge": "1"}]}, "events[0].badge"),
        ({"events": {}}, "events"),
        ({"worker": {"woman": 1}}, "worker.woman"),
        ({"worker": {"name": "Pine"}}, "worker.name"),
        ({"terms": {"kind": "yearly", "rate": 1}}, "terms.kind"),
        ({"workplace": {"regular_employees": -1}}, "workplace.regular_employees"),
        ({"plan": {"2026-11-02": ["09:00"]}}, "plan.2026-11-02"),
        ({"plan": {"2026-11-02": ["09:00", "9pm"]}}, "plan.2026-11-02"),
        ({"plan": {"2026-11-02": ["09:00", "09:00"]}}, "plan.2026-11-02"),
        ({"plan": {"2026-11-31": ["09:00", "18:00"]}}, "plan.2026-11-31"),
        ({"approved": [["2026-11-02T18:00"]]}, "approved[0]"),
        ({"approved": [["2026-11-02T18:00", "2026-11-02T18:00"]]}, "approved[0]"),
        ({"approved": [["2026-11-02T18:00+09:00", "2026-11-02T19:00"]]}, "approved[0]"),
        ({"absences": []}, "absences"),
    ],
)
def test_whatever_is_wrong_is_refused_with_its_path(other: dict[str, Any], path: str) -> None:
    with pytest.raises(BadInput) as refused:
        timesheet(given(**other))
    assert refused.value.values["path"] == path


def test_an_event_before_the_law_book_is_refused() -> None:
    with pytest.raises(LawBookBegins):
        timesheet(given(events=[{"kind": "in", "at": "2025-12-31T23:59:00+09:00"}]))
    first = [{"kind": "in", "at": "2025-12-31T15:00:00Z"}]
    assert timesheet(given(events=first))["days"][0]["date"] == "2026-01-01"


def test_consent_to_holidays_follows_that_to_nights_unless_it_is_given() -> None:
    sunday = [
        {"kind": "in", "at": "2026-11-08T09:00:00+09:00"},
        {"kind": "out", "at": "2026-11-08T10:00:00+09:00"},
    ]
    worker: dict[str, Any] = {"woman": True, "night_consent": True}
    assert timesheet(given(events=sunday, worker=worker))["days"][0]["flags"] == []
    worker["holiday_consent"] = False
    flags = timesheet(given(events=sunday, worker=worker))["days"][0]["flags"]
    assert flags == ["holiday_without_consent"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_special_minute_says_why(language: str) -> None:
    more = [IN, OUT, {"kind": "in", "at": "2026-11-08T09:00:00+09:00"}]
    more.append({"kind": "out", "at": "2026-11-08T10:00:00+09:00"})
    plan = {"2026-11-02": ["09:00", "22:30"]}
    with speaking(language):
        found = timesheet(given(events=more, plan=plan))["explain"]
    assert [
        (each.get("date", each.get("monday")), each["code"], each["amount"]) for each in found
    ] == [
        ("2026-11-02", "overtime_minutes", 330),
        ("2026-11-02", "night_minutes", 30),
        ("2026-11-02", "present_not_settled", 32),
        ("2026-11-08", "holiday_minutes", 60),
        ("2026-11-02", "week_overtime_minutes", 330),
    ]
    assert all(each["rule"] and each["article"] and each["inputs"] for each in found)


def test_minutes_without_anything_special_need_no_explanation() -> None:
    noon = {"kind": "out", "at": "2026-11-02T12:00:00+09:00"}
    assert timesheet(given(events=[IN, noon]))["explain"] == []


def test_a_part_timers_day_may_end_within_a_minute_and_nothing_is_cut_off() -> None:
    """22.5 hours a week on four days are 337.5 minutes a day (Part-time Workers Act, art. 6)."""
    days = ["mon", "tue", "wed", "thu"]
    terms = {"kind": "hourly", "rate": 11000, "weekly_hours": Decimal("22.5"), "work_days": days}
    monday = [
        {"kind": "in", "at": "2026-11-02T09:00:00+09:00"},
        {"kind": "out", "at": "2026-11-02T16:00:00+09:00"},
    ]
    found = timesheet(given(terms=terms, events=monday))
    assert found["days"][0]["worked_minutes"] == 420
    assert found["days"][0]["overtime_minutes"] == "82.5"
    assert found["weeks"][0]["overtime_minutes"] == "82.5"
    (why,) = [each for each in found["explain"] if each["code"] == "overtime_minutes"]
    assert [each["value"] for each in why["inputs"]] == [420, "337.5"]
