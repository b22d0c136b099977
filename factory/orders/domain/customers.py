"""Businesses that order coats."""

from __future__ import annotations

from dataclasses import dataclass

from factory.business.domain import RegistrationNumberWrong, registration_digits
from factory.orders.domain.refusals import BusinessNumberWrong


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
    """Its ten digits, or `BusinessNumberWrong`; none stays none."""
    try:
        return registration_digits(text)
    except RegistrationNumberWrong:
        raise BusinessNumberWrong from None
