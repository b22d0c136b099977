"""The house is called by its own names alone; a stranger's name that leads here opens nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config import load_settings
from factory.kernel.time import now
from factory.security.domain import Role
from factory.upkeep.certificates import files_in, make, names_in, names_of
from factory.web.hosts import is_ours
from tests.conftest import SignIn


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:5000",
        "127.0.0.1:5000",
        "192.168.0.10",
        "[::1]:5000",
        "[fd00::2]",
        "didim",
        "Didim.Local:5443",
        "didim.home.arpa.",
        "works.example",
    ],
)
def test_its_own_names_open_it(host: str) -> None:
    assert is_ours(host, {"works.example"})


@pytest.mark.parametrize(
    "host",
    [
        "",
        "stranger.example",
        "192.168.0.10.stranger.example",
        "works.example.stranger.example",
        "stranger.example:5000",
        "local.stranger.example",
        "a b",
        "didim\r\nX-Other: 1",
        "didim/../",
        "user@didim",
        "didim:port",
        "[::1",
        "1.2.3.4.5",
    ],
)
def test_no_other_name_does(host: str) -> None:
    assert not is_ours(host, {"works.example"})


@pytest.mark.parametrize("path", ["/", "/sign-in", "/healthz", "/static/app.css", "/privacy"])
def test_a_strangers_name_is_refused_everywhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "stranger.example"})
    assert answer.status_code == 400
    assert "by its own address" in answer.text
    assert "stranger.example" not in answer.text


def test_what_is_sent_under_it_is_not_written(sign_in: SignIn) -> None:
    keeper = sign_in(Role.KEEPER)
    keeper.post("/terminals", data={"name": "door", "role": "clock"}, headers={"Host": "x.example"})
    assert "door" not in keeper.get("/terminals").text


def test_no_address_is_made_of_what_a_proxy_says(client: FlaskClient) -> None:
    strange = {"X-Forwarded-Host": "stranger.example", "X-Forwarded-Proto": "https"}
    answer = client.get("/accounts", headers=strange)
    assert answer.location == "/sign-in?next=/accounts"
    assert "stranger" not in client.get("/trust", headers=strange).text


def test_further_names_are_said_in_the_settings(tmp_path: Path) -> None:
    given = {"DIDIM_INSTANCE": str(tmp_path), "DIDIM_HOSTS": " Works.Example , other.example"}
    assert {"works.example", "other.example"} <= load_settings(given).hosts
    assert "" not in load_settings({"DIDIM_INSTANCE": str(tmp_path)}).hosts


def test_the_certificates_names_are_its_own(tmp_path: Path) -> None:
    files = files_in(tmp_path)
    assert names_in(files) == frozenset()
    make(files, names_of(["works.example"], ["192.168.0.10"]), anew=False, at=now())
    assert names_in(files) == {"works.example"}
    files.certificate.write_text("half a certif", encoding="ascii")
    assert names_in(files) == frozenset()
