"""What the pages of cloth and trims are shown with."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.catalogue import pages
from tests.materials.build import make_roll
from tests.orders.build import make_customer


def examples(session: Session) -> dict[str, dict[str, Any]]:
    """A roll of black wool, and a style."""
    style = pages.examples(session)["catalogue.style"]
    roll = {"number": make_roll(session).number}
    return {
        "materials.roll": roll,
        "materials.move": roll,
        "materials.price": roll,
        "materials.inspect": roll,
        "materials.bom": style,
        "materials.owned": {"customer": make_customer(session).number},
    }
