"""From which rolls the cloth of each lay came, for the coats of which style and colour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.kernel.time import at
from factory.production.records import BundleRow, LayRollRow


@dataclass(frozen=True, slots=True)
class ClothTaken:
    """Centimetres that a lay took from one roll for one line of its order."""

    order: str
    lay: int
    style: str
    colour: str
    roll: int
    centimetres: int


def cloth_taken(session: Session, until: date) -> tuple[ClothTaken, ...]:
    """What the lays that were cut up to a day took from rolls that are known."""
    statement = (
        select(
            *(BundleRow.order, BundleRow.lay, BundleRow.style, BundleRow.colour),
            *(LayRollRow.place, LayRollRow.roll, LayRollRow.centimetres),
        )
        .join(
            LayRollRow,
            (LayRollRow.lay_id == BundleRow.lay_id) & (LayRollRow.line == BundleRow.line),
        )
        .where(BundleRow.cut_at < at(until + timedelta(days=1), "00:00"))
        .distinct()
        .order_by(BundleRow.order, BundleRow.lay, LayRollRow.place)
    )
    return tuple(
        ClothTaken(order, lay, style, colour, roll, centimetres)
        for order, lay, style, colour, _, roll, centimetres in session.execute(statement)
    )
