"""The table of who may what, lock-outs, and PINs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factory.security.domain import (
    ALLOWED,
    Actor,
    Permission,
    Role,
    WeakPassword,
    WeakPin,
    checked_password,
    checked_pin,
)

NOON = datetime(2026, 11, 24, 3, tzinfo=UTC)


def test_every_role_has_a_row_and_every_permission_somebody() -> None:
    assert set(ALLOWED) == set(Role)
    assert set().union(*ALLOWED.values()) == set(Permission)


def test_no_terminal_sees_pay_or_names() -> None:
    hidden = {Permission.SEE_OWN_WORK, Permission.READ_VAULT, Permission.RUN_PAYROLL}
    for role in (Role.CLOCK_TERMINAL, Role.FLOOR_TERMINAL):
        assert not ALLOWED[role] & hidden


def test_a_badge_alone_shows_no_pay_and_the_pin_does() -> None:
    terminal = frozenset({Role.CLOCK_TERMINAL})
    assert not Actor(name="Pine", roles=terminal).may(Permission.SEE_OWN_WORK)
    assert Actor(name="Pine", roles=terminal, with_pin=True).may(Permission.SEE_OWN_WORK)


@pytest.mark.parametrize("pin", ["123", "1234", "7777", "12a4", "123456789", "１２３９"])
def test_a_poor_pin_is_refused(pin: str) -> None:
    with pytest.raises(WeakPin):
        checked_pin(pin)


def test_good_secrets_pass() -> None:
    assert checked_pin("2580") == "2580"
    assert checked_password("long enough") == "long enough"
    with pytest.raises(WeakPassword):
        checked_password("short")
