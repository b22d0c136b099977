"""Pages about pay: runs, payslips with their reasons, and one's own."""

from factory.kernel.words import mark
from factory.payroll.routes import (
    certificates,
    correcting,
    electing,
    entering,
    handing,
    hers,
    known,
    leaving,
    own,
    papers,
    runs,
    severing,
    transfers,
)
from factory.payroll.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.tiles import Group, Tile

PARTS = (
    certificates,
    correcting,
    electing,
    entering,
    handing,
    hers,
    known,
    leaving,
    own,
    papers,
    runs,
    severing,
    transfers,
)
"""Imported for the pages that they hang into the blueprint."""
TILES = (
    Tile("payroll.runs", mark("Pay runs"), Permission.RUN_PAYROLL, Group.PEOPLE, "money"),
    Tile("payroll.leavers", mark("Who leaves"), Permission.RUN_PAYROLL, Group.PEOPLE, "back"),
    Tile("payroll.my_pieces", mark("My pieces"), Permission.SEE_OWN_WORK, Group.PEOPLE, "needle"),
    Tile("payroll.mine", mark("My pay"), Permission.SEE_OWN_WORK, Group.PEOPLE, "money"),
)
REMINDERS = (*runs.REMINDERS, *transfers.REMINDERS, *leaving.REMINDERS)
__all__ = ["REMINDERS", "TILES", "bp"]
