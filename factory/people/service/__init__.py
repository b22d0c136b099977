"""What people do about people: hire, terms, badges, leaving, and what the law's watch needs."""

from factory.people.service.account import account, set_account
from factory.people.service.ages import who_turns, who_was
from factory.people.service.counting import keep_count
from factory.people.service.guards import consent, spare, spare_no_more, waive_break
from factory.people.service.keeping import (
    BESIDE,
    Beside,
    Gone,
    erase_at_wish,
    erase_due,
    gone,
    waiting,
)
from factory.people.service.opening import legal_name, opened
from factory.people.service.workers import (
    badge_holder,
    change_terms,
    draw_contract,
    hire,
    issue_badge,
    learn,
    leave,
    note_notice,
    print_badge,
    read_sealed,
    seal,
    set_last_day,
    set_skills,
    void_badge,
    worker_with_badge,
)

__all__ = [
    "BESIDE",
    "Beside",
    "Gone",
    "account",
    "badge_holder",
    "change_terms",
    "consent",
    "draw_contract",
    "erase_at_wish",
    "erase_due",
    "gone",
    "hire",
    "issue_badge",
    "keep_count",
    "learn",
    "leave",
    "legal_name",
    "note_notice",
    "opened",
    "print_badge",
    "read_sealed",
    "seal",
    "set_account",
    "set_last_day",
    "set_skills",
    "spare",
    "spare_no_more",
    "void_badge",
    "waiting",
    "waive_break",
    "who_turns",
    "who_was",
    "worker_with_badge",
]
