"""Codes of a telephone as the second thing that a password needs (RFC 6238, on RFC 4226)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

STEP = 30
"""Seconds that a code holds."""
DIGITS = 6
SECRET = 20
"""Bytes, as long as what SHA-1 gives (RFC 4226, section 4)."""
AROUND = (0, -1, 1)
"""Steps that are taken: a telephone's clock may go half a minute wrong."""


def new_secret() -> str:
    """A secret for a telephone, in the letters that such programs take."""
    return base64.b32encode(secrets.token_bytes(SECRET)).decode()


def step_of(moment: datetime) -> int:
    """The number of the half minute."""
    return int(moment.timestamp()) // STEP


def code_of(secret: str, step: int) -> str:
    """The code of a half minute."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def step_that_fits(secret: str, code: str, moment: datetime, *, used: int) -> int | None:
    """The half minute that a code is of, if it fits now and was not used before."""
    typed = "".join(code.split())
    now = step_of(moment)
    fitting = (
        now + off for off in AROUND if hmac.compare_digest(code_of(secret, now + off), typed)
    )
    return next((step for step in fitting if step > used), None) if typed.isascii() else None


def address_of(secret: str, name: str) -> str:
    """What the code on the screen says to the telephone; it names no house."""
    return f"otpauth://totp/didim:{quote(name)}?secret={secret}&issuer=didim"
