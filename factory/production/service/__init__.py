"""What people do on the floor: cut, scan, repair, undo, print; a module for each kind of work."""

from factory.production.service.cutting import drop_lay, plan_and_cut, plan_lay, record_cut
from factory.production.service.faults import answer_fault, judge_fault, name_fault
from factory.production.service.finding import add_found, take_back_found
from factory.production.service.helping import call_help, settle_call
from factory.production.service.holding import NewHold, cut_again, let_go, send_out, stop, take_in
from factory.production.service.outcomes import decide, mark_found, mark_lost, take_back
from factory.production.service.papers import (
    care_artwork,
    print_care_proof,
    print_cut_ticket,
    reprint_ticket,
)
from factory.production.service.paying import enter_anew
from factory.production.service.regrouping import merge, split
from factory.production.service.scanning import Recorded, hold_bundles, record_scan, undo

__all__ = [
    "NewHold",
    "Recorded",
    "add_found",
    "answer_fault",
    "call_help",
    "care_artwork",
    "cut_again",
    "decide",
    "drop_lay",
    "enter_anew",
    "hold_bundles",
    "judge_fault",
    "let_go",
    "mark_found",
    "mark_lost",
    "merge",
    "name_fault",
    "plan_and_cut",
    "plan_lay",
    "print_care_proof",
    "print_cut_ticket",
    "record_cut",
    "record_scan",
    "reprint_ticket",
    "send_out",
    "settle_call",
    "split",
    "stop",
    "take_back",
    "take_back_found",
    "take_in",
    "undo",
]
