"""A printer on the network: a socket that knows its time limits."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

from printers.transport import limits
from printers.transport.faults import BrokenOff, TooSlow, Unreachable
from printers.transport.library import printer_library
from printers.transport.target import Target
from printers.transport.wire import Wire


class Network:
    """A socket that knows its time limits."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire

    def ask(self, question: bytes) -> int | None:
        """One status byte; silence is no answer, an end is no silence, nor is what came before."""
        try:
            self._drain()
            self._wire.settimeout(limits.STATUS_SECONDS)
            self._wire.sendall(question)
            answer = self._wire.recv(1)
        except TimeoutError:
            return None
        except OSError as error:
            raise Unreachable from error
        if not answer:
            raise Unreachable
        return answer[0]

    def _drain(self) -> None:
        """Forget answers that came too late for their question."""
        self._wire.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while self._wire.recv(64):
                pass

    def write(self, piece: bytes) -> int:
        """Some bytes, within the time limit of progress."""
        self._wire.settimeout(limits.PROGRESS_SECONDS)
        try:
            return self._wire.send(piece)
        except TimeoutError as error:
            raise TooSlow from error
        except OSError as error:
            raise BrokenOff from error

    def finish(self) -> None:
        """Let it take what is on the way; a reset now means that it did not."""
        try:
            self._wire.shutdown(socket.SHUT_WR)
            self._wire.settimeout(limits.STATUS_SECONDS)
            while self._wire.recv(64):
                pass
        except TimeoutError:
            return
        except OSError as error:
            raise BrokenOff from error


@contextlib.contextmanager
def network(where: Target) -> Iterator[Wire]:
    """A printer at an address of the network."""
    printer = printer_library().Network(where.place, where.port)
    try:  # the library's own `open` leaves its socket behind when nobody answers
        place = (where.place, where.port)
        printer.device = socket.create_connection(place, limits.CONNECT_SECONDS)
        printer.device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else questions wait
    except OSError as error:
        raise Unreachable from error
    try:
        yield Network(printer.device)
    finally:
        printer.close()
