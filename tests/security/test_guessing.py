"""Guessing is stopped for the person and for the terminal; no colleague and no queue waits."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.people import queries as people
from factory.people import service as people_service
from factory.people.domain import Worker
from factory.security import queries
from factory.security.domain import SYSTEM, Role, TooManyAttempts, TooManyHere
from factory.security.guessing import (
    FREE_ELSEWHERE,
    FREE_FOR_ALL,
    FREE_HERE,
    HARDLY_WRONG,
    LET_THROUGH,
    LET_THROUGH_IN_ALL,
    Noted,
    begin,
    wait_after,
    was_right,
    was_wrong,
)
from factory.security.records import AttemptRow, KnownPlaceRow
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.people.build import make_worker

NOON = datetime.fromisoformat("2026-11-24T12:00:00+09:00")
DOOR, YARD = "screen 1", "from 192.168.0.66"


@pytest.mark.parametrize(
    ("times", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (9, 15), (30, 15)]
)
def test_waiting_doubles_up_to_fifteen_minutes(times: int, minutes: int) -> None:
    moments = [NOON] * times
    assert wait_after(moments, 5, at=NOON) == timedelta(minutes=minutes)
    assert not wait_after(moments, 5, at=NOON + timedelta(minutes=minutes))


def wrong(session: Session, name: str, place: str, times: int = 1, *, mark: str = "") -> None:
    for _ in range(times):
        was_wrong(session, attempt(session, name, place, mark), at=now())


def right(session: Session, name: str, place: str, *, mark: str = "") -> None:
    was_right(session, attempt(session, name, place, mark), at=now())


def attempt(session: Session, name: str, place: str, mark: str = "") -> Noted:
    """At a screen of the house, which is a mark of its own, or from an address."""
    return begin(session, name, place, place if place.startswith("screen") else mark, at=now())


@pytest.mark.usefixtures("clock")
def test_what_a_stranger_tries_elsewhere_does_not_make_her_wait_where_she_is_known(
    session: Session,
) -> None:
    right(session, "7", DOOR)
    right(session, "7", "from 192.168.0.40", mark="her telephone")
    wrong(session, "7", YARD, 5)
    with pytest.raises(TooManyAttempts):
        attempt(session, "7", YARD)
    right(session, "7", DOOR)
    right(session, "7", "from 192.168.0.41", mark="her telephone")
    right(session, "7", YARD, mark="her telephone")


@pytest.mark.usefixtures("clock")
def test_a_stranger_who_fails_on_purpose_holds_up_nobody_at_a_place_new_to_her(
    session: Session,
) -> None:
    for turn in (1, 2):
        wrong(session, "7", f"from 192.168.0.{turn}", 5)
    for turn in (1, 2):
        with pytest.raises(TooManyAttempts):
            attempt(session, "7", f"from 192.168.0.{turn}")
    wrong(session, "100", "from 192.168.0.3", HARDLY_WRONG)
    with pytest.raises(TooManyHere):
        attempt(session, "7", "from 192.168.0.3")  # has been wrong: it waits for all of them
    wrong(session, "7", "from 192.168.0.40")  # a slip of her finger
    right(session, "7", "from 192.168.0.40")
    right(session, "7", "screen 4")


def test_a_stranger_who_fails_for_everybody_all_day_holds_up_nobody_either(
    session: Session, clock: time_machine.Traveller
) -> None:
    for turn in range(100):
        with suppress(TooManyAttempts, TooManyHere):
            wrong(session, str(turn % 30), YARD)
        clock.shift(300)
        with suppress(TooManyAttempts, TooManyHere):
            wrong(session, "7", "from 192.168.0.67")
    right(session, "7", "from 192.168.0.40")
    right(session, "8", "screen 4")


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # a day of guesses takes long
def test_with_an_address_of_its_own_for_each_guess_still_few_are_compared(
    session: Session, clock: time_machine.Traveller
) -> None:
    compared = 0
    for turn in range(24 * 60):
        with suppress(TooManyAttempts, TooManyHere):
            wrong(session, "7", f"from 10.0.{turn // 250}.{turn % 250}")
            compared += 1
        clock.shift(60)
    assert compared <= FREE_ELSEWHERE + 24 * (LET_THROUGH + 1) + 8
    right(session, "7", DOOR)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # a day of guesses takes long
def test_the_same_holds_for_guesses_at_many_numbers(
    session: Session, clock: time_machine.Traveller
) -> None:
    compared = 0
    for turn in range(24 * 60):
        with suppress(TooManyAttempts, TooManyHere):
            wrong(session, str(turn % 40), f"from 10.0.{turn // 250}.{turn % 250}")
            compared += 1
        clock.shift(60)
    assert compared <= FREE_FOR_ALL + 24 * (LET_THROUGH_IN_ALL + 1) + 8


@pytest.mark.usefixtures("clock")
def test_guests_on_the_network_hold_up_nobody_at_a_screen_of_the_house(session: Session) -> None:
    wrong(session, "50", DOOR, HARDLY_WRONG)
    for turn in range(FREE_FOR_ALL):
        with suppress(TooManyHere):
            wrong(session, "7", f"from 192.168.0.{turn}")
    right(session, "7", DOOR)


def test_at_her_own_screen_her_guesses_are_counted_and_end_with_a_right_one(
    session: Session, clock: time_machine.Traveller
) -> None:
    right(session, "7", DOOR)
    wrong(session, "7", DOOR, 4)
    right(session, "7", DOOR)
    wrong(session, "7", DOOR, 5)
    with pytest.raises(TooManyAttempts) as refusal:
        attempt(session, "7", DOOR)
    assert refusal.value.values == {"minutes": 1}
    clock.shift(60)
    wrong(session, "7", DOOR)
    with pytest.raises(TooManyAttempts) as refusal:
        attempt(session, "7", DOOR)
    assert refusal.value.values == {"minutes": 2}


@pytest.mark.usefixtures("clock")
def test_many_numbers_from_many_addresses_are_one_guesser_and_whoever_is_known_comes_in(
    session: Session,
) -> None:
    right(session, "7", DOOR)
    for turn in range(FREE_FOR_ALL):
        wrong(session, str(100 + turn % 20), f"from 192.168.0.{turn % 20}")
    with pytest.raises(TooManyHere):
        attempt(session, "200", "from 192.168.0.3")
    right(session, "7", DOOR)
    (entry,) = (each for each in queries.audit(session) if each.what == "stop_guessing")
    assert (entry.actor, entry.thing) == ("didim", "unknown places")


@pytest.mark.usefixtures("clock")
def test_right_ones_at_new_places_are_counted_for_nobody(session: Session) -> None:
    for turn in range(2 * FREE_FOR_ALL):
        right(session, str(100 + turn), f"from 192.168.0.{turn}")
    attempt(session, "7", YARD)


def test_a_screen_where_many_numbers_are_tried_waits_but_not_for_those_it_knows(
    session: Session, clock: time_machine.Traveller
) -> None:
    for number in range(100, 110):
        right(session, str(number), DOOR)
    for number in range(FREE_HERE):
        wrong(session, str(number), DOOR)
    with pytest.raises(TooManyHere):
        attempt(session, "50", DOOR)
    for number in range(100, 109):
        right(session, str(number), DOOR)
    wrong(session, "109", DOOR)
    with pytest.raises(TooManyHere):
        attempt(session, "109", DOOR)
    right(session, "50", "screen 2")
    session.flush()
    kept = [line.thing for line in queries.audit(session) if line.what == "stop_guessing"]
    assert kept == [f"terminal {DOOR}"]
    clock.shift(3601)
    right(session, "50", DOOR)


@pytest.mark.usefixtures("clock")
def test_many_guesses_at_once_are_counted_before_any_is_compared(session: Session) -> None:
    for _ in range(5):
        attempt(session, "7", YARD)
    with pytest.raises(TooManyAttempts):
        attempt(session, "7", YARD)


@pytest.mark.usefixtures("clock")
def test_a_slip_of_the_finger_at_shift_change_holds_nobody_up(session: Session) -> None:
    for number in range(60):
        if number % 10 == 0:
            wrong(session, str(number), DOOR)
        right(session, str(number), DOOR)


@pytest.mark.usefixtures("clock")
def test_neither_numbers_nor_secrets_are_kept(session: Session) -> None:
    wrong(session, "31415", DOOR)
    right(session, "31415", DOOR)
    kept = [*session.query(AttemptRow), *session.query(KnownPlaceRow)]
    assert kept
    assert not any("31415" in row.key or DOOR in row.key for row in kept)


# At the door


def _pine(session: Session) -> tuple[Worker, str]:
    worker = make_worker(session)
    return worker, people.badges(session)[worker.id]


@pytest.fixture
def pine(client: FlaskClient, kept: Kept) -> tuple[Worker, str]:
    """Pine and her badge."""
    del client
    return kept(_pine)


def test_while_the_door_waits_for_pins_badges_hold(
    sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    door = sign_in(Role.CLOCK_TERMINAL)
    for number in range(FREE_HERE):
        wrong_pin = {"code": str(number + 100), "pin": "0000"}
        assert door.post("/clock/", data=wrong_pin).status_code == 422
    by_number = door.post("/clock/", data={"code": str(pine[0].number), "pin": PIN})
    assert by_number.status_code == 422
    assert "scan your badge" in by_number.text
    assert door.post("/clock/", data={"code": pine[1]}).status_code == 200


def test_a_colleague_clocks_in_by_pin_while_somebody_guesses_anothers(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    with app.app_context(), transaction() as session:
        hazel = make_worker(session, "Hazel")
    door = sign_in(Role.CLOCK_TERMINAL)
    guess = {"code": str(hazel.number), "pin": "0000"}
    said = [door.post("/clock/", data=guess).text for _ in range(6)]
    assert "Too many wrong attempts" in said[-1]
    answer = door.post("/clock/", data={"code": str(pine[0].number), "pin": PIN})
    assert answer.status_code == 200
    assert "Pine" in answer.text


def test_a_lost_badge_stops_the_moment_it_is_reported(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    door = sign_in(Role.CLOCK_TERMINAL)
    assert door.post("/clock/", data={"code": pine[1]}).status_code == 200
    with app.app_context(), transaction() as session:
        people_service.void_badge(session, pine[0], by=SYSTEM, at=now())
    answer = door.post("/clock/", data={"code": pine[1], "event_id": new_id()})
    assert answer.status_code == 422
    assert "holds no more" in answer.text
