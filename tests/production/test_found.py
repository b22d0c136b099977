"""A bundle that holds more than its ticket says: added once, with a reason, and all agrees."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.kernel.words import tell
from factory.orders import queries as orders
from factory.orders.domain import OrderKind, OrderState, cell
from factory.printing.domain import Purpose
from factory.production import queries, records, service
from factory.production.domain.bundles import Bundle
from factory.production.domain.found import (
    MOST_FOUND,
    FoundAreLost,
    FoundGoneOn,
    FoundMadeToMeasure,
    FoundTooMany,
    FoundWorkedOn,
)
from factory.production.domain.holds import HoldKind, NeedleOpen, NoPly, PanelMissing
from factory.production.domain.outcomes import WhyNeeded
from factory.production.domain.regroup import BundleRegrouped, PliesDoNotFit
from factory.production.domain.scans import AlreadyUndone, NothingInWork
from factory.production.domain.tickets import TicketVoid
from factory.production.queries import BundleState, track
from factory.production.queries.regrouped import found_in
from factory.production.records import BundleBalanceRow
from factory.production.service import NewHold
from factory.security.domain import SYSTEM, Role
from factory.security.queries import audit
from factory.security.records import AuditRow
from tests.conftest import SignIn
from tests.orders.build import make_lines
from tests.people.build import make_worker
from tests.production.build import (
    TO_FINISH,
    TO_SEW,
    finish,
    make_bundle,
    make_coat_order,
    scan,
    sew,
)
from tests.production.floor import Floor
from tests.production.test_cutting_service import papers


def add(session: Session, code: str, count: int = 2, reason: str = "counted again") -> None:
    what = (code, count, reason)
    service.add_found(session, *what, by=SYSTEM, at=now(), event_id=new_id())


def state(session: Session, code: str) -> BundleState:
    return queries.bundle(session, code)


def test_found_pieces_are_cut_pieces_that_go_on_from_the_first_sewing_step(
    session: Session,
) -> None:
    bundle, pine = make_bundle(session), make_worker(session)
    before = state(session, bundle.code)
    scan(session, bundle, "C06", 10, worker=pine.id)
    cut_before = queries.bundle(session, bundle.code).progress
    add(session, bundle.code)
    after = state(session, bundle.code).progress
    assert (after.quantity, after.alive, after.found) == (12, 12, 2)
    table = before.way.at_the_table
    assert all(after.steps[code].passed == 12 for code in table)
    assert all(after.steps[code].left == 0 for code in table)
    assert after.steps["C06"].good == cut_before.steps["C06"].good
    assert after.steps["C06"].left == 2
    assert state(session, bundle.code).bundle.quantity == 10  # as it was cut
    found = queries.order_progress(session, bundle.order)[cell(bundle.order, *bundle.cell)]
    assert (found.cut, found.found, found.in_work, found.holds) == (10, 2, 12, True)
    assert queries.recomputed(session) == ()
    assert queries.made_so_far(session, bundle.order)[bundle.cell] == 12
    scan(session, bundle, "C06", 2, worker=pine.id)
    pieces = queries.pieces_of_all(session, today(), today())
    assert sum(part.count for part in pieces[pine.id]) == 12
    assert queries.recomputed(session) == ()


def test_it_is_kept_who_added_how_many_and_why_and_a_new_ticket_says_the_new_count(
    session: Session,
) -> None:
    bundle = make_bundle(session)
    add(session, bundle.code)
    (kept,) = session.scalars(select(AuditRow).where(AuditRow.what == "add_found"))
    assert (kept.thing, kept.reason) == (f"bundle {bundle.code}", "counted again")
    assert (kept.before, kept.after) == (10, 12)
    assert audit(session)[0].deed == "add found"
    with pytest.raises(TicketVoid):
        queries.presented(session, bundle.code)
    assert records.tickets(session, [bundle.code])[bundle.code].issue == 2
    before, after = papers(session, Purpose.BUNDLE_TICKET)
    assert ("10" in before, "12" in after) == (True, True)


def test_the_same_act_again_adds_nothing(session: Session) -> None:
    bundle, event = make_bundle(session), new_id()
    for _ in range(2):
        what = (bundle.code, 2, "counted again")
        service.add_found(session, *what, by=SYSTEM, at=now(), event_id=event)
    assert state(session, bundle.code).progress.quantity == 12


def lost(session: Session, bundle: Bundle) -> type[Refused]:
    what = (bundle.code, 1, "gone")
    service.mark_lost(session, *what, by=SYSTEM, at=now(), event_id=new_id())
    return FoundAreLost


def gone_on(session: Session, bundle: Bundle) -> type[Refused]:
    service.split(session, bundle.code, 4, by=SYSTEM, at=now(), event_id=new_id())
    return BundleRegrouped


def stopped(session: Session, bundle: Bundle) -> type[Refused]:
    new = NewHold(bundle=bundle.code, kind=HoldKind.NEEDLE, party="machine 3")
    service.stop(session, new, by=SYSTEM, at=now(), event_id=new_id())
    return NeedleOpen


@pytest.mark.parametrize("how", [lost, gone_on, stopped])
def test_where_it_makes_no_sense_nothing_is_added(session: Session, how: object) -> None:
    assert callable(how)
    bundle = make_bundle(session)
    refusal = how(session, bundle)
    before = state(session, bundle.code).progress
    with pytest.raises(refusal):
        add(session, bundle.code)
    assert state(session, bundle.code).progress == before
    assert records.found_where(session) == ()


def test_nothing_is_added_to_a_bundle_that_is_out_of_work(session: Session) -> None:
    bundle = make_bundle(session)
    way = state(session, bundle.code).way
    sew(session, bundle, *(code for code in way if code not in way.at_the_table))
    with pytest.raises(NothingInWork):
        add(session, bundle.code)


@pytest.mark.parametrize(
    ("count", "reason", "refusal"),
    [
        (0, "counted", FoundTooMany),
        (-1, "counted", FoundTooMany),
        (MOST_FOUND + 1, "counted", FoundTooMany),
        (1, " ", WhyNeeded),
    ],
)
def test_a_count_and_a_reason_are_needed(
    session: Session, count: int, reason: str, refusal: type[Refused]
) -> None:
    bundle = make_bundle(session)
    with pytest.raises(refusal):
        add(session, bundle.code, count, reason)


def test_a_bundle_with_found_pieces_is_split_though_they_have_no_ply(session: Session) -> None:
    bundle = make_bundle(session)
    add(session, bundle.code, 3)
    act: dict[str, Any] = {"by": SYSTEM, "at": now()}
    with pytest.raises(PliesDoNotFit), session.begin_nested():
        service.split(session, bundle.code, 6, 10, event_id=new_id(), **act)
    one, other = service.split(session, bundle.code, 12, event_id=new_id(), **act)
    assert [one.quantity, other.quantity] == [12, 1]
    assert queries.recomputed(session) == ()
    add(session, other.code, 1)
    parts = service.split(session, one.code, 5, event_id=new_id(), **act)
    codes = (*(part.code for part in parts), other.code)
    service.merge(session, codes, event_id=new_id(), **act)
    assert queries.recomputed(session) == ()
    found = queries.order_progress(session, bundle.order)[cell(bundle.order, *bundle.cell)]
    assert (found.cut, found.found, found.in_work) == (10, 4, 14)


def test_a_bundle_of_one_ply_is_split_from_the_piece_found_in_it(session: Session) -> None:
    bundle = make_bundle(session, plies={1: 1})
    add(session, bundle.code, 2)
    act: dict[str, Any] = {"by": SYSTEM, "at": now()}
    with pytest.raises(PliesDoNotFit), session.begin_nested():
        service.split(session, bundle.code, 1, 2, event_id=new_id(), **act)
    one, other = service.split(session, bundle.code, 1, event_id=new_id(), **act)
    assert [(each.quantity, each.ply_count) for each in (one, other)] == [(1, 1), (2, 0)]
    assert "나중에 찾은 것, 겹 번호 없음" in papers(session, Purpose.BUNDLE_TICKET)[-1]
    parts = service.split(session, other.code, 1, event_id=new_id(), **act)
    assert [(each.quantity, each.ply_count) for each in parts] == [(1, 0), (1, 0)]
    assert queries.recomputed(session) == ()
    new = NewHold(bundle=parts[0].code, kind=HoldKind.RECUT, ply=1, party="sleeve", note="a flaw")
    with pytest.raises(NoPly), session.begin_nested():
        service.stop(session, new, by=SYSTEM, at=now(), event_id=new_id())
    codes = (parts[1].code, parts[0].code, one.code)
    whole = service.merge(session, codes, event_id=new_id(), **act)
    assert (whole.quantity, whole.ply_from, whole.ply_to) == (3, 1, 1)
    finish(session, whole)
    assert queries.recomputed(session) == ()


def test_found_pieces_alone_may_go_with_either_part(session: Session) -> None:
    bundle = make_bundle(session)
    add(session, bundle.code, 3)
    act: dict[str, Any] = {"by": SYSTEM, "at": now()}
    for plies in (-1, 11, 4):
        with pytest.raises(PliesDoNotFit), session.begin_nested():
            service.split(session, bundle.code, 10, plies, event_id=new_id(), **act)
    parts = service.split(session, bundle.code, 3, 0, event_id=new_id(), **act)
    assert [(each.quantity, each.ply_count) for each in parts] == [(3, 0), (10, 10)]
    assert queries.recomputed(session) == ()


def take_back(session: Session, code: str, which: int = -1) -> None:
    added = found_in(session, code)[which].event_id
    service.take_back_found(session, added, by=SYSTEM, at=now(), event_id=new_id())


def test_an_addition_that_was_wrong_is_taken_back_by_a_fact_of_its_own(session: Session) -> None:
    bundle = make_bundle(session)
    scan(session, bundle, "C06", 10)
    fused = state(session, bundle.code).progress
    add(session, bundle.code)
    take_back(session, bundle.code)
    after = state(session, bundle.code).progress
    assert (after.steps, after.quantity, after.found) == (fused.steps, 10, 0)
    assert sorted(each.count for each in found_in(session, bundle.code)) == [-2, 2]
    found = queries.order_progress(session, bundle.order)[cell(bundle.order, *bundle.cell)]
    assert (found.cut, found.found, found.in_work, found.holds) == (10, 0, 10, True)
    assert queries.made_so_far(session, bundle.order)[bundle.cell] == 10
    assert queries.recomputed(session) == ()
    (kept,) = session.scalars(select(AuditRow).where(AuditRow.what == "take_back_found"))
    assert (kept.before, kept.after) == (12, 10)
    assert records.tickets(session, [bundle.code])[bundle.code].issue == 3
    (event,) = [each for each in track.whole(session, bundle.code).history if each.found]
    assert (event.count, event.undone) == (2, True)
    first = next(each for each in found_in(session, bundle.code) if each.count > 0)
    act: dict[str, Any] = {"by": SYSTEM, "at": now(), "event_id": new_id()}
    with pytest.raises(AlreadyUndone):
        service.take_back_found(session, first.event_id, **act)


def scanned_on(session: Session, bundle: Bundle) -> type[Refused]:
    scan(session, bundle, "S20", 11)
    return FoundWorkedOn


def rejected(session: Session, bundle: Bundle) -> type[Refused]:
    scan(session, bundle, "S20", 10, bad=1)
    return FoundWorkedOn


def split_off(session: Session, bundle: Bundle) -> type[Refused]:
    service.split(session, bundle.code, 4, by=SYSTEM, at=now(), event_id=new_id())
    return FoundGoneOn


def waits_for_panels(session: Session, bundle: Bundle) -> type[Refused]:
    for ply in (1, 2):
        new = NewHold(
            bundle=bundle.code, kind=HoldKind.RECUT, ply=ply, party="sleeve", note="a flaw"
        )
        service.stop(session, new, by=SYSTEM, at=now(), event_id=new_id())
    for code in (*TO_SEW, *TO_FINISH):
        scan(session, bundle, code, 10)
    return PanelMissing


@pytest.mark.parametrize(
    "how",
    [scanned_on, rejected, split_off, lost, stopped, waits_for_panels],
    ids=lambda f: f.__name__,
)
def test_once_they_are_worked_on_they_are_not_taken_back(session: Session, how: object) -> None:
    assert callable(how)
    bundle = make_bundle(session)
    add(session, bundle.code)
    refusal = how(session, bundle)
    before = state(session, bundle.code).progress
    with pytest.raises(refusal), session.begin_nested():
        take_back(session, bundle.code)
    assert state(session, bundle.code).progress == before
    assert len(found_in(session, bundle.code)) == 1


def test_of_two_additions_the_one_that_lies_there_still_is_taken_back(session: Session) -> None:
    bundle = make_bundle(session)
    add(session, bundle.code, 1)
    add(session, bundle.code, 2)
    scan(session, bundle, "S20", 11)
    take_back(session, bundle.code)
    with pytest.raises(FoundWorkedOn), session.begin_nested():
        take_back(session, bundle.code, 0)
    assert state(session, bundle.code).progress.alive == 11
    assert queries.recomputed(session) == ()


def test_with_the_last_pieces_taken_back_the_order_is_all_made(session: Session) -> None:
    order = make_coat_order(session, lines=make_lines(BK=(0, 0, 10, 0, 0)))
    bundle = make_bundle(session, order)
    add(session, bundle.code)
    for code in (*TO_SEW, *TO_FINISH):
        scan(session, bundle, code, 10)
    assert orders.order(session, order.number).state is OrderState.IN_PRODUCTION
    take_back(session, bundle.code)
    assert orders.order(session, order.number).state is OrderState.COMPLETE
    assert queries.recomputed(session) == ()


def test_the_manager_takes_an_addition_back_on_the_bundles_page(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    with app.app_context(), transaction() as session:
        add(session, floor.code)
        (added,) = found_in(session, floor.code)
    way = f"/bundles/{floor.code}/more/{added.event_id}/undo"
    supervisor = sign_in(Role.SUPERVISOR)
    assert way not in supervisor.get(f"/bundles/{floor.code}").text
    assert supervisor.post(way).status_code == 403
    manager = sign_in(Role.MANAGER)
    assert way in manager.get(f"/bundles/{floor.code}").text
    assert manager.post(way).location == f"/bundles/{floor.code}"
    page = manager.get(f"/bundles/{floor.code}").text
    assert (way in page, "taken back" in page, "2 of them found later" in page) == (
        *(False, True, False),
    )
    again = manager.post(way)
    assert tell(AlreadyUndone(), "en") in again.text
    assert manager.post(f"/bundles/{floor.code}/more/nothing/undo").status_code == 404


def test_a_tampered_count_of_found_pieces_does_not_agree(session: Session) -> None:
    add(session, make_bundle(session).code)
    session.execute(update(BundleBalanceRow).values(found=1))
    assert "bundle found" in {one.kind for one in queries.recomputed(session)}


def test_the_manager_adds_them_on_the_bundles_page_and_nobody_else(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    supervisor = sign_in(Role.SUPERVISOR)
    assert "/more" not in supervisor.get(f"/bundles/{floor.code}").text
    data = {"more": "2", "reason": "under the table"}
    assert supervisor.post(f"/bundles/{floor.code}/more", data=data).status_code == 403
    manager = sign_in(Role.MANAGER)
    assert f"/bundles/{floor.code}/more" in manager.get(f"/bundles/{floor.code}").text
    assert "More pieces" in manager.get(f"/bundles/{floor.code}/more").text
    refused = manager.post(f"/bundles/{floor.code}/more", data={"more": "2", "reason": ""})
    assert refused.status_code == 422
    answer = manager.post(f"/bundles/{floor.code}/more", data=data)
    assert answer.location == f"/bundles/{floor.code}"
    page = manager.get(f"/bundles/{floor.code}").text
    assert all(said in page for said in ("12 pcs", "2 of them found later", "under the table"))
    with app.app_context(), reading() as session:
        assert state(session, floor.code).progress.quantity == 12


def test_the_page_says_why_not(app: Flask, sign_in: SignIn, floor: Floor) -> None:
    with app.app_context(), transaction() as session:
        what = (floor.code, 1, "gone")
        service.mark_lost(session, *what, by=SYSTEM, at=now(), event_id=new_id())
    browser: FlaskClient = sign_in(Role.MANAGER)
    sent = browser.post(f"/bundles/{floor.code}/more", data={"more": "2", "reason": "counted"})
    assert sent.status_code == 422
    assert tell(FoundAreLost(count=1), "en") in sent.text


def test_a_coat_made_to_measure_stays_one(session: Session) -> None:
    order = make_coat_order(session, kind=OrderKind.MADE)
    assert order.kind is OrderKind.MADE
    bundle = make_bundle(session, order)
    with pytest.raises(FoundMadeToMeasure):
        add(session, bundle.code)
