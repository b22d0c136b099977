"""Until when it is kept why somebody was away, and its erasing; what leave counts as stays.

The law wants papers on leave kept for the years of labour papers, from the end of each leave,
whether she still works here or not. Her own words on it no law wants: they go with the last
settlements, or earlier where she asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from factory.kernel.time import months_later
from factory.lawbook import queries as lawbook
from factory.leave import records, sealed
from factory.people import service as people
from factory.people.domain import Worker
from factory.people.domain.keeping import YEAR, Ground, Kept, settled_until
from factory.security import service as security
from factory.security.domain import WorkerId

WHY, NOTE = "leave", "leave_note"
_GROUNDS = {WHY: Ground.LABOUR, NOTE: Ground.SETTLING}


@dataclass(frozen=True, slots=True)
class Text:
    """A sealed text about somebody's leave, and the day the leave was over."""

    worker: WorkerId
    over: date
    place: sealed.Place

    @property
    def field(self) -> str:
        """What it is, as the list of what is kept names it."""
        return NOTE if self.place.field == sealed.NOTE else WHY


def kept(session: Session, workers: Iterable[Worker]) -> dict[WorkerId, tuple[Kept, ...]]:
    """What is sealed of leave of each, with the day until which the oldest of it is kept."""
    left = {worker.id: worker.left for worker in workers}
    found: dict[tuple[WorkerId, str], date] = {}
    for text, until in _until(session, left):
        key = text.worker, text.field
        found[key] = min(until, found.get(key, until))
    return {
        who: tuple(Kept(f, _GROUNDS[f], found[who, f]) for f in _GROUNDS if (who, f) in found)
        for who, _ in found
    }


def erase(session: Session, worker: Worker, on: date, *, asked: bool) -> None:
    """Erase what is due on a day; at her own wish all that no law wants kept."""
    for text, until in _until(session, {worker.id: worker.left}):
        wished = asked and _GROUNDS[text.field] is Ground.SETTLING
        if wished or until < on:
            security.erase_along(session, *text.place)


def _until(session: Session, left: Mapping[WorkerId, date | None]) -> Iterator[tuple[Text, date]]:
    book = lawbook.book(session)
    for text in _texts(session):
        if text.worker in left:
            years = int(book.at(text.over).number("records.labour_papers"))
            until, gone = months_later(text.over, years * YEAR), left[text.worker]
            if text.field == NOTE and gone is not None:
                until = min(until, settled_until(gone))
            yield text, until


def _texts(session: Session) -> Iterator[Text]:
    """Every sealed text about leave, without opening it."""
    whose = records.whose(session)
    for place in sealed.places(session):
        worker, over = whose[place.kind, int(place.uid)]
        yield Text(worker, over, place)


people.BESIDE.append(people.Beside(kept, erase))
