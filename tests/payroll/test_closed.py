"""Closed is closed: every way through services, screens, terminals, commands and the database is
tried on an approved payslip, and it stays as it was handed over."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from factory.attendance import service as attendance
from factory.attendance.domain.plan import PlanKind, Planned
from factory.attendance.domain.slack import Slack
from factory.db.session import reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import Interval, at, now
from factory.leave import service as leave
from factory.leave.domain import LeaveKind, Wish
from factory.payroll import queries, service
from factory.payroll.domain.approval import Approval
from factory.payroll.domain.correction import LateAmount, LateDay
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.records import DraftRow, RunRow, SlipRow
from factory.payroll.service import entering
from factory.people import queries as people
from factory.people import service as hiring
from factory.people.domain import Worker
from factory.security import devices, kiosk
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.timeclock import queries as clock_queries
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind
from tests.conftest import Kept, SignIn
from tests.payroll.build import (
    ASPEN,
    NOVEMBER,
    OCTOBER,
    WILLOW,
    approve,
    calculate,
    miss,
    punch,
    work_october,
)
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
TUESDAY, SUNDAY = date(2026, 10, 13), date(2026, 10, 18)
TABLES = (
    "pay_runs",
    "payslips",
    "pay_drafts",
    "pay_calculations",
    "pay_corrections",
    "pay_corrections_paid",
)
DOORS = {"correct_closed", "take_back_closed", "decide_closed", "close_again", "enter_closed"}
ROOT = Path(__file__).resolve().parents[2]


def close(session: Session) -> Worker:
    """Pine's October, worked, calculated and approved."""
    worker = make_worker(session)
    work_october(session, worker)
    approve(session)
    return worker


@pytest.fixture
def pine(client: FlaskClient, kept: Kept) -> Worker:
    """Pine, whose October is closed."""
    del client
    return kept(close)


def kept(session: Session) -> list[Any]:
    """All that was handed over, as the database has it."""
    session.expire_all()
    slips = select(SlipRow).order_by(SlipRow.id)
    runs = select(RunRow.month, RunRow.pay_date, RunRow.approved_by, RunRow.calculation_id)
    return [
        *(
            (row.month, row.worker_id, row.gross, row.net, row.body)
            for row in session.scalars(slips)
        ),
        *(tuple(row) for row in session.execute(runs)),
    ]


def everything(session: Session, pine: Worker) -> dict[str, Callable[[], object]]:
    """Every service that says something of a day, a person or a month."""
    by: dict[str, Any] = {"by": SYSTEM, "at": now()}
    span = Interval(at(TUESDAY, "18:00"), at(TUESDAY, "20:00"))
    came = clock_queries.punches(session, pine.id, TUESDAY)[0].id
    badge = people.badges(session)[pine.id]
    raised = make_terms(since=OCTOBER, rate=Money(99_000))
    away = Wish(LeaveKind.ANNUAL, TUESDAY, TUESDAY)
    calculation = queries.draft(session, OCTOBER)
    assert calculation is not None
    shown = Approval(shown=calculation.calculated.digest)
    bonus = Entered(Item.CHUSEOK, Money(500_000))
    rest = Planned(kind=PlanKind.SHUTDOWN)
    return {
        "calculate": lambda: calculate(session),
        "approve": lambda: service.approve(session, OCTOBER, shown, **by),
        "enter a bonus": lambda: entering.enter(session, pine, OCTOBER, bonus, **by),
        "bill": lambda: entering.bill(session, pine, OCTOBER, (), **by),
        "punch": lambda: punch(session, badge, TUESDAY, "out", "23:00"),
        "correct": lambda: timeclock.correct(session, pine, PunchKind.OUT, span.end, "late", **by),
        "take back": lambda: timeclock.take_back(session, pine, came, "wrong", **by),
        "ask": lambda: timeclock.ask_correction(session, pine, PunchKind.OUT, span.end, "?", **by),
        "claim": lambda: attendance.claim(session, pine, span, "stayed", **by),
        "decide": lambda: attendance.decide(session, pine, span, worked=True, **by),
        "settle": lambda: attendance.settle_rest(session, TUESDAY, "waited", **by),
        "close day": lambda: attendance.close_day(session, TUESDAY, **by),
        "reopen": lambda: attendance.reopen(session, pine, TUESDAY, "again", **by),
        "plan": lambda: attendance.plan_day(session, pine, TUESDAY, rest, **by),
        "schedule": lambda: attendance.assign(session, pine, None, OCTOBER, **by),
        "rest": lambda: attendance.close_for_us(session, [TUESDAY], Slack.NO_ORDERS, **by),
        "ask off": lambda: attendance.take_off(session, pine, TUESDAY, "a wedding", **by),
        "leave": lambda: leave.ask(session, pine, away, **by),
        "terms": lambda: hiring.change_terms(session, pine, raised, **by),
        "hire": lambda: make_worker(session, "Cedar", hired=OCTOBER),
        "count heads": lambda: attendance.count_month(session, date(2026, 9, 1), **by),
        "go": lambda: hiring.leave(session, pine, TUESDAY, **by),
        "correct the month": lambda: service.correct(
            session, pine, OCTOBER, [LateDay(TUESDAY)], "looked again", **by
        ),
    }


def test_no_service_changes_a_closed_payslip(session: Session, pine: Worker) -> None:
    before, shown = kept(session), queries.entry(session, pine, OCTOBER)
    for name, change in everything(session, pine).items():
        try:
            with session.begin_nested():
                change()
        except Refused:
            pass
        assert kept(session) == before, name
        assert queries.entry(session, pine, OCTOBER) == shown, name
    assert queries.run(session, OCTOBER).entries == (shown,)


@pytest.mark.usefixtures("pine")
def test_running_the_same_period_again_is_refused_and_draws_nothing(session: Session) -> None:
    drafts = len(session.scalars(select(DraftRow)).all())
    for by in (WILLOW, ASPEN, SYSTEM):
        with pytest.raises(Refused):
            service.calculate(session, OCTOBER, by=by, at=now())
    assert len(session.scalars(select(DraftRow)).all()) == drafts


def test_what_came_since_waits_for_a_correction_where_the_manager_sees_it(
    session: Session, pine: Worker
) -> None:
    badge = people.badges(session)[pine.id]
    november = date(2026, 11, 1)
    assert queries.loose(session, november) == ()
    punch(session, badge, SUNDAY, "in", "09:00")
    punch(session, badge, SUNDAY, "out", "12:00")
    (found,) = queries.loose(session, november)
    assert (found.name, found.days) == ("Pine", (SUNDAY,))
    hiring.change_terms(
        session, pine, make_terms(since=TUESDAY, rate=Money(20_000)), by=SYSTEM, at=now()
    )
    assert [each.name for each in queries.loose(session, november)] == ["Pine"]


# Screens


LEAVES = ("security.", "static")
SENT = {
    "reason": "because it was wrong",
    "day": "2026-10-13",
    "since": "2026-10-01",
    "first": "2026-10-13",
    "last": "2026-10-13",
    "month": "2026-10",
    "start": "18:00",
    "end": "20:00",
    "time": "18:00",
    "kind": "out",
    "worked": "yes",
    "rate": "99000",
    "amount": "500000",
    "item": "bonus.chuseok",
    "what": "bonus",
    "whose": "ours",
    "why": "no_orders",
    "how": "self",
    "elected_on": "2026-10-01",
    "left": "2026-10-13",
    "known": "y",
}


def filled(rule: Rule, pine: Worker) -> dict[str, Any]:
    """An address about Pine and October, whatever the page calls them."""
    given = {"month": "2026-10", "number": pine.number, "day": "2026-10-13", "name": "Pine"}
    return {name: given.get(name, 1) for name in rule.arguments}


def test_no_screen_changes_a_closed_payslip(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    with app.app_context(), reading() as session:
        before = kept(session)
    rules = [r for r in app.url_map.iter_rules() if "POST" in (r.methods or ())]
    adapter, tried = app.url_map.bind("localhost"), 0
    browser = sign_in(Role.MANAGER, Role.SUPERVISOR, name="Willow")
    signed_in = browser.get_cookie(kiosk.COOKIE)
    for rule in sorted(rules, key=lambda each: each.endpoint):
        if rule.endpoint.startswith(LEAVES):
            continue
        try:
            address = adapter.build(rule.endpoint, filled(rule, pine), method="POST")
        except ValueError:
            continue
        sent = SENT | {"event_id": new_id(), "worker": str(pine.number)}
        answer = browser.post(address, data=sent)
        assert answer.status_code < 500, f"{address}: {answer.status_code}"
        assert "sign-in" not in (answer.location or ""), address
        if browser.get_cookie(kiosk.COOKIE) != signed_in:
            browser = sign_in(Role.MANAGER, Role.SUPERVISOR, name="Willow")
            signed_in = browser.get_cookie(kiosk.COOKIE)
        tried += 1
        with app.app_context(), reading() as session:
            assert kept(session) == before, address
    assert tried > 50


def test_a_terminal_that_comes_late_is_heard_and_pays_nothing_by_itself(
    app: Flask, client: FlaskClient, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        before, badge = kept(session), people.badges(session)[pine.id]
        token = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
    events = [
        {"event_id": new_id(), "badge": badge, "kind": kind, "at": f"2026-10-18T{clock}:00+09:00"}
        for kind, clock in (("in", "09:00"), ("out", "15:00"))
    ]
    head = {"Authorization": f"Bearer {token}"}
    answer = client.post("/api/v1/clock-events", json={"events": events}, headers=head)
    assert answer.json is not None
    assert [each["status"] for each in answer.json["results"]] == ["recorded", "recorded"]
    with app.app_context(), reading() as session:
        assert kept(session) == before


# Commands, doors, the database


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("factory.payroll")}


def test_no_command_writes_pay() -> None:
    used = set().union(*(imported(path) for path in (ROOT / "factory" / "cli").glob("*.py")))
    writes = {name for name in used if ".service" in name or ".records" in name}
    assert writes == set()


def test_only_a_correction_goes_through_the_doors_to_closed_days() -> None:
    homes = {"punches.py", "settling.py", "closing.py", "entering.py", "correcting.py"}
    for path in (ROOT / "factory").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if not any(door in source for door in DOORS):
            continue
        tree = ast.parse(source)
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        names |= {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        assert not DOORS & names or path.name in homes, path
    own = (ROOT / "factory/payroll/service/correcting.py").read_text()
    assert all(door in own for door in DOORS)


DEEDS = ("UPDATE {table} SET month = month", "DELETE FROM {table}")


def test_the_database_refuses_too(
    session: Session, pine: Worker, clock: time_machine.Traveller
) -> None:
    more = LateAmount(OCTOBER, Entered(Item.CHUSEOK, Money(500_000)))
    service.correct(session, pine, OCTOBER, [more], "forgotten", by=WILLOW, at=now())
    clock.shift(20 * 24 * 3600)
    miss(session, pine, NOVEMBER, date(2026, 11, 30))
    approve(session, NOVEMBER)
    for table in TABLES:
        assert session.scalar(text(f"SELECT count(*) FROM {table}")), table  # noqa: S608 - ours
    orders = [deed.format(table=table) for table in TABLES for deed in DEEDS]
    assert [order for order in orders if not refused(session, order)] == []


def refused(session: Session, order: str) -> bool:
    """Whether the database itself refuses an order."""
    try:
        with session.begin_nested():
            session.execute(text(order))
    except DatabaseError:
        return True
    return False


def test_the_clock_moves_on_and_nothing_changes(
    session: Session, pine: Worker, clock: time_machine.Traveller
) -> None:
    shown = queries.entry(session, pine, OCTOBER)
    clock.shift(400 * 24 * 3600)
    assert queries.entry(session, pine, OCTOBER) == shown
