"""A link is shown only to whom it opens: nobody is led to a page that refuses her."""

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

from factory.production import queries as production
from factory.security.domain import ALLOWED, Role
from factory.web.guard import Guard
from tests.conftest import Kept, SignIn
from tests.production.floor import make_floor
from tests.web.reading import read
from tests.web.test_pages import addresses, examples

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


def pages_from(browser: FlaskClient, addresses: list[str]) -> Iterator[tuple[str, str]]:
    """These pages and those they lead to, a few of each kind, as they are shown."""
    left, seen = list(addresses), Counter[str]()
    while left:
        here = left.pop(0)
        kind = re.sub(r"[0-9]+", "7", here)
        seen[kind] += 1
        answer = browser.get(here) if seen[kind] <= FEW else None
        if answer is None or answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        yield here, answer.text
        left.extend(to for to, way in leads(answer.text, here) if way == "GET" and "?" not in to)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_no_page_leads_where_its_reader_may_not_go(
    app: Flask, sign_in: SignIn, busy: list[str], role: Role
) -> None:
    closed = set()
    for here, page in pages_from(sign_in(role), busy):
        for to, method in leads(page, here):
            wanted = demanded(app, to, method)
            if wanted and wanted not in ALLOWED[role]:
                closed.add(f"{here} → {method} {to} ({wanted})")
    assert sorted(closed) == []
