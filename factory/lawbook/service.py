"""Enter a figure or a decreed holiday; approve, refuse, and take back what was entered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from factory.db.session import hold
from factory.kernel.time import day_of
from factory.law.book import Decreed, Entered
from factory.lawbook import domain, queries, records
from factory.lawbook.domain import Kind, WhyNot
from factory.lawbook.records import LawEntryRow
from factory.security import service as security
from factory.security.domain import Actor


def enter(session: Session, new: Entered | Decreed, *, by: Actor, at: datetime) -> int:
    """Enter a figure or a holiday with its source; it holds once a second person approved it."""
    hold(session, "lawbook", "all")
    domain.refuse_far(new, day_of(at))
    book, entries = queries.book(session), records.entries(session)
    if isinstance(new, Decreed):
        row = _day(domain.checked_day(new, book, entries))
    else:
        row = _figure(domain.checked_figure(new, book, entries))
    number = records.append(session, row, by=by, at=at)
    security.record(session, by, "enter_law", _thing(row), at=at, after=row.value or row.name)
    return number


def _figure(new: Entered) -> LawEntryRow:
    return LawEntryRow(
        kind=Kind.FIGURE,
        name=new.name,
        since=new.since,
        value=records.plain(new.value),
        article=new.article.strip(),
        source=new.source.strip(),
    )


def _day(new: Decreed) -> LawEntryRow:
    called, source = new.name.strip(), new.source.strip()
    return LawEntryRow(
        kind=Kind.HOLIDAY, name=called, since=new.day, value=[], article="", source=source
    )


def _thing(row: LawEntryRow) -> str:
    if row.kind is Kind.FIGURE:
        return f"figure {row.name} {row.since}"
    return f"day {row.since}" if row.kind is Kind.HOLIDAY else f"entry {row.of}"


def approve(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Approve what somebody else entered, having compared it with its source; it holds now."""
    hold(session, "lawbook", "all")
    found = queries.entry(session, number)
    domain.refuse_answered(found)
    domain.refuse_own(found, by)
    records.append_answer(session, number, "", approved=True, by=by, at=at)
    session.info.pop(queries.BOOK, None)
    security.record(session, by, "approve_law", f"entry {number}", at=at)


def refuse(session: Session, number: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Do not approve an entry, with the reason; whoever entered it may draw it back herself."""
    hold(session, "lawbook", "all")
    domain.refuse_answered(queries.entry(session, number))
    if not reason.strip():
        raise WhyNot
    records.append_answer(session, number, reason.strip(), approved=False, by=by, at=at)
    security.record(session, by, "refuse_law", f"entry {number}", at=at, reason=reason.strip())


def take_back(session: Session, number: int, reason: str, *, by: Actor, at: datetime) -> int:
    """Ask to take back what holds; it holds until a second person approves that."""
    hold(session, "lawbook", "all")
    found = queries.entry(session, number)
    domain.refuse_going(found, records.entries(session))
    if not reason.strip():
        raise WhyNot
    row = LawEntryRow(
        kind=Kind.TAKE_BACK,
        name=found.name,
        since=found.since,
        value=records.plain(found.value),
        article="",
        source=reason.strip(),
        of=number,
    )
    asked = records.append(session, row, by=by, at=at)
    security.record(session, by, "take_law_back", _thing(row), at=at, reason=reason.strip())
    return asked
