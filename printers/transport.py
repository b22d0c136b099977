"""Send bytes to a printer, with time limits, and say in a named error what is wrong.

That a send came back proves little: only how many bytes left is known. As long as none has, the
job may be tried again; after that a person has to look at the paper.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

RAW_PORT = 9100
CONNECT_SECONDS = 3.0
STATUS_SECONDS = 1.0
PROGRESS_SECONDS = 10.0
PIECE = 4096
MEMORY: dict[str, list[bytes]] = {}
"""What was sent to `memory:NAME`, for tests."""
_ASK_PAPER, _ASK_COVER = b"\x10\x04\x04", b"\x10\x04\x02"
_FIXED_BITS, _FIXED = 0b10010011, 0b00010010
_PAPER_OUT, _COVER_OPEN = 0x60, 0x04


class TransportError(Exception):
    """The bytes did not all leave; `sent` of them did."""

    def __init__(self, sent: int = 0) -> None:
        self.sent = sent
        super().__init__(type(self).__name__)


class TargetWrong(TransportError):
    """The address is none that a printer can have."""


class Unreachable(TransportError):
    """Nobody answers at the address."""


class PaperOut(TransportError):
    """The printer says that it has no paper."""


class CoverOpen(TransportError):
    """The printer says that its cover is open."""


class TooSlow(TransportError):
    """The printer takes no more bytes."""


class BrokenOff(TransportError):
    """The connection ended in the middle."""


class Unwritable(TransportError):
    """The file can't be written."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a printer is: `tcp://host:9100`, `file:/dev/usb/lp0`, `folder:PATH`, `memory:NAME`."""

    kind: str
    place: str
    port: int = RAW_PORT


def target(text: str) -> Target:
    """Read an address, or `TargetWrong`."""
    kind, _, place = text.partition(":")
    if kind in {"file", "folder", "memory"} and place:
        return Target(kind, place.removeprefix("//"))
    try:
        parts = urlsplit(text)
        if kind == "tcp" and parts.hostname:
            return Target(kind, parts.hostname, parts.port or RAW_PORT)
    except ValueError:
        pass
    raise TargetWrong


def send(job: bytes, where: Target, name: str = "job") -> None:
    """Send a whole job; raises a `TransportError` that knows how many bytes left."""
    match where.kind:
        case "tcp":
            _to_network(job, where)
        case "folder":
            _to_file(job, Path(where.place) / f"{name}.bin", "wb")
        case "file":
            _to_file(job, Path(where.place), "ab")
        case _:
            MEMORY.setdefault(where.place, []).append(job)


def _to_file(job: bytes, path: Path, how: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open(how) as file:
            file.write(job)
            file.flush()
            with contextlib.suppress(OSError):  # a device has nothing to keep
                os.fsync(file.fileno())
    except OSError as error:
        raise Unwritable from error


def _to_network(job: bytes, where: Target) -> None:
    with _connected(where) as wire:
        _ask_first(wire)
        wire.settimeout(PROGRESS_SECONDS)
        _push(wire, job)
        _say_good_bye(wire, len(job))


def _say_good_bye(wire: socket.socket, sent: int) -> None:
    """Let it take what is on the way; a reset now means that it did not."""
    try:
        wire.shutdown(socket.SHUT_WR)
        wire.settimeout(STATUS_SECONDS)
        while wire.recv(64):
            pass
    except TimeoutError:
        return
    except OSError as error:
        raise BrokenOff(sent) from error


def _push(wire: socket.socket, job: bytes) -> None:
    sent = 0
    while sent < len(job):
        try:
            sent += wire.send(job[sent : sent + PIECE])
        except TimeoutError as error:
            raise TooSlow(sent) from error
        except OSError as error:
            raise BrokenOff(sent) from error


@contextlib.contextmanager
def _connected(where: Target) -> Iterator[socket.socket]:
    printer = printer_library().Network(where.place, where.port)
    try:  # the library's own `open` leaves its socket behind when nobody answers
        printer.device = socket.create_connection((where.place, where.port), CONNECT_SECONDS)
    except OSError as error:
        raise Unreachable from error
    try:
        yield printer.device
    finally:
        printer.close()


def _ask_first(wire: socket.socket) -> None:
    """Ask for paper and cover; a printer that does not answer is not known to be unwell."""
    paper = _status(wire, _ASK_PAPER)
    if paper is not None and paper & _PAPER_OUT:
        raise PaperOut
    cover = _status(wire, _ASK_COVER) if paper is not None else None
    if cover is not None and cover & _COVER_OPEN:
        raise CoverOpen


def _status(wire: socket.socket, question: bytes) -> int | None:
    """One status byte of the fixed pattern, or None: unknown."""
    wire.settimeout(STATUS_SECONDS)
    try:
        wire.sendall(question)
        answer = wire.recv(1)
    except TimeoutError:
        return None
    except OSError as error:
        raise Unreachable from error
    if not answer:
        raise Unreachable  # it hung up before a byte of the job left
    return answer[0] if answer[0] & _FIXED_BITS == _FIXED else None


@lru_cache(maxsize=1)
def printer_library() -> Any:
    """The printer library's parts that are used here; it is imported without its traces.

    On import it makes a folder for temporary files that it never removes, and sets up logging.
    """
    handlers = list(logging.root.handlers)
    kept = tempfile.tempdir
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            from escpos.printer import Network  # noqa: PLC0415 - see above
        finally:
            tempfile.tempdir = kept
    logging.root.handlers[:] = handlers
    parts = ModuleType("parts")
    vars(parts).update(Network=Network)
    return parts
