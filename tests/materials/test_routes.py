"""Pages of cloth and trims, as the order manager uses them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.materials import queries, service
from factory.materials.domain import Kind, RollInspection, RollNotPassed
from factory.security.domain import SYSTEM, Role
from tests.catalogue.build import make_style
from tests.conftest import Kept, SignIn
from tests.materials.build import BUTTON, make_material, make_roll
from tests.orders.build import make_customer


def _hazel(session: Session) -> None:
    make_style(session)
    make_material(session)


@pytest.fixture
def hazel(sign_in: SignIn, kept: Kept) -> FlaskClient:
    """Hazel, who orders cloth; a style and a cloth are known."""
    kept(_hazel)
    return sign_in(Role.ORDER_MANAGER)


def test_a_material_and_a_roll_are_taken_in(app: Flask, hazel: FlaskClient) -> None:
    new = {"number": "lining-1", "name": "안감", "use": "lining", "unit": "metre"}
    assert hazel.post("/materials/new", data=new).status_code == 303
    assert hazel.post("/materials/new", data=new).status_code == 422
    roll = {"material": "LINING-1", "amount": "62.5", "shade": "B", "width": "110", "owner": ""}
    answer = hazel.post("/materials/receive", data=roll)
    assert answer.location.startswith("/materials/rolls/")
    page = hazel.get(answer.location + "?language=en").text
    assert "62.5" in page
    assert "B" in page
    assert "62.5" in hazel.get("/materials/").text


@pytest.mark.parametrize(
    "wrong",
    [{"amount": "abc"}, {"amount": "0"}, {"amount": "-3"}, {"material": "SILK"}, {"width": "x"}],
)
def test_a_roll_with_a_wrong_figure_is_not_taken_in(
    app: Flask, hazel: FlaskClient, wrong: dict[str, str]
) -> None:
    roll = {"material": "WOOL-BK", "amount": "50", "shade": "A", "width": "150", "owner": ""}
    assert hazel.post("/materials/receive", data=roll | wrong).status_code == 422
    with app.app_context(), reading() as session:
        assert queries.rolls(session) == ()


def test_a_roll_is_measured_and_more_than_is_there_is_refused(
    app: Flask, hazel: FlaskClient
) -> None:
    with app.app_context(), transaction() as session:
        number = make_roll(session, 50).number
    address = f"/materials/rolls/{number}/move"
    much = {"kind": "waste", "amount": "51", "reason": "wet"}
    assert hazel.post(address, data=much).status_code == 422
    counted = {"kind": "counted", "amount": "48.25", "reason": "measured"}
    assert hazel.post(address, data=counted).status_code == 303
    with app.app_context(), reading() as session:
        assert queries.roll(session, number).left == 4_825


def test_what_a_coat_takes_is_typed_and_shows_in_the_buy_list(hazel: FlaskClient) -> None:
    line = {"material": "WOOL-BK", "colour": "", "size": "", "each": "2.4", "wastage": "3"}
    assert hazel.post("/materials/styles/W-2601", data=line).status_code == 303
    assert "2.4" in hazel.get("/materials/styles/W-2601").text
    assert hazel.get("/cutting/buy").status_code == 200


def test_who_sees_the_shelf_may_not_move_it(sign_in: SignIn) -> None:
    juniper = sign_in(Role.CUTTER)
    assert juniper.get("/materials/").status_code == 200
    assert juniper.get("/materials/receive").status_code == 403


def test_a_roll_is_inspected_and_one_that_did_not_pass_says_so(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        number = make_roll(session, 50).number
    cutter, address = sign_in(Role.CUTTER), f"/materials/rolls/{number}"
    assert "Nobody has looked" in cutter.get(f"{address}/inspect?language=en").text
    sent = {"metres": "50", "one": "4", "four": "9", "passed": "no", "note": "streaks"}
    assert cutter.post(f"{address}/inspect", data=sent).status_code == 303
    assert "over 48" in cutter.get(f"{address}/inspect").text
    assert "did not pass" in cutter.get(address).text
    assert cutter.post(f"{address}/inspect", data=sent | {"metres": "51"}).status_code == 422


def test_buttons_are_not_inspected_by_the_metre(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        number = make_roll(session, 50, material=make_material(session, BUTTON).number).number
    cutter, address = sign_in(Role.CUTTER), f"/materials/rolls/{number}"
    assert f"{address}/inspect" not in cutter.get(address).text
    sent = {"metres": "50", "one": "4", "passed": "yes"}
    for answer in (cutter.get(f"{address}/inspect"), cutter.post(f"{address}/inspect", data=sent)):
        assert answer.status_code in {404, 409, 422}


def test_cloth_that_did_not_pass_is_not_cut_but_may_go_back(session: Session) -> None:
    roll = make_roll(session, 50)
    service.inspect(session, roll.number, RollInspection(100, (0, 0, 0, 1), passed=False), **by())
    with pytest.raises(RollNotPassed):
        service.cut_from(session, roll.number, 100, ref="", owner="", event_id="a", **by())
    left = service.take_off(
        session, roll.number, Kind.WASTE, 5_000, "streaks", event_id="b", **by()
    )
    assert left.left == 0


def by() -> dict[str, Any]:
    return {"by": SYSTEM, "at": now()}


def test_the_cloth_of_a_customer_is_accounted_for_to_the_last_metre(
    app: Flask, hazel: FlaskClient
) -> None:
    with app.app_context(), transaction() as session:
        larch = make_customer(session)
        roll, other = (make_roll(session, 60, owner=larch.name) for _ in range(2))
        make_roll(session, 70)
        moved: dict[str, Any] = {"by": SYSTEM, "at": now()}
        service.cut_from(
            session, roll.number, 2_450, ref="lay", owner=larch.name, event_id="a", **moved
        )
        service.take_off(session, roll.number, Kind.WASTE, 150, "a flaw", event_id="b", **moved)
        service.count(session, roll.number, 3_350, "measured", event_id="c", **moved)
        service.take_off(session, roll.number, Kind.SENT_BACK, 3_350, "rest", event_id="d", **moved)
        found = queries.accounts(session, larch.name)
    assert [(each.cut, each.wasted, each.back, each.holds) for each in found] == [
        (2_450, 200, 3_350, True),
        (0, 0, 0, True),
    ]
    hazel.post("/language", data={"language": "en"})
    assert f"/materials/of/{larch.number}" in hazel.get("/materials/").text
    page = hazel.get(f"/materials/of/{larch.number}").text
    assert f"R{roll.number}" in page
    assert f"R{other.number}" in page
    assert "does not add up" not in page
    together = page.split("<tfoot>")[1]
    assert [cell.split("<")[0] for cell in together.split('<td class="number">')[1:]] == [
        "120",
        "24.5",
        "2",
        "33.5",
        "60",
    ]


def test_a_customer_keeps_the_name_under_which_cloth_lies(app: Flask, hazel: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        larch = make_customer(session)
        make_roll(session, 60, owner=larch.name)
    hazel.post("/language", data={"language": "en"})
    changed = {"name": "Larch and Sons", "phone": "02-000-0000"}
    answer = hazel.post(f"/orders/customers/{larch.number}", data=changed)
    assert answer.status_code == 422
    assert "Cloth of Larch Street Shop lies under this name." in answer.text
    kept = {"name": larch.name, "phone": "02-111-1111"}
    assert hazel.post(f"/orders/customers/{larch.number}", data=kept).status_code == 303


def test_more_than_lies_on_a_roll_is_told_beside_how_much(app: Flask, hazel: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        roll = make_roll(session, 60)
    sent = {"kind": "waste", "amount": "99", "reason": "a flaw"}
    answer = hazel.post(f"/materials/rolls/{roll.number}/move", data=sent)
    assert answer.status_code == 422
    assert 'aria-describedby="amount-wrong"' in answer.text
    assert 'value="99"' in answer.text
