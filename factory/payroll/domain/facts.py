"""A short name for facts: the same facts give the same name, in whatever order they were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any

from factory.payroll.domain.case import Shift

ALIKE = frozenset({Shift})
"""Facts of which a month has thousands, most of them equal: each is written down once."""


def fingerprint(*facts: object) -> str:
    """The name of facts: 32 letters; other facts have another."""
    return blake2b(repr(_plain(facts)).encode(), digest_size=16).hexdigest()


def digest(names: Iterable[tuple[int, str]]) -> str:
    """The name of a whole run, from everybody's number and fingerprint, in any order."""
    return fingerprint(*sorted(names))


def _plain(value: Any) -> Any:
    """The same value without anything whose order is chance: sets and mappings are sorted."""
    kind: Any = type(value)
    if kind in ALIKE:
        return _written(value)
    if kind is tuple or kind is list:
        return tuple([_plain(each) for each in value])
    if kind is frozenset or kind is set:
        return tuple(sorted(repr(_plain(each)) for each in value))
    if isinstance(value, Mapping):
        pairs = [(repr(_plain(key)), _plain(each)) for key, each in value.items()]
        return tuple(sorted(pairs, key=lambda pair: pair[0]))
    return _parts(value) if is_dataclass(value) else value


def _parts(value: Any) -> tuple[Any, ...]:
    kind: Any = type(value)
    return (kind.__name__, *[_plain(getattr(value, name)) for name in _names(kind)])


@lru_cache(maxsize=8192)
def _written(value: Any) -> str:
    return repr(_parts(value))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
