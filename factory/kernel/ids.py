"""Codes on paper and ids of events.

Codes are digits only, because scanners type through the Korean input method; the first digit is
the kind, the last a Damm check digit (H. M. Damm, 2004), which catches every single wrong digit
and every swap of two neighbours.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from random import Random

from factory.kernel.errors import Refused

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)

_chance: ContextVar[Random | None] = ContextVar("chance", default=None)


class CodeMisread(Refused):
    """This code was not read well. Please scan it again, or type the digits."""

    field = "code"


class WrongKindOfCode(Refused):
    """This is not the paper that is asked for here. Please scan the right one."""

    field = "code"


class CodeKind(StrEnum):
    """What a paper code stands for; the value is its first digit."""

    BADGE = "1"
    BUNDLE = "2"
    RECEIPT = "3"
    COAT = "4"
    TICKET = "5"
    """An alteration, or a coat that is made to order."""


def check_digit(digits: str) -> str:
    """The Damm check digit of a string of digits."""
    interim = "0"
    for digit in digits:
        interim = _DAMM[int(interim)][int(digit)]
    return interim


def running_code(kind: CodeKind, number: int, *, length: int = 8) -> str:
    """A code of `length` digits for a running number: kind, number, check digit."""
    body = f"{kind.value}{number:0{length - 2}d}"
    return body + check_digit(body)


def random_badge_code() -> str:
    """A badge code: `1`, ten random digits, check digit; no order and no number in it."""
    chance = _chance.get()
    return badge_code(secrets.randbelow(10**10) if chance is None else chance.randrange(10**10))


def badge_code(number: int) -> str:
    """The badge code whose ten inner digits are given (for repeatable demo factories)."""
    return running_code(CodeKind.BADGE, number, length=12)


def read_code(text: str, kind: CodeKind) -> str:
    """Take what a scanner typed; refuse a misread one (`CodeMisread`) or another paper."""
    code = text.strip()
    if not is_well_read(code):
        raise CodeMisread
    if code[0] != kind.value:
        raise WrongKindOfCode
    return code


def is_well_read(code: str) -> bool:
    """Whether a code is of ASCII digits and its check digit is right."""
    return len(code) > 2 and code.isascii() and code.isdigit() and check_digit(code) == "0"  # noqa: PLR2004


def new_id() -> str:
    """A new event id, made where the event begins."""
    chance = _chance.get()
    return str(uuid.uuid4()) if chance is None else drawn_id(chance)


def drawn_id(chance: Random) -> str:
    """An event id drawn from a generator, for repeatable demo factories."""
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


@contextmanager
def drawing_from(chance: Random) -> Iterator[None]:
    """Draw ids and badge codes from a generator, so that a simulation comes out the same."""
    token = _chance.set(chance)
    try:
        yield
    finally:
        _chance.reset(token)
