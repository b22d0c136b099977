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
from tests.web.ways import closed

FEW = 2
__all__ = ["addresses", "examples"]
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def demanded(app: Flask, address: str, method: str) -> str:
    """What an address wants whoever opens it to be allowed; empty for everybody."""
    adapter = app.url_map.bind("")
    try:
        endpoint, _ = adapter.match(urlsplit(address).path, method)
    except HTTPException:
        return ""
    guard = getattr(app.view_functions[endpoint], "guard", None)
    return guard.needs if isinstance(guard, Guard) and guard.kind != "device" else ""


def leads(page: str, here: str) -> Iterator[tuple[str, str]]:
    """Every address that a page of ours leads to, and how."""
    for node in read(page).all("a", "form"):
        to = node.attrs.get("href" if node.tag == "a" else "action", here)
        if to.startswith("/"):
            post = node.attrs.get("method", "").lower() == "post"
            yield to, "POST" if post else "GET"


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
        if is_page(answer):
            there = leads(answer.text, here)
            left.extend(to for to, way in there if way == "GET" and "?" not in to)


def is_page(answer: TestResponse) -> bool:
    return answer.status_code == 200 and answer.mimetype == "text/html"


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_every_page_is_readable_and_leads_only_where_its_reader_may_go(
    app: Flask, sign_in: SignIn, busy: list[str], role: Role
) -> None:
    wrong, asked = set[str](), set()
    for here, answer in pages_from(sign_in(role), busy):
        asked.add(here)
        wrong.update(f"{here}: {fault}" for fault in wrong_with(answer))
        if answer.mimetype == "text/html" and answer.status_code != 303:
            wrong.update(f"{here}: {fault}" for fault in closed(app, answer.text, role))
        if is_page(answer):
            wrong.update(f"{here}: {fault}" for fault in refusing(app, answer.text, here, role))
    assert sorted(wrong) == []
    assert asked >= set(busy)


def refusing(app: Flask, page: str, here: str, role: Role) -> Iterator[str]:
    """Where a page leads that refuses whoever has this role."""
    for to, method in leads(page, here):
        wanted = demanded(app, to, method)
        if wanted and wanted not in ALLOWED[role]:
            yield f"leads to {method} {to} ({wanted})"
