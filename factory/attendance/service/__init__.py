"""What people do with days: plan them, settle presence, close them."""

from factory.attendance.service.closing import Closed, close_day, reopen
from factory.attendance.service.planning import (
    assign,
    close_for_us,
    plan_day,
    set_pattern,
    take_off,
)
from factory.attendance.service.settling import claim, decide

__all__ = [
    "Closed",
    "assign",
    "claim",
    "close_day",
    "close_for_us",
    "decide",
    "plan_day",
    "reopen",
    "set_pattern",
    "take_off",
]
