"""A closed month for tests of papers: frozen payslips, without a month of clocking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import now
from factory.payroll import queries, records
from factory.payroll.domain.approval import How
from factory.payroll.domain.keeping import to_body
from factory.payroll.domain.run import Amounts, Slip, Worked
from factory.payroll.records import CalculationRow, RunRow
from factory.people import service as people
from factory.people.domain import Worker
from factory.security.domain import SYSTEM
from tests.payroll.build import ASPEN, OCTOBER, WILLOW, amounts, make_slip
from tests.people.build import make_worker

PINE_LEGAL, MAPLE_LEGAL = "Wide Field", "Quiet Stream"


def slip_of(base: int, **taken: int) -> Slip:
    slip = make_slip({"base": base}, taken)
    return replace(
        slip,
        earnings=(Amounts("base", base, 160, "hour", base // 160),),
        employer=amounts(national_pension=90_000, industrial_accident=20_000),
        worked=Worked(days=22, minutes=10_560, overtime=600, night=90),
    )


def close_month(session: Session, slips: dict[Worker, Slip], month: date = OCTOBER) -> None:
    """A run that Willow calculated and Aspen approved."""
    calculation = CalculationRow(
        month=month,
        digest="d",
        book="b",
        employees=7,
        drafts=[],
        turning=[],
        aged=[],
        by=WILLOW.name,
        at=now(),
    )
    session.add(calculation)
    session.flush()
    session.add(
        RunRow(
            month=month,
            pay_date=queries.pay_day(session, month),
            calculation_id=calculation.id,
            calculated_by=WILLOW.name,
            approved_by=ASPEN.name,
            approved_at=now(),
            how=How.SECOND,
            reason="",
        )
    )
    session.flush()
    rows = (
        {
            "month": month,
            "worker_id": worker.id,
            "gross": Money(slip.gross),
            "net": Money(slip.net),
            "body": to_body(slip),
        }
        for worker, slip in slips.items()
    )
    records.append_slips(session, rows)


def two_people(session: Session) -> tuple[Worker, Worker]:
    """Pine and Maple with what the vault knows of them, and their closed October."""
    pine, maple = make_worker(session, "Pine"), make_worker(session, "Maple")
    for worker, name in ((pine, PINE_LEGAL), (maple, MAPLE_LEGAL)):
        sealed = {"legal_name": name, "birth_date": "1968-03-15", "address": "1 Mill Lane"}
        people.seal(session, worker, sealed, by=SYSTEM, at=now())
    slips = {
        pine: slip_of(2_000_000, national_pension=90_000, income_tax=19_520),
        maple: slip_of(2_400_000, national_pension=108_000, health_insurance=86_280),
    }
    close_month(session, slips)
    return pine, maple
