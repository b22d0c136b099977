"""How the pieces of an entry count in pay: for somebody paid by time, or by the piece.

A line team (paid by time) and a piece team may sew the same order line side by side. Each entry
keeps how she was paid on its day. Pay counts pieces of the one kind only, and of the others
only hours: nothing is paid twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.people.domain import WITHOUT_RATE, TermsKind


class PayMode(StrEnum):
    """How whoever made the pieces was paid on that day."""

    TIME = "time"
    PIECE = "piece"

    @property
    def label(self) -> str:
        """The mode as people say it."""
        return _MODES[self]


_MODES = {PayMode.TIME: mark("Line team, paid by time"), PayMode.PIECE: mark("Piece team")}


class NothingToEnterAnew(Refused):
    """All her entries of these days are as her terms say."""


def mode_of(kind: TermsKind | None) -> PayMode:
    """What terms make of pieces; without any she is paid by time."""
    return PayMode.PIECE if kind in WITHOUT_RATE else PayMode.TIME


@dataclass(frozen=True, slots=True)
class TeamShare:
    """What one of the two teams did for an order line."""

    mode: PayMode
    people: int
    pieces: int
    standard: int
    """Standard time earned, in hundredths of a minute."""
