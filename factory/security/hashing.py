"""Passwords and PINs as hashes nobody can turn back: Argon2id (RFC 9106)."""

from __future__ import annotations

import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
"""At a cost that a shared screen can wait for; PINs are peppered besides."""


def hashed(secret: str) -> str:
    """A secret as it is kept."""
    return HASHER.hash(secret)


@lru_cache(maxsize=1)
def of_nobody() -> str:
    """The hash of a secret nobody has, so that a name nobody has is refused as slowly as others."""
    return hashed(secrets.token_hex(16))


def matches(kept: str, secret: str) -> bool:
    """Whether a secret is the one that was kept."""
    try:
        return HASHER.verify(kept, secret)
    except (Argon2Error, InvalidHashError):
        return False
