"""Tiles of the start page: each package offers its own, the start page shows those one may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.words import mark


class Group(StrEnum):
    """Where on the start page a tile stands."""

    FLOOR = "floor"
    ORDERS = "orders"
    SHOP = "shop"
    PEOPLE = "people"
    HOUSE = "house"

    @property
    def label(self) -> str:
        """The group's heading."""
        return _HEADINGS[self]


_HEADINGS = {
    Group.FLOOR: mark("On the floor"),
    Group.ORDERS: mark("Orders and coats"),
    Group.SHOP: mark("Shop and stock"),
    Group.PEOPLE: mark("People and pay"),
    Group.HOUSE: mark("The house"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A way into a package: where it leads, what it is called, who may use it, its picture."""

    endpoint: str
    title: str
    permission: StrEnum
    group: Group
    icon: str
    """The name of a symbol in `templates/_icons.html`."""


Waiting = tuple[str, dict[str, Any]]
"""What is waiting, as a sentence, and the values of the address where it is done."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that waits: where it is done, who is reminded, and what to say of it now."""

    endpoint: str
    permission: StrEnum
    waiting: Callable[[Session], Waiting | None]
