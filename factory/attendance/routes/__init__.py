"""The day to settle, plans and schedules, days of rest, and her own claims."""

from factory.attendance.routes import days, hers, plans, rest
from factory.attendance.routes.blueprint import bp
from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.web.tiles import Group, Tile

PARTS = (days, hers, plans, rest)
"""Imported for the pages that they hang into the blueprint."""
TILES = (
    Tile("attendance.days", mark("Days to settle"), Permission.CORRECT_WORK, Group.PEOPLE, "days"),
    Tile("attendance.plans", mark("Schedules"), Permission.CORRECT_WORK, Group.PEOPLE, "clock"),
    Tile("attendance.rest", mark("Days of rest"), Permission.CORRECT_WORK, Group.PEOPLE, "days"),
    Tile(
        "attendance.claims", mark("I worked longer"), Permission.SEE_OWN_WORK, Group.PEOPLE, "clock"
    ),
)
__all__ = ["TILES", "bp"]
