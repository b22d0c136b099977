"""Erase what is sealed of those who left, once nothing wants it kept; the books stay right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from factory.kernel.time import day_of
from factory.law.book import LawAt, LawBook
from factory.lawbook import queries as lawbook
from factory.people import queries
from factory.people.domain import Worker
from factory.people.domain.keeping import (
    Kept,
    NothingToErase,
    StillHere,
    Years,
    due,
    in_order,
    kept,
    last_day_of_all,
)
from factory.people.queries import KIND
from factory.people.records import SkillRow, WorkerRow
from factory.security import service as security
from factory.security.domain import Actor, WorkerId


class Erase(Protocol):
    """Erase of another room's texts what is due on a day, or was only the house's wish."""

    def __call__(self, session: Session, worker: Worker, on: date, *, asked: bool) -> None:
        """Do it; the entry is written by whoever asks for it."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What another room has sealed about people, and erases itself."""

    kept: Callable[[Session, Iterable[Worker]], Mapping[WorkerId, tuple[Kept, ...]]]
    erase: Erase


BESIDE: list[Beside] = []


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who left, what is still kept of her and until when."""

    worker: Worker
    kept: tuple[Kept, ...]
    over: date
    """After this day her chosen name goes too."""

    def due(self, on: date, *, asked: bool = False) -> tuple[str, ...]:
        """What is to be erased on a day."""
        return due(self.kept, on, asked=asked)

    def is_over(self, on: date) -> bool:
        """Whether nothing of her is to be kept any more, her chosen name neither."""
        return (
            self.worker.left is not None
            and on > self.over
            and self.worker.name != str(self.worker.number)
        )


def gone(session: Session) -> tuple[Gone, ...]:
    """Everybody who left, by number."""
    return tuple(each for each in _everybody(session) if each.worker.left is not None)


def _everybody(session: Session) -> tuple[Gone, ...]:
    """Everybody with what is kept of her until a day that is known."""
    book, workers = lawbook.book(session), queries.workers(session)
    beside = [each.kept(session, workers) for each in BESIDE]
    return tuple(
        _gone(session, worker, book, [each.get(worker.id, ()) for each in beside])
        for worker in workers
    )


def _gone(
    session: Session, worker: Worker, book: LawBook, beside: Iterable[tuple[Kept, ...]]
) -> Gone:
    found = [each for some in beside for each in some]
    if worker.left is None:
        return Gone(worker, tuple(found), date.max)
    years = _years(book.at(worker.left))
    fields = security.sealed_fields(session, KIND, queries.vault_uid(session, worker.id))
    found += kept(worker.left, fields, years)
    return Gone(worker, in_order(found), last_day_of_all(worker.left, years))


def _years(law: LawAt) -> Years:
    names = ("labour_papers", "tax_papers", "statement_month", "statement_day")
    labour, tax, month, day = (int(law.number(f"records.{name}")) for name in names)
    return Years(labour, tax, (month, day))


def waiting(session: Session, on: date) -> tuple[Gone, ...]:
    """Those of whom something is due to be erased, who work here and who left."""
    return tuple(each for each in _everybody(session) if each.due(on) or each.is_over(on))


def erase_due(session: Session, *, by: Actor, at: datetime) -> int:
    """Erase whatever is due of everybody who left; gives of how many people.

    Raises:
        NothingToErase: nothing is due.
    """
    found = waiting(session, day_of(at))
    if not found:
        raise NothingToErase
    for each in found:
        _erase(session, each.worker, each.due(day_of(at)), by=by, at=at)
        if each.is_over(day_of(at)):
            _forget(session, each.worker, by=by, at=at)
    return len(found)


def erase_at_wish(session: Session, worker: Worker, *, by: Actor, at: datetime) -> tuple[str, ...]:
    """Erase at her own wish all that no law wants kept; gives what it was.

    Raises:
        StillHere, NothingToErase: not so.
    """
    if worker.left is None or worker.is_here(day_of(at)):
        raise StillHere(name=worker.name)
    hers = next(each for each in gone(session) if each.worker.id == worker.id)
    fields = hers.due(day_of(at), asked=True)
    if not fields:
        raise NothingToErase
    _erase(session, worker, fields, by=by, at=at, asked=True)
    return fields


def _erase(
    session: Session,
    worker: Worker,
    fields: tuple[str, ...],
    *,
    by: Actor,
    at: datetime,
    asked: bool = False,
) -> None:
    uid = queries.vault_uid(session, worker.id)
    if fields:
        for each in BESIDE:
            each.erase(session, worker, day_of(at), asked=asked)
        thing = f"worker {worker.number}"
        security.erase_texts(session, KIND, uid, fields, thing=thing, by=by, at=at)


def _forget(session: Session, worker: Worker, *, by: Actor, at: datetime) -> None:
    """Her chosen name goes: she stands in lists by her number from now on."""
    row = session.scalars(select(WorkerRow).where(WorkerRow.id == worker.id)).one()
    row.name = str(worker.number)
    session.execute(delete(SkillRow).where(SkillRow.worker_id == worker.id))
    session.flush()
    security.forget_worker_account(session, worker.id)
    security.record(session, by, "forget_worker", f"worker {worker.number}", at=at)
