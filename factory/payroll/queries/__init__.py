"""A month's pay as pages, papers and reports ask for it."""

from factory.payroll.queries.runs import comparison, entry, payslips_of, run

__all__ = ["comparison", "entry", "payslips_of", "run"]
