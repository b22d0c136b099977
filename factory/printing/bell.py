"""Wakes the print workers of this process when a paper was committed."""

from __future__ import annotations

import threading
from weakref import WeakSet

from sqlalchemy import event
from sqlalchemy.orm import Session

_HUNG = "didim.bell"
_sleepers: WeakSet[threading.Event] = WeakSet()


def sleeper() -> threading.Event:
    """Something to wait on."""
    made = threading.Event()
    _sleepers.add(made)
    return made


def ring() -> None:
    """Wake everybody."""
    for made in list(_sleepers):
        made.set()


def ring_after_commit(session: Session) -> None:
    """Wake everybody once what the session wrote is there for all to read."""
    if _HUNG not in session.info:
        session.info[_HUNG] = True
        event.listen(session, "after_commit", _committed, once=True)


def _committed(session: Session) -> None:
    session.info.pop(_HUNG, None)
    ring()
