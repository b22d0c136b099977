"""What a stolen database costs whoever would guess its passwords."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.security import hashing, service, vault
from factory.security.domain import SYSTEM, Role, WorkerId
from tests.cast import PASSWORD, PIN


def test_a_secret_matches_its_hash_alone() -> None:
    kept = hashing.hashed("needle and thread")
    assert hashing.matches(kept, "needle and thread")
    assert not hashing.matches(kept, "needle and threat")
    assert not hashing.matches("no hash at all", "needle and thread")
    assert kept != hashing.hashed("needle and thread")


def test_a_guess_costs_as_much_as_is_recommended(dear_hasher: PasswordHasher) -> None:
    """OWASP asks for Argon2id with 19 MiB and two passes at least."""
    found = extract_parameters(dear_hasher.hash("x"))
    assert (found.type.name, found.memory_cost, found.time_cost) == ("ID", 19456, 2)


@pytest.mark.parametrize("name", ["1", "99", "willow", "nobody"])
def test_nobody_takes_as_long_as_somebody_however_often_the_keys_were_turned(
    session: Session, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    service.create_account(session, "willow", PASSWORD, roles=[Role.MANAGER], by=SYSTEM, at=now())
    service.create_worker_account(session, WorkerId(7), number=1, pin=PIN, by=SYSTEM, at=now())
    monkeypatch.setitem(session.info, vault.RING, vault.ring_of(session).rotated().rotated())
    tried: list[str] = []

    def compared(kept: str, _secret: str) -> bool:
        tried.append(kept)
        return False

    monkeypatch.setattr(hashing, "matches", compared)
    assert service.check_secret(session, name, "0000", at=now()) is None
    assert len(tried) == (3 if name.isdigit() else 1)
