"""A printer on a cable: a serial line, or a file of the system that stands for a printer."""

from __future__ import annotations

import contextlib
import os
import select
import termios
import tty
from collections.abc import Iterator
from pathlib import Path

from printers.transport import limits
from printers.transport.faults import BrokenOff, TooSlow, Unreachable, Unwritable
from printers.transport.target import Target
from printers.transport.wire import Wire


class Device:
    """A file of the system that stands for a printer: a serial line answers, a plain one not."""

    def __init__(self, number: int, *, answers: bool) -> None:
        self._number, self._answers = number, answers

    def ask(self, question: bytes) -> int | None:
        """One status byte, after whatever lay there unread."""
        if not self._answers:
            return None
        try:
            termios.tcflush(self._number, termios.TCIFLUSH)
            os.write(self._number, question)
            ready, _, _ = select.select([self._number], [], [], limits.STATUS_SECONDS)
            answer = os.read(self._number, 1) if ready else b""
        except (OSError, termios.error) as error:
            raise Unreachable from error
        return answer[0] if answer else None

    def write(self, piece: bytes) -> int:
        """Some bytes, within the time limit of progress."""
        _, ready, _ = select.select([], [self._number], [], limits.PROGRESS_SECONDS)
        if not ready:
            raise TooSlow
        try:
            return os.write(self._number, piece)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise BrokenOff from error

    def finish(self) -> None:
        """Keep what was written; a device has nothing to keep."""
        with contextlib.suppress(OSError):
            os.fsync(self._number)


@contextlib.contextmanager
def serial(where: Target) -> Iterator[Wire]:
    """A serial line, which answers."""
    try:
        number = os.open(where.place, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError as error:
        raise Unreachable from error
    try:
        _speak_at(number, where.port)
        yield Device(number, answers=True)
    finally:
        os.close(number)


def _speak_at(number: int, baud: int) -> None:
    """Eight bits, no parity, the printer may say stop (XON/XOFF): as makers deliver them."""
    try:
        tty.setraw(number, termios.TCSANOW)
        setting = termios.tcgetattr(number)
        setting[0] |= termios.IXON
        setting[4] = setting[5] = getattr(termios, f"B{baud}")
        termios.tcsetattr(number, termios.TCSANOW, setting)
    except (OSError, termios.error) as error:
        raise Unreachable from error


@contextlib.contextmanager
def file(where: Target) -> Iterator[Wire]:
    """A device that is written to like a file, and does not answer."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK
    try:
        Path(where.place).parent.mkdir(parents=True, exist_ok=True)
        number = os.open(where.place, flags, 0o600)
    except OSError as error:
        raise Unwritable from error
    try:
        yield Device(number, answers=False)
    finally:
        os.close(number)
