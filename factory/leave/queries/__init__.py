"""Who is away when, what is left, and what waits for an answer: for pages and other rooms."""

from factory.leave.queries.days import (
    Leave,
    LeaveForPay,
    as_paid,
    asked_days,
    for_pay,
    on_leave,
    paid_minutes,
)
from factory.leave.queries.hers import (
    agreed,
    ledger,
    ledger_with,
    missed,
    offered,
    request,
    requests_of,
)
from factory.leave.queries.house import house_rules, swaps
from factory.leave.queries.lapsing import lapsed_before, lapsed_in, lapsing, promotions_of
from factory.leave.queries.team import (
    Asked,
    Away,
    TeamMonth,
    TeamRow,
    asked,
    hers_alone,
    requests,
    team_month,
    unanswered,
)

__all__ = [
    "Asked",
    "Away",
    "Leave",
    "LeaveForPay",
    "TeamMonth",
    "TeamRow",
    "agreed",
    "as_paid",
    "asked",
    "asked_days",
    "for_pay",
    "hers_alone",
    "house_rules",
    "lapsed_before",
    "lapsed_in",
    "lapsing",
    "ledger",
    "ledger_with",
    "missed",
    "offered",
    "on_leave",
    "paid_minutes",
    "promotions_of",
    "request",
    "requests",
    "requests_of",
    "swaps",
    "team_month",
    "unanswered",
]
