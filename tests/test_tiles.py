"""Every tile of the start page leads somewhere, for all who see it, in an empty house too."""

from __future__ import annotations

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from factory.app import TILES
from factory.db.session import transaction
from factory.security.domain import ALLOWED, Role
from factory.web.tiles import Tile
from tests.cast import PIN
from tests.conftest import SignIn
from tests.people.build import make_worker


def her_own_visit(app: Flask, client: FlaskClient) -> FlaskClient:
    """A worker signs in by number and PIN, on a telephone of her own."""
    with app.app_context(), transaction() as session:
        number = make_worker(session).number
    client.post("/sign-in", data={"name": str(number), "password": PIN})
    return client


@pytest.mark.parametrize("role", list(Role), ids=str)
@pytest.mark.parametrize("language", ["ko", "ko_easy", "en"])
def test_every_tile_leads_somewhere(
    app: Flask, client: FlaskClient, sign_in: SignIn, role: Role, language: str
) -> None:
    tiles: tuple[Tile, ...] = app.extensions[TILES]
    browser = her_own_visit(app, client) if role is Role.WORKER else sign_in(role)
    start = browser.get(f"/?language={language}").text
    offered = [tile for tile in tiles if tile.permission in ALLOWED[role]]
    for tile in offered:
        with app.test_request_context():
            address = url_for(tile.endpoint)
        assert f'href="{address}"' in start
        answer = browser.get(f"{address}?language={language}", follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code)
        assert "<main" in answer.text
    assert start.count('class="tile"') == len(offered)
