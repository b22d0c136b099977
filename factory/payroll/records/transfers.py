"""Tables of transfer files: made, and deleted after use. What stands in them is in the vault."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import BIG, Key, Word
from factory.db.session import Base, Fact
from factory.kernel.money import Money
from factory.payroll.domain.transfer import BankForm, Made
from factory.security.domain import WorkerId


class TransferRow(Fact, Base):
    """A transfer file was made of a closed month, or of what one who leaves is owed."""

    __tablename__ = "transfer_files"

    id: Mapped[Key]
    month: Mapped[date]
    """The closed month, or the last one of whoever leaves, which may be open yet."""
    worker_id: Mapped[int | None] = mapped_column(ForeignKey("workers.id"))
    form: Mapped[BankForm] = mapped_column(Word(BankForm))
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    """Where the vault keeps it."""
    count: Mapped[int]
    won: Mapped[Money]
    reason: Mapped[str] = mapped_column(String(200))
    left_out: Mapped[list[int]] = mapped_column(JSON)
    second: Mapped[str] = mapped_column(String(60))
    """Who said as the second person that she knows; nobody where it pays one alone."""
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]

    def value(self) -> Made:
        """The file as a value."""
        return Made(
            self.id,
            self.month,
            self.form,
            self.count,
            self.won.won,
            self.reason,
            self.by,
            self.at,
            tuple(self.left_out),
            None if self.worker_id is None else WorkerId(self.worker_id),
            self.second,
        )


class TransferGoneRow(Fact, Base):
    """A transfer file was deleted after use."""

    __tablename__ = "transfer_files_deleted"

    transfer_id: Mapped[int] = mapped_column(BIG, ForeignKey("transfer_files.id"), primary_key=True)
    by: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]


def transfers_made(session: Session, *, gone: bool) -> list[TransferRow]:
    """The files that were deleted, or those that are still kept; oldest first."""
    deleted = select(TransferGoneRow.transfer_id)
    which = TransferRow.id.in_(deleted) if gone else TransferRow.id.not_in(deleted)
    return list(session.scalars(select(TransferRow).where(which).order_by(TransferRow.id)))


def transfer_kept(session: Session, transfer_id: int) -> TransferRow | None:
    """A file, if it is not deleted yet."""
    if session.get(TransferGoneRow, transfer_id) is not None:
        return None
    return session.get(TransferRow, transfer_id)
