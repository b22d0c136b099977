"""A coat whose panel is still to be cut again is not packed; its panel follows its ply."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import speaking, tell
from factory.production import queries, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.holds import AskedAlready, Hold, HoldKind, PanelMissing
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect, NothingInWork
from factory.production.queries.track import whole
from factory.production.service import NewHold
from factory.security.domain import SYSTEM
from tests.production.build import make_bundle, new_scan, sew
from tests.production.test_scanning import Statements


def waiting(session: Session, bundle: Bundle, ply: int, panel: str = "left sleeve") -> Hold:
    new = NewHold(bundle=bundle.code, kind=HoldKind.RECUT, ply=ply, party=panel, note="a hole")
    return service.stop(session, new, by=SYSTEM, at=now(), event_id=new_id())


def pack(session: Session, bundle: Bundle, count: int) -> None:
    service.record_scan(session, new_scan(bundle, "F07", count), received=now())


def finished(session: Session, bundle: Bundle) -> None:
    sew(session, bundle)
    sew(session, bundle, "F04", "F05")


def test_the_others_are_packed_and_the_last_one_when_its_panel_came(session: Session) -> None:
    bundle = make_bundle(session)
    panel = waiting(session, bundle, 3)
    finished(session, bundle)
    with pytest.raises(PanelMissing) as refusal:
        pack(session, bundle, 10)
    with speaking("en"):
        assert "left sleeve 3" in tell(refusal.value)
    pack(session, bundle, 9)
    with pytest.raises(PanelMissing):
        pack(session, bundle, 1)
    service.let_go(session, panel.id, by=SYSTEM, at=now(), event_id=new_id())
    pack(session, bundle, 1)
    assert queries.bundle(session, bundle.code).progress.in_work == 0


def test_two_panels_of_one_ply_are_one_coat(session: Session) -> None:
    bundle = make_bundle(session)
    for panel in ("left sleeve", "collar"):
        waiting(session, bundle, 3, panel)
    finished(session, bundle)
    pack(session, bundle, 9)
    with pytest.raises(PanelMissing):
        pack(session, bundle, 1)


def test_a_panel_is_asked_for_once_and_only_where_coats_are_in_work(session: Session) -> None:
    bundle = make_bundle(session)
    panel = waiting(session, bundle, 3)
    with pytest.raises(AskedAlready):
        waiting(session, bundle, 3, " Left sleeve ")
    service.let_go(session, panel.id, by=SYSTEM, at=now(), event_id=new_id())
    finished(session, bundle)
    pack(session, bundle, 10)
    with pytest.raises(NothingInWork):
        waiting(session, bundle, 3)
    assert queries.open_holds(session) == ()


def test_packing_asks_once_for_panels_where_none_is_waited_for(session: Session) -> None:
    bundle = make_bundle(session)
    finished(session, bundle)
    with Statements(session) as asked:
        pack(session, bundle, 10)
    assert [each for each in asked if "bundle_moves" in each] == []
    assert len([each for each in asked if "bundle_holds" in each]) == 1


def test_a_panel_follows_its_ply_through_a_split_and_a_merge(session: Session) -> None:
    bundle = make_bundle(session)
    panel = waiting(session, bundle, 3)
    first, rest = service.split(session, bundle.code, 4, by=SYSTEM, at=now(), event_id=new_id())
    assert [hold.id for hold in whole(session, first.code).holds] == [panel.id]
    assert whole(session, rest.code).holds == ()
    finished(session, rest)
    pack(session, rest, 6)
    one, other = service.split(session, first.code, 2, by=SYSTEM, at=now(), event_id=new_id())
    both = service.merge(session, (one.code, other.code), by=SYSTEM, at=now(), event_id=new_id())
    finished(session, both)
    pack(session, both, 3)
    with pytest.raises(PanelMissing):
        pack(session, both, 1)


def test_a_repair_at_the_last_step_packs_no_coat_without_its_panel(session: Session) -> None:
    bundle = make_bundle(session)
    waiting(session, bundle, 3)
    finished(session, bundle)
    pack(session, bundle, 9)
    bad = ((Defect.STAIN, 1),)
    faulty = new_scan(bundle, "F07", 0, rejects=bad)
    service.record_scan(session, faulty, received=now())
    what = (bundle.code, "F07", Outcome.REPAIRED)
    with pytest.raises(PanelMissing):
        service.decide(session, *what, by=SYSTEM, at=now(), event_id=new_id())
