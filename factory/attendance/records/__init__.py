"""Tables of days, and functions that load and keep; a module each for what they keep."""

from factory.attendance.records.days import (
    ApprovedDayRow,
    AssignmentRow,
    ClaimRow,
    DayPlanRow,
    DecisionRow,
    ScheduleRow,
    append_day,
    append_plan,
    approved_days,
    assignments,
    closed_keys,
    day_plans,
    find_claim,
    schedules,
    spoken,
)

__all__ = [
    "ApprovedDayRow",
    "AssignmentRow",
    "ClaimRow",
    "DayPlanRow",
    "DecisionRow",
    "ScheduleRow",
    "append_day",
    "append_plan",
    "approved_days",
    "assignments",
    "closed_keys",
    "day_plans",
    "find_claim",
    "schedules",
    "spoken",
]
