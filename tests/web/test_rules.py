"""A rule learns to write its address when that is first wanted."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import BuildError

from factory.web.rules import LateRule


@pytest.fixture
def house() -> Flask:
    """An application with one address and nothing else."""
    app = Flask("house")
    app.url_rule_class = LateRule
    app.add_url_rule("/rolls/<int:rule>/<kind>", "roll", str, defaults={"kind": "wool"})
    return app


def test_it_writes_what_any_rule_writes(house: Flask) -> None:
    adapter = house.url_map.bind("")
    for _ in range(2):
        assert adapter.build("roll", {"rule": 7, "kind": "wool"}) == "/rolls/7/wool"
        assert adapter.build("roll", {"rule": 7, "page": 2}) == "/rolls/7/wool?page=2"


def test_what_is_missing_is_told(house: Flask) -> None:
    with pytest.raises(BuildError):
        house.url_map.bind("").build("roll", {})


def test_a_start_compiles_none(house: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def compiled(*_: object) -> None:
        message = "compiled at once"
        raise AssertionError(message)

    monkeypatch.setattr("werkzeug.routing.Rule._compile_builder", compiled)
    house.add_url_rule("/lays", "lays", str)
    assert house.url_map.bind("").match("/lays") == ("lays", {})
