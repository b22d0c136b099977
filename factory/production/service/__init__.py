"""What people do on the floor: cut, scan, repair, undo, print; a module for each kind of work."""

from factory.production.service.cutting import drop_lay, plan_and_cut, plan_lay, record_cut
from factory.production.service.outcomes import decide, mark_found, mark_lost, take_back
from factory.production.service.papers import print_cut_ticket, reprint_ticket
from factory.production.service.scanning import Recorded, hold_bundles, record_scan, undo

__all__ = [
    "Recorded",
    "decide",
    "drop_lay",
    "hold_bundles",
    "mark_found",
    "mark_lost",
    "plan_and_cut",
    "plan_lay",
    "print_cut_ticket",
    "record_cut",
    "record_scan",
    "reprint_ticket",
    "take_back",
    "undo",
]
