"""On which day a month's wages are paid: as its run keeps it, or by the law book in force."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.lawbook import queries as lawbook
from factory.payroll import records
from factory.payroll.domain.run import pay_date


def pay_day(session: Session, month: date) -> date:
    """The day that was approved with the month; until then holidays that are decreed count."""
    run = records.find_run(session, month)
    return pay_date(month, lawbook.book(session)) if run is None else run.pay_date
