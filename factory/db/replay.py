"""Balances that are kept beside their facts, for speed, and how they are held against them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept balance that its facts do not give; a room's `queries.recomputed` finds them."""

    kind: str
    key: str
    kept: str
    replayed: str
