"""Nobody sees what is another's: every address of the program, tried as everybody."""

from __future__ import annotations

import base64
import io
import logging
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

import pypdf
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from factory.app import SETTINGS
from factory.db.session import transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.security import devices, kiosk, service, sessions
from factory.security.domain import SYSTEM, TERMINALS, AccountId, DeviceRole, Role
from factory.upkeep import nightly
from tests.cast import PASSWORD
from tests.conftest import MORNING, hurried, make_app
from tests.web.canary import betrayed, files_betraying
from tests.web.hostile import Siege
from tests.web.linden import PARTS, WORDS, House, Secret, addresses, make_house, room_examples
from tests.web.listening import Asked, Passed, listen, watch_guards
from tests.web.test_pages import rooms

OPEN_TO = {
    Secret.PAY: {Role.MANAGER},
    Secret.HOURS: {Role.SUPERVISOR, Role.MANAGER},
    Secret.PIECES: {Role.SUPERVISOR, Role.MANAGER},
    Secret.WHY_ASKED: {Role.SUPERVISOR, Role.MANAGER},
    Secret.WHY_AWAY: {Role.MANAGER},
    Secret.WHY_WORKED: {Role.SUPERVISOR, Role.MANAGER},
    Secret.WHY_READ: {Role.MANAGER, Role.KEEPER},
    Secret.SEALED: set(),
}
"""Who may see what of somebody else. A legal name opens only to a reason, one at a time."""
CANARIES = (*WORDS[Secret.SEALED], *PARTS)
ASKED = "timeclock.asked"
"""Where a supervisor answers what was asked to be corrected."""
ASKING = "?worker={id}&number={number}&person={number}&name=Linden&thing=worker+{uid}"
"""What is asked for of every page that looks for any of it."""


Made = tuple[House, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house of its own, in which everybody looks first and sends afterwards."""
    place = tmp_path_factory.mktemp("nobody_elses")
    with time_machine.travel(datetime.fromisoformat(MORNING), tick=False):
        whole = hurried(make_app(f"sqlite:///{place / 'test.sqlite'}", place))
        whole.config["WTF_CSRF_ENABLED"] = False
        listen(whole, *(name for name, _ in parse_qsl(ASKING[1:])))
        watch_guards(whole)
        with (place / "didim.log").open("w", encoding="utf-8") as file:
            logger = logging.StreamHandler(file)
            logging.getLogger().addHandler(logger)
            yield whole
            logging.getLogger().removeHandler(logger)


@pytest.fixture(scope="module")
def made(app: Flask) -> Made:
    """Linden's house, with what every room shows its pages with."""
    with app.app_context(), transaction() as session:
        examples = room_examples(session, rooms())
        return make_house(session), examples


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """A browser nobody is signed in at."""
    return app.test_client()


Enter = Callable[[Flask, FlaskClient, House], None]


def as_role(role: Role) -> Enter:
    """Somebody of the office, or a shared screen at which nobody stands."""

    def enter(app: Flask, browser: FlaskClient, house: House) -> None:
        del house
        _signed(app, browser, role)

    return enter


def as_rowan(screen: Role, *, pin: bool) -> Enter:
    """Rowan at a shared screen, by her badge or with her PIN besides."""

    def enter(app: Flask, browser: FlaskClient, house: House) -> None:
        token = _signed(app, browser, screen)
        rowan, until = house.rowan, now() + sessions.PIN_LASTS if pin else None
        with app.app_context(), transaction() as session:
            sessions.act_as(
                session, token, rowan.id, name=rowan.name, language="en", pin_until=until
            )

    return enter


def as_herself(whose: str) -> Enter:
    """A worker at her own phone."""

    def enter(app: Flask, browser: FlaskClient, house: House) -> None:
        if browser.get_cookie(kiosk.COOKIE) is not None:
            return
        worker = getattr(house, whose)
        with app.app_context(), transaction() as session:
            account = service.find_account_id(session, str(worker.number))
            assert account is not None
            token = sessions.open_session(session, account, at=now())
        browser.set_cookie(kiosk.COOKIE, token)

    return enter


def as_device(role: DeviceRole) -> Enter:
    """A terminal with its token."""

    def enter(app: Flask, browser: FlaskClient, house: House) -> None:
        del house
        if "HTTP_AUTHORIZATION" not in browser.environ_base:
            with app.app_context(), transaction() as session:
                token = devices.add(session, f"{role} {new_id()}", role, by=SYSTEM, at=now())
            browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"

    return enter


def _signed(app: Flask, browser: FlaskClient, role: Role) -> str:
    """Sign the browser in as somebody of this role alone, if it is not; gives its token."""
    cookie = browser.get_cookie(kiosk.COOKIE)
    if cookie is not None:
        return cookie.value
    with app.app_context(), transaction() as session:
        token = sessions.open_session(session, _account(session, role), at=now())
    browser.set_cookie(kiosk.COOKIE, token)
    return token


def _account(session: Session, role: Role) -> AccountId:
    name = f"only {role}"
    return service.find_account_id(session, name) or service.create_account(
        session, name, PASSWORD, roles=[role], language="en", by=SYSTEM, at=now()
    )


def nobody(app: Flask, browser: FlaskClient, house: House) -> None:
    """Somebody who is not signed in."""


STRANGERS: dict[str, Enter] = {
    "nobody": nobody,
    "Rowan's badge at the door": as_rowan(Role.CLOCK_TERMINAL, pin=False),
    "Rowan's PIN at the door": as_rowan(Role.CLOCK_TERMINAL, pin=True),
    "Rowan's badge at a machine": as_rowan(Role.FLOOR_TERMINAL, pin=False),
    "Rowan's PIN at a machine": as_rowan(Role.FLOOR_TERMINAL, pin=True),
    "Rowan at her phone": as_herself("rowan"),
    **{f"screen {role}": as_role(role) for role in sorted(TERMINALS)},
    **{f"terminal {role}": as_device(role) for role in DeviceRole},
}
OFFICE = [role for role in Role if role not in TERMINALS]


def open_ones(app: Flask, method: str, made: Made) -> Iterator[str]:
    """Every address, as long as the guard of its page lets through whoever asks for it.

    The guard of a page knows only who asks: stopped once, she is stopped with other numbers too.
    """
    adapter, closed = app.url_map.bind(""), set[str]()
    for address in addresses(app, method, *made):
        endpoint, _ = adapter.match(address, method)
        if endpoint not in closed:
            Passed.guard = True
            yield address
            if not Passed.guard:
                closed.add(endpoint)


def tried(app: Flask, browser: FlaskClient, made: Made, enter: Enter) -> Iterator[tuple[str, str]]:
    """Every address that may be asked for, and what stands in its answer."""
    house = made[0]
    asking = ASKING.format(id=house.linden.id, number=house.linden.number, uid=house.uid)
    enter(app, browser, house)
    for address in open_ones(app, "GET", made):
        Asked.heard = False
        answer = browser.get(address)
        looked = Asked.heard  # the others would give the same page once more
        yield address, text_of(answer)
        if looked and answer.status_code == 200 and answer.mimetype == "text/html":
            yield address + asking, text_of(browser.get(address + asking))


def sent(app: Flask, browser: FlaskClient, made: Made, enter: Enter) -> Iterator[tuple[str, str]]:
    """Every address that something may be sent to, with Linden in whatever a form may ask for."""
    house = made[0]
    known = {"worker": house.linden.id, "number": house.linden.number, "pin": "9" * 6}
    form = known | {"code": house.pool["code"][0], "name": "Linden"}
    enter(app, browser, house)
    for address in open_ones(app, "POST", made):
        answer = browser.post(address, data=form)
        yield f"POST {address}", text_of(answer)
        if not Passed.guard:
            continue
        if answer.status_code == 303:
            yield f"after {address}", text_of(browser.get(answer.location))
        enter(app, browser, house)  # this may have sent her away
        Passed.guard = True


def text_of(answer: TestResponse) -> str:
    """All that can be read in an answer, and what is sealed and lies in it in another shape."""
    hidden = "\n".join(found_in(answer.data)) if answer.data else ""
    heard = "\n".join(found_in(str(answer.headers).encode()))
    return "\n".join((read_in(answer), hidden, heard))


@lru_cache(maxsize=4096)
def found_in(data: bytes) -> tuple[str, ...]:
    """What is sealed for Linden, in whatever shape it lies in some bytes."""
    return tuple(betrayed(data, CANARIES))


def read_in(answer: TestResponse) -> str:
    """All that can be read in an answer."""
    if answer.mimetype == "application/pdf":
        return words_of(answer.data)
    if zipfile.is_zipfile(io.BytesIO(answer.data)):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
            return "\n".join(
                packed.read(name).decode("utf-8", "replace") for name in packed.namelist()
            )
    assert answer.status_code < 500, answer.request.path
    if answer.mimetype in {"image/png", "image/jpeg", "image/webp"}:
        return f"picture {answer.request.path}"
    return f"{answer.location or ''}\n{answer.data.decode('utf-8', 'replace')}"


@lru_cache
def words_of(pdf: bytes) -> str:
    """All that can be read on paper; many are given the same."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def betrayals(house: House, answers: Iterator[tuple[str, str]]) -> dict[str, set[Secret]]:
    """Which address shows which of Linden's secrets."""
    found = {address: house.betrayed(text) for address, text in answers}
    return {address: secrets for address, secrets in found.items() if secrets}


@pytest.mark.parametrize("who", STRANGERS)
def test_no_page_shows_another_workers_figures_to(
    app: Flask, visitor: FlaskClient, made: Made, who: str
) -> None:
    assert betrayals(made[0], tried(app, visitor, made, STRANGERS[who])) == {}


def test_she_sees_her_own(app: Flask, visitor: FlaskClient, made: Made) -> None:
    found = betrayals(made[0], tried(app, visitor, made, as_herself("linden")))
    assert set.union(*found.values()) >= set(Secret) - {Secret.SEALED}


@pytest.mark.parametrize("role", OFFICE)
def test_the_office_sees_exactly_what_its_permission_opens(
    app: Flask, visitor: FlaskClient, made: Made, role: Role
) -> None:
    found = betrayals(made[0], tried(app, visitor, made, as_role(role)))
    shown = {secret: [a for a, secrets in found.items() if secret in secrets] for secret in Secret}
    allowed = {secret for secret, roles in OPEN_TO.items() if role in roles}
    closed = {secret: where for secret, where in shown.items() if where and secret not in allowed}
    assert closed == {}
    awaited: set[Secret] = set() if ASKED in app.view_functions else {Secret.WHY_ASKED}
    assert {secret for secret in allowed if not shown[secret]} <= awaited, "no page shows it"


@pytest.mark.parametrize("who", STRANGERS)
def test_nothing_that_is_sent_is_answered_with_another_workers_figures_to(
    app: Flask, visitor: FlaskClient, made: Made, who: str
) -> None:
    assert betrayals(made[0], sent(app, visitor, made, STRANGERS[who])) == {}


@pytest.mark.parametrize("role", OFFICE)
def test_the_office_is_answered_nothing_more_when_it_sends(
    app: Flask, visitor: FlaskClient, made: Made, role: Role
) -> None:
    found = betrayals(made[0], sent(app, visitor, made, as_role(role)))
    allowed = {secret for secret, roles in OPEN_TO.items() if role in roles}
    assert {where: secrets for where, secrets in found.items() if secrets - allowed} == {}


@pytest.mark.parametrize("shape", ["page", "cookie", "picture"])
def test_what_is_sealed_is_seen_in_an_answer_in_any_shape(made: Made, shape: str) -> None:
    hidden = base64.b64encode("01077134482".encode("utf-16-le"))
    answer = TestResponse(
        iter([b"<p>1</p>"]), "200 OK", Headers(), Request({}), mimetype="text/html"
    )
    assert made[0].betrayed(text_of(answer)) == set()
    if shape == "cookie":
        answer.headers["Set-Cookie"] = f"seen={hidden.decode()}"
    else:
        answer.data = b"\0\1" + zlib.compress(hidden) if shape == "picture" else hidden
    assert made[0].betrayed(text_of(answer)) == {Secret.SEALED}


def test_a_page_that_looks_for_somebody_is_asked_for_her(
    app: Flask, visitor: FlaskClient, made: Made
) -> None:
    as_role(Role.MANAGER)(app, visitor, made[0])
    for address, looks in (("/audit", True), ("/people/", False)):
        Asked.heard = False
        assert visitor.get(address).status_code == 200
        assert Asked.heard is looks, address


def test_there_is_no_address_that_is_not_tried(app: Flask, made: Made) -> None:
    tried_rules = {
        rule.endpoint
        for method in ("GET", "POST")
        for address in addresses(app, method, *made)
        for rule, _ in [app.url_map.bind("").match(address, method, return_rule=True)]
    }
    everything = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    assert everything - tried_rules == set()


def test_nothing_sealed_lies_open_in_any_file_of_the_house(
    app: Flask, visitor: FlaskClient, made: Made
) -> None:
    """After all that was tried above: database, what it writes ahead, papers, log, backup."""
    house, words = made[0], CANARIES + WORDS[Secret.WHY_AWAY]
    as_role(Role.MANAGER)(app, visitor, house)
    asked = {"field": "legal_name", "reason": "a letter"}
    assert CANARIES[0] in visitor.post(f"/people/{house.linden.number}/sealed", data=asked).text
    settings = app.extensions[SETTINGS]
    with app.app_context():
        nightly.make(settings, at=now())
    files = {file.name for file in settings.instance.rglob("*")}
    assert {"test.sqlite", "test.sqlite-wal", "didim.log", "backups"} <= files
    assert files_betraying(settings.instance, words) == {}


def test_whatever_is_sent_nothing_breaks_and_no_refusal_writes(app: Flask, made: Made) -> None:
    """A few of the hostile requests of `tests/endure/test_hostile.py`, in a house that worked."""
    siege = Siege(app, *made, seed=26)
    counts = siege.run(150)
    assert siege.wrong == []
    assert counts[422] > 10
