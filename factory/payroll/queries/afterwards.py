"""What differs now from what was paid to whoever left, and whom that concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of
from factory.payroll import records
from factory.payroll.domain.afterwards import About, Difference, Settled, difference
from factory.payroll.domain.leaving import Paid
from factory.payroll.domain.matters import Matter, MatterKind
from factory.payroll.domain.severance import working
from factory.payroll.domain.transfer import Made
from factory.payroll.queries.leaver import Leaving, leaving, without_corrections
from factory.payroll.queries.transfers import leavers_transfers
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import WorkerId


def differences(session: Session, found: Leaving) -> tuple[Difference, ...]:
    """Whatever comes to something else now than was paid to her: pay, severance, closed months."""
    worker, paid = found.leaver.worker, found.leaver.paid
    settled = records.settled(session, worker.id).get(worker.id, ())
    listed = [*_of_months(session, worker, settled)]
    if paid is not None:
        listed += [
            *_of_last_pay(session, found, paid, settled),
            *_of_severance(found, paid, settled),
        ]
    return tuple(each for each in listed if each.left)


def given_unpaid(session: Session, found: Leaving) -> tuple[Made, ...]:
    """Her files that the bank has, but of which nobody has said yet that they were paid."""
    worker, paid = found.leaver.worker, found.leaver.paid
    said = [each.day for each in records.settled(session, worker.id).get(worker.id, ())]
    said += [paid.on] if paid is not None else []
    files = leavers_transfers(session, worker.id, gone=True)
    return tuple(each for each in files if not said or day_of(each.at) > max(said))


def _of_last_pay(
    session: Session, found: Leaving, paid: Paid, settled: tuple[Settled, ...]
) -> Iterator[Difference]:
    """Apart from closed months; what her month was approved as more is paid with its run."""
    if paid.with_run:
        return
    apart = found.slip if found.approved else without_corrections(session, found)
    each = difference(About.LAST_PAY, Money(apart.net), paid.net, settled)
    if not (found.approved and each.is_hers):
        yield each


def _of_severance(found: Leaving, paid: Paid, settled: tuple[Settled, ...]) -> Iterator[Difference]:
    """Only where payslips told it then and tell it now; what was typed in is not reckoned again."""
    now, then = found.severance_now, paid.severance
    if working(now) is None or (then.owed and working(then) is None):
        return
    tax = now.withheld - then.withheld
    yield difference(About.SEVERANCE, now.owed, then.owed, settled, tax=tax)


def _of_months(
    session: Session, worker: Worker, settled: tuple[Settled, ...]
) -> Iterator[Difference]:
    paid = records.paid_for(session)
    for (who, month), right in records.right_grosses(session, worker.id).items():
        kept = records.find_slip(session, month, who)
        gross = kept.gross if kept else ZERO
        before = gross + Money(paid.get((who, month), 0))
        yield difference(About.MONTH, right, before, settled, month=month)


def after_leaving(session: Session, today: date) -> tuple[Matter, ...]:
    """Who left and is owed something by now, or was paid too much; nobody is calculated in vain."""
    found, moved = [], _moved(session)
    for worker in people.workers(session):
        if worker.left is not None and worker.left < today and worker.id in moved:
            listed = differences(session, leaving(session, worker, today))
            if any(each.to_pay for each in listed):
                found.append(Matter(MatterKind.LEFT_OWED, worker.number, worker.name))
            if any(not each.is_hers for each in listed):
                found.append(Matter(MatterKind.LEFT_OWES, worker.number, worker.name))
    return tuple(found)


def _moved(session: Session) -> frozenset[WorkerId]:
    """Whose closed months were corrected, or whose last pay was approved as another than paid."""
    corrected = {who for who, _ in records.right_grosses(session)}
    early = records.final_pay(session)
    other = {who for who, row in early.items() if _was_other(session, who, row)}
    return frozenset(corrected | other)


def _was_other(session: Session, who: WorkerId, row: records.FinalPayRow) -> bool:
    kept = None if row.with_run else records.find_slip(session, row.month, who)
    return kept is not None and kept.net != row.net
