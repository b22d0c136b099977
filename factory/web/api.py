"""JSON for terminals: a strictly read batch, one savepoint an item, one durable commit.

Shapes are those of `contracts.md` section 4: 200 with a result an item, in order; 400 for a
malformed body, with the path of the field that is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.errors import BadInput, Refused
from factory.kernel.words import mark, tell

LARGEST_BATCH = 500
T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item; `extra` goes into its result as it stands."""

    status: str
    extra: Mapping[str, Any] | None = None


RECORDED = Outcome("recorded")
DUPLICATE = Outcome("duplicate")


class Fields:
    """A JSON object read field by field; what is wrong is refused with its path."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, dict):
            raise BadInput(path, mark("must be an object"))
        self._left: dict[str, Any] = dict(value)
        self.path = path

    def take(self, name: str) -> Any:
        """A field that must be there, as it stands."""
        if name not in self._left:
            raise BadInput(self._at(name), mark("is missing"))
        return self._left.pop(name)

    def text(self, name: str, *, longest: int = 120) -> str:
        """A text of at most `longest` letters."""
        value = self.take(name)
        if not isinstance(value, str) or len(value) > longest:
            raise BadInput(self._at(name), mark("must be a text"))
        return value

    def code(self, name: str) -> str:
        """A code of digits, as text."""
        return self.text(name, longest=40).strip()

    def uuid(self, name: str) -> str:
        """The id of an event, made where it began."""
        value = self.text(name)
        try:
            return str(UUID(value))
        except ValueError:
            raise BadInput(self._at(name), mark("must be a UUID")) from None

    def moment(self, name: str) -> datetime:
        """An instant by RFC 3339, with its offset."""
        value = self.text(name)
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            problem = mark("must be a time with its offset, such as 2026-11-02T08:58:00+09:00")
            raise BadInput(self._at(name), problem)
        return found

    def whole(self, name: str, *, least: int = 0, most: int = 10**9) -> int:
        """A whole number within bounds."""
        value = self.take(name)
        if type(value) is not int or not least <= value <= most:
            problem = mark("must be a whole number of at least {least}")
            raise BadInput(self._at(name), problem, least=least)
        return value

    def one_of(self, name: str, words: type[W]) -> W:
        """One of a closed set of words."""
        value = self.take(name)
        try:
            return words(value)
        except (ValueError, TypeError):
            known = ", ".join(str(word) for word in words)
            raise BadInput(self._at(name), mark("must be one of {known}"), known=known) from None

    def objects(self, name: str) -> list[Fields]:
        """A list of objects."""
        value = self.take(name)
        if not isinstance(value, list):
            raise BadInput(self._at(name), mark("must be a list"))
        return [Fields(part, f"{self._at(name)}[{i}]") for i, part in enumerate(value)]

    def optional(self, name: str) -> Fields | None:
        """An object, or null, or nothing."""
        value = self._left.pop(name, None)
        return None if value is None else Fields(value, self._at(name))

    def has(self, name: str) -> bool:
        """Whether a field is there."""
        return name in self._left

    def done(self) -> None:
        """Refuse whatever was not asked for."""
        for name in self._left:
            raise BadInput(self._at(name), mark("is not known here"))

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def body() -> Fields:
    """The request's JSON object; a malformed one is refused."""
    return Fields(request.get_json(force=True, silent=True), "")


def read_batch(name: str, read: Callable[[Fields], T]) -> list[T]:
    """Read `{"<name>": […]}`: each item strictly, all before anything is written."""
    fields = body()
    items = fields.objects(name)
    fields.done()
    if len(items) > LARGEST_BATCH:
        raise BadInput(name, mark("may hold at most {most} items"), most=LARGEST_BATCH)
    return [_read_whole(item, read) for item in items]


def run_batch(
    items: list[T],
    identity: Callable[[T], str],
    do: Callable[[Session, T], Outcome],
    before_commit: Callable[[Session], None] | None = None,
) -> ResponseReturnValue:
    """One transaction, a savepoint an item; answers only after the commit is durable."""
    with transaction() as session:
        results = [_one(session, item, identity(item), do) for item in items]
        if before_commit is not None:
            before_commit(session)
    return jsonify({"results": results})


def _read_whole(item: Fields, read: Callable[[Fields], T]) -> T:
    value = read(item)
    item.done()
    return value


def _one(
    session: Session, item: T, identity: str, do: Callable[[Session, T], Outcome]
) -> dict[str, Any]:
    try:
        outcome = _within_savepoint(session, item, do)
    except Refused as refusal:
        reason = {"code": type(refusal).code(), "message": tell(refusal)}
        return {"id": identity, "status": "refused", "reason": reason}
    return {"id": identity, "status": outcome.status, "reason": None, **(outcome.extra or {})}


def _within_savepoint(session: Session, item: T, do: Callable[[Session, T], Outcome]) -> Outcome:
    """Do it; where another request wrote the same id a moment ago, look again and find it."""
    try:
        with session.begin_nested():
            return do(session, item)
    except IntegrityError:
        with session.begin_nested():
            return do(session, item)
