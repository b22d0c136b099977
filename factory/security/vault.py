"""The vault: legal name, address, phone, bank account, sealed; every reading leaves an entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.security import records
from factory.security.domain import Actor, NotTheirs, Permission, ReasonNeeded
from factory.security.keys import KeyAway, Ring, SealBroken

RING = "didim.ring"
"""Where a session carries the ring of keys (`Session.info`)."""


def ring_of(session: Session) -> Ring:
    """The keys this session was given."""
    return cast("Ring", session.info[RING])


def seal(session: Session, kind: str, uid: str, fields: Mapping[str, str]) -> None:
    """Seal texts; an empty one removes what was there."""
    ring = ring_of(session)
    for field, text in fields.items():
        row = records.sealed(session, kind, uid, field)
        if row is not None:
            session.delete(row)
            session.flush()
        if text.strip():
            envelope = ring.seal(text.strip(), place(kind, uid, field))
            session.add(records.SealedRow(kind=kind, uid=uid, field=field, envelope=envelope))


def sealed_fields(session: Session, kind: str, uid: str) -> frozenset[str]:
    """Which texts are there, without opening them."""
    row = records.SealedRow
    return frozenset(session.scalars(select(row.field).where(row.kind == kind, row.uid == uid)))


def read(
    session: Session, by: Actor, *, at: datetime, kind: str, uid: str, field: str, reason: str
) -> str:
    """Open one text; the entry with the reason is written in the same transaction."""
    if not reason.strip():
        raise ReasonNeeded
    if not by.may(Permission.READ_VAULT):
        raise NotTheirs
    row = records.sealed(session, kind, uid, field)
    if row is None:
        raise NotFound("entry", field)
    entry = records.AuditRow(
        at=at,
        what="read_vault",
        thing=f"{kind} {uid}",
        reason=reason.strip(),
        after={"field": field},
    )
    records.append_audit(session, by, entry)
    return ring_of(session).open(row.envelope, place(kind, uid, field))


def read_own(session: Session, kind: str, uid: str, field: str) -> str | None:
    """Open what the program itself needs to let somebody in; it tells nothing of anybody."""
    row = records.sealed(session, kind, uid, field)
    where = place(kind, uid, field)
    return None if row is None else ring_of(session).open_anyway(row.envelope, where)


def texts(
    session: Session, kind: str, field: str, uids: Iterable[str], *, anyway: bool = False
) -> dict[str, str]:
    """Some texts of one field: for her own eyes, or another's of whose look an entry is kept.

    None while the key is away; `anyway` for what the program only reckons with and shows nobody.
    """
    row, ring = records.SealedRow, ring_of(session)
    wanted = select(row).where(row.kind == kind, row.field == field, row.uid.in_(tuple(uids)))
    opened = ring.open_anyway if anyway else ring.open
    found = session.scalars(wanted).all()
    try:
        return {each.uid: opened(each.envelope, place(kind, each.uid, field)) for each in found}
    except KeyAway:
        return {}


def opens(session: Session) -> bool:
    """Whether this ring opens the first sealed text, if there is one."""
    row = session.scalar(select(records.SealedRow).limit(1))
    if row is None:
        return True
    try:
        ring_of(session).open(row.envelope, place(row.kind, row.uid, row.field))
    except SealBroken:
        return False
    return True


def seal_anew(session: Session, ring: Ring) -> int:
    """Open every text and seal it with the newest key of a ring that has the older ones too."""
    rows = session.scalars(select(records.SealedRow)).all()
    for row in rows:
        where = place(row.kind, row.uid, row.field)
        row.envelope = ring.seal(ring.open(row.envelope, where), where)
    session.info[RING] = ring
    return len(rows)


def erase(session: Session, kind: str, uid: str) -> None:
    """Delete everything sealed for somebody."""
    row = records.SealedRow
    session.execute(delete(row).where(row.kind == kind, row.uid == uid))


def erase_fields(session: Session, kind: str, uid: str, fields: Iterable[str]) -> None:
    """Delete some of what is sealed for somebody."""
    row = records.SealedRow
    mine = (row.kind == kind, row.uid == uid, row.field.in_(tuple(fields)))
    session.execute(delete(row).where(*mine))


def place(kind: str, uid: str, field: str) -> str:
    """What a seal is bound to."""
    return f"{kind}|{uid}|{field}"


def all_of(session: Session, kind: str, field: str) -> dict[str, str]:
    """Everybody's text of one field, for the program alone to compare; nobody is shown it."""
    row, ring = records.SealedRow, ring_of(session)
    found = session.scalars(select(row).where(row.kind == kind, row.field == field))
    return {each.uid: ring.open(each.envelope, place(kind, each.uid, field)) for each in found}


def holders(session: Session, kind: str, field: str) -> frozenset[str]:
    """For whom a text is sealed, without opening it."""
    row = records.SealedRow
    return frozenset(session.scalars(select(row.uid).where(row.kind == kind, row.field == field)))
