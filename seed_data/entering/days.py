"""Tell how days are settled and closed."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.orm import Session

from factory.attendance import service
from factory.attendance.domain.approved import DayOpen, NothingToClose
from factory.attendance.domain.settle import NothingUnspoken
from seed_data.acts import DayClosed
from seed_data.entering.dispatch import enter
from seed_data.ledger import SUPERVISOR, Ledger

EARLY = "일찍 와서 기다림"


@enter.register
def _closed(act: DayClosed, session: Session, ledger: Ledger) -> None:  # noqa: ARG001 - the form for all
    """What was before and after the hours was waiting; whoever lacks a punch stays open."""
    with suppress(NothingUnspoken):
        service.settle_rest(session, act.day, EARLY, by=SUPERVISOR, at=act.at)
    with suppress(DayOpen, NothingToClose):
        service.close_day(session, act.day, by=SUPERVISOR, at=act.at)
