"""Tables of what was entered into the law book, and of what a second person said to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db.columns import Key, Word
from factory.db.session import Base, Fact
from factory.lawbook.domain import Entry, Kind, Said, State, Value
from factory.security.domain import AccountId, Actor


class LawEntryRow(Fact, Base):
    """A figure, a decreed holiday, or the wish to take one of them back."""

    __tablename__ = "law_entries"

    id: Mapped[Key]
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    name: Mapped[str] = mapped_column(String(80))
    since: Mapped[date]
    value: Mapped[Any] = mapped_column(JSON)
    """Exact numbers as text: `"10700"`, or pairs of a name and a number."""
    article: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(200))
    of: Mapped[int | None] = mapped_column(ForeignKey("law_entries.id"))
    by: Mapped[str] = mapped_column(String(60))
    account: Mapped[int | None]
    at: Mapped[datetime]


class LawAnswerRow(Fact, Base):
    """A second person approved an entry, or it was not approved."""

    __tablename__ = "law_answers"

    entry_id: Mapped[int] = mapped_column(ForeignKey("law_entries.id"), primary_key=True)
    approved: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(String(60))
    account: Mapped[int | None]
    at: Mapped[datetime]


def append(session: Session, row: LawEntryRow, *, by: Actor, at: datetime) -> int:
    """Keep an entry; gives its number."""
    row.by, row.account, row.at = by.name, by.account, at
    session.add(row)
    session.flush()
    return row.id


def append_answer(
    session: Session, number: int, reason: str, *, approved: bool, by: Actor, at: datetime
) -> None:
    """Keep what was said to an entry; each is answered once."""
    session.add(
        LawAnswerRow(
            entry_id=number,
            approved=approved,
            reason=reason,
            by=by.name,
            account=by.account,
            at=at,
        )
    )
    session.flush()


_ENTRIES = (
    select(LawEntryRow, LawAnswerRow)
    .outerjoin(LawAnswerRow, LawAnswerRow.entry_id == LawEntryRow.id)
    .order_by(LawEntryRow.id)
)
"""Made once, because every sale and every punch asks it."""


def entries(session: Session) -> tuple[Entry, ...]:
    """Everything that was entered, in order, with what became of it; in one statement."""
    rows = session.execute(_ENTRIES).all()
    found: list[tuple[LawEntryRow, LawAnswerRow | None]] = [(row, said) for row, said in rows]
    gone = {row.of for row, said in found if said is not None and said.approved}
    return tuple(_entry(row, said, gone) for row, said in found)


def _entry(row: LawEntryRow, said: LawAnswerRow | None, gone: set[int | None]) -> Entry:
    return Entry(
        id=row.id,
        kind=row.kind,
        name=row.name,
        since=row.since,
        value=_exact(row.value),
        article=row.article,
        source=row.source,
        entered=_said(row),
        state=_state(row, said, gone),
        of=row.of,
        answered=None if said is None else _said(said),
        reason="" if said is None else said.reason,
    )


def _state(row: LawEntryRow, said: LawAnswerRow | None, gone: set[int | None]) -> State:
    if said is None:
        return State.WAITING
    if not said.approved:
        return State.REFUSED
    return State.TAKEN_BACK if row.id in gone else State.HOLDS


def _said(row: LawEntryRow | LawAnswerRow) -> Said:
    account = None if row.account is None else AccountId(row.account)
    return Said(row.by, account, row.at)


def plain(value: Value) -> Any:
    """A value as it is kept."""
    if isinstance(value, Fraction):
        return str(value)
    return [[name, str(number)] for name, number in value]


def _exact(kept: Any) -> Value:
    if isinstance(kept, str):
        return Fraction(kept)
    pairs: Mapping[str, str] = dict(kept)
    return tuple((name, Fraction(number)) for name, number in pairs.items())
