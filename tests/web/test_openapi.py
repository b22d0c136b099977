"""The description of the terminals' API is true: every address is in it, and answers fit it."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from jsonschema import validate

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
