"""A sale from "pay" to its durable answer, with one till and with two, beside the ceiling.

And the report of what was sold, with a thousand sales behind it and with twenty thousand.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from config import load_settings
from factory.app import create_app
from factory.db.migrate import upgrade
from factory.db.session import db, transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.security import devices
from factory.security import service as security
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.till import service
from factory.till.domain.receipt import Slip
from factory.till.domain.sale import TenderKind, vat_inside
from factory.till.records import ReceiptLineRow, ReceiptRow, TenderRow, next_receipt, open_till
from tests.bench import commit
from tests.bench.events import Body, measure, serving
from tests.bench.show import line
from tests.cast import PASSWORD
from tests.till.build import PRICE, make_coat, make_count, make_till

SALES, TURN, TILLS = 400, 20, 2
BREATH = 0.15
THERE = 5_000
DAYS, FEW, MANY, LOOKS = 40, 1_000, 20_000, 60
RATIO = 1.5
"""The report may take so much longer with twenty times the sales."""


def main() -> None:
    """Sell beside the ceiling, then look at the report of little and of much."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DIDIM_INSTANCE": folder, "DIDIM_KEY_FILE": str(Path(folder) / "key")}
        os.environ.pop("DIDIM_DATABASE_URL", None)
        _sell()
    few, many = (_look(count) for count in (FEW, MANY))
    print(f"{MANY // FEW} times the sales, {many / few:.2f} times the median (at most {RATIO})")


def _sell() -> None:
    app = create_app(load_settings())
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            session.execute(text("CREATE TABLE ceiling (id TEXT PRIMARY KEY, at TEXT)"))
            make_till(session)
            code = make_coat(session, THERE)
            clock = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
            tills = [
                devices.add(session, f"till {n}", DeviceRole.TILL, by=SYSTEM, at=now())
                for n in range(TILLS)
            ]
    with serving():
        _beside(clock, tills, sale(code))


def _beside(clock: str, tills: list[str], body: Body) -> None:
    """In turns, so that whatever else the machine does falls on all alike.

    With a breath between, the paper of one sale is out before the next is paid, as at a till with
    people before it; without, the printer's work falls upon the next sale.
    """
    path = "/api/v1/sales"
    rows, bare, paced, hurried, both = (list[float]() for _ in range(5))
    marks = commit.opened(Path(os.environ["DIDIM_INSTANCE"]))
    measure(clock, "/ceiling", bytes, TURN)
    with ThreadPoolExecutor(TILLS) as pool:
        for _ in range(SALES // TURN):
            time.sleep(BREATH)
            rows += commit.measure(marks, TURN)
            bare += measure(clock, "/ceiling", bytes, TURN)
            paced += measure(tills[0], path, body, TURN // 2, breath=BREATH)
            hurried += measure(tills[0], path, body, TURN // 2)
            time.sleep(BREATH)
            jobs = [pool.submit(measure, till, path, body, TURN // 4) for till in tills]
            both += [each for job in jobs for each in job.result()]
    line("one row by the ORM, in the process", rows)
    ceiling = line("ceiling: one INSERT", bare)
    line("a sale, one till, a breath between", paced, 1, ceiling)
    line("a sale, one till, without a breath", hurried, 1, ceiling)
    line("a sale, two tills at once", both, 1, ceiling)
    commit.tell(statistics.median(hurried), statistics.median(rows))


def sale(code: str) -> Body:
    """A body with one new sale in cash."""

    def body() -> bytes:
        at = datetime.now(UTC).isoformat()  # noqa: TID251 - the terminal's own clock
        lines = [{"code": code, "quantity": 1}]
        tenders = [{"kind": "cash", "amount": PRICE}]
        one = {"sale_id": str(uuid4()), "lines": lines, "tenders": tenders, "at": at}
        return json.dumps({"sales": [one | {"cash_receipt": None}]}).encode()

    return body


def _look(count: int) -> float:
    """The median of looking at the report with so many sales in as many days."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_settings(os.environ | {"DIDIM_INSTANCE": folder}))
        app.config["WTF_CSRF_ENABLED"] = False
        _fill(app, count)
        browser = app.test_client()
        browser.post("/sign-in", data={"name": "manager", "password": PASSWORD})
        first = (today() - timedelta(days=DAYS)).isoformat()
        taken = []
        for _ in range(LOOKS):
            begun = time.perf_counter()
            answer = browser.get(f"/board/sold?first={first}")
            taken.append(time.perf_counter() - begun)
            assert answer.status_code == 200
            assert answer.text.count("<tr") > DAYS
    line(f"what was sold, of {count:,} sales", taken)
    return statistics.median(taken)


def _fill(app: Flask, count: int) -> None:
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            roles = [Role.MANAGER]
            security.create_account(session, "manager", PASSWORD, roles=roles, by=SYSTEM, at=now())
            codes = [make_coat(session, 9), make_coat(session, 9, colour="CA")]
        for day in range(DAYS, 0, -1):
            with transaction() as session:
                _day(session, codes, count // DAYS, now() - timedelta(days=day))
        with transaction() as session:
            make_till(session)


def _day(session: Session, codes: list[str], count: int, at: datetime) -> None:
    """A day with so many sales, closed as days are."""
    service.open_till(session, Money(0), by=SYSTEM, at=at)
    opening, first = open_till(session), next_receipt(session)
    assert opening is not None
    price, vat = Money(PRICE), vat_inside(Money(PRICE), Fraction(1, 10))
    for place in range(count):
        number, code = first + place, codes[place % len(codes)]
        row = ReceiptRow(number=number, event_id=new_id(), opening_id=opening.id, kind=Slip.SALE)
        row.total, row.vat, row.change, row.reason = price, vat, Money(0), ""
        row.at, row.received_at, row.by = at, at, f"Birch {place % 2}"
        paid = TenderRow(receipt=number, no=1, kind=TenderKind.CASH, note="")
        paid.handed = paid.kept = price
        sold = ReceiptLineRow(receipt=number, no=1, item=code, price=price, quantity=1)
        sold.discount, sold.amount = Money(0), price
        session.add(row)
        session.flush()
        session.add_all([paid, sold])
    session.flush()
    service.close_day(session, make_count(count * PRICE), by=SYSTEM, at=at)
