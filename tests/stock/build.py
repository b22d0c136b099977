"""Builders of coats on the rail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, Item
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.security.domain import SYSTEM
from factory.stock import service
from tests.catalogue.build import make_style

LOT = "2026-0012/1/66"


def make_item(session: Session, **changes: Any) -> Item:
    """A black wool coat in 66 of first grade; its style is made unless it is there."""
    given: dict[str, Any] = {"style": "W-2601", "colour": "BK", "size": "66"}
    given |= {"grade": Grade.FIRST} | changes
    if given["style"] not in {style.number for style in catalogue.styles(session)}:
        make_style(session, sheet=None, number=given["style"])
    return catalogue.item_of(session, **given)


def make_stock(
    session: Session,
    item: Item | str | None = None,
    quantity: int = 10,
    lot: str = LOT,
    *,
    for_customer: bool = False,
    event_id: str = "",
    at: datetime | None = None,
) -> str:
    """Hang finished coats on the rail; gives back the code that is on their tags."""
    found = item or make_item(session)
    code = found if isinstance(found, str) else found.code
    service.receive_finished(
        session,
        code,
        quantity,
        lot,
        for_customer=for_customer,
        event_id=event_id or new_id(),
        by=SYSTEM,
        at=at or now(),
    )
    return code
