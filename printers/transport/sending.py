"""A whole job over a connection: asked before, counted on the way, asked again at the end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from printers.transport import limits, queue, status
from printers.transport.faults import (
    BrokenOff,
    CoverOpen,
    PaperOut,
    TransportError,
    Unreachable,
    Unwritable,
)
from printers.transport.status import PrinterStatus
from printers.transport.target import Target
from printers.transport.wire import Wire
from printers.transport.wires import connected

MEMORY: dict[str, list[bytes]] = {}
"""What was sent to `memory:NAME`, for tests."""
Told = Callable[[int, int], None]
"""Is told how many bytes have left, and how many whole units."""


@dataclass(frozen=True, slots=True)
class Sent:
    """All bytes left; confirmed if the printer said afterwards that it is well."""

    bytes: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """What is to leave, unit by unit, and how long the printer will take for its paper."""

    units: tuple[bytes, ...]
    seconds: float = 0

    @property
    def data(self) -> bytes:
        """All of it."""
        return b"".join(self.units)


def _nobody(_bytes: int, _units: int) -> None:
    """Nobody needs to know."""


def send(
    job: bytes | Sequence[bytes] | Callable[[], Load],
    where: Target,
    name: str = "job",
    *,
    told: Told = _nobody,
    seconds: float = 0,
) -> Sent:
    """Send a job, unit by unit; raises a `TransportError` that knows how much left.

    A job that is still to be made is made once the printer has answered; what its making raises
    comes through, and not a byte has left.
    `seconds` is how long the printer will take for its paper: only then can it say how it went.
    """
    made = job if callable(job) else _ready(job, seconds)
    if where.kind in _AT_ONCE:
        return _AT_ONCE[where.kind](made().data, where.place, name)
    with connected(where) as wire:
        _refuse_unwell(first := status.ask_to_print(wire))
        return _over(wire, made(), told, answers=first.answers)


def _ready(job: bytes | Sequence[bytes], seconds: float) -> Callable[[], Load]:
    units = (job,) if isinstance(job, bytes) else tuple(job)
    return lambda: Load(units, seconds)


def ask(where: Target) -> PrinterStatus:
    """What the printer says of itself; `Unreachable` if nobody is there."""
    if where.kind in _AT_ONCE:
        return PrinterStatus()
    with connected(where) as wire:
        return status.ask_everything(wire)


def _lay_down(job: bytes, folder: str, name: str) -> Sent:
    path = Path(folder) / f"{name}.bin"
    unfinished = path.with_suffix(".unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            file.write(job)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)  # half a paper is none, and takes room
        raise Unwritable from error
    return Sent(len(job))


def _remember(job: bytes, place: str, _name: str) -> Sent:
    MEMORY.setdefault(place, []).append(job)
    return Sent(len(job))


def _hand_over(job: bytes, place: str, _name: str) -> Sent:
    queue.hand_over(job, place)
    return Sent(len(job))


_AT_ONCE = {"folder": _lay_down, "memory": _remember, "cups": _hand_over}
"""Ways that take a whole job and answer nothing."""


def _over(wire: Wire, load: Load, told: Told, *, answers: bool) -> Sent:
    sent, done = 0, 0
    try:
        for done, unit in enumerate(load.units):
            if done and answers:
                _still_there(wire)
            sent += _push(wire, unit, _counting(told, sent, done))
            told(sent, done + 1)
        done = len(load.units)
        confirmed = answers and _confirmed(wire, load.seconds)
        wire.finish()
    except TransportError as error:
        kind = BrokenOff if sent and isinstance(error, Unreachable) else type(error)
        raise kind(sent + error.sent, done) from error
    return Sent(sent, confirmed)


def _counting(told: Told, before: int, done: int) -> Callable[[int], None]:
    """Tells how far a whole job is while one unit of it leaves."""
    return lambda more: told(before + more, done)


def _refuse_unwell(said: PrinterStatus) -> None:
    """A printer that does not answer is not known to be unwell."""
    if said.paper is False:
        raise PaperOut
    if said.cover is False:
        raise CoverOpen


def _push(wire: Wire, unit: bytes, told: Callable[[int], None]) -> int:
    sent = 0
    while sent < len(unit):
        try:
            sent += wire.write(unit[sent : sent + limits.PIECE])
        except TransportError as error:
            raise type(error)(sent) from error
        told(sent)
    return sent


def _confirmed(wire: Wire, seconds: float) -> bool:
    """Ask how it went, once it should be done: paper that ran out in the middle is told so."""
    time.sleep(min(seconds, limits.BURNING_SECONDS))
    return _still_there(wire)


def _still_there(wire: Wire) -> bool:
    """Whether a printer that spoke before is well; silent, it has lost its cable or current."""
    for _ in range(limits.ASKED_AGAIN):
        said = status.ask_to_print(wire)
        if said.answers:
            _refuse_unwell(said)
            return said.well
    raise BrokenOff
