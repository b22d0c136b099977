"""The table of the business; there is one."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.business.domain import UNNAMED, Business
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

    def value(self) -> Business:
        """The business as a value."""
        return Business(
            name=self.name,
            registration=self.registration,
            representative=self.representative,
            address=self.address,
            phone=self.phone,
        )


def find(session: Session) -> Business:
    """The business as it was entered last."""
    row = session.get(BusinessRow, THE_ONE)
    return UNNAMED if row is None else row.value()


def save(session: Session, business: Business) -> None:
    """Keep the business."""
    session.merge(BusinessRow(id=THE_ONE, **asdict(business)))
    session.flush()
