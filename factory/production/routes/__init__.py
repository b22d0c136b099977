"""Pages of the floor, a module a place: cutting table, station, final inspection, bundles."""

from factory.kernel.words import mark
from factory.production import keeping
from factory.production.routes import (
    bundles,
    calls,
    care,
    cutting,
    faults,
    found,
    held,
    inspection,
    regroup,
    rework,
    sheets,
    station,
    teams,
)
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.tiles import Group, Tile

PLACES = (
    keeping,
    cutting,
    station,
    inspection,
    bundles,
    rework,
    regroup,
    found,
    held,
    calls,
    sheets,
    teams,
    faults,
    care,
)
"""Imported for the pages that they hang into the blueprint, and for what is kept until when."""
TILES = (
    Tile("production.cutting", mark("Cutting"), Permission.CUT, Group.FLOOR, "scissors"),
    Tile("production.station", mark("Log work"), Permission.LOG_PIECES, Group.FLOOR, "scan"),
    Tile(
        "production.inspection",
        mark("Final inspection"),
        Permission.INSPECT,
        Group.FLOOR,
        "inspect",
    ),
    Tile("production.rework", mark("To repair"), Permission.INSPECT, Group.FLOOR, "alert"),
    Tile("production.faults", mark("Faults"), Permission.JUDGE_FAULTS, Group.FLOOR, "inspect"),
    Tile("production.held", mark("Held up"), Permission.CORRECT_WORK, Group.FLOOR, "clock"),
    Tile("production.bundles", mark("Bundles"), Permission.SEE_BOARD, Group.ORDERS, "needle"),
)
REMINDERS = (*calls.REMINDERS, *rework.REMINDERS, *faults.REMINDERS)
__all__ = ["REMINDERS", "TILES", "bp"]
