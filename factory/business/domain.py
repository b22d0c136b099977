"""The business as its registration certificate names it."""

from __future__ import annotations

from dataclasses import dataclass

from factory.kernel.errors import Refused

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
"""Weights of the check digit of a Korean business registration number (국세청)."""


class RegistrationNumberWrong(Refused):
    """This is no business registration number. Please look at the certificate again."""

    field = "registration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """The employer and seller as papers name it; what nobody entered is empty."""

    name: str = ""
    registration: str = ""
    """As on the certificate: 124-81-00998."""
    representative: str = ""
    address: str = ""
    phone: str = ""
    officer: str = ""
    """Who is in charge of personal data: a name, or an office (PIPA, art. 30(1)6 and 31)."""
    officer_contact: str = ""


UNNAMED = Business()
"""Until somebody entered it: its papers leave lines to fill in by hand."""


def registration_digits(text: str) -> str:
    """The ten digits of a business registration number, or `RegistrationNumberWrong`; none is none.

    Its last digit checks the others: weights 1 3 7 1 3 7 1 3 5, the ninth product's tens added.
    """
    digits = text.replace("-", "").replace(" ", "")
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == len(WEIGHTS) + 1):
        raise RegistrationNumberWrong
    total = sum(int(d) * w for d, w in zip(digits, WEIGHTS, strict=False))
    total += int(digits[8]) * WEIGHTS[8] // 10
    if (total + int(digits[9])) % 10:
        raise RegistrationNumberWrong
    return digits


def checked_registration(text: str) -> str:
    """A business registration number as 124-81-00998, or `RegistrationNumberWrong`."""
    digits = registration_digits(text)
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if digits else ""
