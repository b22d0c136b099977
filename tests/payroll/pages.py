"""What the pages of pay are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.people.build import make_worker

MONTH = "2026-10"


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """Ash's pay of October."""
    ash = {"month": MONTH, "number": make_worker(session, "Ash").number}
    month = {"month": MONTH}
    return {
        "payroll.run": month,
        "payroll.payslip": ash,
        "payroll.paper": ash,
        "payroll.my_payslip": month,
    }
