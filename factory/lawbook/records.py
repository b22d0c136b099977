"""Tables of what was entered into the law book, and of what a second person said to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, cast

from sqlalchemy import JSON, ForeignKey, Row, String, Table, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from factory.db import quick
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


ENTRIES, ANSWERS = (cast(Table, row.__table__) for row in (LawEntryRow, LawAnswerRow))
_ENTRIES = (
    select(
        ENTRIES,
        *(ANSWERS.c.approved, ANSWERS.c.reason, ANSWERS.c.by.label("answered_by")),
        *(ANSWERS.c.account.label("answered_account"), ANSWERS.c.at.label("answered_at")),
    )
    .outerjoin(ANSWERS, ANSWERS.c.entry_id == ENTRIES.c.id)
    .order_by(ENTRIES.c.id)
)
"""Made once, because every sale and every punch asks it."""


def entries(session: Session) -> tuple[Entry, ...]:
    """Everything that was entered, in order, with what became of it; in one statement."""
    rows = quick.run(session, _ENTRIES)
    gone = {row.of for row in rows if row.approved}
    return tuple(_entry(row, gone) for row in rows)


def _entry(row: Row[Any], gone: set[int | None]) -> Entry:
    return Entry(
        id=row.id,
        kind=row.kind,
        name=row.name,
        since=row.since,
        value=_exact(row.value),
        article=row.article,
        source=row.source,
        entered=_said(row.by, row.account, row.at),
        state=_state(row, gone),
        of=row.of,
        answered=_answered(row),
        reason=row.reason or "",
    )


def _state(row: Row[Any], gone: set[int | None]) -> State:
    if row.approved is None:
        return State.WAITING
    if not row.approved:
        return State.REFUSED
    return State.TAKEN_BACK if row.id in gone else State.HOLDS


def _answered(row: Row[Any]) -> Said | None:
    if row.approved is None:
        return None
    return _said(row.answered_by, row.answered_account, row.answered_at)


def _said(by: str, account: int | None, at: datetime) -> Said:
    return Said(by, None if account is None else AccountId(account), at)


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
