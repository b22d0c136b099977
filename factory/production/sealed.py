"""What is said about a fault in somebody's work lies in the vault: her words and the reason.

She and her supervisor read them, nobody else. What counts (how often, where it comes from) stays
open, because repairs are paid by it. All of it is filled up to full blocks, as with leave.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy.orm import Session

from factory.production.domain.faults import Fault
from factory.production.records.faults import JUDGED, SAID
from factory.security import service as security

_FIELD = "why"
_BLOCK = 256


def seal_word(session: Session, number: int, word: str) -> None:
    """Seal what she says."""
    _seal(session, SAID, number, word)


def seal_reason(session: Session, number: int, reason: str) -> None:
    """Seal why it was decided so."""
    _seal(session, JUDGED, number, reason)


def _seal(session: Session, kind: str, number: int, text: str) -> None:
    whole = json.dumps([text], ensure_ascii=False)
    missing = -len(whole.encode()) % _BLOCK
    security.seal_along(session, kind, str(number), {_FIELD: f"{whole[:-1]}{' ' * missing}]"})


def told(session: Session, found: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults with what was said about them; without, while the key is away."""
    found = tuple(found)
    words = _open(session, SAID, (each.said for each in found if each.said))
    reasons = _open(session, JUDGED, (each.judged.id for each in found if each.judged))
    return tuple(_told(each, words, reasons) for each in found)


def _told(fault: Fault, words: dict[int, str], reasons: dict[int, str]) -> Fault:
    judged = fault.judged and replace(fault.judged, reason=reasons.get(fault.judged.id, ""))
    return replace(fault, word=words.get(fault.said or 0, ""), judged=judged)


def _open(session: Session, kind: str, numbers: Iterable[int]) -> dict[int, str]:
    wanted = [str(number) for number in numbers]
    opened = security.texts(session, kind, _FIELD, wanted) if wanted else {}
    return {int(uid): json.loads(text)[0] for uid, text in opened.items()}


def places(session: Session) -> Iterator[tuple[str, int]]:
    """Where every text lies, by its kind and number, without opening it."""
    for kind in (SAID, JUDGED):
        for uid in sorted(security.holders(session, kind, _FIELD)):
            yield kind, int(uid)


def erase(session: Session, kind: str, number: int) -> None:
    """Delete a text."""
    security.erase_along(session, kind, str(number), _FIELD)
