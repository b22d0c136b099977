"""Her own leave, the requests to answer, the team's month, and what holds for the house."""

from factory.kernel.words import mark
from factory.leave import keeping
from factory.leave.routes import answers, hers, house
from factory.leave.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.tiles import Group, Tile

PARTS = (hers, answers, house, keeping)
"""Imported for the pages that they hang into the blueprint, and what is kept until when."""
TILES = (
    Tile("leave.requests", mark("Leave to answer"), Permission.CORRECT_WORK, Group.PEOPLE, "days"),
    Tile("leave.house", mark("Leave of the house"), Permission.MANAGE_PEOPLE, Group.PEOPLE, "days"),
    Tile("leave.mine", mark("My leave"), Permission.SEE_OWN_WORK, Group.PEOPLE, "days"),
)
REMINDERS = answers.REMINDERS

__all__ = ["REMINDERS", "TILES", "bp"]
