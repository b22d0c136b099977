"""What a receipt has to say about the seller (VAT Act, art. 36; its decree, art. 73)."""

from __future__ import annotations

from dataclasses import dataclass

from factory.kernel.errors import Refused

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_LENGTH = 10


class RegistrationNumberWrong(Refused):
    """This is no business registration number. Please look at the certificate again."""

    field = "registration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The seller as receipts name it."""

    name: str
    registration: str
    representative: str
    address: str
    phone: str
    terms: str = ""
    """What holds for exchange and refund, in the shop's own words."""


def checked_registration(text: str) -> str:
    """A business registration number as 124-81-00998, or `RegistrationNumberWrong`.

    Weights 1 3 7 1 3 7 1 3 5 on the first nine digits, plus the tens of five times the ninth; the
    check digit lifts the sum to the next ten.
    """
    digits = [int(sign) for sign in text if sign in "0123456789"]
    if len(digits) != _LENGTH or not set(text) <= set("0123456789- "):
        raise RegistrationNumberWrong
    total = sum(w * d for w, d in zip(_WEIGHTS, digits, strict=False)) + digits[8] * 5 // 10
    if (10 - total % 10) % 10 != digits[9]:
        raise RegistrationNumberWrong
    plain = "".join(str(digit) for digit in digits)
    return f"{plain[:3]}-{plain[3:5]}-{plain[5:]}"
