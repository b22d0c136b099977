"""Punch, undo, ask for what was forgotten, answer, close days for pay."""

from factory.timeclock.service.asking import (
    approve_correction,
    ask_correction,
    refuse_correction,
)
from factory.timeclock.service.closing import lock, note_seen
from factory.timeclock.service.door import instead, scan, undo, undo_last
from factory.timeclock.service.house import set_house_breaks
from factory.timeclock.service.punches import (
    Kept,
    correct,
    correct_closed,
    punch,
    take_back,
    take_back_closed,
)

__all__ = [
    "Kept",
    "approve_correction",
    "ask_correction",
    "correct",
    "correct_closed",
    "instead",
    "lock",
    "note_seen",
    "punch",
    "refuse_correction",
    "scan",
    "set_house_breaks",
    "take_back",
    "take_back_closed",
    "undo",
    "undo_last",
]
