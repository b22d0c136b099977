"""Papers about pay; a module for each."""

from factory.payroll.documents.payslip import payslip, payslip_slip

__all__ = ["payslip", "payslip_slip"]
