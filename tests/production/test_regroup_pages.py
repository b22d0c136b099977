"""Splitting, putting together and holding up, as the supervisor does it; void tickets."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.time import now, today
from factory.kernel.words import tell
from factory.people import queries as people
from factory.production import queries, records, service
from factory.production.domain.holds import HoldKind, IsOutside, NeedleOpen
from factory.production.domain.regroup import BundleRegrouped
from factory.production.domain.tickets import TicketVoid
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole, Role
from tests.conftest import SignIn
from tests.people.build import make_worker
from tests.production.build import make_bundle, make_bundles, make_coat_order, scan, sew
from tests.production.floor import At, Floor
from tests.production.floor import scan as scan_paper


@pytest.fixture
def cedar(sign_in: SignIn, floor: Floor) -> FlaskClient:
    """Cedar, who leads the shift."""
    return sign_in(Role.SUPERVISOR)


def state(app: Flask, code: str) -> queries.BundleState:
    with app.app_context(), reading() as session:
        return queries.bundle(session, code)


def english(at: At) -> FlaskClient:
    browser = at("fuse")
    browser.post("/language", data={"language": "en"})
    return browser


def moved_on(app: Flask, code: str) -> list[str]:
    with app.app_context(), reading() as session:
        return [move.target for move in queries.moves_from(session, code)]


def test_a_bundle_is_split_and_its_ticket_leads_to_the_new_ones(
    app: Flask, cedar: FlaskClient, floor: Floor, at: At
) -> None:
    assert "Split the bundle" in cedar.get(f"/bundles/{floor.code}/split").text
    answer = cedar.post(f"/bundles/{floor.code}/split", data={"count": "4"})
    assert answer.location == f"/bundles/{floor.code}"
    parts = moved_on(app, floor.code)
    assert [state(app, code).bundle.quantity for code in parts] == [4, 6]
    page = cedar.get(f"/bundles/{floor.code}").text
    assert all(code in page for code in parts)
    assert "Its pieces come from" in cedar.get(f"/bundles/{parts[0]}").text
    browser = english(at)
    told = scan_paper(browser, floor.code)
    assert tell(BundleRegrouped(bundles=tuple(parts)), "en") in told


def test_a_ticket_leads_to_where_its_pieces_are_now_however_often_they_changed(
    app: Flask, cedar: FlaskClient, floor: Floor, at: At
) -> None:
    cedar.post(f"/bundles/{floor.code}/split", data={"count": "4"})
    four, six = moved_on(app, floor.code)
    cedar.post(f"/bundles/{four}/merge", data={"others": six})
    (ten,) = moved_on(app, four)
    assert tell(BundleRegrouped(bundles=(ten,)), "en") in scan_paper(english(at), floor.code)


def test_pieces_of_a_ticket_that_holds_no_more_are_not_lost(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    cedar.post(f"/bundles/{floor.code}/split", data={"count": "4"})
    parts = tuple(moved_on(app, floor.code))
    lost = {"count": "1", "reason": "gone", "what": "lost"}
    answer = cedar.post(f"/bundles/{floor.code}/missing?language=en", data=lost)
    assert answer.status_code == 422
    assert tell(BundleRegrouped(bundles=parts), "en") in answer.text


@pytest.mark.parametrize(("count", "plies"), [("10", ""), ("0", ""), ("", ""), ("4", "12")])
def test_a_split_that_can_not_be_stays_on_the_page(
    app: Flask, cedar: FlaskClient, floor: Floor, count: str, plies: str
) -> None:
    sent = {"count": count, "plies": plies}
    answer = cedar.post(f"/bundles/{floor.code}/split", data=sent)
    assert answer.status_code == 422
    assert f'value="{count}"' in answer.text
    assert moved_on(app, floor.code) == []


def test_bundles_that_are_alike_are_put_together(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    one, other = floor.bundles[1].code, floor.bundles[2].code
    assert other in cedar.get(f"/bundles/{one}/merge").text
    answer = cedar.post(f"/bundles/{one}/merge", data={"others": other})
    made = answer.location.rsplit("/", 1)[1]
    assert state(app, made).bundle.quantity == 20
    assert moved_on(app, one) == moved_on(app, other) == [made]


@pytest.mark.parametrize("others", ["", "20000121", "104839572616", "itself", "another size"])
def test_what_can_not_be_put_together_gets_a_sentence(
    app: Flask, cedar: FlaskClient, floor: Floor, others: str
) -> None:
    one = floor.bundles[1].code
    known = {"itself": one, "another size": floor.code}
    answer = cedar.post(f"/bundles/{one}/merge", data={"others": known.get(others, others)})
    assert answer.status_code == 422
    assert moved_on(app, one) == []


def test_a_bundle_at_which_a_needle_broke_stays_until_all_of_it_is_found(
    app: Flask, cedar: FlaskClient, floor: Floor, at: At
) -> None:
    cedar.post(f"/bundles/{floor.code}/hold/needle", data={"party": "machine 3", "note": "tip"})
    with app.app_context(), reading() as session:
        (hold,) = queries.open_holds(session)
    assert "not yet" in cedar.get("/held/needles").text
    answer = cedar.post(f"/held/{hold.id}", data={"note": "one piece"})
    assert answer.status_code == 422
    told = scan_paper(english(at), floor.code)
    assert tell(NeedleOpen(at=hold.at), "en") in told
    assert state(app, floor.code).progress.held == 1


def test_all_pieces_of_the_needle_are_found_and_it_goes_on(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    cedar.post(f"/bundles/{floor.code}/hold/needle", data={"party": "machine 3"})
    with app.app_context(), reading() as session:
        (hold,) = queries.open_holds(session)
    answer = cedar.post(f"/held/{hold.id}", data={"complete": "y"})
    assert answer.location == "/held/"
    assert "Nothing is held up" in cedar.get("/held/").text
    assert "not yet" not in cedar.get("/held/needles").text
    assert state(app, floor.code).progress.held == 0


def test_work_is_sent_out_and_comes_back_by_bundle(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    data = {"operation": "C06", "party": "Larch fusing"}
    cedar.post(f"/bundles/{floor.code}/hold/outside", data=data)
    with app.app_context(), reading() as session:
        (hold,) = queries.open_holds(session, HoldKind.OUTSIDE)
        with pytest.raises(IsOutside):
            queries.refuse_held(
                session, floor.bundles[0], queries.bundle(session, floor.code).progress
            )
    assert cedar.post(f"/held/{hold.id}", data={"good": "9", "lost": "2"}).status_code == 422
    assert cedar.post(f"/held/{hold.id}", data={"good": "8", "lost": "1"}).status_code == 303
    after = state(app, floor.code).progress
    assert (after.lost, after.steps["C06"].good, after.steps["C06"].left, after.held) == (
        1,
        8,
        1,
        0,
    )


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("outside", {"operation": "C06", "party": ""}),
        ("outside", {"operation": "S28", "party": "Larch"}),
        ("stopped", {"note": ""}),
        ("recut", {"note": "a hole", "ply": "99"}),
        ("recut", {"note": "a hole", "ply": ""}),
    ],
)
def test_what_can_not_be_held_up_gets_a_sentence(
    app: Flask, cedar: FlaskClient, floor: Floor, kind: str, data: dict[str, str]
) -> None:
    answer = cedar.post(f"/bundles/{floor.code}/hold/{kind}", data=data)
    assert answer.status_code == 422
    with app.app_context(), reading() as session:
        assert queries.open_holds(session) == ()


def test_a_panel_is_cut_again_for_its_ply_while_the_rest_goes_on(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    data = {"note": "a hole", "ply": "3", "party": "left sleeve"}
    assert cedar.post(f"/bundles/{floor.code}/hold/recut", data=data).status_code == 303
    page = cedar.get(f"/bundles/{floor.code}").text
    assert "ply 3" in page
    assert "left sleeve" in page
    assert state(app, floor.code).progress.held == 0


def test_a_replaced_ticket_is_void_and_says_who_replaced_it(
    app: Flask, cedar: FlaskClient, floor: Floor, at: At
) -> None:
    cedar.post(f"/bundles/{floor.code}/ticket")
    browser, newer = english(at), newest_of(app, floor.code)
    told = scan_paper(browser, floor.code)
    assert tell(TicketVoid(name="Cedar", at=now()), "en") in told
    scan_paper(browser, floor.badge)
    assert any(f"{word} C06" in scan_paper(browser, newer) for word in ("일", "work"))
    confirmed = {"bundle": floor.code, "operation": "C06", "event_id": new_id()}
    scan_paper(browser, newer, **confirmed)
    assert state(app, floor.code).progress.steps["C06"].good == 10


def test_a_terminal_is_refused_with_a_void_ticket_and_taken_with_the_newer(
    app: Flask, client: FlaskClient, floor: Floor
) -> None:
    with app.app_context(), transaction() as session:
        service.reprint_ticket(session, floor.code, by=SYSTEM, at=now())
        secret = devices.add(session, "station", DeviceRole.FLOOR, by=SYSTEM, at=now())
    found, newer = [], newest_of(app, floor.code)
    for code in (floor.code, newer):
        one: dict[str, object] = {
            "scan_id": new_id(),
            "bundle": code,
            "operation": "C06",
            "badge": floor.badge,
        }
        one |= {"good": 4, "rejects": [], "at": now().isoformat()}
        headers = {"Authorization": f"Bearer {secret}"}
        answer = client.post("/api/v1/scans", json={"scans": [one]}, headers=headers)
        found.append(answer.json["results"][0])  # type: ignore[index]
    assert found[0]["reason"]["code"] == "ticket_void"
    assert found[1]["status"] == "recorded"
    shown = client.get(f"/api/v1/bundles/{newer}", headers={"Authorization": f"Bearer {secret}"})
    assert shown.json["bundle"] == floor.code  # type: ignore[index]


def test_a_ticket_lost_a_hundred_times_keeps_eight_digits_and_only_the_last_holds(
    app: Flask, floor: Floor
) -> None:
    codes = [floor.code]
    with app.app_context(), transaction() as session:
        for issue in range(2, 102):
            row = records.append_ticket(session, floor.code, by="Cedar", at=now())
            codes.append(row.code)
            assert row.issue == issue
        assert queries.presented(session, codes[-1]) == floor.code
        for void in codes[:-1]:
            with pytest.raises(TicketVoid):
                queries.presented(session, void)
    assert {len(code) for code in codes} == {8}
    assert len(set(codes)) == len(codes)


def test_a_bundle_cut_after_a_new_ticket_never_gets_its_number(
    app: Flask, cedar: FlaskClient, floor: Floor
) -> None:
    cedar.post(f"/bundles/{floor.code}/ticket")
    taken = newest_of(app, floor.code)
    cedar.post(f"/bundles/{floor.code}/split", data={"count": "4"})
    with app.app_context(), reading() as session:
        made = {move.target for move in queries.moves_from(session, floor.code)}
    assert len(made) == 2
    assert taken not in made


def newest_of(app: Flask, code: str) -> str:
    """What the ticket that holds now says."""
    with app.app_context(), reading() as session:
        return queries.ticket_codes(session)[code]


def test_splitting_twice_with_one_id_is_splitting_once(session: Session) -> None:
    bundle, event = make_bundle(session), new_id()
    made = service.split(session, bundle.code, 4, by=SYSTEM, at=now(), event_id=event)
    again = service.split(session, bundle.code, 4, by=SYSTEM, at=now(), event_id=event)
    assert again == made
    assert [part.plies for part in made] == ["1:1-4", "1:5-10"]
    assert queries.recomputed(session) == ()


def test_what_was_done_before_a_split_is_paid_once(session: Session) -> None:
    bundle, pine = make_bundle(session), make_worker(session).id
    sew(session, bundle, "C06", "S01", worker=pine)
    first, rest = service.split(session, bundle.code, 4, by=SYSTEM, at=now(), event_id=new_id())
    for part in (first, rest):
        assert dict(queries.bundle(session, part.code).ready)["S17"] == part.quantity
        with pytest.raises(Refused):
            scan(session, part, "S01", 1, worker=pine)
        sew(session, part, "S17", worker=pine)
    day = today()
    paid = {part.operation: part.count for part in queries.pieces(session, pine, day, day)}
    assert paid == {"C06": 10, "S01": 10, "S17": 10}
    assert queries.recomputed(session) == ()


def test_a_merged_bundle_may_be_split_again_and_keeps_its_plies(session: Session) -> None:
    order = make_coat_order(session)
    two = make_bundles(session, order, plies={1: 10}, marker={"66": 1}, bundle_size=5)
    codes = [bundle.code for bundle in two]
    whole = service.merge(session, codes, by=SYSTEM, at=now(), event_id=new_id())
    assert (whole.plies, whole.quantity) == ("1:1-10", 10)
    made = service.split(session, whole.code, 3, by=SYSTEM, at=now(), event_id=new_id())
    assert [part.plies for part in made] == ["1:1-3", "1:4-10"]
    assert queries.recomputed(session) == ()
    assert people.names(session) == {}
