"""Papers about pay; a module for each."""

from factory.payroll.documents.certificates import change_of_terms, employment, wages
from factory.payroll.documents.labour import labour_paper
from factory.payroll.documents.ledger import wage_ledger
from factory.payroll.documents.lists import pay_list, summary
from factory.payroll.documents.payslip import payslip, payslip_slip
from factory.payroll.documents.register import workers_register
from factory.payroll.documents.severance import severance_slip, severance_statement

__all__ = [
    "change_of_terms",
    "employment",
    "labour_paper",
    "pay_list",
    "payslip",
    "payslip_slip",
    "severance_slip",
    "severance_statement",
    "summary",
    "wage_ledger",
    "wages",
    "workers_register",
]
