"""Until when it is kept what was said about faults in somebody's work: no law wants it.

Who works here may look back on it; once she has left it goes with the last settlements, or earlier
where she asks for it. What was counted stays, because repairs were paid by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy.orm import Session

from factory.people import service as people
from factory.people.domain import Worker
from factory.people.domain.keeping import Ground, Kept, settled_until
from factory.production import records, sealed
from factory.security.domain import WorkerId

WORDS = "fault_words"


def kept(session: Session, workers: Iterable[Worker]) -> dict[WorkerId, tuple[Kept, ...]]:
    """What is sealed of those who left, with the day until which it is kept."""
    left = {worker.id: worker.left for worker in workers}
    about = {who for who, _ in _about(session)}
    return {
        who: (Kept(WORDS, Ground.SETTLING, settled_until(day)),)
        for who, day in left.items()
        if day is not None and who in about
    }


def erase(session: Session, worker: Worker, on: date, *, asked: bool) -> None:
    """Erase it when it is due, or at her wish once she has left."""
    if worker.left is None or not (asked or settled_until(worker.left) < on):
        return
    for who, place in tuple(_about(session)):
        if who == worker.id:
            sealed.erase(session, *place)


def _about(session: Session) -> Iterator[tuple[WorkerId, tuple[str, int]]]:
    whose = records.told_about(session)
    return ((whose[place], place) for place in sealed.places(session) if place in whose)


people.BESIDE.append(people.Beside(kept, erase))
