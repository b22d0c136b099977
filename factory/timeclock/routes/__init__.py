"""The clock at the door, corrections, and who is here."""

from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.timeclock.routes import asked, days, door, wall
from factory.timeclock.routes.blueprint import bp
from factory.web.tiles import Group, Tile

PARTS = (door, asked, days, wall)
"""Imported for the pages that they hang into the blueprint."""
TILES = (
    Tile("timeclock.clock", mark("Come and go"), Permission.CLOCK, Group.FLOOR, "clock"),
    Tile("timeclock.asked", mark("To look at"), Permission.CORRECT_WORK, Group.PEOPLE, "alert"),
    Tile("timeclock.wall", mark("Who is here"), Permission.CLOCK, Group.PEOPLE, "people"),
)
REMINDERS = asked.REMINDERS
__all__ = ["REMINDERS", "TILES", "bp"]
