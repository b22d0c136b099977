"""What people do with days: plan them, settle presence, close them."""

from factory.attendance.service.closing import (
    Closed,
    close_again,
    close_day,
    close_ready,
    reopen,
)
from factory.attendance.service.counting import count_month
from factory.attendance.service.monthly import MonthClosed, close_month, note_export
from factory.attendance.service.planning import (
    ask_off,
    assign,
    close_for_us,
    plan_day,
    set_pattern,
    take_off,
    work_after_all,
)
from factory.attendance.service.settling import claim, claim_all, decide, decide_closed, settle_rest

__all__ = [
    "Closed",
    "MonthClosed",
    "ask_off",
    "assign",
    "claim",
    "claim_all",
    "close_again",
    "close_day",
    "close_for_us",
    "close_month",
    "close_ready",
    "count_month",
    "decide",
    "decide_closed",
    "note_export",
    "plan_day",
    "reopen",
    "set_pattern",
    "settle_rest",
    "take_off",
    "work_after_all",
]
