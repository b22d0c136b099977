"""The description of the terminals' API is true: every address is in it, and answers fit it."""

from __future__ import annotations

from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import validate
from sqlalchemy.exc import OperationalError

from factory.web.health import description


def test_every_address_is_described_and_no_other(app: Flask) -> None:
    rules = {
        str(rule).replace("<code>", "{code}")
        for rule in app.url_map.iter_rules()
        if str(rule).startswith(("/api/", "/healthz"))
    }
    assert set(description()["paths"]) == rules


def test_a_refusal_fits_its_description(client: FlaskClient) -> None:
    described = description()
    schema = described["components"]["schemas"]["Error"]
    validate(client.post("/api/v1/clock-events", json={}).json, schema)


def test_who_has_no_token_is_told_what_is_asked_for(client: FlaskClient) -> None:
    """RFC 9110: a 401 names the way to sign in."""
    refused = client.post("/api/v1/scans", json={"scans": []})
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(
    ("method", "path", "may"),
    [
        ("GET", "/api/v1/scans", "POST"),
        ("POST", "/api/v1/bundles/20000011", "GET"),
        ("DELETE", "/sign-in", "POST"),
    ],
)
def test_an_address_used_wrongly_says_how_it_may_be_used(
    client: FlaskClient, method: str, path: str, may: str
) -> None:
    """RFC 9110: a 405 names the methods that there are."""
    refused = client.open(path, method=method)
    assert refused.status_code == 405
    assert may in refused.headers["Allow"].split(", ")


def silent() -> NoReturn:
    raise OperationalError("SELECT 1", None, Exception("server closed the connection"))


def test_a_database_that_does_not_answer_is_said_as_described(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = description()
    for view, path in (("health.healthz", "/healthz"), ("production_api.scans", "/api/v1/scans")):
        monkeypatch.setitem(app.view_functions, view, silent)
        method = "get" if path == "/healthz" else "post"
        answer = client.open(path, method=method)
        assert answer.status_code == 503
        assert "503" in described["paths"][path][method]["responses"]
        validate(answer.json, described["components"]["schemas"]["Error"])
