"""Tables of pay, and functions that load and keep; a module each for what they keep."""

from factory.payroll.records.runs import RunRow, SlipRow, find_run, find_slip, months_of

__all__ = ["RunRow", "SlipRow", "find_run", "find_slip", "months_of"]
