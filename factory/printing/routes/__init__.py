"""The outbox on the screen: what waits, what needs a person, each paper as it came out."""

from factory.kernel.words import mark
from factory.printing.routes import papers, printers
from factory.printing.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.tiles import Group, Tile

PARTS = (papers, printers)
"""Imported for the pages that they hang into the blueprint."""
TILES = (
    Tile("printing.queue", mark("Papers"), Permission.SEE_PRINTING, Group.HOUSE, "print"),
    Tile("printing.printers", mark("Printers"), Permission.MANAGE_PRINTERS, Group.HOUSE, "print"),
)
REMINDERS = papers.REMINDERS

__all__ = ["REMINDERS", "TILES", "bp"]
