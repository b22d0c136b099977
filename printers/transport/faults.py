"""What can go wrong on the way to a printer; each knows how much had left."""

from __future__ import annotations


class TransportError(Exception):
    """The bytes did not all leave; `sent` of them did, and `units` whole labels or slips."""

    def __init__(self, sent: int = 0, units: int = 0) -> None:
        self.sent = sent
        self.units = units
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


class NotInstalled(TransportError):
    """This computer lacks the program for such a connection."""
