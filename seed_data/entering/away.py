"""Tell who asks for leave, what is answered, and who is ill."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factory.kernel.time import day_of
from factory.leave import queries, service
from factory.leave.domain import Answer, LeaveKind, NotEnoughLeave, Wish
from seed_data.acts import FellIll, LeaveAnswered, LeaveAsked
from seed_data.entering.dispatch import enter
from seed_data.ledger import MANAGER, SUPERVISOR, Ledger


@enter.register
def _asked(act: LeaveAsked, session: Session, ledger: Ledger) -> None:
    """Annual leave, or leave without pay where none has arisen yet."""
    worker, herself = ledger.worker(session, act.person), ledger.herself(act.person)
    annual = Wish(LeaveKind.ANNUAL, act.day, act.day, note=act.note)
    try:
        service.ask(session, worker, annual, by=herself, at=act.at)
    except NotEnoughLeave:
        unpaid = Wish(LeaveKind.UNPAID, act.day, act.day, note=act.note)
        service.ask(session, worker, unpaid, by=herself, at=act.at)


@enter.register
def _answered(act: LeaveAnswered, session: Session, ledger: Ledger) -> None:
    for request in queries.requests_of(session, ledger.workers[act.person.number]):
        if request.answer is Answer.OPEN and request.wish.first == act.day:
            service.answer(session, request.id, Answer.GRANTED, by=SUPERVISOR, at=act.at)


@enter.register
def _ill(act: FellIll, session: Session, ledger: Ledger) -> None:
    day = day_of(act.at)
    worker, wish = ledger.worker(session, act.person), Wish(LeaveKind.SICK, day, day)
    request = service.ask(session, worker, wish, by=MANAGER, at=act.at)
    service.answer(session, request.id, Answer.GRANTED, by=SUPERVISOR, at=act.at)
