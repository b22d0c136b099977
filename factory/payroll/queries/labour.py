"""What a closed month's pay cost, by the orders and styles it was worked for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.payroll.domain.labour import LabourLine, Place, spread
from factory.payroll.domain.run import Run, Slip, last_day
from factory.people import queries as people
from factory.production import queries as production


def labour_cost(session: Session, run: Run) -> tuple[LabourLine, ...]:
    """Pay and the employer's parts of everybody, spread by what her scans say she made."""
    numbers = {worker.id: worker.number for worker in people.workers(session)}
    minutes: dict[int, dict[Place, int]] = {}
    for made in production.made_for(session, run.month, last_day(run.month)):
        step = catalogue.routing_by_uid(session, made.routing_uid).step(made.operation)
        hers = minutes.setdefault(numbers[made.worker], {})
        place = (made.order, made.style)
        hers[place] = hers.get(place, 0) + step.sam * made.count
    return spread({entry.number: cost_of(entry.slip) for entry in run.entries}, minutes)


def cost_of(slip: Slip) -> int:
    """What somebody's month costs the house: her pay and the employer's parts."""
    return slip.gross + sum(each.amount for each in slip.employer)
