"""What every connection to a printer can do."""

from __future__ import annotations

from typing import Protocol


class Wire(Protocol):
    """One connection, for one job."""

    def ask(self, question: bytes) -> int | None:
        """One byte of answer, None for silence; `Unreachable` if it hung up."""

    def write(self, piece: bytes) -> int:
        """Hand over some of it; gives how many bytes were taken."""

    def finish(self) -> None:
        """Say that this was all."""
