"""What a supervisor may get wrong: a bundle held, sent out, put together, printed again."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import speaking, tell
from factory.printing.domain import Purpose
from factory.production import queries, records, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.holds import Hold, HoldClosed, HoldKind, IsStopped, NeedleOpen
from factory.production.domain.outcomes import Outcome
from factory.production.domain.regroup import BundleRegrouped, NotToMerge
from factory.production.domain.scans import BundleUnknown
from factory.production.service import NewHold
from factory.security.domain import SYSTEM, Role
from factory.stock import queries as stock
from tests.conftest import SignIn
from tests.production.build import TO_FINISH, TO_SEW, make_bundle, make_bundles, scan, sew
from tests.production.floor import Floor
from tests.production.test_cutting_service import papers


@pytest.fixture
def cedar(sign_in: SignIn, floor: Floor) -> FlaskClient:
    """Cedar, who leads the shift."""
    return sign_in(Role.SUPERVISOR)


def held(session: Session, bundle: Bundle, kind: HoldKind, **changes: str) -> Hold:
    given: dict[str, Any] = {"party": "machine 3", "note": "look at it"} | changes
    new = NewHold(bundle=bundle.code, kind=kind, **given)
    begin = service.send_out if kind is HoldKind.OUTSIDE else service.stop
    return begin(session, new, by=SYSTEM, at=now(), event_id=new_id())


@pytest.mark.parametrize(
    ("kind", "refusal"), [(HoldKind.NEEDLE, NeedleOpen), (HoldKind.STOPPED, IsStopped)]
)
@pytest.mark.parametrize("outcome", list(Outcome))
def test_of_a_bundle_that_is_held_no_coat_comes_to_the_rail_by_a_decision(
    session: Session, kind: HoldKind, refusal: type[Refused], outcome: Outcome
) -> None:
    bundle = make_bundle(session)
    sew(session, bundle, *TO_SEW, *TO_FINISH[:-1])
    scan(session, bundle, TO_FINISH[-1], 9, bad=1)
    hold = held(session, bundle, kind)
    what = (bundle.code, TO_FINISH[-1], outcome, 1, "a flaw")
    with pytest.raises(refusal):
        service.decide(session, *what, by=SYSTEM, at=now(), event_id=new_id())
    assert queries.outcomes_of(session, bundle.code) == ()
    service.let_go(session, hold.id, by=SYSTEM, at=now(), event_id=new_id())
    service.decide(session, *what, by=SYSTEM, at=now(), event_id=new_id())
    assert queries.recomputed(session) == ()
    assert stock.recomputed(session) == ()


def test_a_piece_that_is_lost_while_it_waits_for_repair_waits_no_more(session: Session) -> None:
    bundle = make_bundle(session)
    scan(session, bundle, "C06", 5, bad=1)
    act: dict[str, Any] = {"by": SYSTEM, "at": now()}
    what = (bundle.code, "C06", Outcome.LOST, 1, "gone from the shelf")
    (lost,) = service.decide(session, *what, event_id=new_id(), **act)
    after = queries.bundle(session, bundle.code)
    step = after.progress.steps["C06"]
    assert (after.rework, step.left, after.progress.lost, after.progress.alive) == ((), 4, 1, 9)
    assert queries.recomputed(session) == ()
    service.mark_found(session, bundle.code, 1, event_id=new_id(), **act)
    again = queries.bundle(session, bundle.code)
    assert (again.rework, again.progress.alive) == ((("C06", 1),), 10)
    assert lost.trace.waited == ("C06",)
    assert queries.recomputed(session) == ()


def test_what_is_settled_twice_with_one_id_is_settled_once(session: Session) -> None:
    bundle, event = make_bundle(session), new_id()
    hold = held(session, bundle, HoldKind.OUTSIDE, operation="C06")
    act: dict[str, Any] = {"by": SYSTEM, "at": now()}
    first = service.take_in(session, hold.id, 8, 1, event_id=event, **act)
    again = service.take_in(session, hold.id, 8, 1, event_id=event, **act)
    assert again == first
    with pytest.raises(HoldClosed):
        service.take_in(session, hold.id, 8, 1, event_id=new_id(), **act)
    progress = queries.bundle(session, bundle.code).progress
    assert (progress.lost, progress.steps["C06"].good, progress.held) == (1, 8, 0)
    needle, found = held(session, bundle, HoldKind.NEEDLE), new_id()
    for _ in range(2):
        service.let_go(session, needle.id, event_id=found, **act)
    other = held(session, bundle, HoldKind.STOPPED, note="cloth is wet")
    for known in (found, other.event_id):  # an id that was used settles nothing more
        service.let_go(session, other.id, event_id=known, **act)
        assert queries.bundle(session, bundle.code).progress.held == 1
    service.let_go(session, other.id, event_id=new_id(), **act)
    assert queries.bundle(session, bundle.code).progress.held == 0
    assert queries.recomputed(session) == ()


@pytest.mark.parametrize("sent", [{"good": "", "lost": "0"}, {"good": "9", "lost": ""}, {}])
def test_how_much_came_back_from_outside_is_said(
    app: Flask, cedar: FlaskClient, floor: Floor, sent: dict[str, str]
) -> None:
    out = {"operation": "C06", "party": "Larch fusing"}
    cedar.post(f"/bundles/{floor.code}/hold/outside", data=out)
    with app.app_context(), reading() as session:
        (hold,) = queries.open_holds(session, HoldKind.OUTSIDE)
    assert 'value="10"' in cedar.get(f"/held/{hold.id}").text
    assert cedar.post(f"/held/{hold.id}", data=sent).status_code == 422
    with app.app_context(), reading() as session:
        assert queries.open_holds(session, HoldKind.OUTSIDE) == (hold,)
    assert cedar.post(f"/held/{hold.id}", data={"good": "0", "lost": "0"}).status_code == 303


def test_a_bundle_whose_pieces_travel_on_gets_no_ticket(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    again = f"/bundles/{floor.code}/ticket"
    assert again in cedar.get(f"/bundles/{floor.code}").text
    cedar.post(f"/bundles/{floor.code}/split", data={"count": "4"})
    assert again not in cedar.get(f"/bundles/{floor.code}").text
    with app.app_context(), reading() as session:
        parts = tuple(move.target for move in queries.moves_from(session, floor.code))
    answer = cedar.post(f"{again}?language=en")
    assert answer.status_code == 422
    assert tell(BundleRegrouped(bundles=parts), "en") in answer.text
    with app.app_context(), reading() as session:
        assert floor.code not in records.tickets(session, [floor.code])


def test_a_new_ticket_says_how_many_pieces_are_there_still(session: Session) -> None:
    bundle = make_bundle(session)
    act: dict[str, Any] = {"by": SYSTEM, "at": now()}
    service.mark_lost(session, bundle.code, 3, "gone", event_id=new_id(), **act)
    service.reprint_ticket(session, bundle.code, **act)
    assert "'right': '7장'" in papers(session, Purpose.BUNDLE_TICKET)[-1]
    sew(session, bundle, *TO_SEW, *TO_FINISH[:-1])
    scan(session, bundle, TO_FINISH[-1], 5)
    service.reprint_ticket(session, bundle.code, **act)
    assert "'right': '2장'" in papers(session, Purpose.BUNDLE_TICKET)[-1]


def test_what_comes_back_in_parts_is_sent_out_again(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    out, code = {"operation": "C06", "party": "Larch fusing"}, floor.code
    assert "split the bundle first" in cedar.get(f"/bundles/{code}/hold/outside?language=en").text
    for sent, came in ((10, 6), (4, 4)):
        cedar.post(f"/bundles/{code}/hold/outside", data=out)
        with app.app_context(), reading() as session:
            (hold,) = queries.open_holds(session, HoldKind.OUTSIDE)
        assert hold.pieces == sent
        assert "is then sent out again" in cedar.get(f"/held/{hold.id}?language=en").text
        cedar.post(f"/held/{hold.id}", data={"good": str(came), "lost": "0"})
    with app.app_context(), reading() as session:
        assert queries.bundle(session, code).progress.steps["C06"].good == 10
        assert queries.recomputed(session) == ()


@pytest.mark.parametrize("wrong", ["gone", "held", "unknown"])
def test_of_several_tickets_it_is_said_which_one_does_not_fit(session: Session, wrong: str) -> None:
    bundles = make_bundles(session, plies={1: 9}, bundle_size=3)
    one, two, three = (each.code for each in bundles)
    act: dict[str, Any] = {"by": SYSTEM, "at": now()}
    why: Refused = BundleUnknown()
    if wrong == "gone":
        parts = service.split(session, two, 1, event_id=new_id(), **act)
        why = BundleRegrouped(bundles=tuple(each.code for each in parts))
    if wrong == "held":
        held(session, bundles[1], HoldKind.STOPPED)
        why = IsStopped(note="look at it")
    two = "20099996" if wrong == "unknown" else two
    with speaking("en"), pytest.raises(NotToMerge) as refusal:
        service.merge(session, [one, two, three], event_id=new_id(), **act)
    said = tell(refusal.value, "en")
    assert two in said
    assert tell(why, "en") in said
    assert refusal.value.field == "others"
