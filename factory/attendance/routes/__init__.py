"""Pages about days: to settle, plans, rest, her own claims, the law's watch, the head count."""

from factory.attendance.routes import counting, days, hers, month, plans, rest, watch
from factory.attendance.routes.blueprint import bp
from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.web.tiles import Group, Tile

PARTS = (counting, days, hers, month, plans, rest, watch)
"""Imported for the pages that they hang into the blueprint."""
TILES = (
    Tile("attendance.today_list", mark("Who is in"), Permission.CORRECT_WORK, Group.PEOPLE, "days"),
    Tile("attendance.week", mark("This week"), Permission.CORRECT_WORK, Group.PEOPLE, "days"),
    Tile("attendance.days", mark("Days to settle"), Permission.CORRECT_WORK, Group.PEOPLE, "days"),
    Tile(
        "attendance.this_month",
        mark("Hours of the month"),
        Permission.CORRECT_WORK,
        Group.PEOPLE,
        "days",
    ),
    Tile("attendance.plans", mark("Schedules"), Permission.CORRECT_WORK, Group.PEOPLE, "clock"),
    Tile("attendance.rest", mark("Days of rest"), Permission.CORRECT_WORK, Group.PEOPLE, "days"),
    Tile(
        "attendance.headcounts", mark("Head count"), Permission.RUN_PAYROLL, Group.PEOPLE, "ledger"
    ),
    Tile("attendance.hours", mark("My hours"), Permission.SEE_OWN_WORK, Group.PEOPLE, "days"),
    Tile(
        "attendance.claims", mark("I worked longer"), Permission.SEE_OWN_WORK, Group.PEOPLE, "clock"
    ),
)
REMINDERS = days.REMINDERS

__all__ = ["REMINDERS", "TILES", "bp"]
