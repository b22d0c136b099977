"""What people do with pay: calculate a month, approve it, look at a payslip, print it."""

from factory.payroll.service.approving import approve
from factory.payroll.service.calculating import Progress, calculate
from factory.payroll.service.certifying import certify
from factory.payroll.service.correcting import correct
from factory.payroll.service.electing import end_representative, enter_representative
from factory.payroll.service.entering import (
    attach,
    bill,
    earned_so_far,
    enter,
    report_pay,
    set_facts,
    set_year,
)
from factory.payroll.service.handing import all_sheets, print_unread, sheets, wish_name
from factory.payroll.service.leaving import pay_leaver, say_where, set_last_day, settle_afterwards
from factory.payroll.service.papers import month_of_pay, register
from factory.payroll.service.severing import print_severance, severance_sheet
from factory.payroll.service.slips import give, hand_over, look, print_slip
from factory.payroll.service.transferring import (
    delete_transfer,
    make_leavers_transfer,
    make_transfer,
    transfer_file,
)

__all__ = [
    "Progress",
    "all_sheets",
    "approve",
    "attach",
    "bill",
    "calculate",
    "certify",
    "correct",
    "delete_transfer",
    "earned_so_far",
    "end_representative",
    "enter",
    "enter_representative",
    "give",
    "hand_over",
    "look",
    "make_leavers_transfer",
    "make_transfer",
    "month_of_pay",
    "pay_leaver",
    "print_severance",
    "print_slip",
    "print_unread",
    "register",
    "report_pay",
    "say_where",
    "set_facts",
    "set_last_day",
    "set_year",
    "settle_afterwards",
    "severance_sheet",
    "sheets",
    "transfer_file",
    "wish_name",
]
