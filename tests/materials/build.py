"""Builders of materials and rolls."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.materials import service
from factory.materials.domain import Material, NewRoll, Roll, Unit, Use
from factory.materials.queries import materials
from factory.security.domain import SYSTEM

WOOL = Material("WOOL-BK", "검정 울", "black wool", Unit.METRE, Use.SHELL)
BUTTON = Material("BUTTON-28", "단추 28", "button 28 mm", Unit.PIECE, Use.TRIM)


def make_material(session: Session, material: Material = WOOL) -> Material:
    if material not in materials(session):
        service.add_material(session, material, by=SYSTEM, at=now())
    return material


def make_roll(session: Session, metres: int = 50, **changes: Any) -> Roll:
    """A roll of black wool of shade A."""
    given: dict[str, Any] = {"material": WOOL.number, "amount": metres * 100, "shade": "A"}
    make_material(session, WOOL)
    new = NewRoll(**(given | {"width": 150} | changes))
    return service.receive(session, new, by=SYSTEM, at=now(), event_id=new_id())
