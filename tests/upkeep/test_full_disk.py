"""A full disk while people sell, scan, print and a backup is made: nothing is half there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from config import Settings
from factory.app import SETTINGS
from factory.cli.verify import differences
from factory.db.session import db, reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.people import service as people
from factory.printing import fleet, queries, worker
from factory.printing.domain import Purpose, State
from factory.security import chain, devices, keeping, kiosk, service, sessions
from factory.security.domain import SYSTEM, DeviceRole, Role
from factory.till.records import ReceiptRow
from factory.timeclock.records import PunchRow
from factory.upkeep import backup, nightly, rotation
from printers import transport
from printers.transport import Target
from tests.cast import PASSWORD
from tests.conftest import make_app
from tests.people.build import make_worker
from tests.printing.build import make_job, make_printer
from tests.till.build import PRICE, basket, make_coat, make_till, pay
from tests.web.shut import small_disk

pytestmark = pytest.mark.usefixtures("clock")
SIZE = "16m"
FULL = "disk is full. Nothing was saved."


@dataclass
class House:
    """A shop and a door on a disk of their own, which can be filled."""

    app: Flask
    disk: Path
    cashier: FlaskClient
    coat: str
    headers: dict[str, str]
    badge: str
    printer: int

    def fill(self) -> None:
        """Fill it to the last byte."""
        fill(self.disk)

    def make_room(self) -> None:
        (self.disk / "filler").unlink()

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.extensions[SETTINGS]
        return settings

    def count(self, table: type[PunchRow | ReceiptRow]) -> int:
        with self.app.app_context(), reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def punch(self, event_id: str) -> tuple[int, str]:
        event = {"event_id": event_id, "badge": self.badge, "kind": "in", "at": now().isoformat()}
        body = {"events": [event]}
        answer = self.cashier.post("/api/v1/clock-events", json=body, headers=self.headers)
        return answer.status_code, answer.text


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            _fill(file.fileno(), size)


def _fill(file: int, size: int) -> None:
    while True:
        try:
            if os.write(file, b"\0" * size) < size:
                return
        except OSError:
            return


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with small_disk(tmp_path / "disk", SIZE) as disk:
        app = make_app(f"sqlite:///{disk / 'house.sqlite'}", disk)
        app.config["WTF_CSRF_ENABLED"] = False
        cashier = app.test_client()
        with app.app_context(), transaction() as session:
            account = service.create_account(
                session, "birch", PASSWORD, roles=[Role.CASHIER], language="en", by=SYSTEM, at=now()
            )
            cashier.set_cookie(kiosk.COOKIE, sessions.open_session(session, account, at=now()))
            make_till(session)
            coat = make_coat(session)
            token = devices.add(session, "door", DeviceRole.CLOCK, by=SYSTEM, at=now())
            badge = people.issue_badge(session, make_worker(session), by=SYSTEM, at=now())
            fleet.ensure_printers(session, at=now())
            printer = make_printer(session, "virtual", Purpose.RECEIPT)
        with app.app_context():
            worker.print_all()
        headers = {"Authorization": f"Bearer {token}"}
        yield House(app, disk, cashier, coat, headers, badge, printer)
        with app.app_context():
            db.engine.dispose()


def test_nothing_is_sold_or_scanned_by_half_and_all_of_it_goes_on_with_room(house: House) -> None:
    sale, event = basket(house.coat) | {"cash": str(PRICE)}, new_id()
    house.fill()
    refused = pay(house.cashier, **sale)
    assert (refused.status_code, FULL in refused.text) == (503, True)
    status, told = house.punch(event)
    assert (status, FULL in told) == (503, True)
    assert house.cashier.get("/till/").status_code == 200
    assert (house.count(ReceiptRow), house.count(PunchRow)) == (0, 0)
    house.make_room()
    assert pay(house.cashier, **sale).status_code == 303
    assert house.punch(event)[0] == 200
    assert (house.count(ReceiptRow), house.count(PunchRow)) == (1, 1)
    with house.app.app_context(), reading() as session:
        assert list(differences(session)) == []
        assert list(chain.faults(session)) == []


def test_a_paper_waits_for_room_and_comes_out_once(house: House) -> None:
    with house.app.app_context():
        with transaction() as session:
            number = make_job(session)
        house.fill()
        for _ in range(3):
            _try(house.printer)
        with reading() as session:
            assert queries.job(session, number).state is not State.SENT
        house.make_room()
        worker.print_all()
        with reading() as session:
            assert queries.job(session, number).state is State.SENT
        assert len(list(house.settings.papers.glob(f"paper-{number}.bin"))) == 1


def test_of_a_paper_that_had_no_room_no_half_is_left(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        folder = disk / "papers"
        folder.mkdir()
        fill(disk)
        with pytest.raises(transport.Unwritable):
            transport.send(b"paper" * 10_000, Target("folder", str(folder)), "paper-1")
        assert list(folder.iterdir()) == []
        (disk / "filler").unlink()
        transport.send(b"paper" * 10_000, Target("folder", str(folder)), "paper-1")
        assert [each.stat().st_size for each in folder.iterdir()] == [50_000]


def _try(printer: int) -> None:
    """As the worker's own loop does, which notes it and goes on."""
    with suppress(DBAPIError, OSError):
        worker.print_next(printer)


def test_a_backup_that_had_no_room_is_never_listed_and_leaves_nothing(house: House) -> None:
    with house.app.app_context():
        house.settings.backups.mkdir()
        house.fill()
        with pytest.raises(OSError, match="space"):
            nightly.make(house.settings, at=now())
        assert list(house.settings.backups.iterdir()) == []
        house.make_room()
        file = nightly.make(house.settings, at=now())
        with reading() as session:
            assert backup.verified(keeping.ring_of(session), file)["accounts"] == 2
    assert list(rotation.found_in(house.settings.backups).values()) == [file]
