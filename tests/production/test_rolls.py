"""Cutting from known rolls: the cloth goes from them, and a change of shade begins new bundles."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.materials import queries as cloth
from factory.materials.domain import NotOurCloth, RollTooShort
from factory.production import queries, service
from factory.production.domain.bundles import Bundle, parts
from factory.production.domain.cutting import LaidRoll, RollsDoNotAdd, stretches
from factory.production.domain.holds import Hold, HoldKind
from factory.production.domain.regroup import NotAlike
from factory.production.queries import remnants
from factory.security.domain import SYSTEM, Role
from tests.conftest import SignIn
from tests.materials.build import make_roll
from tests.production.build import make_coat_order, make_lay


def test_a_change_of_shade_begins_a_new_bundle() -> None:
    laid = (LaidRoll(1, 7, 4, 1_000), LaidRoll(1, 8, 3, 750), LaidRoll(1, 9, 3, 750))
    found = stretches(laid, {7: "A", 8: "A", 9: "B"})
    assert found == ((1, 7, "A"), (1, 3, "B"))
    made = list(parts(found, [("66", 1)], 10))
    assert [(p.ply_from, p.ply_to, p.shade) for p in made] == [(1, 7, "A"), (8, 10, "B")]


def test_two_shades_in_one_lay_are_two_bundles_that_never_meet(session: Session) -> None:
    first, second = make_roll(session, 30), make_roll(session, 30, shade="B")
    lay = make_lay(session, plies={1: 10})
    laid = [LaidRoll(1, first.number, 6, 1_500), LaidRoll(1, second.number, 4, 1_000)]
    made = service.record_cut(session, lay.id, {1: 10}, 0, laid, by=SYSTEM, at=now())
    assert [(b.quantity, b.shade) for b in made] == [(6, "A"), (4, "B")]
    assert queries.lay(session, lay.id).centimetres == 2_500
    assert cloth.roll(session, first.number).left == 1_500
    codes = [bundle.code for bundle in made]
    with pytest.raises(NotAlike):
        service.merge(session, codes, by=SYSTEM, at=now(), event_id=new_id())
    assert queries.recomputed(session) == cloth.recomputed(session) == ()


def test_a_lay_that_its_rolls_can_not_give_is_refused_and_nothing_is_cut(session: Session) -> None:
    short, theirs = make_roll(session, 20), make_roll(session, 90, owner="Elm Street")
    lay = make_lay(session, plies={1: 10})
    for rolls, refusal in (
        ([LaidRoll(1, short.number, 10, 2_001)], RollTooShort),
        ([LaidRoll(1, theirs.number, 10, 100)], NotOurCloth),
        ([LaidRoll(1, short.number, 9, 900)], RollsDoNotAdd),
    ):
        with pytest.raises(refusal), session.begin_nested():
            service.record_cut(session, lay.id, {1: 10}, 0, rolls, by=SYSTEM, at=now())
    assert cloth.roll(session, short.number).left == 2_000
    assert queries.bundles(session) == ()


def test_the_cutter_names_the_rolls_on_the_page(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        roll = make_roll(session, 30)
        lay = make_lay(session, make_coat_order(session), plies={1: 10})
    juniper = sign_in(Role.CUTTER)
    address = f"/cutting/lay/{lay.id}"
    juniper.post("/language", data={"language": "en"})
    assert "From which rolls" in juniper.get(address).text
    sent = {"plies_1": "10", "roll_1": str(roll.number), "line_1": "1", "laid_1": "10"}
    sent |= {f"line_{row}": "1" for row in range(2, 6)} | {f"roll_{row}": "" for row in range(2, 6)}
    for used, row in (("31", 1), ("", 1), ("31", 3)):
        here = {"used_1": "", f"used_{row}": used, "roll_1": "", f"roll_{row}": str(roll.number)}
        here |= {"laid_1": "", f"laid_{row}": "10"}
        refused = juniper.post(address, data=sent | here)
        assert refused.status_code == 422
        assert f'aria-describedby="used_{row}-wrong"' in refused.text
        assert ("has only 30 m left" in refused.text) is (used == "31")
        assert f'value="{used}"' in refused.text
    for typed in ({"laid_1": "9"}, {"roll_1": "", "metres": ""}, {"roll_1": "", "metres": "0"}):
        refused = juniper.post(address, data=sent | {"used_1": "24.5"} | typed)
        assert refused.status_code == 422
        where = "plies_1" if "laid_1" in typed else "metres"
        assert f'aria-describedby="{where}-wrong"' in refused.text
    assert juniper.post(address, data=sent | {"used_1": "24.5"}).status_code == 303
    with app.app_context(), reading() as session:
        assert cloth.roll(session, roll.number).left == 550
        assert {each.bundle.shade for each in queries.bundles(session)} == {"A"}


# Remnants


def held_panel(session: Session, *metres: int, shade: str = "A") -> tuple[Hold, Bundle]:
    """A panel of a bundle of shade A waits; rolls of so many metres lie there as well."""
    first = make_roll(session, 30)
    for left in metres:
        make_roll(session, left, shade=shade)
    lay = make_lay(session, plies={1: 10})
    laid = [LaidRoll(1, first.number, 10, 2_500)]
    bundle, *_ = service.record_cut(session, lay.id, {1: 10}, 0, laid, by=SYSTEM, at=now())
    new = service.NewHold(
        bundle=bundle.code, kind=HoldKind.RECUT, ply=3, party="left sleeve", note="a hole"
    )
    return service.stop(session, new, by=SYSTEM, at=now(), event_id=new_id()), bundle


def test_the_smallest_remnant_of_the_shade_is_offered_first(session: Session) -> None:
    hold, _ = held_panel(session, 7, 3)
    found = remnants.remnants(session)
    (recut,) = found.recuts
    assert recut.line.hold == hold
    assert [roll.left for roll in recut.fits] == [300, 500, 700]
    assert [(s.shade, [r.left for r in s.rolls]) for s in found.shades] == [("A", [300, 500, 700])]


def test_another_shade_is_never_offered(session: Session) -> None:
    held_panel(session, 2, shade="B")
    (recut,) = remnants.remnants(session).recuts
    assert {roll.shade for roll in recut.fits} == {"A"}


def test_a_panel_cut_again_takes_its_cloth_from_the_remnant_once(session: Session) -> None:
    _, bundle = held_panel(session, 3)
    roll = remnants.remnants(session).recuts[0].fits[0]
    event = new_id()
    for _ in range(2):
        what = (bundle.code, (roll.number, 120))
        service.cut_again(session, *what, by=SYSTEM, at=now(), event_id=event)
    assert cloth.roll(session, roll.number).left == 180
    assert queries.recomputed(session) == cloth.recomputed(session) == ()
    too_much = (bundle.code, (roll.number, 181))
    with pytest.raises(RollTooShort):
        service.cut_again(session, *too_much, by=SYSTEM, at=now(), event_id=new_id())


def test_the_supervisor_settles_a_panel_with_its_remnant(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        hold, bundle = held_panel(session, 3)
    cedar = sign_in(Role.SUPERVISOR)
    assert bundle.code in cedar.get("/held/remnants").text
    page = cedar.get(f"/held/{hold.id}").text
    number = page.split(" · A · 3 m")[0].rsplit('value="', 1)[1].split('"')[0]
    refused = cedar.post(f"/held/{hold.id}", data={"roll": number, "metres": "9"})
    assert refused.status_code == 422
    answer = cedar.post(f"/held/{hold.id}", data={"roll": number, "metres": "1.2"})
    assert answer.location == "/held/"
    with app.app_context(), reading() as session:
        assert cloth.roll(session, int(number)).left == 180
        assert queries.open_holds(session) == ()
