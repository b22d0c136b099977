"""Where the pages of the till begin."""

from __future__ import annotations

from flask import Blueprint

from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.web.tiles import Group, Tile

bp = Blueprint("till", __name__, url_prefix="/till")
TILES = (
    Tile("till.basket", mark("Till"), Permission.SELL, Group.SHOP, "till"),
    Tile("till.returns", mark("Returns"), Permission.SELL, Group.SHOP, "return"),
    Tile("till.tickets", mark("Alterations, orders"), Permission.SELL, Group.SHOP, "scissors"),
    Tile("till.day_end", mark("Day end"), Permission.CLOSE_TILL, Group.SHOP, "ledger"),
    Tile("till.sales_today", mark("Sales of the day"), Permission.SEE_SALES, Group.SHOP, "board"),
    Tile("till.shop", mark("The shop on receipts"), Permission.MANAGE_PRINTERS, Group.HOUSE, "tag"),
)
