"""Every page of the house, as everybody who may see it: readable by ear and by keyboard.

A room says in `tests/ROOM/pages.py` what its pages with arguments are shown with:
`examples(session) -> dict[endpoint, values]`. A room without that file is not asked yet.
As each role sees them, they are read where their links are followed: `test_links.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from factory.db.session import transaction
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES
from factory.people.domain import Worker
from factory.security import service, sessions
from factory.security.domain import TERMINALS, Role
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.people.build import make_worker
from tests.web.linden import room_examples
from tests.web.reading import faults

TESTS = Path(__file__).resolve().parent.parent
FILE = "pages.py"
OFFICE = [role for role in Role if role not in TERMINALS]
Examples = dict[str, dict[str, Any]]

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def rooms() -> list[str]:
    return sorted(path.parent.name for path in TESTS.glob(f"*/{FILE}"))


def pages(app: Flask) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted((r for r in rules if "." in r.endpoint), key=lambda rule: rule.endpoint)


@pytest.fixture
def examples(kept: Kept, client: FlaskClient) -> Examples:
    """What pages with arguments are shown with, from every room that says so."""
    del client
    return kept(room_examples, rooms())


@pytest.fixture
def addresses(app: Flask, examples: Examples) -> list[str]:
    """Where every page is."""
    with app.test_request_context():
        return [
            url_for(rule.endpoint, **examples.get(rule.endpoint, {}))
            for rule in pages(app)
            if not rule.arguments or rule.endpoint in examples
        ]


def look(browser: FlaskClient, addresses: list[str], query: str = "") -> Iterator[str]:
    """What is wrong with the pages that this browser is shown."""
    for address in addresses:
        answer = browser.get(address + query)
        yield from (f"{address}: {fault}" for fault in wrong_with(answer))


def wrong_with(answer: TestResponse) -> Iterator[str]:
    """What is wrong with a page, whatever it is about."""
    if answer.status_code >= 500:
        yield answer.status
    if answer.headers["Cache-Control"] != "no-store":
        yield "may be kept by the browser"
    elif answer.mimetype == "text/html" and answer.status_code != 303:
        yield from faults(answer.text)
        if "&lt;time" in answer.text:
            yield "shows the mark-up of a day"


def test_every_page_with_arguments_has_its_example(app: Flask, examples: Examples) -> None:
    asked = {
        rule.endpoint: f"{rule.endpoint}({', '.join(sorted(rule.arguments))})"
        for rule in pages(app)
        if rule.arguments and rule.endpoint.split(".")[0] in rooms()
    }
    missing = [said for endpoint, said in asked.items() if endpoint not in examples]
    assert missing == [], f"say in tests/ROOM/{FILE} what these are shown with"


def test_examples_are_of_pages_that_there_are(app: Flask, examples: Examples) -> None:
    known = {rule.endpoint: rule.arguments for rule in pages(app)}
    for endpoint, values in examples.items():
        assert endpoint in known, f"{endpoint}: there is no such page any more"
        assert set(values) >= known[endpoint], endpoint


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_readable_in(sign_in: SignIn, addresses: list[str], language: str) -> None:
    everything = sign_in(*OFFICE, name="Willow")
    assert "\n".join(look(everything, addresses, f"?language={language}")) == ""


def test_whoever_may_do_everything_is_shown_every_example(
    sign_in: SignIn, addresses: list[str]
) -> None:
    everything = sign_in(*OFFICE, name="Willow")
    answers = {address: everything.get(address).status_code for address in addresses}
    refused = {address: code for address, code in answers.items() if code not in {200, 303}}
    assert refused == {"/till/open": 422}  # in these examples the till is open already


def test_pages_that_are_open_to_everybody_are_readable(
    client: FlaskClient, addresses: list[str]
) -> None:
    assert "\n".join(look(client, addresses)) == ""


@pytest.fixture
def pine(client: FlaskClient, kept: Kept) -> Worker:
    """Somebody who works here."""
    del client
    return kept(make_worker)


def test_her_own_pages_are_readable(
    app: Flask, client: FlaskClient, addresses: list[str], pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        account = service.find_account_id(session, str(pine.number))
        assert account is not None
        client.set_cookie("didim_session", sessions.open_session(session, account, at=now()))
    assert client.get("/days/hours").status_code == 200
    assert "\n".join(look(client, addresses)) == ""


def test_her_own_pages_are_large_at_a_screen_of_the_floor(
    sign_in: SignIn, addresses: list[str], pine: Worker
) -> None:
    door = sign_in(Role.CLOCK_TERMINAL)
    door.post("/pin", data={"number": str(pine.number), "pin": PIN})
    assert "\n".join(look(door, addresses)) == ""
    for address in ("/", "/clock/", "/days/hours", "/pay/mine/2026-11", "/settings", "/pin"):
        assert 'class="kiosk"' in door.get(address).text, address
