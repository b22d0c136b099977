"""Tables of what firms have paid, and of what the materials of a coat cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.till.domain.accounts import FirmPayment
from factory.till.domain.sale import TenderKind


class FirmPaymentRow(Fact, Base):
    """A firm paid something."""

    __tablename__ = "firm_payments"

    id: Mapped[Key]
    event_id: Mapped[str] = mapped_column(String(36), unique=True)
    customer: Mapped[int] = mapped_column(index=True)
    day: Mapped[date]
    amount: Mapped[Money]
    kind: Mapped[TenderKind] = mapped_column(Word(TenderKind))
    note: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> FirmPayment:
        """The payment as a value."""
        return FirmPayment(self.day, self.amount, self.kind, self.note, self.at, self.by)


class MaterialCostRow(Fact, Base):
    """What cloth and trims of one coat of a style cost from now on."""

    __tablename__ = "material_costs"

    id: Mapped[Key]
    style: Mapped[str] = mapped_column(String(20), index=True)
    cost: Mapped[Money]
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))


def find_payment(session: Session, event_id: str) -> FirmPaymentRow | None:
    """Look a payment up by the id it got where it began."""
    return session.scalar(select(FirmPaymentRow).where(FirmPaymentRow.event_id == event_id))


def firm_payments(session: Session) -> Sequence[FirmPaymentRow]:
    """Everything that firms have paid, by day."""
    statement = select(FirmPaymentRow).order_by(FirmPaymentRow.day, FirmPaymentRow.id)
    return session.scalars(statement).all()


def material_costs(session: Session) -> dict[str, Money]:
    """What the materials of a coat cost, by style, as it was entered last."""
    rows = session.scalars(select(MaterialCostRow).order_by(MaterialCostRow.id))
    return {row.style: row.cost for row in rows}
