"""While visitors look: nobody's name on the floor's pages, and no customer's either."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import transaction
from factory.production.domain.scans import Defect
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.materials.build import make_roll
from tests.production.build import make_coat_order, make_lay
from tests.production.floor import Floor, sew


def looked_at(sign_in: SignIn, role: Role) -> FlaskClient:
    browser = sign_in(role)
    browser.post("/visitors")
    return browser


def test_whoever_may_have_mended_a_coat_is_not_named(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    with app.app_context(), transaction() as session:
        sew(session, floor, "C06", good=9, rejects=((Defect.STAIN, 1),))
    address = f"/rework/{floor.code}/C06"
    assert "Pine" in sign_in(Role.SUPERVISOR).get(address).text
    page = looked_at(sign_in, Role.SUPERVISOR).get(address)
    assert page.status_code == 200
    assert "Pine" not in page.text


def test_customers_are_not_named_on_the_board_nor_on_their_rolls(
    app: Flask, sign_in: SignIn
) -> None:
    with app.app_context(), transaction() as session:
        order = make_coat_order(session)
        lay = make_lay(session, order, plies={1: 10})
        make_roll(session, 30, owner="Larch Street Shop")
    for address in ("/board/", f"/cutting/lay/{lay.id}"):
        assert "Larch Street Shop" in sign_in(Role.MANAGER).get(address).text
        assert "Larch Street Shop" not in looked_at(sign_in, Role.MANAGER).get(address).text
