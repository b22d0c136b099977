"""The price list of tasks: what altering and repairing costs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.security import service as security
from factory.security.domain import Actor
from factory.till import records
from factory.till.domain.ticket import PricedTask, Task, TaskTwice, checked_tasks
from factory.till.records import TaskPriceRow


def price_task(session: Session, entry: PricedTask, *, by: Actor, at: datetime) -> PricedTask:
    """Write a task into the list, or its price anew; a new one has number 0."""
    hold(session, "task_prices", 1)
    checked_tasks((Task(entry.name, price=entry.price),))
    rows = records.price_list(session)
    if any(row.name == entry.name.strip() and row.number != entry.number for row in rows):
        raise TaskTwice(name=entry.name.strip())
    row = next((each for each in rows if each.number == entry.number), None)
    before = row.price.won if row is not None else None
    if row is None:
        row = TaskPriceRow(number=max((each.number for each in rows), default=0) + 1)
        session.add(row)
    row.name, row.price, row.offered = entry.name.strip(), entry.price, entry.offered
    session.flush()
    thing = f"task {row.number}"
    now = entry.price.won
    security.record(session, by, "price_task", thing, at=at, before=before, after=now)
    return row.value()
