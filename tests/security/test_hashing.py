"""What a stolen database costs whoever would guess its passwords."""

from __future__ import annotations

from argon2 import PasswordHasher, extract_parameters

from factory.security import hashing


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
