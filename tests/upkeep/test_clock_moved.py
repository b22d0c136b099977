"""The computer's clock goes ahead, then back: what it did then holds nobody up for years."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.time import now
from factory.security import chain, guessing, second, service, telephone, vault
from factory.security.domain import SYSTEM, AccountId, Role
from factory.upkeep import rotation
from tests.cast import PASSWORD
from tests.conftest import SignIn

AHEAD = 400 * 24 * 3600
NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "newest"),
    [
        ((), None),
        ((NOON + timedelta(days=400),), None),
        ((NOON + timedelta(days=400), NOON - timedelta(days=3)), NOON - timedelta(days=3)),
        ((NOON + timedelta(minutes=4), NOON - timedelta(days=3)), NOON + timedelta(minutes=4)),
    ],
)
def test_a_backup_of_a_time_to_come_holds_no_night_up(
    found: tuple[datetime, ...], newest: datetime | None
) -> None:
    assert rotation.newest(found, NOON) == newest
    late = newest is None or newest < NOON - timedelta(days=2)
    assert rotation.is_due(rotation.newest(found, NOON), NOON) is late
    assert rotation.is_old(rotation.newest(found, NOON), NOON) is late


def test_wrong_attempts_of_a_time_to_come_make_nobody_wait() -> None:
    ahead = [NOON + timedelta(days=400)] * 9
    assert guessing.wait_after(ahead, guessing.FREE_ATTEMPTS, at=NOON) == timedelta(0)
    real = [NOON - timedelta(seconds=1)] * 9
    assert guessing.wait_after(real, guessing.FREE_ATTEMPTS, at=NOON) > timedelta(0)


def taken(session: Session, account: AccountId) -> bool:
    secret = vault.read_own(session, telephone.KIND, str(account), telephone.FIELD) or ""
    code = second.code_of(secret, second.step_of(now()))
    return telephone.take(session, account, code, at=now())


def test_a_code_taken_while_the_clock_was_ahead_shuts_nobody_out(
    session: Session, clock: time_machine.Traveller
) -> None:
    account = service.create_account(
        session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now()
    )
    telephone.begin(session, account)
    clock.shift(AHEAD)
    secret = telephone.waiting_secret(session, account) or ""
    code = second.code_of(secret, second.step_of(now()))
    assert telephone.take_in(session, account, code, by=SYSTEM, at=now()) is not None
    clock.shift(-AHEAD)
    assert taken(session, account)
    assert not taken(session, account), "and each is taken once as before"


def test_the_start_page_says_it_to_those_who_look_after_the_house(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    told = "an entry is newer than now"
    manager = sign_in(Role.MANAGER)
    assert told not in manager.get("/").text
    clock.shift(3600)
    with app.app_context(), transaction() as session:
        service.record(session, SYSTEM, "hire", "worker 7", at=now())
    clock.shift(-3600)
    assert told in manager.get("/").text
    assert told not in sign_in(Role.CASHIER).get("/").text


def test_the_chain_of_entries_holds_whatever_the_clock_says(
    app: Flask, clock: time_machine.Traveller
) -> None:
    with app.app_context():
        for step in (3600, -86400, 60):
            clock.shift(step)
            with transaction() as session:
                service.record(session, SYSTEM, "hire", "worker 7", at=now())
        with transaction() as session:
            assert list(chain.faults(session)) == []
