"""While visitors look: nobody's name on the floor's pages, and no customer's either."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import SOMEBODY, hide_names, tell
from factory.materials.domain import NotOurCloth
from factory.production import service
from factory.production.domain.holds import HoldKind, IsOutside, IsStopped, PanelMissing
from factory.production.domain.scans import Defect
from factory.security.domain import SYSTEM, Role
from tests.conftest import SignIn
from tests.materials.build import make_roll
from tests.production.build import make_coat_order, make_lay
from tests.production.floor import Floor, scan, sew


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


def test_why_a_bundle_waits_is_said_to_whoever_works_there_and_not_to_visitors(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    with app.app_context(), transaction() as session:
        hold = service.NewHold(bundle=floor.code, kind=HoldKind.STOPPED, note="Ash asks for it")
        service.stop(session, hold, by=SYSTEM, at=now(), event_id=new_id())
    station = sign_in(Role.FLOOR_TERMINAL)
    station.post("/station/place", data={"place": "everywhere"})
    assert "Ash asks for it" in scan(station, floor.code)
    station.post("/visitors")
    refused = scan(station, floor.code)
    assert "Ash asks for it" not in refused
    assert f"This bundle is on hold: {SOMEBODY}." in refused


@pytest.mark.parametrize(
    "refusal",
    [
        IsOutside(party="Ash"),
        IsStopped(note="Ash"),
        PanelMissing(panels=("Ash 1", "Ash 2")),
        NotOurCloth(roll="R-1", owner="Ash"),
    ],
    ids=lambda refusal: type(refusal).__name__,
)
def test_a_refusal_keeps_to_itself_what_somebody_typed(refusal: Refused) -> None:
    hide_names(hidden=False)
    assert "Ash" in tell(refusal, "en")
    hide_names(hidden=True)
    try:
        assert "Ash" not in tell(refusal, "en")
        assert SOMEBODY in tell(refusal, "en")
    finally:
        hide_names(hidden=False)
