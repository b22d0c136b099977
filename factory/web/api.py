"""JSON for terminals: a strictly read batch, one savepoint an item, one durable commit.

Shapes are those of `contracts.md` section 4: 200 with a result an item, in order; 400 for a
malformed body, with the path of the field that is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.errors import BadInput, Conflict, Refused
from factory.kernel.fields import Fields, once
from factory.kernel.words import mark, tell
from factory.web.errors import STATUS

LARGEST_BATCH = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item; `extra` goes into its result as it stands."""

    status: str
    extra: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """One item of a batch; `id` is its id as it was sent, letter by letter."""

    id: str
    value: T


RECORDED = Outcome("recorded")
DUPLICATE = Outcome("duplicate")


class BodyMalformed(Refused):
    """What was sent is no JSON object."""


STATUS[BodyMalformed] = 400


def body() -> Fields:
    """The request's JSON object; a malformed one is refused."""
    try:
        sent = json.loads(request.get_data(), object_pairs_hook=once)
    except (ValueError, RecursionError):  # no JSON, or nested deeper than anybody means it
        sent = None
    if not isinstance(sent, dict):
        raise BodyMalformed
    return Fields(sent, "")


def read_batch(name: str, identity: str, read: Callable[[Fields], T]) -> list[Item[T]]:
    """Read `{"<name>": […]}`: each item strictly, all before anything is written.

    `identity` names the field that holds an item's id.
    """
    fields = body()
    items = fields.objects(name)
    fields.done()
    if len(items) > LARGEST_BATCH:
        raise BadInput(name, mark("may hold at most {most} items"), most=LARGEST_BATCH)
    return [_read_whole(item, identity, read) for item in items]


def run_batch(
    items: list[Item[T]],
    do: Callable[[Session, T], Outcome],
    before_commit: Callable[[Session], None] | None = None,
    *,
    prepare: Callable[[Session], None] | None = None,
    hand_over: Callable[[Session, T, Refused], None] | None = None,
) -> ResponseReturnValue:
    """One transaction, a savepoint an item; answers only after the commit is durable.

    An item that comes alone needs no savepoint: what is refused takes its transaction with it.
    With `hand_over` what is refused goes to somebody who decides.
    """
    work = Work(do, before_commit, prepare, hand_over)
    told = _run_alone(items[0], work) if len(items) == 1 else _run_many(items, work)
    return jsonify({"results": told})


@dataclass(frozen=True, slots=True)
class Work(Generic[T]):
    """What is to be done with the items of a batch, before them and after them."""

    do: Callable[[Session, T], Outcome]
    before_commit: Callable[[Session], None] | None
    prepare: Callable[[Session], None] | None
    hand_over: Callable[[Session, T, Refused], None] | None = None


@contextmanager
def _batch(work: Work[T]) -> Iterator[Session]:
    with transaction() as session:
        if work.prepare is not None:
            work.prepare(session)
        yield session
        if work.before_commit is not None:
            work.before_commit(session)


def _run_alone(item: Item[T], work: Work[T]) -> list[dict[str, Any]]:
    try:
        with _batch(work) as session:
            outcome = work.do(session, item.value)
    except (IntegrityError, Refused):
        return _run_many([item], work)
    return [_told(item.id, outcome)]


def _run_many(items: list[Item[T]], work: Work[T]) -> list[dict[str, Any]]:
    with _batch(work) as session:
        return [_one(session, item, work) for item in items]


def _read_whole(item: Fields, identity: str, read: Callable[[Fields], T]) -> Item[T]:
    sent = item.given(identity)
    value = read(item)
    item.done()
    return Item(sent, value)


def _one(session: Session, item: Item[T], work: Work[T]) -> dict[str, Any]:
    try:
        outcome = _within_savepoint(session, item.value, work.do)
    except Refused as refusal:
        if work.hand_over is not None:
            work.hand_over(session, item.value, refusal)
        reason = {"code": type(refusal).code(), "message": tell(refusal)}
        return {"id": item.id, "status": "refused", "reason": reason}
    return _told(item.id, outcome)


def _told(identity: str, outcome: Outcome) -> dict[str, Any]:
    return {"id": identity, "status": outcome.status, "reason": None, **(outcome.extra or {})}


def _within_savepoint(session: Session, item: T, do: Callable[[Session, T], Outcome]) -> Outcome:
    """Do it; where another request wrote the same id a moment ago, look again and find it."""
    try:
        with session.begin_nested():
            return do(session, item)
    except IntegrityError:
        return _once_more(session, item, do)


def _once_more(session: Session, item: T, do: Callable[[Session, T], Outcome]) -> Outcome:
    """Look again; what the tables refuse then as well is this item's own fault."""
    try:
        with session.begin_nested():
            return do(session, item)
    except IntegrityError:
        raise Conflict from None
