"""A ticket that heat has blackened: found by any two of number, colour and size."""

from __future__ import annotations

from itertools import combinations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading
from factory.kernel.words import LANGUAGES
from factory.printing import queries as printing
from factory.printing.domain import Purpose, State
from factory.production import queries
from factory.production.domain.bundles import Bundle
from factory.production.domain.unread import Legible, TwoOfThree
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.production.floor import Floor

BUNDLE = Bundle(
    code="20000120", order="2026-0012", line=1, style="W-2601", colour="BK", size="66", lay=1,
    number=5, of=12, place=1, ply_from=1, ply_to=10, quantity=10, routing_uid="x",
)  # fmt: skip


@pytest.mark.parametrize(
    "legible",
    [
        Legible("5", "BK"),
        Legible("5", "", "66"),
        Legible("", "BK", "66"),
        Legible("5", "BK", "66"),
        Legible("0012", "BK"),
        Legible("20000120", "BK"),
    ],
)
def test_two_things_that_can_be_read_tell_which_bundle_it_is(legible: Legible) -> None:
    assert legible.checked().fits(BUNDLE)


@pytest.mark.parametrize(
    "legible",
    [
        Legible("6", "BK"),
        Legible("5", "CA"),
        Legible("5", "", "77"),
        Legible("9999", "BK"),
        Legible("12", "BK"),
        Legible("x", "BK"),
    ],
)
def test_a_bundle_that_is_otherwise_is_another(legible: Legible) -> None:
    assert not legible.checked().fits(BUNDLE)


@pytest.mark.parametrize("one", [Legible("5"), Legible("", "BK"), Legible("", "", "66"), Legible()])
def test_one_thing_is_not_enough(one: Legible) -> None:
    with pytest.raises(TwoOfThree):
        one.checked()


@pytest.fixture
def cutter(sign_in: SignIn, floor: Floor) -> FlaskClient:
    return sign_in(Role.CUTTER)


def test_any_two_find_the_bundle_and_print_its_ticket_again(
    app: Flask, cutter: FlaskClient, floor: Floor
) -> None:
    bundle = floor.bundles[0]
    read = {"number": str(bundle.number), "colour": bundle.colour, "size": bundle.size}
    for two in combinations(read.items(), 2):
        page = cutter.get("/bundles/unread", query_string=dict(two))
        assert page.status_code == 200
        assert f'action="/bundles/{bundle.code}/ticket"' in page.text
    assert cutter.post(f"/bundles/{bundle.code}/ticket").status_code == 303
    with app.app_context(), reading() as session:
        waiting = printing.jobs(session, State.QUEUED)
        assert [job.purpose for job in waiting].count(Purpose.BUNDLE_TICKET) >= 1
        assert queries.bundle(session, bundle.code).bundle == bundle


def test_nothing_is_listed_before_it_is_asked_for(cutter: FlaskClient, floor: Floor) -> None:
    page = cutter.get("/bundles/unread").text
    assert "/ticket" not in page
    assert "It may be one of these" not in page
    assert 'href="/bundles/unread"' in cutter.get("/bundles/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_alone_is_refused_and_stays_typed(cutter: FlaskClient, language: str) -> None:
    page = cutter.get(f"/bundles/unread?number=5&language={language}")
    assert page.status_code == 422
    assert 'value="5"' in page.text
    assert 'role="alert"' in page.text


def test_what_fits_no_bundle_says_so(cutter: FlaskClient) -> None:
    assert "No bundle in work is like that." in cutter.get("/bundles/unread?number=99&size=66").text


def test_who_may_not_see_bundles_does_not_find_them(sign_in: SignIn, floor: Floor) -> None:
    assert sign_in(Role.WORKER).get("/bundles/unread?number=1&size=66").status_code == 403
