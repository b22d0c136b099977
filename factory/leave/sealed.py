"""Why somebody is away lies in the vault: kind, event and note of a request, and every reason.

The tables of leave keep open only what hours and pay are reckoned with: the days, whether they
are paid, count as attended and take from annual leave. Everything sealed is filled up to full
blocks, so that its length tells no kind either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.leave.domain import LeaveKind, Request, Wish
from factory.leave.records import LeaveAnswerRow, LeaveEntryRow
from factory.security import service as security

_REQUEST, _ANSWER, _ENTRY = "leave", "leave_answer", "leave_entry"
_FIELD = "why"
_BLOCK = 256


def seal_wish(session: Session, number: int, wish: Wish) -> None:
    """Seal the kind of a request, which event it is, and what she says about it."""
    _seal(session, _REQUEST, number, wish.kind or "", wish.event, wish.note)


def seal_answer(session: Session, answer: int, reason: str) -> None:
    """Seal why leave was not granted."""
    if reason:
        _seal(session, _ANSWER, answer, reason)


def seal_entry(session: Session, entry: int, reason: str) -> None:
    """Seal why the office entered leave."""
    _seal(session, _ENTRY, entry, reason.strip())


def told(
    session: Session, found: Iterable[Request], *, anyway: bool = False
) -> tuple[Request, ...]:
    """Requests with their kinds, events, notes and reasons.

    Without them while the key is away; `anyway` for what the program only reckons with.
    """
    found = tuple(found)
    numbers = [each.id for each in found]
    wishes = _open(session, _REQUEST, numbers, anyway=anyway)
    reasons = _reasons(session, numbers, anyway=anyway)
    return tuple(_told(each, wishes.get(each.id), reasons.get(each.id, "")) for each in found)


def _told(request: Request, why: list[str] | None, reason: str) -> Request:
    if why is None:
        return replace(request, reason=reason)
    kind, event, note = why
    wish = replace(request.wish, kind=LeaveKind(kind), event=event, note=note)
    return replace(request, wish=wish, reason=reason)


def _reasons(session: Session, numbers: list[int], *, anyway: bool) -> dict[int, str]:
    """The reasons of the newest answers, by the number of the request."""
    row = LeaveAnswerRow
    newest = select(row.request_id, func.max(row.id)).where(row.request_id.in_(numbers))
    answers = {
        answer: number for number, answer in session.execute(newest.group_by(row.request_id))
    }
    opened = _open(session, _ANSWER, answers, anyway=anyway)
    return {answers[answer]: reason for answer, (reason,) in opened.items()}


def entry_reasons(
    session: Session, rows: Iterable[LeaveEntryRow], *, anyway: bool = False
) -> dict[int, str]:
    """Why the office entered leave, by the number of the entry."""
    opened = _open(session, _ENTRY, [row.id for row in rows], anyway=anyway)
    return {number: reason for number, (reason,) in opened.items()}


def _seal(session: Session, kind: str, number: int, *texts: str) -> None:
    whole = json.dumps(texts, ensure_ascii=False)
    missing = -len(whole.encode()) % _BLOCK
    filled = f"{whole[:-1]}{' ' * missing}]"
    security.seal_along(session, kind, str(number), {_FIELD: filled})


def _open(
    session: Session, kind: str, numbers: Iterable[int], *, anyway: bool
) -> dict[int, list[str]]:
    wanted = [str(number) for number in numbers]
    if not wanted:
        return {}
    opened = security.texts(session, kind, _FIELD, wanted, anyway=anyway)
    return {int(uid): json.loads(text) for uid, text in opened.items()}
