"""`kill -9` while the keys are turned: every text opens afterwards, and the chain holds."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from flask import Flask

from config import load_settings
from factory.app import create_app
from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.security import chain, service, vault
from factory.security.domain import SYSTEM
from tests.endure.hatched import start

pytestmark = pytest.mark.endure
TEXTS, KILLS = 2_000, 12


def house() -> Flask:
    return create_app(load_settings())


def test_a_turn_that_is_cut_short_loses_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "key" / "vault.key"))
    start("db", "upgrade").join()
    with house().app_context():
        with transaction() as session:
            for number in range(TEXTS):
                service.seal(
                    session, "kept", str(number), {"phone": str(number)}, by=SYSTEM, at=now()
                )
        db.engine.dispose()
    whole = turn(None)
    for chance in random.Random(8).choices(range(20, 100), k=KILLS):  # noqa: S311
        turn(whole * chance / 100)
        check()
    turn(None)
    assert check() > 2


def turn(seconds: float | None) -> float:
    """Turn the keys, or die after so many seconds; how long it took."""
    begun, process = time.monotonic(), start("keys", "rotate")
    process.join(seconds)
    process.kill()
    process.join()
    return time.monotonic() - begun


def check() -> int:
    """Everything opens and the chain holds; how many keys there are."""
    with house().app_context():
        with reading() as session:
            found = vault.all_of(session, "kept", "phone")
            assert found == {str(number): str(number) for number in range(TEXTS)}
            assert list(chain.faults(session)) == []
            keys = len(vault.ring_of(session).masters)
        db.engine.dispose()
    return keys
