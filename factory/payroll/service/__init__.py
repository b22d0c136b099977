"""What people do with pay: calculate a month, approve it, look at a payslip, print it."""

from factory.payroll.service.approving import approve
from factory.payroll.service.calculating import Progress, calculate
from factory.payroll.service.electing import end_representative, enter_representative
from factory.payroll.service.slips import look, print_slip

__all__ = [
    "Progress",
    "approve",
    "calculate",
    "end_representative",
    "enter_representative",
    "look",
    "print_slip",
]
