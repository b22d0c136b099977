"""A printer on USB, through the printer library and pyusb where that is installed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from printers.transport import limits
from printers.transport.faults import BrokenOff, NotInstalled, Unreachable
from printers.transport.library import printer_library
from printers.transport.target import Target
from printers.transport.wire import Wire


class Usb:
    """A printer on USB, through the library; every operation has its time limit."""

    def __init__(self, printer: Any) -> None:
        self._printer = printer

    def ask(self, question: bytes) -> int | None:
        """One status byte; the library reads without a limit, so the device is asked."""
        printer = self._printer
        try:
            printer.device.write(printer.out_ep, question, _thousandths(limits.STATUS_SECONDS))
            wait = _thousandths(limits.STATUS_SECONDS)
            answer = bytes(printer.device.read(printer.in_ep, 16, wait))
        except Exception:  # noqa: BLE001 - pyusb has its own errors, which may be missing here
            return None
        return answer[0] if answer else None

    def write(self, piece: bytes) -> int:
        """Some bytes."""
        printer = self._printer
        try:
            wait = _thousandths(limits.PROGRESS_SECONDS)
            return int(printer.device.write(printer.out_ep, piece, wait))
        except Exception as error:
            raise BrokenOff from error

    def finish(self) -> None:
        """A cable has no end to be told."""


def _thousandths(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _lacks_libusb(error: BaseException | None) -> bool:
    """Whether pyusb is there, but not the system's own library below it."""
    while error is not None:
        if type(error).__name__ == "NoBackendError":
            return True
        error = error.__cause__ or error.__context__
    return False


@contextlib.contextmanager
def usb(where: Target) -> Iterator[Wire]:
    """The printer of that maker and model."""
    maker, model = (int(part, 16) for part in where.place.split(":"))
    try:
        printer = printer_library().Usb(maker, model, timeout=_thousandths(limits.PROGRESS_SECONDS))
        printer.open()
    except RuntimeError as error:  # the library says so where pyusb is missing
        raise NotInstalled from error
    except Exception as error:
        raise NotInstalled if _lacks_libusb(error) else Unreachable from error
    try:
        yield Usb(printer)
    finally:
        printer.close()
