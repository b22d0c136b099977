"""While visitors look: no word that somebody typed about somebody, at any address they may see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, String, Table, event, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from factory.business import service as business
from factory.db.session import Base, db, reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.materials import service as materials
from factory.materials.domain import RollInspection
from factory.production import queries
from factory.production import service as production
from factory.production.domain.faults import Cause
from factory.production.domain.help import Trouble
from factory.production.domain.holds import HoldKind
from factory.production.domain.scans import Defect
from factory.production.service import NewHold
from factory.security import kiosk, service, sessions
from factory.security.domain import SYSTEM, TERMINALS, Role
from tests.business.build import SAMPLE
from tests.cast import PASSWORD
from tests.conftest import MORNING, hurried, make_app
from tests.materials.build import make_roll
from tests.production.floor import make_floor, sew
from tests.web.hostile import SIGNED_OUT
from tests.web.linden import House, addresses, make_house, room_examples
from tests.web.test_nobody_elses import text_of
from tests.web.test_pages import rooms

MARK = "Tansyword"
"""Written into every column in which somebody may have typed a name."""
SEEN = re.compile(rf"{MARK}(?: (\w+ \w+))?")
TABLES = re.compile(r"(?:FROM|JOIN) (\w+)")
CODES = frozenset(
    """
    article book breaks browser bundle business_number code code_hash colour creditor digest end
    event_id fingerprint found id identifier item key kind ks label language lot mark material
    number operation order order_number paid_as password_hash pin_hash place plan plies profile
    ref registration rest_day reverses routing routing_uid scan schedule season shade shift_end
    shift_start size source start step style swatch target thing token_hash uid vault_uid what
    worker worker_language
    """.split()  # noqa: SIM905 - a list that is read, not counted
)
"""Columns that hold what the program wrote itself, or a code of the house."""
THINGS = frozenset(
    """
    business.name devices.name house.name house.value law_entries.name materials.name
    materials.name_en pictures.of printers.name printers.place
    routing_steps.machine routing_steps.name routing_steps.name_easy routing_steps.name_en
    schedules.name seasons.name seasons.name_en shop_task_prices.name style_colours.name
    style_colours.name_en styles.name styles.name_en vault.field
    """.split()  # noqa: SIM905 - a list that is read, not counted
)
"""Columns that hold the name of a thing of the house, and of nobody."""
BEHIND: dict[str, set[str]] = {
    "office": {
        "bundle_found reason",
        "bundle_holds note",
        "bundle_holds party",
        "customers name",
        "outcomes reason",
        "roll_inspections by",
        "roll_inspections note",
        "rolls owner",
        "workers name",
    },
    "floor": {"workers name"},
}
"""What stands on those very pages where no visitor looks, in the office and on the floor."""
SENT = {"operation": "C06", "good": "1", "count": "1", "code": "20000011"}
Answers = Iterator[tuple[str, TestResponse]]
Made = tuple[House, dict[str, dict[str, Any]]]


def texts() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column of text."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String):
                yield table, column


def typed() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column in which a name may stand."""
    for table, column in texts():
        if column.name not in CODES and f"{table.name}.{column.name}" not in THINGS:
            yield table, column


def write_over(session: Session) -> None:
    """Let the mark stand wherever somebody may have typed a name."""
    guards = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    for guard in guards:
        session.execute(text(f'DROP TRIGGER "{guard}"'))
    for table, column in typed():
        which = " || ' ' || ".join(f'"{key.name}"' for key in table.primary_key)
        words = f"'{MARK} {table.name} {column.name} ' || {which}"
        session.execute(text(f'UPDATE "{table.name}" SET "{column.name}" = {words}'))  # noqa: S608


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house of its own: what was typed in it is overwritten."""
    place = tmp_path_factory.mktemp("before_visitors")
    with time_machine.travel(datetime.fromisoformat(MORNING), tick=False):
        whole = hurried(make_app(f"sqlite:///{place / 'test.sqlite'}", place))
        whole.config["WTF_CSRF_ENABLED"] = False
        yield whole


@pytest.fixture(scope="module")
def made(app: Flask) -> Made:
    """Linden's house, in which whatever could be typed on the floor was typed."""
    with app.app_context(), transaction() as session:
        examples = room_examples(session, rooms())
        house = make_house(session)
        type_everywhere(session)
        pool = house.pool | {
            "code": tuple(session.scalars(text("SELECT code FROM bundles"))),
            "lay": tuple(session.scalars(text("SELECT id FROM lays"))),
            "number": tuple(session.scalars(text("SELECT number FROM rolls"))),
        }
        write_over(session)
    return replace(house, pool=pool), examples


def type_everywhere(session: Session) -> None:
    """Say of a bundle of each kind why it waits, and of pieces and a roll what became of them."""
    floor = make_floor(session, "Aspen")
    made: dict[str, Any] = {"by": SYSTEM, "at": now()}
    for bundle, kind in zip(floor.bundles, (HoldKind.STOPPED, HoldKind.OUTSIDE), strict=False):
        hold = NewHold(bundle=bundle.code, kind=kind, operation="C06", party="who", note="why")
        begin = production.send_out if kind is HoldKind.OUTSIDE else production.stop
        begin(session, hold, **made, event_id=new_id())
    last = floor.bundles[2].code
    panel = NewHold(bundle=last, kind=HoldKind.RECUT, ply=1, party="who", note="why")
    production.stop(session, panel, **made, event_id=new_id())
    production.add_found(session, last, 1, "why", **made, event_id=new_id())
    production.mark_lost(session, last, 2, "why", **made, event_id=new_id())
    production.mark_found(session, last, 1, "why", **made, event_id=new_id())
    birch = make_floor(session, "Birch")
    production.split(session, birch.bundles[1].code, 4, None, "why", **made, event_id=new_id())
    call = production.call_help(session, Trouble.TRIMS, None, **made, event_id=new_id())
    production.settle_call(session, call.id, **made)
    sew(session, birch, "C06", good=9, rejects=((Defect.STAIN, 1),))
    scan = queries.my_scans(session, birch.pine.id, birch.pine_began)[0]
    fault = production.name_fault(session, scan.id, Defect.STAIN, Cause.WORK, "C06", **made)
    production.judge_fault(session, fault, Cause.WORK, "why", **made)
    business.describe(session, SAMPLE, **made)
    roll = make_roll(session, owner="who")
    look = RollInspection(1_000, (1, 0, 0, 0), passed=True, note="why")
    materials.inspect(session, roll.number, look, **made)


def screen(app: Flask, house: House, where: str, *, visitors: bool) -> FlaskClient:
    """A screen in the office or on the floor; whoever stands before it may do everything."""
    floor = where == "floor"
    roles = [role for role in Role if (role in TERMINALS) is floor]
    with app.app_context(), transaction() as session:
        name = f"only {sorted(roles)}"
        account = service.find_account_id(session, name) or service.create_account(
            session, name, PASSWORD, roles=roles, language="en", by=SYSTEM, at=now()
        )
        token = sessions.open_session(session, account, at=now())
        if floor:
            sessions.act_as(session, token, house.rowan.id, name=MARK, language="en")
        if visitors:
            sessions.let_visitors_look(session, token, looking=True, by=SYSTEM, at=now())
    browser = app.test_client()
    browser.set_cookie(kiosk.COOKIE, token)
    return browser


def shown(answers: Iterable[tuple[str, TestResponse]]) -> dict[str, set[str]]:
    """Which columns stand in which answers."""
    found = {where: set(SEEN.findall(text_of(answer))) for where, answer in answers}
    return {where: columns for where, columns in found.items() if columns}


def answered(app: Flask, made: Made, method: str, browser: FlaskClient) -> Answers:
    """Every address with its answer, until the guard of its page refuses whoever asks."""
    adapter, closed = app.url_map.bind(""), set[str]()
    for address in addresses(app, method, *made):
        endpoint, _ = adapter.match(address, method)
        if endpoint not in closed and not (method == "POST" and SIGNED_OUT.match(address)):
            answer = browser.open(address, method=method, data=SENT if method == "POST" else None)
            yield address, answer
            if answer.status_code == 403:
                closed.add(endpoint)


@contextmanager
def reading_tables(app: Flask) -> Iterator[set[str]]:
    """The tables that are read meanwhile."""
    read: set[str] = set()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        read.update(TABLES.findall(statement))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield read
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("where", ["office", "floor"])
def test_no_page_shows_a_visitor_what_somebody_typed(app: Flask, made: Made, where: str) -> None:
    with reading_tables(app) as read:
        pages = list(answered(app, made, "GET", screen(app, made[0], where, visitors=True)))
    assert shown(pages) == {}
    looked_into = read & {table.name for table, _ in typed()}
    empty = [table for table in sorted(looked_into) if is_empty(app, table)]
    assert empty == [], "something is to be typed there in `type_everywhere`"
    browser = screen(app, made[0], where, visitors=False)
    opened = (address for address, answer in pages if answer.status_code == 200)
    behind = shown((address, browser.get(address)) for address in opened)
    assert set.union(*behind.values()) >= BEHIND[where], "it is shown to nobody at all"


def is_empty(app: Flask, table: str) -> bool:
    """Whether a table has no row that could betray anything."""
    with app.app_context(), reading() as session:
        return not session.scalar(text(f'SELECT count(*) FROM "{table}"'))  # noqa: S608


@pytest.mark.parametrize("where", ["office", "floor"])
def test_nothing_a_visitor_sends_is_answered_with_it(app: Flask, made: Made, where: str) -> None:
    browser = screen(app, made[0], where, visitors=True)
    answers = list(answered(app, made, "POST", browser))
    led = [answer.location for _, answer in answers if answer.status_code == 303]
    assert shown([*answers, *((back, browser.get(back)) for back in led if back)]) == {}
    assert len(led) > 3, "hardly anything was taken"


def test_every_column_of_text_holds_a_code_or_a_thing_or_is_hidden() -> None:
    """Whoever adds a column says whether a name may stand in it; nothing named here is gone."""
    assert {column.name for _, column in texts()} >= CODES
    assert {f"{table.name}.{column.name}" for table, column in texts()} >= THINGS
