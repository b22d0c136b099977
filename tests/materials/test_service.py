"""Rolls come in, are cut, measured, thrown away and sent back; each thing once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.materials import queries, service
from factory.materials.domain import (
    BomItem,
    Kind,
    MaterialTwice,
    MaterialUnknown,
    NewRoll,
    NothingMoved,
    RollTooShort,
    RollUnknown,
    WhyMoved,
)
from factory.security.domain import SYSTEM
from tests.catalogue.build import make_style
from tests.materials.build import BUTTON, WOOL, make_material, make_roll


def test_a_roll_that_came_in_twice_is_one_roll(session: Session) -> None:
    make_material(session)
    new, event = NewRoll(material=WOOL.number, amount=5_000, shade="A"), new_id()
    one = service.receive(session, new, by=SYSTEM, at=now(), event_id=event)
    again = service.receive(session, new, by=SYSTEM, at=now(), event_id=event)
    assert (one, one.left) == (again, 5_000)
    assert queries.recomputed(session) == ()


def test_what_is_cut_measured_and_thrown_away_adds_up(session: Session) -> None:
    number = make_roll(session, 50).number
    moved: dict[str, Any] = {"by": SYSTEM, "at": now()}
    event = new_id()
    for _ in range(2):
        service.cut_from(
            session, number, 3_150, ref="order 1 lay 1", owner="", event_id=event, **moved
        )
    service.count(session, number, 1_800, "measured", event_id=new_id(), **moved)
    service.take_off(session, number, Kind.WASTE, 200, "a flaw", event_id=new_id(), **moved)
    assert queries.roll(session, number).left == 1_600
    assert [move.amount for move in queries.moves(session, number)] == [5_000, -3_150, -50, -200]
    assert queries.recomputed(session) == ()


def test_what_can_not_be_is_refused_by_name(session: Session) -> None:
    roll = make_roll(session, 50)
    moved: dict[str, Any] = {"by": SYSTEM, "at": now()}
    with pytest.raises(MaterialTwice):
        service.add_material(session, WOOL, **moved)
    with pytest.raises(MaterialUnknown):
        service.receive(session, NewRoll(material="SILK", amount=1), event_id=new_id(), **moved)
    with pytest.raises(NothingMoved):
        service.receive(
            session, NewRoll(material=WOOL.number, amount=0), event_id=new_id(), **moved
        )
    with pytest.raises(RollUnknown):
        service.count(session, 999, 0, "gone", event_id=new_id(), **moved)
    with pytest.raises(WhyMoved):
        service.count(session, roll.number, 1, " ", event_id=new_id(), **moved)
    with pytest.raises(WhyMoved):
        service.take_off(session, roll.number, Kind.WASTE, 1, "", event_id=new_id(), **moved)
    with pytest.raises(RollTooShort):
        service.take_off(session, roll.number, Kind.WASTE, 5_001, "x", event_id=new_id(), **moved)
    assert queries.roll(session, roll.number).left == 5_000


def test_what_open_work_takes_is_held_against_what_lies_there(session: Session) -> None:
    make_style(session)
    make_roll(session, 10)
    make_roll(session, 30, owner="Larch Street Shop")
    make_material(session, BUTTON)
    for item in (
        BomItem("W-2601", "", "", WOOL.number, 240, 3),
        BomItem("W-2601", "", "", BUTTON.number, 500),
    ):
        service.set_bom(session, item, by=SYSTEM, at=now())
    coats = {("W-2601", "BK", "66"): 10}
    wool, button = sorted(queries.needs(session, coats), key=lambda need: -need.there)
    assert (wool.needed, wool.there, wool.short) == (2_472, 1_000, 1_472)
    assert (button.needed, button.short) == (5_000, 5_000)
    theirs = queries.needs(session, coats, ["Larch Street Shop"])
    assert max(need.there for need in theirs) == 4_000
    service.set_bom(session, BomItem("W-2601", "", "", BUTTON.number, 0), by=SYSTEM, at=now())
    assert [need.material for need in queries.needs(session, coats)] == [WOOL]
