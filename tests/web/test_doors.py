"""Every address × every role × signed out: who may open it stands in one table, row by row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from factory.kernel.errors import FactoryError
from factory.security.domain import TERMINALS, Actor, DeviceRole, Role, TokenUnknown, WorkerId
from factory.web.guard import NotAllowed, SignInFirst
from tests.web import doors
from tests.web.doors import EVERYBODY

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def guarded(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            yield rule.endpoint, rule


def asked(app: Flask, rule: Rule, actor: Actor | None) -> type[FactoryError] | None:
    """What the door says before anything behind it happens; nothing if it opens."""
    values = dict.fromkeys(rule.arguments, 1)
    with app.test_request_context():
        g.actor = actor
        try:
            app.view_functions[rule.endpoint](**values)
        except (NotAllowed, SignInFirst, TokenUnknown) as refusal:
            return type(refusal)
        except Exception:  # noqa: BLE001 - the door opened, and there was nothing behind it
            return None
    return None


def test_the_table_has_a_row_for_each_address_and_no_other(app: Flask) -> None:
    assert doors.rows() == doors.now_open(app), "python -m tests.web.doors, and read what differs"


def test_whoever_is_not_in_the_row_is_refused(app: Flask) -> None:
    """The view itself is never reached: everybody else is asked, and the door says no."""
    kept, wrong = doors.rows(), []
    for name, rule in guarded(app):
        if kept[name] == [EVERYBODY]:
            continue
        for role in Role:
            if role.value in kept[name] or kept[name][0].startswith("terminal"):
                continue
            if asked(app, rule, Actor(name="x", roles=frozenset({role}))) is not NotAllowed:
                wrong.append(f"{name}: {role}")
        awaited = TokenUnknown if kept[name][0].startswith("terminal") else SignInFirst
        if asked(app, rule, None) is not awaited:
            wrong.append(f"{name}: signed out")
    assert wrong == []


def test_while_visitors_look_no_name_no_pay_and_no_hours_open(app: Flask) -> None:
    """A manager's own screen, with visitors before it, opens what the floor's work is alone."""
    looking = Actor(name="x", roles=frozenset(Role), visitors=True)
    rooms = {"people", "payroll", "attendance", "mine", "leave", "till", "lawbook"}
    kept, tried = doors.rows(), 0
    for name, rule in guarded(app):
        if name.split(".")[0] in rooms and not {EVERYBODY, Role.CLOCK_TERMINAL} & set(kept[name]):
            assert asked(app, rule, looking) is NotAllowed, name
            tried += 1
    assert tried > 100


@pytest.mark.parametrize("screen", sorted(TERMINALS))
def test_a_badge_at_a_shared_screen_opens_no_more_than_the_screen(app: Flask, screen: Role) -> None:
    """What is hers wants her PIN as well, whatever roles she has in the office."""
    badge = Actor(name="x", roles=frozenset({screen}), worker=WorkerId(1))
    kept = doors.rows()
    for name, rule in guarded(app):
        if kept[name] != [EVERYBODY] and screen.value not in kept[name]:
            assert asked(app, rule, badge) is not None, name


def test_each_terminal_has_its_own_door(app: Flask) -> None:
    ours = {name: who for name, (who, *_) in doors.rows().items() if who.startswith("terminal")}
    assert set(ours.values()) == {f"terminal {role.value}" for role in DeviceRole}


def test_signed_out_a_page_leads_to_the_door(client: FlaskClient) -> None:
    """The same by the wire, for one of each kind."""
    assert client.get("/people/").location == "/sign-in?next=/people/"
    assert client.post("/people/hire").location == "/sign-in?next=/people/hire"
    assert client.post("/api/v1/scans", json={"scans": []}).status_code == 401
