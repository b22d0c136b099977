"""Bad input at the door, on her page, at the office: a sentence in her language, nothing lost."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factory.db.session import reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import at, now
from factory.kernel.words import LANGUAGES, say, tell
from factory.people.domain import Worker
from factory.security.domain import SYSTEM, Role
from factory.timeclock import queries, service
from factory.timeclock.domain import Flag, FromTheFuture
from factory.timeclock.domain.asking import NotYet, PeriodClosed
from factory.timeclock.forms import UNKNOWN_KIND
from tests.cast import PIN
from tests.conftest import SignIn

TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)
FUTURE = "2026-11-24T19:00:00+09:00"


def at_the_door(sign_in: SignIn, language: str) -> FlaskClient:
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/language", data={"language": language})
    return browser


READER = {"ko": "en", "ko_easy": "ko", "en": "ko_easy"}
"""The supervisor reads another language than the door speaks."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_door_says_what_it_can_not_take_and_keeps_what_was_typed(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str], language: str
) -> None:
    browser, (_, badge) = at_the_door(sign_in, language), pine
    told = tell(FromTheFuture(at=at(TODAY, "19:00"), now=now()), language)
    for sent, sentence in (
        ({"at": FUTURE}, told),
        ({"kind": "lunch"}, say(UNKNOWN_KIND, language, kind="lunch")),
    ):
        answer = browser.post("/clock/", data={"code": badge, "event_id": new_id()} | sent)
        assert answer.status_code == 422
        assert sentence in unescape(answer.text)
        assert f'value="{badge}"' in answer.text
    waited = {"code": badge, "at": FUTURE, "event_id": new_id()}
    assert browser.post("/clock/", data=waited, headers={"X-Didim-Queue": "1"}).status_code == 422
    listed = sign_in(Role.SUPERVISOR).get(f"/clock/asked?language={READER[language]}").text
    hers = tell(FromTheFuture(at=at(TODAY, "19:00"), now=now()), READER[language])
    assert (hers in unescape(listed), told in unescape(listed)) == (True, False)
    with app.app_context(), reading() as session:
        assert queries.present(session, at=now()) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_she_and_the_office_can_not_enter_is_said_and_stays_typed(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str], language: str
) -> None:
    with app.app_context(), transaction() as session:
        service.lock(session, date(2026, 10, 31), by=SYSTEM, at=now())
    worker, said = pine[0], {"kind": "out", "time": "18:00", "reason": "a child was ill"}
    closed = tell(PeriodClosed(until=date(2026, 10, 31)), language)
    strange = say("Not a valid choice.", language)
    browser = at_the_door(sign_in, language)
    browser.post("/pin", data={"number": str(worker.number), "pin": PIN})
    hers = [
        ({"day": "2026-10-30"}, closed),
        ({"day": "2026-11-24"}, tell(NotYet(), language)),
        ({"day": "2026-11-23", "kind": "lunch"}, strange),
    ]
    for sent, sentence in hers:
        answer = browser.post(f"/clock/ask?language={language}", data=said | sent)
        assert (answer.status_code, sentence in unescape(answer.text)) == (422, True)
        assert 'value="a child was ill"' in answer.text
    leader = sign_in(Role.SUPERVISOR)
    for sent, sentence in hers:
        where = f"/clock/day/{sent['day']}/{worker.number}?language={language}"
        answer = leader.post(where, data=said | sent)
        assert (answer.status_code, sentence in unescape(answer.text)) == (422, True)
        assert 'value="a child was ill"' in answer.text


def test_two_devices_at_once_make_one_coming(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    one, other = sign_in(Role.CLOCK_TERMINAL), sign_in(Role.CLOCK_TERMINAL)
    for browser in (one, other):
        told = browser.post("/clock/", data={"code": pine[1], "event_id": new_id()})
        assert "10:00" in told.text
    with app.app_context(), reading() as session:
        assert len(queries.punches(session, pine[0].id, TODAY)) == 1


def test_a_going_without_a_coming_is_kept_and_waits_for_the_supervisor(
    app: Flask, sign_in: SignIn, pine: tuple[Worker, str]
) -> None:
    out = {"code": pine[1], "kind": "out", "at": "2026-11-23T18:00:00+09:00"}
    assert sign_in(Role.CLOCK_TERMINAL).post("/clock/", data=out).status_code == 200
    with app.app_context(), reading() as session:
        found = queries.missing(session, pine[0].id, YESTERDAY, YESTERDAY, at=now())
        assert found == ((YESTERDAY, Flag.MISSING_IN),)
    page = sign_in(Role.SUPERVISOR).get("/days/2026-11-23").text
    assert Flag.MISSING_IN.label in page
