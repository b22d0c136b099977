"""What the pages of pay are shown with."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import now
from factory.payroll import service
from factory.payroll.domain.severance import Goes
from factory.people.domain import Worker
from tests.payroll.build import ASPEN, WILLOW
from tests.payroll.closed import close_month, slip_of
from tests.payroll.leaver import LEFT, LONG_AGO, leave, make_leaver
from tests.people.build import make_leader, make_terms

MONTH, CLOSED = "2026-10", "2026-09"


def paid_elm(session: Session) -> Worker:
    """Elm, who left and was paid severance that was reckoned elsewhere."""
    elm = make_leader(session, "Elm", hired=LONG_AGO, terms=make_terms(since=LONG_AGO))
    elm = leave(session, elm)
    service.say_where(session, elm, Goes.IRP, by=WILLOW, at=now())
    service.pay_leaver(session, elm, LEFT, severance=Money(8_000_000), by=ASPEN, at=now())
    return elm


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """Ash's pay of October."""
    worker = make_leader(session, "Ash")
    close_month(
        session, {worker: slip_of(2_000_000, income_tax=19_520)}, date.fromisoformat(f"{CLOSED}-01")
    )
    ash = {"month": MONTH, "number": worker.number}
    month, closed = {"month": MONTH}, {"month": CLOSED}
    return {
        "payroll.run": month,
        "payroll.calculate": month,
        "payroll.payslip": ash,
        "payroll.paper": ash,
        "payroll.my_payslip": month,
        "payroll.leaver": {"number": make_leaver(session).number},
        "payroll.severance_paper": {"number": paid_elm(session).number},
        "payroll.facts": {"number": worker.number},
        "payroll.entries": month,
        "payroll.billed": ash,
        "payroll.my_paper": month,
        "payroll.correct": ash | closed,
        "payroll.handed": closed,
        "payroll.all_payslips": closed,
        "payroll.papers": closed,
        "payroll.transfer": closed,
        "payroll.certificate": {"number": worker.number},
    }
