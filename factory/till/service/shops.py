"""Say how receipts name the seller."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.security import service as security
from factory.security.domain import Actor
from factory.till import queries, records
from factory.till.domain.shop import Shop, checked_registration


def describe_shop(session: Session, shop: Shop, *, by: Actor, at: datetime) -> Shop:
    """Keep how receipts name the seller, from now on."""
    checked = replace(shop, registration=checked_registration(shop.registration))
    before = queries.shop(session)
    records.save_shop(session, checked)
    was, now = _shown(before) if before else None, _shown(checked)
    security.record(session, by, "describe_shop", "shop", at=at, before=was, after=now)
    return checked


def _shown(shop: Shop) -> dict[str, str]:
    """What the audit keeps: nobody's name, address or telephone."""
    return {
        "name": shop.name,
        "registration": shop.registration,
        "tolerance": str(shop.tolerance.won),
    }
