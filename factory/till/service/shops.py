"""Say how receipts name the seller."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.business.service import describe
from factory.security import service as security
from factory.security.domain import Actor
from factory.till import queries, records
from factory.till.domain.shop import Shop

SELLER = ("name", "registration", "representative", "address", "phone")
"""What the till's page asks of the business; the rest of it stays as it is."""


def describe_shop(session: Session, shop: Shop, *, by: Actor, at: datetime) -> Shop:
    """Keep how receipts name the seller, from now on."""
    before = queries.shop(session)
    told = {name: getattr(shop, name) for name in SELLER}
    seller = describe(session, replace(business(session), **told), by=by, at=at)
    records.save_rules(session, shop)
    checked = replace(shop, registration=seller.registration)
    was, now = _shown(before) if before else None, _shown(checked)
    security.record(session, by, "describe_shop", "shop", at=at, before=was, after=now)
    return checked


def _shown(shop: Shop) -> dict[str, str]:
    """What the audit keeps: nobody's name, address or telephone."""
    return {
        "tolerance": str(shop.tolerance.won),
    }
