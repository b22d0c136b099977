"""Say who the business is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.business import records
from factory.business.domain import Business, checked_registration
from factory.security import service as security
from factory.security.domain import Actor


def describe(session: Session, business: Business, *, by: Actor, at: datetime) -> Business:
    """Keep how papers name the business, from now on."""
    checked = replace(business, registration=checked_registration(business.registration))
    before = records.find(session)
    if checked == before:
        return checked
    records.save(session, checked)
    was, now = _shown(before), _shown(checked)
    security.record(session, by, "describe_business", "business", at=at, before=was, after=now)
    return checked


def _shown(business: Business) -> dict[str, str]:
    """What the audit keeps: nobody's name, address or telephone."""
    return {"name": business.name, "registration": business.registration}
