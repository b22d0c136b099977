"""The cutting table: orders to cut, a lay offered, planned and cut, its papers."""

from __future__ import annotations

import re

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.errors import Conflict
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, tell
from factory.materials import service as materials
from factory.materials.domain import BomItem
from factory.orders import queries as orders
from factory.orders import service as order_service
from factory.orders.domain import Order, OrderCancelled, OrderState
from factory.printing import queries as printing
from factory.printing.domain import Purpose, State
from factory.production import queries
from factory.production.domain.cutting import LayState
from factory.security.domain import SYSTEM, Role
from tests.conftest import Kept, SignIn
from tests.materials.build import WOOL, make_material
from tests.orders.build import make_draft
from tests.production.floor import make_cut_order

PLAN = {"size_55": "1", "size_66": "2", "plies_1": "10", "bundle_size": "10"}


@pytest.fixture
def order(kept: Kept) -> Order:
    """Ten black coats in 55, twenty in 66; nothing is cut yet."""
    return kept(make_cut_order)


@pytest.fixture
def hazel(sign_in: SignIn, order: Order) -> FlaskClient:
    """Hazel, who cuts."""
    return sign_in(Role.CUTTER)


def planned(hazel: FlaskClient, order: Order, **changes: str) -> str:
    """Plan a lay; where its page is."""
    answer = hazel.post(f"/cutting/{order.number}/W-2601", data=PLAN | changes)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def cut(hazel: FlaskClient, order: Order, **changes: str) -> str:
    at = planned(hazel, order)
    answer = hazel.post(at, data={"plies_1": "10", "metres": "31.5"} | changes)
    assert answer.status_code == 303, answer.text
    return at


def papers(app: Flask, purpose: Purpose) -> int:
    with app.app_context(), reading() as session:
        return sum(job.purpose is purpose for job in printing.jobs(session, *State))


def lays(app: Flask, order: Order) -> list[LayState]:
    with app.app_context(), reading() as session:
        return [lay.state for lay in queries.lays(session, order.number)]


def test_orders_with_something_to_cut_are_listed(hazel: FlaskClient, order: Order) -> None:
    page = hazel.get("/cutting/").text
    assert f"/cutting/{order.number}" in page
    assert "<strong>30</strong>" in page
    assert "late" not in page


def test_an_order_past_its_day_is_marked(
    sign_in: SignIn, order: Order, clock: time_machine.Traveller
) -> None:
    clock.shift(22 * 24 * 3600)
    assert "late" in sign_in(Role.CUTTER).get("/cutting/").text


def test_the_sheet_shows_what_is_cut_of_what_is_ordered(hazel: FlaskClient, order: Order) -> None:
    page = hazel.get(f"/cutting/{order.number}").text
    assert "<strong>20</strong><br><small>0/20</small>" in page
    assert "No lay has been planned yet." in page
    cut(hazel, order)
    page = hazel.get(f"/cutting/{order.number}").text
    assert "<strong>0</strong><br><small>20/20</small>" in page
    assert "55 ×1, 66 ×2" in page
    assert "Everything ordered has been cut." in hazel.get("/cutting/").text


def test_the_lay_that_cuts_everything_is_offered(hazel: FlaskClient, order: Order) -> None:
    page = hazel.get(f"/cutting/{order.number}/W-2601").text
    fields = dict(re.findall(r'name="(size_\d+|plies_\d+|bundle_size)"[^>]*value="(\d*)"', page))
    assert {name: value for name, value in fields.items() if value} == PLAN


def test_what_is_planned_already_is_not_offered_again(hazel: FlaskClient, order: Order) -> None:
    planned(hazel, order, plies_1="6")
    page = hazel.get(f"/cutting/{order.number}/W-2601").text
    assert re.search(r'name="plies_1"[^>]*value="4"', page)
    assert "<strong>20</strong><br><small>0/20</small>" in page


def test_a_planned_lay_prints_its_cut_ticket(app: Flask, hazel: FlaskClient, order: Order) -> None:
    page = hazel.get(planned(hazel, order)).text
    assert "30 coats" in page
    assert 'value="10"' in page
    assert papers(app, Purpose.CUT_TICKET) == 1
    assert papers(app, Purpose.BUNDLE_TICKET) == 0
    assert lays(app, order) == [LayState.PLANNED]


def test_a_cut_makes_bundles_and_prints_their_tickets(
    app: Flask, hazel: FlaskClient, order: Order
) -> None:
    page = hazel.get(cut(hazel, order)).text
    assert "Cloth used: 31.50 m" in page
    assert len(set(re.findall(r'href="/bundles/(2\d{7})"', page))) == 3
    assert papers(app, Purpose.BUNDLE_TICKET) == 3
    assert lays(app, order) == [LayState.CUT]
    with app.app_context(), reading() as session:
        assert orders.order(session, order.number).state is OrderState.IN_CUTTING


def test_a_lay_says_what_a_coat_took_and_how_much_of_it_was_planned(
    app: Flask, hazel: FlaskClient, order: Order
) -> None:
    at = cut(hazel, order)
    page = hazel.get(f"{at}?language=en").text
    assert "1.05 m for one coat" in page
    assert "utilisation" not in page  # nobody has said what a coat takes
    with app.app_context(), transaction() as session:
        make_material(session, WOOL)
        item = BomItem("W-2601", "", "", WOOL.number, 100, wastage=3)
        materials.set_bom(session, item, by=SYSTEM, at=now())
    assert "Fabric utilisation: 95.2 %" in hazel.get(f"{at}?language=en").text


def test_what_was_really_laid_counts(app: Flask, hazel: FlaskClient, order: Order) -> None:
    cut(hazel, order, plies_1="8")
    with app.app_context(), reading() as session:
        assert queries.cut_so_far(session, order.number) == {(1, "55"): 8, (1, "66"): 16}


def test_a_planned_lay_can_be_dropped(app: Flask, hazel: FlaskClient, order: Order) -> None:
    at = planned(hazel, order)
    assert hazel.post(f"{at}/drop").location == f"/cutting/{order.number}"
    assert lays(app, order) == [LayState.DROPPED]
    assert "Record the cut" not in hazel.get(at).text
    assert hazel.post(f"{at}/drop").status_code == 422


def test_the_cut_ticket_comes_again(app: Flask, hazel: FlaskClient, order: Order) -> None:
    at = planned(hazel, order)
    assert hazel.post(f"{at}/ticket").location == at
    assert papers(app, Purpose.CUT_TICKET) == 2


# What is refused

OVER = {"ko": "더 재단할 수 있어요", "ko_easy": "더 자를 수 있어요", "en": "more may be cut"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_ordered_is_refused_and_stays_typed(
    app: Flask, hazel: FlaskClient, order: Order, language: str
) -> None:
    hazel.post("/language", data={"language": language})
    answer = hazel.post(f"/cutting/{order.number}/W-2601", data=PLAN | {"plies_1": "40"})
    assert answer.status_code == 422
    assert answer.text.count(OVER[language]) == 2  # at the top and beside the plies
    assert 'aria-describedby="plies_1-wrong"' in answer.text
    assert 'value="40"' in answer.text
    assert lays(app, order) == []
    assert papers(app, Purpose.CUT_TICKET) == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"plies_1": ""}, "how many plies"),
        ({"size_55": "", "size_66": ""}, "which sizes"),
        ({"plies_1": "ten"}, "integer"),
        ({"plies_1": "-1"}, "between"),
        ({"bundle_size": "0"}, "between"),
        ({"bundle_size": "31"}, "from 1 to 30"),
    ],
)
def test_a_lay_that_can_not_be_is_refused_and_stays_typed(
    app: Flask, hazel: FlaskClient, order: Order, typed: dict[str, str], words: str
) -> None:
    answer = hazel.post(f"/cutting/{order.number}/W-2601", data=PLAN | typed)
    assert answer.status_code == 422
    assert words in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text
    assert lays(app, order) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"metres": ""}, "required"),
        ({"metres": "a roll"}, "Please type metres"),
        ({"metres": "1000000"}, "At most 99,999 m"),
        ({"plies_1": "40"}, "more may be cut"),
        ({"plies_1": ""}, "how many plies"),
    ],
)
def test_a_cut_that_can_not_be_is_refused_and_stays_typed(
    app: Flask, hazel: FlaskClient, order: Order, typed: dict[str, str], words: str
) -> None:
    at = planned(hazel, order)
    answer = hazel.post(at, data={"plies_1": "10", "metres": "31.5"} | typed)
    assert answer.status_code == 422
    assert words in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text
    assert lays(app, order) == [LayState.PLANNED]


def test_a_lay_is_cut_once(app: Flask, hazel: FlaskClient, order: Order) -> None:
    at = cut(hazel, order)
    again = hazel.post(at, data={"plies_1": "10", "metres": "31.5"})
    assert again.status_code == 422
    assert papers(app, Purpose.BUNDLE_TICKET) == 3


SEEN = re.compile(r'name="seen"[^>]*value="(\d+)"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_windows_do_not_plan_the_same_lay_twice(
    app: Flask, hazel: FlaskClient, order: Order, language: str
) -> None:
    at = f"/cutting/{order.number}/W-2601"
    hazel.post("/language", data={"language": language})
    seen = SEEN.findall(hazel.get(at).text)
    assert seen == ["0"]
    planned(hazel, order, seen=seen[0])
    answer = hazel.post(at, data=PLAN | {"seen": seen[0]})
    assert answer.status_code == 422
    assert tell(Conflict(), language) in answer.text
    assert lays(app, order) == [LayState.PLANNED]
    assert papers(app, Purpose.CUT_TICKET) == 1
    assert SEEN.findall(answer.text) == ["1"]
    planned(hazel, order, seen="1")
    assert len(lays(app, order)) == 2


def test_what_changed_is_not_lost_over_a_figure_that_was_mistyped(
    app: Flask, hazel: FlaskClient, order: Order
) -> None:
    at = f"/cutting/{order.number}/W-2601"
    planned(hazel, order, seen="0")
    mistyped = hazel.post(at, data=PLAN | {"seen": "0", "plies_1": "ten"})
    assert SEEN.findall(mistyped.text) == ["0"]
    assert hazel.post(at, data=PLAN | {"seen": "0"}).status_code == 422
    assert len(lays(app, order)) == 1


def test_nothing_is_planned_for_an_order_that_was_cancelled(
    app: Flask, hazel: FlaskClient, order: Order
) -> None:
    with app.app_context(), transaction() as session:
        order_service.cancel(session, order.number, "not wanted", by=SYSTEM, at=now())
    answer = hazel.get(f"/cutting/{order.number}/W-2601")
    assert answer.status_code == 422
    assert tell(OrderCancelled(number=order.number), "en") in answer.text
    assert "Plan a lay" not in hazel.get(f"/cutting/{order.number}").text


def test_a_draft_is_not_cut(app: Flask, sign_in: SignIn, order: Order) -> None:
    with app.app_context(), transaction() as session:
        draft = make_draft(session)
    hazel = sign_in(Role.CUTTER)
    assert draft.number not in hazel.get("/cutting/").text
    answer = hazel.post(f"/cutting/{draft.number}/W-2601", data=PLAN)
    assert answer.status_code == 422
    assert "only a draft" in answer.text
    assert lays(app, draft) == []


def test_what_is_not_there_is_said_so(hazel: FlaskClient, order: Order) -> None:
    for missing in ("/cutting/2026-9999", f"/cutting/{order.number}/W-9999", "/cutting/lay/99"):
        assert hazel.get(missing).status_code == 404


def test_only_those_who_cut_come_to_the_table(sign_in: SignIn, order: Order) -> None:
    browser = sign_in(Role.FLOOR_TERMINAL)
    assert browser.get("/cutting/").status_code == 403
    assert browser.get(f"/cutting/{order.number}").status_code == 403
    assert browser.post(f"/cutting/{order.number}/W-2601", data=PLAN).status_code == 403
