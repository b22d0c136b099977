"""Every page is readable for every role, and nobody is led to a page that refuses her."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from factory.production import queries as production
from factory.security.domain import ALLOWED, Role
from factory.web.guard import Guard
from tests.conftest import Kept, SignIn
from tests.production.floor import make_floor
from tests.web.reading import read
from tests.web.test_pages import addresses, examples, wrong_with

FEW = 2
NOWHERE = "a page that there is not"
__all__ = ["addresses", "examples"]
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
Way = tuple[str, str]
"""An address, and how it is asked for."""


def demanded(app: Flask, way: Way) -> str:
    """What an address wants whoever asks for it to be allowed; empty for everybody."""
    address, method = way
    try:
        endpoint, _ = app.url_map.bind("").match(urlsplit(address).path, method)
    except HTTPException:
        return NOWHERE
    guard = getattr(app.view_functions[endpoint], "guard", None)
    return guard.needs if isinstance(guard, Guard) and guard.kind != "device" else ""


def refuses(app: Flask, way: Way, role: Role) -> bool:
    """Whether somebody of this role is refused whatever the address is about."""
    wanted = demanded(app, way)
    return wanted not in {"", *ALLOWED[role]}


def leads(page: str, here: str) -> Iterator[Way]:
    """Every address of ours that a page leads to, or sends its forms to."""
    for node in read(page).all("a", "form"):
        to = node.attrs.get("href" if node.tag == "a" else "action", here)
        if to.startswith("/"):
            yield to, "POST" if node.attrs.get("method", "").lower() == "post" else "GET"


def _busy(session: Session) -> None:
    if not production.open_bundles(session):
        make_floor(session)


@pytest.fixture
def busy(addresses: list[str], kept: Kept) -> list[str]:
    """Where every page is, with work on the floor besides."""
    kept(_busy)
    return addresses


def pages_from(browser: FlaskClient, addresses: list[str]) -> Iterator[tuple[str, TestResponse]]:
    """These pages and those they lead to, a few of each kind, as they are shown."""
    left, seen = list(addresses), Counter[str]()
    while left:
        here = left.pop(0)
        kind = re.sub(r"[0-9]+", "7", here)
        seen[kind] += 1
        if seen[kind] > FEW:
            continue
        answer = browser.get(here)
        yield here, answer
        if answer.status_code == 200 and answer.mimetype == "text/html":
            there = leads(answer.text, here)
            left.extend(to for to, way in there if way == "GET" and "?" not in to)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_page_is_readable_and_leads_only_where_its_reader_may_go(
    app: Flask, sign_in: SignIn, busy: list[str], role: Role
) -> None:
    wrong, asked = set[str](), set[str]()
    shut = [here for here in busy if refuses(app, (here, "GET"), role)]
    opened = [*shut[:1], *(here for here in busy if here not in shut)]  # all refuse alike
    for here, answer in pages_from(sign_in(role), opened):
        asked.add(here)
        wrong.update(f"{here}: {fault}" for fault in wrong_with(answer))
        if answer.mimetype == "text/html" and answer.status_code != 303:
            ways = {way for way in leads(answer.text, here) if refuses(app, way, role)}
            wrong.update(f"{here}: leads to {way}" for way in ways)
    assert sorted(wrong) == []
    assert asked >= set(opened)
