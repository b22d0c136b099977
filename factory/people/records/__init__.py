"""Tables of people, and functions that load and keep; a module each for what they keep."""

from factory.people.records.counts import HeadCountRow, append_count, counts
from factory.people.records.workers import (
    BadgeRow,
    BadgeVoidRow,
    BreakWishRow,
    ConsentRow,
    SkillRow,
    SparedRow,
    TermsRow,
    WorkerRow,
    append_terms,
    find_badge,
    find_holder,
    find_number,
    next_number,
    pay_kind,
    valid_badges,
)

__all__ = [
    "BadgeRow",
    "BadgeVoidRow",
    "BreakWishRow",
    "ConsentRow",
    "HeadCountRow",
    "SkillRow",
    "SparedRow",
    "TermsRow",
    "WorkerRow",
    "append_count",
    "append_terms",
    "counts",
    "find_badge",
    "find_holder",
    "find_number",
    "next_number",
    "pay_kind",
    "valid_badges",
]
