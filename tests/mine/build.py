"""Somebody whose own page has something on every line."""

from __future__ import annotations

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.time import at, now
from factory.people import service as hiring
from factory.people.domain import Worker
from factory.security import kiosk, service, sessions
from factory.security.domain import Actor, Role
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind
from tests.people.build import make_worker
from tests.timeclock.build import YESTERDAY, make_punch

WILLOW = Actor(name="Willow", roles=frozenset({Role.MANAGER}))
CEDAR = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))
WHY = "a letter of the pension office"
DARK = "the scanner was dark"


def make_day(
    session: Session, worker: Worker, came: str = "09:00", went: str = "18:00", *, day: date
) -> None:
    """A whole shift of one day, with an hour's rest at noon."""
    kinds = ("in", "break_start", "break_end", "out")
    for kind, clock in zip(kinds, (came, "12:00", "13:00", went), strict=True):
        make_punch(session, worker, kind, clock, day=day)


def make_pine(session: Session, name: str = "Pine", came: str = "09:00") -> Worker:
    """She came yesterday, is here today, asked for a correction and was looked at."""
    pine = make_worker(session, name)
    make_day(session, pine, came, day=YESTERDAY)
    make_punch(session, pine, "in", came)
    ask(session, pine)
    look(session, pine)
    return pine


def ask(session: Session, worker: Worker, reason: str = DARK) -> int:
    """She asks for a going home that was not taken; gives the request's number."""
    moment, kind = at(date(2026, 11, 20), "18:00"), PunchKind.OUT
    asked = timeclock.ask_correction(
        session, worker, kind, moment, reason, by=herself(worker), at=now()
    )
    return asked.id


def look(session: Session, worker: Worker, why: str = WHY) -> None:
    """The manager opens her legal name."""
    hiring.seal(session, worker, {"legal_name": "Sealed Name"}, by=WILLOW, at=now())
    hiring.read_sealed(session, worker, "legal_name", reason=why, by=WILLOW, at=now())


def herself(worker: Worker) -> Actor:
    """The worker at her own telephone."""
    return Actor(name=worker.name, roles=frozenset({Role.WORKER}), worker=worker.id, with_pin=True)


def at_her_phone(app: Flask, client: FlaskClient, worker: Worker) -> FlaskClient:
    """The browser of her own telephone, with her PIN given."""
    with app.app_context(), transaction() as session:
        account = service.find_account_id(session, str(worker.number))
        assert account is not None
        client.set_cookie(kiosk.COOKIE, sessions.open_session(session, account, at=now()))
    return client
