"""Terminals and their tokens."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.security import records
from factory.security.domain import (
    Actor,
    DeviceRole,
    NameTaken,
    NameWanted,
    TokenUnknown,
    WrongDeviceRole,
)
from factory.security.records import DeviceRow
from factory.security.service import record
from factory.security.sessions import hashed

SEEN_EVERY = timedelta(minutes=1)
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Device:
    """A terminal as lists show it."""

    name: str
    role: DeviceRole
    last_seen: datetime | None


def add(session: Session, name: str, role: DeviceRole, *, by: Actor, at: datetime) -> str:
    """A new terminal; its token is shown once and kept only as a hash."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NameWanted(most=LONGEST_NAME)
    if session.scalar(select(DeviceRow.id).where(DeviceRow.name == name)) is not None:
        raise NameTaken(name=name)
    token = secrets.token_urlsafe(32)
    row = DeviceRow(
        name=name, role=role, token_hash=hashed(token), created_at=at, last_seen=None, void=False
    )
    session.add(row)
    record(session, by, "add_device", f"device {name}", at=at, after=role.value)
    return token


def void(session: Session, name: str, *, by: Actor, at: datetime) -> None:
    """Let a terminal send no more, for example when a tablet is lost."""
    row = session.scalar(select(DeviceRow).where(DeviceRow.name == name))
    if row is None:
        raise NotFound("terminal", name)
    row.void = True
    record(session, by, "void_device", f"device {name}", at=at)


def known(session: Session, token: str, role: DeviceRole) -> Actor:
    """The terminal that carries a token, if it may send this."""
    row = records.find_device(session, hashed(token))
    if row is None or row.void:
        raise TokenUnknown
    if row.role is not role:
        raise WrongDeviceRole(role=row.role.value)
    return Actor(name=row.name, device=row.name, seen=row.last_seen)


def seen(session: Session, terminal: Actor, *, at: datetime) -> None:
    """Note that a terminal has sent something; at most once a minute."""
    if terminal.seen is not None and at - terminal.seen <= SEEN_EVERY:
        return
    row = session.scalar(select(DeviceRow).where(DeviceRow.name == terminal.device))
    if row is not None and (row.last_seen is None or at - row.last_seen > SEEN_EVERY):
        row.last_seen = at


def listed(session: Session) -> tuple[Device, ...]:
    """Every terminal that may send."""
    return tuple(Device(row.name, row.role, row.last_seen) for row in records.devices(session))
