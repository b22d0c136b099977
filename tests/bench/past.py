"""Board and bundle page with 10,000 and with 1,000,000 scans behind them: they must not grow.

One finished bundle of an order that is closed off is copied as often as needed, with its scans and
its kept counts; a hundred bundles of another lie open on the floor in both houses. The medians
may differ by 1.3 at most.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from factory.db.session import Base, db, transaction
from factory.kernel.ids import CodeKind, new_id, running_code
from factory.kernel.time import now
from factory.orders import service as orders
from factory.production import queries
from factory.security import service
from factory.security.domain import SYSTEM, Role
from tests.bench.show import line
from tests.cast import PASSWORD
from tests.conftest import make_app
from tests.orders.build import make_lines, make_order, make_style
from tests.people.build import make_worker
from tests.production.build import make_bundles, scan

FEW, MANY, LOOKS, PARTS, YEAR = 10_000, int(os.environ.get("DIDIM_PAST", "1000000")), 60, 200, 250
TABLES = Base.metadata.tables


def main() -> None:
    """Look at both pages in a young house and in an old one, in turns."""
    with _house(FEW) as (young, hers), _house(MANY) as (old, theirs):
        for (page, where), (_, there) in zip(_pages(hers), _pages(theirs), strict=True):
            few, many = _in_turns(young, where, old, there)
            line(f"{page}, {FEW} scans", few)
            line(f"{page}, {MANY} scans", many)
            grown = statistics.median(many) / statistics.median(few)
            times = f"{MANY // FEW} times the scans, {grown:.2f} times the median"
            print(f"{page}: {times} (at most 1.3)")


@contextmanager
def _house(scans: int) -> Iterator[tuple[FlaskClient, str]]:
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{Path(folder) / 'house.sqlite'}", Path(folder))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), transaction() as session:
            code = _fill(session, scans)
            roles = [Role.SUPERVISOR]
            service.create_account(session, "Cedar", PASSWORD, roles=roles, by=SYSTEM, at=now())
        browser = app.test_client()
        browser.post("/sign-in", data={"name": "Cedar", "password": PASSWORD})
        yield browser, code
        with app.app_context():
            db.engine.dispose()


def _pages(code: str) -> tuple[tuple[str, str], ...]:
    return ("board", "/board/"), ("bundle page", f"/bundles/{code}")


def _in_turns(
    one: FlaskClient, where: str, other: FlaskClient, there: str
) -> tuple[list[float], list[float]]:
    """Whatever else the machine does falls on both alike."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(LOOKS):
        for browser, address, into in ((one, where, taken[0]), (other, there, taken[1])):
            begun = time.perf_counter()
            assert browser.get(address).status_code == 200
            into.append(time.perf_counter() - begun)
    return taken


def _fill(session: Session, scans: int) -> str:
    """A house with a past; gives the ticket of a bundle that lies open."""
    make_style(session)
    past, order = (make_order(session, lines=make_lines(BK=(100,) * 5)) for _ in range(2))
    worker = make_worker(session).id
    marker = dict.fromkeys(("44", "55", "66", "77", "88"), 1)
    done = make_bundles(session, past, plies={1: 5}, marker={"66": 1}, bundle_size=5)[0]
    while ready := queries.bundle(session, done.code).ready:
        for code, left in ready:
            scan(session, done, code, left, worker=worker)
    orders.close(session, past.number, "all of it is sold", by=SYSTEM, at=now())
    open_ = make_bundles(session, order, plies={1: 90}, marker=marker, bundle_size=5)
    _copy(session, done.code, scans)
    return open_[0].code


def _copy(session: Session, code: str, scans: int) -> None:
    bundle, scanned = _rows(session, "bundles", code)[0], _rows(session, "scans", code)
    balance = _rows(session, "bundle_balances", code)[0]
    steps = _rows(session, "step_balances", code)
    first = 100_000
    for begin in range(first, first + scans // len(scanned), PARTS):
        some = range(begin, min(begin + PARTS, first + scans // len(scanned)))
        codes = {serial: running_code(CodeKind.BUNDLE, serial) for serial in some}
        _insert(session, "bundles", (bundle | {"code": c, "serial": s} for s, c in codes.items()))
        _insert(session, "bundle_balances", (balance | {"bundle": c} for c in codes.values()))
        _insert(
            session, "step_balances", (s | {"bundle": c} for c in codes.values() for s in steps)
        )
        _insert(session, "scans", _aged(scanned, codes))


def _aged(scanned: list[dict[str, Any]], codes: dict[int, str]) -> Iterator[dict[str, Any]]:
    for serial, code in codes.items():
        ago = timedelta(days=1 + serial % YEAR)
        for each in scanned:
            times = {"at": each["at"] - ago, "received": each["received"] - ago}
            yield each | times | {"id": new_id(), "bundle": code, "day": each["day"] - ago}


def _table(name: str) -> Table:
    return TABLES[name]


def _rows(session: Session, name: str, code: str) -> list[dict[str, Any]]:
    table = _table(name)
    of = table.c.code if name == "bundles" else table.c.bundle
    return [dict(row._mapping) for row in session.execute(select(table).where(of == code))]


def _insert(session: Session, name: str, rows: Iterator[dict[str, Any]]) -> None:
    session.execute(insert(_table(name)), list(rows))
