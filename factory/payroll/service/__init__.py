"""What people do with pay: approve a month, look at a payslip, print it."""

from factory.payroll.service.runs import approve
from factory.payroll.service.slips import look, print_slip

__all__ = ["approve", "look", "print_slip"]
