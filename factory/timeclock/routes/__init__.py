"""The clock at the door, corrections, the day's list, and one's own hours."""

from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.timeclock.routes import asked, days, door, wall
from factory.timeclock.routes.blueprint import bp
from factory.web.tiles import Group, Tile

PARTS = (door, asked, days, wall)
"""Imported for the pages that they hang into the blueprint."""
TILES = (
    Tile("timeclock.clock", mark("Come and go"), Permission.CLOCK, Group.FLOOR, "clock"),
    Tile("timeclock.today_list", mark("Who is in"), Permission.CORRECT_WORK, Group.PEOPLE, "days"),
    Tile("timeclock.asked", mark("To look at"), Permission.CORRECT_WORK, Group.PEOPLE, "alert"),
    Tile("timeclock.wall", mark("Who is here"), Permission.CLOCK, Group.PEOPLE, "people"),
    Tile("timeclock.mine", mark("My hours"), Permission.SEE_OWN_WORK, Group.PEOPLE, "days"),
)
__all__ = ["TILES", "bp"]
