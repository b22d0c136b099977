"""Where somebody is signed in, and how she signs out there."""

from __future__ import annotations

import re

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.time import now
from factory.security import keeping, queries, service, sessions
from factory.security.browsers import browser_of
from factory.security.domain import SYSTEM, AccountId, Role
from tests.cast import PASSWORD
from tests.conftest import SignIn

TABLET = "Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        (TABLET, "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/138.0 Whale/4.3 Safari/537.36", "Whale, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox, Linux"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_recognise_it(agent: str, shown: str) -> None:
    assert browser_of(agent) == shown


def hazel(session: Session) -> AccountId:
    return service.create_account(
        session, "hazel", PASSWORD, roles=[Role.CUTTER], by=SYSTEM, at=now()
    )


def test_each_browser_stands_in_the_list_until_its_time_is_over(
    session: Session, clock: time_machine.Traveller
) -> None:
    account = hazel(session)
    sessions.open_session(session, account, at=now(), browser="Edge, Windows")
    clock.shift(3600)
    sessions.open_session(session, account, at=now(), browser="Chrome, Android")
    session.flush()
    found = queries.signed_in(session, account, at=now())
    assert [each.browser for each in found] == ["Chrome, Android", "Edge, Windows"]
    clock.shift(11.5 * 3600)
    (left,) = queries.signed_in(session, account, at=now())
    assert left.browser == "Chrome, Android"


def test_one_of_them_is_signed_out_and_the_other_stays(session: Session) -> None:
    account = hazel(session)
    here = sessions.open_session(session, account, at=now())
    there = sessions.open_session(session, account, at=now())
    place = queries.place_of(there)
    session.flush()
    keeping.end_session(session, account, place, by=SYSTEM, at=now())
    session.flush()
    assert sessions.who_is(session, there, at=now()) is None
    assert sessions.who_is(session, here, at=now()) is not None
    assert queries.audit(session)[0].what == "end_session"
    with pytest.raises(NotFound):
        keeping.end_session(session, account, place, by=SYSTEM, at=now())


def test_nobody_signs_somebody_else_out(session: Session) -> None:
    token = sessions.open_session(session, hazel(session), at=now())
    other = service.create_account(
        session, "maple", PASSWORD, roles=[Role.ORDER_MANAGER], by=SYSTEM, at=now()
    )
    session.flush()
    with pytest.raises(NotFound):
        keeping.end_session(session, other, queries.place_of(token), by=SYSTEM, at=now())


def test_she_sees_where_she_is_signed_in_and_signs_out_there(sign_in: SignIn) -> None:
    browser = sign_in(Role.CUTTER)
    browser.post(
        "/sign-in",
        data={"name": "Hazel", "password": PASSWORD},
        headers={"User-Agent": TABLET},
    )
    sign_in(Role.CUTTER)
    page = browser.get("/settings").text
    assert "Chrome, Android" in page
    assert "this browser" in page
    found = re.search(r'Chrome, Android.*?action="(/settings/sessions/\w+/end)"', page)
    assert found is not None
    way = found[1]
    assert browser.post(way).status_code == 303
    assert "Chrome, Android" not in browser.get("/settings").text
    assert browser.post(way).status_code == 404


def test_the_keeper_signs_a_lost_tablet_out(sign_in: SignIn) -> None:
    sign_in(Role.CUTTER)
    keeper = sign_in(Role.KEEPER)
    page = keeper.get("/accounts/Hazel").text
    (way,) = set(re.findall(r'action="(/accounts/Hazel/sessions/\w+/end)"', page))
    assert keeper.post(way).status_code == 303
    assert way not in keeper.get("/accounts/Hazel").text
    assert sign_in(Role.CUTTER).post(way).status_code == 403
