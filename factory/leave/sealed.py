"""Why somebody is away lies in the vault: kind, event and note of a request, and every reason.

The tables of leave keep open the days alone. Whether they are paid, count as attended and take
from annual leave is sealed too, apart: hours and pay open it for themselves and show it nobody,
and it stays when why she was away is erased. Everything sealed is filled up to full blocks, so
that its length tells no kind either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.leave.domain import Counting, LeaveKind, Request, Wish
from factory.leave.records import SEALED_KINDS, LeaveAnswerRow, LeaveEntryRow
from factory.security import service as security
from factory.security.keys import SealBroken

_REQUEST, _ANSWER, _ENTRY = SEALED_KINDS
_WHY, _COUNTS, NOTE = "why", "counts", "note"
_BLOCK = 256


def seal_wish(session: Session, number: int, wish: Wish, counts: Counting) -> None:
    """Seal the kind of a request, which event it is, what she says of it, and as what it counts."""
    texts = {
        _WHY: _filled(wish.kind or "", wish.event),
        NOTE: _filled(wish.note),
        _COUNTS: _filled(counts.paid, counts.annual, counts.attended),
    }
    security.seal_along(session, _REQUEST, str(number), texts)


def seal_answer(session: Session, answer: int, reason: str) -> None:
    """Seal why leave was not granted."""
    if reason:
        _seal(session, _ANSWER, answer, reason)


def seal_entry(session: Session, entry: int, reason: str) -> None:
    """Seal why the office entered leave."""
    _seal(session, _ENTRY, entry, reason.strip())


def counted(session: Session, found: Iterable[Request]) -> tuple[Request, ...]:
    """Requests with what they count as, for hours and pay; why is not opened.

    Raises:
        SealBroken: of one it is gone, so that nobody's leave is reckoned as if there were none.
    """
    found = tuple(found)
    numbers = [each.id for each in found]
    opened = _open(session, _REQUEST, numbers, _COUNTS, anyway=True)
    if opened.keys() != set(numbers):
        raise SealBroken
    return tuple(replace(each, counts_as=Counting(*opened[each.id])) for each in found)


def told(
    session: Session, found: Iterable[Request], *, anyway: bool = False
) -> tuple[Request, ...]:
    """Requests with their kinds, events, notes and reasons.

    Without them while the key is away; `anyway` for what the program only reckons with.
    """
    found = tuple(found)
    numbers = [each.id for each in found]
    wishes = _open(session, _REQUEST, numbers, _WHY, anyway=anyway)
    notes = _open(session, _REQUEST, numbers, NOTE, anyway=anyway)
    reasons = _reasons(session, numbers, anyway=anyway)
    return tuple(
        replace(
            each,
            wish=_told(each.wish, wishes.get(each.id), notes.get(each.id, [""])[0]),
            reason=reasons.get(each.id, ""),
        )
        for each in found
    )


def _told(wish: Wish, why: list[str] | None, note: str) -> Wish:
    """The wish as far as it is still kept and opened."""
    if why is None:
        return replace(wish, note=note)
    kind, event = why
    return replace(wish, kind=LeaveKind(kind), event=event, note=note)


def _reasons(session: Session, numbers: list[int], *, anyway: bool) -> dict[int, str]:
    """The reasons of the newest answers, by the number of the request."""
    row = LeaveAnswerRow
    newest = select(row.request_id, func.max(row.id)).where(row.request_id.in_(numbers))
    answers = {
        answer: number for number, answer in session.execute(newest.group_by(row.request_id))
    }
    opened = _open(session, _ANSWER, answers, _WHY, anyway=anyway)
    return {answers[answer]: reason for answer, (reason,) in opened.items()}


def entry_reasons(
    session: Session, rows: Iterable[LeaveEntryRow], *, anyway: bool = False
) -> dict[int, str]:
    """Why the office entered leave, by the number of the entry."""
    opened = _open(session, _ENTRY, [row.id for row in rows], _WHY, anyway=anyway)
    return {number: reason for number, (reason,) in opened.items()}


class Place(NamedTuple):
    """Where a text is sealed."""

    kind: str
    uid: str
    field: str


def places(session: Session) -> Iterator[Place]:
    """Where every text lies that may be erased one day; what leave counts as stays."""
    for kind, field in ((_REQUEST, _WHY), (_REQUEST, NOTE), (_ANSWER, _WHY), (_ENTRY, _WHY)):
        for uid in sorted(security.holders(session, kind, field)):
            yield Place(kind, uid, field)


def _seal(session: Session, kind: str, number: int, text: str) -> None:
    security.seal_along(session, kind, str(number), {_WHY: _filled(text)})


def _filled(*values: str | bool) -> str:
    whole = json.dumps(values, ensure_ascii=False)
    missing = -len(whole.encode()) % _BLOCK
    return f"{whole[:-1]}{' ' * missing}]"


def _open(
    session: Session, kind: str, numbers: Iterable[int], field: str, *, anyway: bool
) -> dict[int, list[Any]]:
    wanted = [str(number) for number in numbers]
    if not wanted:
        return {}
    opened = security.texts(session, kind, field, wanted, anyway=anyway)
    return {int(uid): json.loads(text) for uid, text in opened.items()}
