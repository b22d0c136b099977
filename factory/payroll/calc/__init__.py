"""`didim calc`: from JSON to JSON, without a database."""

from factory.payroll.calc.pay import annual_leave, insurance, payslip, severance, withholding
from factory.payroll.calc.timesheet import timesheet

__all__ = ["annual_leave", "insurance", "payslip", "severance", "timesheet", "withholding"]
