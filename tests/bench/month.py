"""A month's pay of 50 and of 500 people: gathered, calculated and stored as a draft.

All their days are closed, half of them are paid by the piece, and there are 400 scans of each. The
ceiling is the same rows read by one plain statement for each kind, the pieces added up by the
database, and as many drafts of the same length stored by one statement. All in seconds of the
processor; the database works in the same process.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from factory.attendance.records import ApprovedDayRow
from factory.cli.serving import keep_for_good
from factory.db.session import reading, transaction
from factory.kernel.money import Money
from factory.kernel.time import clock_at, now
from factory.payroll import queries, service
from factory.payroll.domain.keeping import to_body
from factory.payroll.records import DraftRow
from factory.people.records import TermsRow, WorkerRow
from factory.production.records import ScanRow
from factory.security.domain import SYSTEM
from factory.timeclock.records import PunchRow
from tests.bench.house import MOMENT, MONTH, close, fill, settle
from tests.conftest import make_app

FEW, MANY, TURNS, SCANS = 50, 500, 3, 18
Work = Callable[[Session], object]


def main() -> None:
    """Pay few and many."""
    few, many = _house(FEW), _house(MANY)
    grown = many / few / (MANY / FEW)
    print(f"{MANY / FEW:.0f} times the people, {grown:.2f} times the seconds of each")


def _house(people: int) -> float:
    with tempfile.TemporaryDirectory() as folder, clock_at(lambda: MOMENT):
        app = make_app(f"sqlite:///{folder}/bench.sqlite", Path(folder))
        with app.app_context():
            fill(people, scans=SCANS)
            keep_for_good()
            settle(people)
            close(MONTH.end)
            whole = _best(_pay)
            gathered = _best(lambda session: queries.gathered(session, MONTH.start))
            body = _body()
            ceiling = _best(lambda session: _ceiling(session, body))
    print(
        f"month of {people:3} people {whole:6.2f} s, gathering alone {gathered:5.2f} s, "
        f"ceiling {ceiling:5.2f} s: {ceiling / whole:.2f} of the ceiling, "
        f"{whole / people * 1000:.2f} ms a person"
    )
    return whole


def _body() -> dict[str, Any]:
    """A payslip of this house, so that the ceiling stores as much."""
    with reading() as session:
        found = queries.gathered(session, MONTH.start)
        return to_body(queries.calculated(found.people[0].month, found.law))


def _pay(session: Session) -> None:
    done = service.calculate(session, MONTH.start, by=SYSTEM, at=now())
    assert done.is_whole


def _ceiling(session: Session, body: dict[str, Any]) -> None:
    for row in (TermsRow, ApprovedDayRow, PunchRow):
        session.execute(select(*row.__table__.columns)).all()
    made = select(ScanRow.worker_id, ScanRow.operation, ScanRow.rate, func.sum(ScanRow.good))
    session.execute(made.group_by(ScanRow.worker_id, ScanRow.operation, ScanRow.rate)).all()
    session.execute(select(ScanRow.worker_id, ScanRow.at)).all()
    numbers = session.scalars(select(WorkerRow.id)).all()
    session.execute(insert(DraftRow), [_draft(number, body) for number in numbers])


def _draft(number: int, body: dict[str, Any]) -> dict[str, Any]:
    money = {"gross": Money(body["gross"]), "net": Money(body["net"]), "body": body}
    return {"month": MONTH.start, "worker_id": number, "fingerprint": "-" * 32} | money


def _best(work: Work) -> float:
    """The fewest seconds of some turns; what was stored is forgotten each time."""
    taken = []
    for _ in range(TURNS):
        with transaction() as session:
            begun = time.process_time()
            work(session)
            session.flush()
            taken.append(time.process_time() - begun)
            session.rollback()
    return min(taken)
