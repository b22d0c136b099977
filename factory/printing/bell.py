"""Wakes a printer's worker in this process when a paper for it was committed.

People come before paper: while one after the other asks for papers, whoever pays has the answer
before the machine draws them.

A worker whose printer does not answer is left to its rest: one paper more does not mend a printer,
and whoever sells or scans meanwhile is not to be slowed down by it.
"""

from __future__ import annotations

import threading
import time
from weakref import WeakKeyDictionary

from sqlalchemy import event
from sqlalchemy.orm import Session

NEW = 0
"""In the place of a printer: whoever gives each printer its worker."""
_HUNG = "didim.bell"
QUIET_SECONDS, PATIENCE = 0.03, 8
"""So long nobody must have asked for a paper before one is drawn; it waits so many times at most,
for a printer takes as long to print one anyway."""
_rung = -QUIET_SECONDS
_sleepers: WeakKeyDictionary[threading.Event, int] = WeakKeyDictionary()
_resting: set[int] = set()


def sleeper(printer: int) -> threading.Event:
    """Something that the worker of a printer waits on."""
    made = threading.Event()
    _sleepers[made] = printer
    return made


def wait_for_quiet() -> None:
    """Let whoever asks for papers just now have her answer first."""
    for _ in range(PATIENCE):
        left = _rung + QUIET_SECONDS - time.monotonic()
        if left <= 0:
            return
        time.sleep(min(left, QUIET_SECONDS))


def ring(printer: int | None = None) -> None:
    """Wake a printer's worker, or everybody; a printer without a worker gets one."""
    found = list(_sleepers.items())
    heard = [made for made, of in found if printer in {None, of}]
    for made in heard or [made for made, of in found if of == NEW]:
        made.set()


def rest(printer: int) -> None:
    """Let new papers wait quietly until the printer is tried again."""
    _resting.add(printer)


def stir(printer: int) -> None:
    """Tell new papers at once again."""
    _resting.discard(printer)


def ring_after_commit(session: Session, printer: int, *, urgent: bool = False) -> None:
    """Wake a printer's worker once what the session wrote is there for all to read.

    `urgent` is what a person wants now: it wakes a resting one too.
    """
    asked: dict[int, bool] = session.info.setdefault(_HUNG, {})
    asked[printer] = urgent or asked.get(printer, False)


@event.listens_for(Session, "after_commit")
def _committed(session: Session) -> None:
    """Hear of every session: to hang a bell into each would cost a sale more than asking it."""
    global _rung  # noqa: PLW0603 - one clock for all printers of this process
    if session.in_nested_transaction():
        return  # a savepoint: nobody else can read the paper yet
    asked: dict[int, bool] = session.info.pop(_HUNG, {})
    if asked:
        _rung = time.monotonic()
    for printer, urgent in asked.items():
        if urgent:
            stir(printer)
        if printer not in _resting:
            ring(printer)
