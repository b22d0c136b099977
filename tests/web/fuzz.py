"""Hostile requests to every form and every body for terminals, by chance and always the same."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

FIELDS = ("at", "code", "event_id", "name", "number", "pin", "reason", "worker")
"""Names of fields that are known before the first page."""
NASTY = (
    "",
    " ",
    "0",
    "-1",
    "7",
    "1e9",
    "9" * 30,
    "9" * 400,
    "0x10",
    "1,2,3",
    "１２",
    "٣",
    "NaN",
    "Infinity",
    "None",
    "true",
    "\x00",
    "a\x00b",
    "'; DROP TABLE workers; --",
    '" OR ""="',
    "../../../etc/passwd",
    "..\\..\\windows",
    "%2e%2e%2f",
    "%00",
    "=1+1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "${7*7}",
    "a\r\nX-Injected: 1",
    "//elsewhere.example/",
    "/\\elsewhere.example",
    "javascript:alert(1)",
    "https://elsewhere.example/",
    "2026-02-30",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "2026-11-24",
    "2026-11",
    "2026-11-24T25:61",
    "2026-11-24T10:00:00+09:00",
    "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+14:00",
    "25:61",
    "09:00",
    "00000000-0000-0000-0000-000000000000",
    "나비",
    "👩‍🏭",
    "\u202ealif",
    "e" + "\u0301" * 60,
    "가" * 3000,
    "x" * 70_000,
)
WRONG: tuple[Any, ...] = (None, -1, 10**30, 1.5, True, [], {}, [[]], {"a": {}})
METHODS = ("POST",) * 12 + ("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")
HEADERS: tuple[dict[str, str], ...] = (
    *({},) * 10,
    {"X-Didim-Queue": "1"},
    {"Referer": "http://localhost//elsewhere.example/"},
    {"Referer": "\x7f\x00"},
    {"Accept-Language": "x" * 3000},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Authorization": "Bearer \u00ff"},
    {"Authorization": "Basic Zm9v"},
    {"If-None-Match": '"' * 50},
    {"Range": "bytes=0-,0-,0-"},
    {"Content-Type": "application/json"},
    {"Content-Type": "multipart/form-data; boundary="},
    {"Content-Type": "application/x-www-form-urlencoded; charset=utf-7"},
)
BODIES = (
    b"",
    b"\xff\xfe\x00",
    b"{",
    b"[" * 5000,
    b"null",
    b'{"events": null}',
    b'{"events": [' + b"{}," * 400 + b"{}]}",
    b"a=%ff%fe&b=%",
    b"&" * 3000,
    b"------\r\nContent-Disposition: form-data\r\n\r\n",
    "이름=나비".encode("cp949"),
)


class _Forms(HTMLParser):
    """The fields of a page's forms, and what may be chosen in them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name, value = said.get("name") or "", said.get("value") or ""
        if tag in {"input", "select", "textarea", "button"} and name and name != "csrf_token":
            self.fields.setdefault(name, []).append(value)
            self._select = name if tag == "select" else self._select
        elif tag == "option" and self._select:
            self.fields[self._select].append(value)


def fields_of(page: str) -> dict[str, list[str]]:
    """What a page asks for, each with the values that it offers."""
    found = _Forms()
    found.feed(page)
    return found.fields


class Written:
    """Which tables were written for good since it was asked last."""

    VERB = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)")

    def __init__(self, engine: Engine) -> None:
        self._open: list[str] = []
        self._kept: set[str] = set()
        event.listen(engine, "before_cursor_execute", self._seen)
        event.listen(engine, "commit", self._commit)
        event.listen(engine, "rollback", self._rollback)

    def _seen(self, _c: Any, _k: Any, statement: str, *_rest: Any) -> None:
        if found := self.VERB.match(statement):
            self._open.append(found[1])

    def _commit(self, _connection: Any) -> None:
        self._kept |= set(self._open)
        self._open.clear()

    def _rollback(self, _connection: Any) -> None:
        self._open.clear()

    def taken(self) -> set[str]:
        """The tables; counting begins anew."""
        kept, self._kept = self._kept, set()
        return kept


class Chance:
    """What is sent next."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - always the same
        self.known: dict[str, list[str]] = {name: [""] for name in FIELDS}

    @property
    def names(self) -> list[str]:
        """Every name of a field that was met so far."""
        return sorted(self.known)

    def form(self, fields: dict[str, list[str]]) -> dict[str, list[str]]:
        """A form as its page offers it, with some fields gone wrong."""
        chosen = dict(fields) or {name: [""] for name in self.random.sample(self.names, 4)}
        for name in self.random.sample(sorted(chosen), min(len(chosen), 3)):
            if self.random.random() < 0.1:
                del chosen[name]
            else:
                chosen[name] = [self.nasty(), *([self.nasty()] * (self.random.random() < 0.1))]
        if self.random.random() < 0.1:
            chosen[self.random.choice(self.names)] = [self.nasty()]
        return {name: self._some(values) for name, values in chosen.items()}

    def _some(self, values: list[str]) -> list[str]:
        return values if len(values) == 1 else [self.random.choice(values)]

    def nasty(self) -> str:
        """A value that nobody means."""
        return self.random.choice(NASTY)

    def mutated(self, value: Any, depth: int = 0) -> Any:
        """A body for terminals with something in it gone wrong."""
        if (depth > 1 and self.random.random() < 0.25) or not isinstance(value, dict | list):
            other: tuple[Any, ...] = (
                self.nasty(),
                None,
                -1,
                10**30,
                1.5,
                True,
                [],
                {},
                [[]],
                {"a": {}},
            )
            return self.random.choice(other) if self.random.random() < 0.4 else value
        if isinstance(value, list):
            return [self.mutated(each, depth + 1) for each in value] * self.random.choice((1, 1, 2))
        found = {name: self.mutated(each, depth + 1) for name, each in value.items()}
        if found and self.random.random() < 0.15:
            found.pop(self.random.choice(sorted(found)))
        if self.random.random() < 0.1:
            found[self.nasty()[:50]] = self.nasty()
        return found


def sent(
    browser: FlaskClient, chance: Chance, address: str, fields: dict[str, list[str]]
) -> TestResponse:
    """A hostile request to a page."""
    dice = chance.random
    headers = dict(dice.choice(HEADERS))
    kind = headers.pop("Content-Type", None)
    method = dice.choice(METHODS)
    if dice.random() < 0.08:
        data: Any = dice.choice(BODIES)
    else:
        data = chance.form(fields)
    return browser.open(
        address, method=method, data=data, headers=headers, content_type=kind or None
    )


def sent_by_terminal(
    browser: FlaskClient, chance: Chance, address: str, body: Any, token: str
) -> TestResponse:
    """A hostile body for terminals."""
    whole = json.dumps(chance.mutated(body)).encode()
    data = chance.random.choice(BODIES) if chance.random.random() < 0.1 else whole
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return browser.post(address, data=data, headers=headers)


@contextmanager
def quiet(app: Flask) -> Iterator[None]:
    """Answer as in production, not with a fault's trace."""
    kept = app.config["PROPAGATE_EXCEPTIONS"]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield
    app.config["PROPAGATE_EXCEPTIONS"] = kept
