"""A thousand sales by two tills while the server is killed: each once, no gap, the drawer once."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from config import load_settings
from factory.app import create_app
from factory.db.migrate import upgrade
from factory.db.session import db, reading, transaction
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.printing import queries as printed
from factory.printing.domain import State
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole
from factory.stock import queries as stock
from factory.till import queries
from factory.till.records import ReceiptRow
from tests.endure.serving import serving
from tests.till.build import FLOAT, PRICE, make_coat, make_till, opens_drawer

pytestmark = pytest.mark.endure
SALES = int(os.environ.get("DIDIM_SALES", "1000"))
KILLS = int(os.environ.get("DIDIM_SALE_KILLS", "10"))
TILLS = 2


class Till:
    """A terminal that sends each sale until it is told that it stands, then takes the next."""

    def __init__(self, token: str, code: str, kind: str) -> None:
        """A till that sells one kind of coat for one kind of tender."""
        self.token, self.code, self.kind = token, code, kind
        self.numbers: dict[str, int] = {}
        self.again = 0

    def sell(self, where: Where, count: int) -> None:
        """Sell so many coats, whatever happens to the server."""
        for _ in range(count):
            sale = str(uuid4())
            while sale not in self.numbers:
                try:
                    self._send(where.port, sale)
                except (OSError, http.client.HTTPException, ValueError):
                    time.sleep(0.02)  # nobody answers: the next server comes in a moment

    def _send(self, port: int, sale: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("POST", "/api/v1/sales", self._body(sale), self._headers())
            answer = json.loads(connection.getresponse().read())["results"][0]
        finally:
            connection.close()
        assert answer["status"] in {"recorded", "duplicate"}, answer
        self.again += answer["status"] == "duplicate"
        self.numbers[sale] = answer["number"]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}

    def _body(self, sale: str) -> bytes:
        at = datetime.now(UTC).isoformat()  # noqa: TID251 - the terminal's own clock
        lines = [{"code": self.code, "quantity": 1}]
        tenders = [{"kind": self.kind, "amount": PRICE}]
        one = {"sale_id": sale, "lines": lines, "tenders": tenders, "at": at}
        return json.dumps({"sales": [one | {"cash_receipt": None}]}).encode()


class Where:
    """Where the server answers just now."""

    port = 1


def test_every_confirmed_sale_is_there_once_whatever_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIDIM_INSTANCE", str(tmp_path))
    monkeypatch.setenv("DIDIM_KEY_FILE", str(tmp_path / "vault.key"))
    monkeypatch.delenv("DIDIM_DATABASE_URL", raising=False)
    app = create_app(load_settings())
    each = SALES // TILLS
    with app.app_context():
        upgrade(db.engine)
        with transaction() as session:
            make_till(session)
            coat = make_coat(session, SALES)
            tokens = [
                devices.add(session, f"till {n}", DeviceRole.TILL, by=SYSTEM, at=now())
                for n in range(TILLS)
            ]
    tills = [Till(tokens[0], coat, "cash"), Till(tokens[1], coat, "card")]
    where, done = Where(), threading.Event()
    with ThreadPoolExecutor(TILLS) as pool:
        work = [pool.submit(till.sell, where, each) for till in tills]
        _serve_and_kill(where, tills, done, work)
        for job in work:
            job.result()
    with app.app_context(), reading() as session:
        rows = session.query(ReceiptRow).order_by(ReceiptRow.number).all()
        confirmed = {sale: number for till in tills for sale, number in till.numbers.items()}
        assert {row.event_id: row.number for row in rows} == confirmed
        assert [row.number for row in rows] == list(range(1, SALES + 1))
        assert stock.on_hand(session, coat) == 0
        assert queries.today(session).expected == Money(FLOAT + each * PRICE)
        assert queries.recomputed(session) == ()
        jobs = printed.jobs(session, *State, limit=SALES + 10)
        papers = [printed.contents(session, job.id)[0] for job in jobs]
        opened = sum(paper is not None and opens_drawer(paper) for paper in papers)
        assert opened == each + 1  # once for the float


def _serve_and_kill(
    where: Where, tills: list[Till], done: threading.Event, work: list[Future[None]]
) -> None:
    """Kill the server each time another share of the sales stands, then let the rest finish."""
    for share in range(1, KILLS + 2):
        goal = SALES * share // (KILLS + 1)
        with serving() as (server, port):
            where.port = port
            while sum(len(till.numbers) for till in tills) < goal:
                done.wait(0.01)
                if all(job.done() for job in work):
                    break
            server.kill()
