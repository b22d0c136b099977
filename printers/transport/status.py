"""What a printer says of itself: yes, no, or nothing at all; never a guess."""

from __future__ import annotations

from dataclasses import dataclass

from printers.transport.wire import Wire

_FIXED_BITS, _FIXED = 0b10010011, 0b00010010
"""A status byte of a printer is 0xx1xx10; anything else is noise or another answer."""
_OFFLINE, _COVER, _CUTTER, _PAPER_OUT = 0x08, 0x04, 0x08, 0x60
_QUESTIONS = {"online": 1, "cover": 2, "error": 3, "paper": 4}


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """Each is True, False, or None: unknown."""

    online: bool | None = None
    paper: bool | None = None
    """Whether there is paper."""
    cover: bool | None = None
    """Whether the cover is closed."""
    error: bool | None = None

    @property
    def answers(self) -> bool:
        """Whether the printer says anything of itself."""
        return self.paper is not None

    @property
    def well(self) -> bool:
        """Whether it says that it is able to print."""
        return self.paper is True and self.cover is not False


def ask_to_print(wire: Wire) -> PrinterStatus:
    """Paper, and whether the cover is closed: what matters before and after a job."""
    paper = _bit(wire, "paper", _PAPER_OUT)
    cover = _bit(wire, "cover", _COVER) if paper is not None else None
    return PrinterStatus(paper=_not(paper), cover=_not(cover))


def ask_everything(wire: Wire) -> PrinterStatus:
    """All that a printer tells; one that is silent is asked only once."""
    first = ask_to_print(wire)
    if not first.answers:
        return first
    offline, error = _bit(wire, "online", _OFFLINE), _bit(wire, "error", _CUTTER)
    return PrinterStatus(_not(offline), first.paper, first.cover, error)


def _bit(wire: Wire, what: str, mask: int) -> bool | None:
    answer = wire.ask(bytes((0x10, 0x04, _QUESTIONS[what])))
    if answer is None or answer & _FIXED_BITS != _FIXED:
        return None
    return bool(answer & mask)


def _not(answer: bool | None) -> bool | None:  # noqa: FBT001 - the answer itself
    return None if answer is None else not answer
