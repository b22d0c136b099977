"""Codes of a telephone: those of the standard, each once, half a minute early or late at most."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from factory.security.second import (
    STEP,
    address_of,
    code_of,
    new_secret,
    step_of,
    step_that_fits,
)

SECRET = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 11, 24, 1, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, SHA-1; the last six of its eight digits."""
    assert code_of(SECRET, seconds // STEP) == code


@pytest.mark.parametrize(("late", "fits"), [(-61, 0), (-30, 1), (0, 1), (30, 1), (61, 0)])
def test_a_code_holds_half_a_minute_longer_and_no_more(late: int, fits: int) -> None:
    code = code_of(SECRET, step_of(NOW))
    found = step_that_fits(SECRET, code, NOW + timedelta(seconds=late), used=0)
    assert found == (step_of(NOW) if fits else None)


def test_a_code_is_taken_once() -> None:
    code, step = code_of(SECRET, step_of(NOW)), step_of(NOW)
    assert step_that_fits(SECRET, f" {code[:3]} {code[3:]} ", NOW, used=step - 1) == step
    assert step_that_fits(SECRET, code, NOW, used=step) is None


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "0000000"])
def test_whatever_is_no_code_does_not_fit(code: str) -> None:
    assert step_that_fits(SECRET, code, NOW, used=0) is None


def test_each_secret_is_another_and_its_address_names_no_house() -> None:
    one = new_secret()
    assert one != new_secret()
    assert len(base64.b32decode(one)) == 20
    assert address_of(one, "willow 1") == (
        f"otpauth://totp/didim:willow%201?secret={one}&issuer=didim"
    )
