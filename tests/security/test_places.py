"""Where a secret is typed: a browser is known by what it keeps, an address by nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.security.domain import Role
from factory.security.guessing import FREE_ATTEMPTS, FREE_ELSEWHERE
from factory.security.places import COOKIE, SEALED_COOKIE, here
from tests.cast import PASSWORD
from tests.conftest import SignIn

HERS, STRANGERS, SECOND = "192.168.0.40", "192.168.0.66", "192.168.0.67"


@pytest.fixture
def manager(sign_in: SignIn) -> str:
    """The name of somebody with an account."""
    sign_in(Role.MANAGER, name="willow")
    return "willow"


def enter(browser: FlaskClient, name: str, secret: str, address: str) -> int:
    """Sign in from an address; the status of the answer."""
    said = {"name": name, "password": secret}
    place = {"REMOTE_ADDR": address}
    return browser.post("/sign-in", data=said, environ_base=place).status_code


def test_a_stranger_on_the_network_holds_up_no_first_sign_in_of_hers(
    app: Flask, manager: str
) -> None:
    stranger, hers = app.test_client(), app.test_client()
    for address in (STRANGERS, SECOND):
        for _ in range(FREE_ELSEWHERE):
            enter(stranger, manager, "wrong", address)
    assert enter(hers, manager, PASSWORD, STRANGERS) == 422
    assert enter(hers, manager, PASSWORD, HERS) == 303


def test_where_she_signed_in_before_she_comes_in_though_guests_share_her_address(
    app: Flask, manager: str
) -> None:
    stranger, hers = app.test_client(), app.test_client()
    assert enter(hers, manager, PASSWORD, HERS) == 303
    for _ in range(FREE_ATTEMPTS + 1):
        assert enter(stranger, manager, "wrong", HERS) == 422
    assert enter(stranger, manager, PASSWORD, HERS) == 422
    assert enter(hers, manager, PASSWORD, HERS) == 303


def test_what_a_browser_made_up_lets_nobody_guess_anew(app: Flask, manager: str) -> None:
    stranger = app.test_client()
    for turn in range(FREE_ATTEMPTS + 1):
        stranger.set_cookie(COOKIE, f"made up {turn}")
        assert enter(stranger, manager, "wrong", STRANGERS) == 422
    stranger.set_cookie(COOKIE, "made up at last")
    assert enter(stranger, manager, PASSWORD, STRANGERS) == 422


def test_what_a_browser_keeps_is_out_of_reach_of_scripts_and_kept_after_a_wrong_try(
    app: Flask, manager: str
) -> None:
    browser = app.test_client()
    assert enter(browser, manager, "wrong", HERS) == 422
    assert browser.get_cookie(COOKIE) is None
    enter(browser, manager, PASSWORD, HERS)
    first = browser.get_cookie(COOKIE)
    assert first is not None
    assert first.http_only
    assert manager not in first.value
    enter(browser, manager, PASSWORD, HERS)
    again = browser.get_cookie(COOKIE)
    assert again is not None
    assert again.value == first.value


def test_over_https_it_has_a_name_of_its_own(app: Flask, manager: str) -> None:
    browser = app.test_client()
    said = {"name": manager, "password": PASSWORD}
    browser.post("/sign-in", data=said, base_url="https://localhost")
    kept = browser.get_cookie(SEALED_COOKIE)
    assert kept is not None
    assert kept.secure


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("192.168.0.7", "192.168.0.7"),
        ("fe80::1", "fe80::/64"),
        ("2001:db8:0:1:aaaa::1", "2001:db8:0:1::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_whoever_has_an_address_of_ipv6_has_all_of_its_network(
    app: Flask, address: str, source: str
) -> None:
    with app.test_request_context("/sign-in", environ_base={"REMOTE_ADDR": address}):
        assert here().source == f"from {source}"
