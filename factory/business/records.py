"""The table of the business; there is one."""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from sqlalchemy import String, Table, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.business.domain import UNNAMED, Business
from factory.db import quick
from factory.db.session import Base

THE_ONE = 1


class BusinessRow(Base):
    """The business as its papers name it."""

    __tablename__ = "business"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60))
    registration: Mapped[str] = mapped_column(String(12))
    representative: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(40))
    officer: Mapped[str] = mapped_column(String(60))
    officer_contact: Mapped[str] = mapped_column(String(60))


BUSINESS = cast(Table, BusinessRow.__table__)
_FIND = select(BUSINESS).where(BUSINESS.c.id == THE_ONE)
"""Made once, because every receipt names the business."""


def find(session: Session) -> Business:
    """The business as it was entered last."""
    row = quick.first(session, _FIND)
    if row is None:
        return UNNAMED
    return Business(
        name=row.name,
        registration=row.registration,
        representative=row.representative,
        address=row.address,
        phone=row.phone,
        officer=row.officer,
        officer_contact=row.officer_contact,
    )


def save(session: Session, business: Business) -> None:
    """Keep the business."""
    session.merge(BusinessRow(id=THE_ONE, **asdict(business)))
    session.flush()
