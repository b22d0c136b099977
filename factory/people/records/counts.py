"""The table of head counts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key
from factory.db.session import Base, Fact
from factory.people.domain.headcount import HeadCount


class HeadCountRow(Fact, Base):
    """A month's head count with its working; counted again it is a new row, and that one holds."""

    __tablename__ = "headcounts"

    id: Mapped[Key]
    month: Mapped[date] = mapped_column(index=True)
    person_days: Mapped[int]
    operating_days: Mapped[int]
    number: Mapped[str] = mapped_column(String(20))
    """Person-days by operating days as an exact fraction, `137/11`."""
    days_below: Mapped[int]
    least: Mapped[int]
    counted: Mapped[int]
    article: Mapped[str] = mapped_column(String(80))
    heads: Mapped[list[list[str | int]]] = mapped_column(JSON)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(60))

    def value(self) -> HeadCount:
        """The count as a value."""
        heads = tuple((date.fromisoformat(str(day)), int(number)) for day, number in self.heads)
        return HeadCount(self.month, heads, self.least, self.counted, self.article)


def append_count(session: Session, found: HeadCount, *, by: str, at: datetime) -> None:
    """Keep a month's count."""
    session.add(
        HeadCountRow(
            month=found.month,
            person_days=found.person_days,
            operating_days=found.operating_days,
            number=str(found.number),
            days_below=found.days_below,
            least=found.least,
            counted=found.counted,
            article=found.article,
            heads=[[day.isoformat(), number] for day, number in found.heads],
            at=at,
            by=by,
        )
    )


def counts(session: Session) -> dict[date, HeadCountRow]:
    """The newest count of each month, by month."""
    rows = session.scalars(select(HeadCountRow).order_by(HeadCountRow.id))
    found = {row.month: row for row in rows}
    return dict(sorted(found.items()))
