"""A month's pay as pages, papers and reports ask for it."""

from factory.payroll.queries.afterwards import after_leaving, differences, given_unpaid
from factory.payroll.queries.corrections import (
    PutRight,
    anew,
    corrections_of,
    known_gross,
    loose,
    put_right,
    reasons_of,
)
from factory.payroll.queries.desk import Desk, MonthLine, desk, month_lines
from factory.payroll.queries.drafts import Draft, Facts, Gathered, draft, gathered, representative
from factory.payroll.queries.entered import (
    EnteredLine,
    ForMonth,
    attachments,
    billed,
    entries,
    facts_of,
    for_month,
    is_closed,
    reported_of,
    taken_so_far,
    years_of,
)
from factory.payroll.queries.handed import deliveries, is_read, wish_of
from factory.payroll.queries.labour import labour_cost
from factory.payroll.queries.leaver import (
    Leaver,
    Leaving,
    leavers,
    leaving,
    paid_at_leaving,
    steps,
)
from factory.payroll.queries.matters import matters
from factory.payroll.queries.papers import closed_run, month_of_pay, persons, persons_of
from factory.payroll.queries.paydays import pay_day
from factory.payroll.queries.pieces import Made, MyPieces, my_pieces, pieces_of
from factory.payroll.queries.runs import calculated, comparison, entry, payslips_of, run
from factory.payroll.queries.severance import severance_by_hand, taken_of
from factory.payroll.queries.transfers import attached, leavers_transfers, transfers
from factory.payroll.queries.worked_after import days_after, worked_after

__all__ = [
    "Desk",
    "Draft",
    "EnteredLine",
    "Facts",
    "ForMonth",
    "Gathered",
    "Leaver",
    "Leaving",
    "Made",
    "MonthLine",
    "MyPieces",
    "PutRight",
    "after_leaving",
    "anew",
    "attached",
    "attachments",
    "billed",
    "calculated",
    "closed_run",
    "comparison",
    "corrections_of",
    "days_after",
    "deliveries",
    "desk",
    "differences",
    "draft",
    "entries",
    "entry",
    "facts_of",
    "for_month",
    "gathered",
    "given_unpaid",
    "is_closed",
    "is_read",
    "known_gross",
    "labour_cost",
    "leavers",
    "leavers_transfers",
    "leaving",
    "loose",
    "matters",
    "month_lines",
    "month_of_pay",
    "my_pieces",
    "paid_at_leaving",
    "pay_day",
    "payslips_of",
    "persons",
    "persons_of",
    "pieces_of",
    "put_right",
    "reasons_of",
    "reported_of",
    "representative",
    "run",
    "severance_by_hand",
    "steps",
    "taken_of",
    "taken_so_far",
    "transfers",
    "wish_of",
    "worked_after",
    "years_of",
]
