"""The keys as they stand on paper: short lines with check letters, to be typed back years later."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from factory.kernel.errors import Refused
from factory.security.keys import Ring

PART = 16
"""Letters of a key on one line: four groups of four."""
CHECK = 4
PARTS = 4
_LINE = re.compile(
    rf"(\d{{1,3}})-([1-{PARTS}]):?([0-9a-f]{{{PART}}})([0-9a-f]{{{CHECK}}})", re.ASCII
)


class LineWrong(Refused):
    """Line {number} does not fit its last four letters. Please compare it with the sheet."""


class LineMissing(Refused):
    """The line {name} is missing."""


def lines_of(ring: Ring) -> list[str]:
    """A ring as lines for paper, oldest key first."""
    return [line for number, key in sorted(ring.masters.items()) for line in _lines(number, key)]


def _lines(number: int, key: bytes) -> Iterator[str]:
    letters = key.hex()
    for place in range(PARTS):
        part = letters[place * PART : (place + 1) * PART]
        groups = [part[at : at + 4] for at in range(0, PART, 4)]
        name = f"{number}-{place + 1}"
        yield f"{name}: {' '.join(groups)} {_check(name, part)}"


def ring_from(typed: Iterable[str]) -> Ring:
    """The ring that was typed from the sheet, in whatever order; refuses a slip of the finger."""
    parts: dict[str, str] = {}
    for number, line in enumerate(typed, start=1):
        squeezed = re.sub(r"\s", "", line).lower()
        if not squeezed:
            continue
        found = _LINE.fullmatch(squeezed)
        if found is None or _check(f"{found[1]}-{found[2]}", found[3]) != found[4]:
            raise LineWrong(number=number)
        parts[f"{found[1]}-{found[2]}"] = found[3]
    numbers = {int(name.partition("-")[0]) for name in parts} or {1}
    return Ring({number: _key(number, parts) for number in numbers})


def _key(number: int, parts: dict[str, str]) -> bytes:
    names = [f"{number}-{place + 1}" for place in range(PARTS)]
    if missing := [name for name in names if name not in parts]:
        raise LineMissing(name=missing[0])
    return bytes.fromhex("".join(parts[name] for name in names))


def _check(name: str, part: str) -> str:
    return hashlib.sha256(f"{name}:{part}".encode()).hexdigest()[:CHECK]
