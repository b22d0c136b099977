"""Private papers lie sealed: in the outbox, and in the folder of the printer on the screen.

So nothing of them is in the database's file, in what it writes ahead, in dead rows or in a backup
that is being written, neither while they wait nor after they were erased.
"""

from __future__ import annotations

import base64
import json
from typing import Any

from sqlalchemy.orm import Session

from factory.security import keeping
from printers import portable
from printers.document import Document

_SEALED = "sealed"


def shut(session: Session, event_id: str, document: dict[str, Any]) -> dict[str, str]:
    """A paper as it is kept in the outbox."""
    envelope = keeping.ring_of(session).seal(json.dumps(document), _place(event_id))
    return {_SEALED: base64.b64encode(envelope).decode()}


def opened(session: Session, event_id: str, kept: dict[str, Any]) -> Document:
    """What stands on a paper, for somebody's eyes; `KeyAway` while the stick is pulled."""
    return portable.from_json(_opened(session, event_id, kept, anyway=False))


def for_printer(session: Session, event_id: str, kept: dict[str, Any]) -> Document:
    """What stands on a paper that was asked for: it comes out though the stick was pulled since."""
    return portable.from_json(_opened(session, event_id, kept, anyway=True))


def _opened(session: Session, event_id: str, kept: dict[str, Any], *, anyway: bool) -> Any:
    if _SEALED not in kept:
        return kept
    ring, envelope = keeping.ring_of(session), base64.b64decode(kept[_SEALED])
    return json.loads((ring.open_anyway if anyway else ring.open)(envelope, _place(event_id)))


def shut_stream(session: Session, job: int, stream: bytes) -> bytes:
    """The bytes for a printer on the screen as they are laid into its folder."""
    text = base64.b64encode(stream).decode()
    return keeping.ring_of(session).seal(text, _stream_place(job))


def opened_stream(session: Session, job: int, laid: bytes) -> bytes:
    """The bytes that such a printer got; `KeyAway` while the stick is pulled."""
    return base64.b64decode(keeping.ring_of(session).open(laid, _stream_place(job)))


def _place(event_id: str) -> str:
    return f"print_jobs|{event_id}|document"


def _stream_place(job: int) -> str:
    return f"paper|{job}|stream"
