"""Businesses that order coats."""

from __future__ import annotations

from dataclasses import dataclass

from factory.orders.domain.refusals import BusinessNumberWrong

BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
"""Weights of the check digit of a Korean business registration number (국세청)."""


@dataclass(frozen=True, slots=True)
class Customer:
    """A business that orders coats; the number is running."""

    number: int
    name: str
    business_number: str = ""
    """Ten digits of the business registration, or nothing."""
    phone: str = ""
    address: str = ""


def business_number(text: str) -> str:
    """The ten digits of a business registration number, or `BusinessNumberWrong`; none stays none.

    Its last digit checks the others: weights 1 3 7 1 3 7 1 3 5, the ninth product's tens added.
    """
    digits = text.replace("-", "").replace(" ", "")
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == len(BUSINESS_WEIGHTS) + 1):
        raise BusinessNumberWrong
    total = sum(int(d) * w for d, w in zip(digits, BUSINESS_WEIGHTS, strict=False))
    total += int(digits[8]) * BUSINESS_WEIGHTS[8] // 10
    if (total + int(digits[9])) % 10:
        raise BusinessNumberWrong
    return digits
