"""What leave counts as is seen by herself and whoever pays: in no list, paper or sum of others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.attendance import service as attendance
from factory.db.session import transaction
from factory.kernel.time import DAY, now
from factory.leave import sealed
from factory.leave.domain import Counting, LeaveKind, Request
from factory.people import queries as people
from factory.security.domain import SYSTEM, Role
from tests.conftest import MORNING, hurried, make_app
from tests.leave.build import grant, make_wish
from tests.payroll.build import punch
from tests.timeclock.build import TODAY, YESTERDAY
from tests.web.linden import OCTOBER_DAY, make_house, room_examples
from tests.web.listening import watch_guards
from tests.web.test_nobody_elses import Made, as_role, open_ones, read_in
from tests.web.test_pages import rooms

CURIOUS = (Role.SUPERVISOR, Role.ORDER_MANAGER, Role.KEEPER)
"""Each of the others is shown less of people than one of these."""
CLOSED, WORKED = OCTOBER_DAY + DAY, OCTOBER_DAY + 5 * DAY
"""Days of leave: one is closed, on one she came all the same, as she did yesterday and today."""
PAID = Counting(paid=True, annual=True, attended=True)
OTHERS = {
    "without pay, as if there": Counting(paid=False, annual=False, attended=True),
    "without pay, not there": Counting(paid=False, annual=False, attended=False),
}
CHANCE = re.compile(
    r'name="(csrf_token|acting)" value="[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
)
"""What differs whenever a page is asked for."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house of its own, in which everybody only looks."""
    place = tmp_path_factory.mktemp("tells_no_kind")
    with time_machine.travel(datetime.fromisoformat(MORNING), tick=False):
        whole = hurried(make_app(f"sqlite:///{place / 'test.sqlite'}", place))
        whole.config["WTF_CSRF_ENABLED"] = False
        watch_guards(whole)
        yield whole


@pytest.fixture(scope="module")
def made(app: Flask) -> Made:
    """Linden is paid by the hour, and was and will be away on days of every look."""
    with app.app_context(), transaction() as session:
        examples = room_examples(session, rooms())
        house = make_house(session)
        for day in (CLOSED, WORKED, YESTERDAY, TODAY, TODAY + DAY):
            grant(session, house.linden, make_wish(day, kind=LeaveKind.UNPAID))
        badge = people.badges(session)[house.linden.id]
        punch(session, badge, WORKED, "in", "09:00")
        punch(session, badge, WORKED, "out", "18:00")
        attendance.close_day(session, CLOSED, by=SYSTEM, at=now())
        return house, examples


def counting_as(counts: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on all leave counts so."""

    def counted(_session: Session, found: Iterable[Request]) -> tuple[Request, ...]:
        return tuple(replace(each, counts_as=counts) for each in found)

    monkeypatch.setattr(sealed, "counted", counted)


def seen(app: Flask, made: Made, browser: FlaskClient) -> dict[str, str]:
    """Every address that opens, and what stands there."""
    return {
        address: CHANCE.sub("", read_in(browser.get(address)))
        for address in open_ones(app, "GET", made)
    }


@pytest.fixture
def browser(app: Flask, made: Made, role: Role) -> FlaskClient:
    """A browser at which somebody of this role is signed in."""
    opened = app.test_client()
    as_role(role)(app, opened, made[0])
    return opened


@pytest.mark.parametrize("role", CURIOUS)
def test_whether_leave_is_paid_is_seen_in_nothing_that_opens_to(
    app: Flask, made: Made, role: Role, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting_as(PAID, monkeypatch)
    before = seen(app, made, browser)
    assert any("Linden" in text for text in before.values()) or role is not Role.SUPERVISOR
    for name, counts in OTHERS.items():
        counting_as(counts, monkeypatch)
        after = seen(app, made, browser)
        differs = {address for address in before if before[address] != after[address]}
        assert sorted(differs) == [], name


@pytest.mark.parametrize("role", [Role.MANAGER])
def test_whoever_pays_sees_it(
    made: Made, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    for counts in (PAID, OTHERS["without pay, not there"]):
        counting_as(counts, monkeypatch)
        shown.append(read_in(browser.get(f"/pay/2026-10/{made[0].linden.number}.pdf")))
    assert shown[0] != shown[1]
