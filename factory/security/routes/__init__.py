"""Start page, sign-in, one's own settings, accounts, terminals, audit."""

from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.security.routes import accounts, audit, house, telephone
from factory.security.routes.blueprint import bp
from factory.web.tiles import Group, Tile

PARTS = (house, accounts, audit, telephone)
"""Imported for the pages that they hang into the blueprint."""
TILES = (
    Tile("security.settings", mark("My settings"), Permission.LOOK_AROUND, Group.HOUSE, "person"),
    Tile("security.accounts", mark("Accounts"), Permission.MANAGE_ACCOUNTS, Group.HOUSE, "keys"),
    Tile("security.terminals", mark("Terminals"), Permission.MANAGE_DEVICES, Group.HOUSE, "tablet"),
    Tile("security.audit", mark("Who did what"), Permission.SEE_AUDIT, Group.HOUSE, "eye"),
)
__all__ = ["TILES", "bp"]
