"""Tables of pay, and functions that load and keep; a module each for what they keep."""

from factory.payroll.records.drafts import (
    CalculationRow,
    DraftRow,
    append_drafts,
    calculations,
    drafts_of,
    find_calculation,
    fingerprints,
)
from factory.payroll.records.entered import (
    AttachmentRow,
    BilledRow,
    EnteredRow,
    PayFactsRow,
    PayYearRow,
    ReportedPayRow,
)
from factory.payroll.records.handed import (
    HandedRow,
    PaperNameRow,
    handed,
    legal_names_wished,
    was_handed,
)
from factory.payroll.records.leaving import FinalPayRow
from factory.payroll.records.representatives import RepresentativeRow, elected
from factory.payroll.records.runs import (
    RunRow,
    SlipRow,
    append_slips,
    approved_months,
    find_run,
    find_slip,
    last_approved,
    months_of,
    paid_in,
    slips_of,
    sums_of,
)
from factory.payroll.records.transfers import (
    TransferGoneRow,
    TransferRow,
    transfer_kept,
    transfers_kept,
)

__all__ = [
    "AttachmentRow",
    "BilledRow",
    "CalculationRow",
    "DraftRow",
    "EnteredRow",
    "FinalPayRow",
    "HandedRow",
    "PaperNameRow",
    "PayFactsRow",
    "PayYearRow",
    "ReportedPayRow",
    "RepresentativeRow",
    "RunRow",
    "SlipRow",
    "TransferGoneRow",
    "TransferRow",
    "append_drafts",
    "append_slips",
    "approved_months",
    "calculations",
    "drafts_of",
    "elected",
    "find_calculation",
    "find_run",
    "find_slip",
    "fingerprints",
    "handed",
    "last_approved",
    "legal_names_wished",
    "months_of",
    "paid_in",
    "slips_of",
    "sums_of",
    "transfer_kept",
    "transfers_kept",
    "was_handed",
]
