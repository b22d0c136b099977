"""Punch, undo, ask for what was forgotten, answer, close days for pay."""

from factory.timeclock.service.asking import (
    approve_correction,
    ask_correction,
    refuse_correction,
)
from factory.timeclock.service.closing import lock, note_seen
from factory.timeclock.service.door import instead, scan, undo, undo_last
from factory.timeclock.service.house import set_house_breaks
from factory.timeclock.service.punches import Kept, correct, punch, take_back

__all__ = [
    "Kept",
    "approve_correction",
    "ask_correction",
    "correct",
    "instead",
    "lock",
    "note_seen",
    "punch",
    "refuse_correction",
    "scan",
    "set_house_breaks",
    "take_back",
    "undo",
    "undo_last",
]
