"""Who worked after the last day that was entered for her, so that no month forgets it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from factory.payroll.domain.matters import Matter, MatterKind
from factory.payroll.domain.run import last_day
from factory.people import queries as people
from factory.people.domain import Worker
from factory.timeclock import queries as timeclock


def worked_after(session: Session, month: date) -> tuple[Matter, ...]:
    """Whoever came to work in this month after her last day, with the days."""
    end = last_day(month)
    gone = {w.id: w for w in people.workers(session) if w.left is not None and w.left < end}
    came = timeclock.on_days(session, month, end, gone.keys()) if gone else {}
    found = []
    for worker in (gone[who] for who in came):
        if worker.left is not None:
            days = days_after(session, worker, worker.left, end)
            hers = tuple(day for day in days if day >= month)
            found.append(Matter(MatterKind.WORKED_AFTER, worker.number, worker.name, hers))
    return tuple(each for each in found if each.days)


def days_after(session: Session, worker: Worker, day: date, until: date) -> tuple[date, ...]:
    """The days after one on which she came to work; a night that began before belongs to it."""
    found = timeclock.paired(session, worker.id, day, until)
    days = {*(shift.day for shift in found.shifts), *(each for each, _ in found.flags)}
    return tuple(sorted(each for each in days if each > day))
