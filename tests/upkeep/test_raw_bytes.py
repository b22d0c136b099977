"""The canary in the raw bytes: what is sealed lies open in no file of either database."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from factory.app import SETTINGS
from factory.db.session import db, reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.time import now
from factory.leave import service as leave
from factory.leave.domain import Answer, HouseRule, LeaveKind, Wish
from factory.people import service as people
from factory.printing import pictures, worker
from factory.printing import service as printing
from factory.printing.domain import PaperErased, Purpose
from factory.security.domain import SYSTEM
from factory.upkeep import nightly
from printers.document import Cut, Document, Row, Text
from tests.conftest import ENGINES, make_app
from tests.people.build import make_worker
from tests.printing.build import make_job
from tests.web.canary import files_betraying

pytestmark = pytest.mark.usefixtures("clock")
SEALED = (
    "갈매기 Rawname 5521",
    "갈매기로 Rawstreet 5521",
    "010-5521-8890",
    "국민은행 55218890447120",
    "1969-03-17",
)
"""What lies in the vault of a person."""
FIELDS = ("legal_name", "address", "phone", "bank_account", "birth_date")
PARTS = ("Rawname", "Rawstreet", "01055218890", "55218890447120", "19690317")
WHY = ("왼쪽 무릎 rawnote 5521", "바쁜 날 rawrefusal 5521", "간호 rawgiven 5521")
"""What tells why somebody is away."""
NAME = "Chosenmarker"
MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)


@contextmanager
def houses(engine: str, place: Path) -> Iterator[Flask]:
    """A house of its own on this engine, whose transactions really commit."""
    if engine == "sqlite":
        yield make_app(f"sqlite:///{place / 'house.sqlite'}", place)
        return
    from tests.postgres import fresh_database

    with fresh_database() as url:
        app = make_app(url, place)
        yield app
        with app.app_context():
            db.engine.dispose()


@contextmanager
def logged(place: Path) -> Iterator[None]:
    """Whatever is logged meanwhile, in a file."""
    with place.open("w", encoding="utf-8") as file:
        logger = logging.StreamHandler(file)
        logging.getLogger().addHandler(logger)
        yield
        logging.getLogger().removeHandler(logger)


def live() -> None:
    """Somebody is hired, is ill, is refused, is given days; some of it is refused besides."""
    with transaction() as session:
        worker = make_worker(session, NAME)
        people.seal(session, worker, dict(zip(FIELDS, SEALED, strict=True)), by=SYSTEM, at=now())
        assert people.account(session, worker, reason="pay", by=SYSTEM, at=now()).number == PARTS[3]
        leave.set_house_rule(session, HouseRule(LeaveKind.SICK), by=SYSTEM, at=now())
        ill = Wish(LeaveKind.SICK, MONDAY, MONDAY, note=WHY[0])
        asked = leave.ask(session, worker, ill, by=SYSTEM, at=now())
        leave.answer(session, asked.id, Answer.REFUSED, WHY[1], by=SYSTEM, at=now())
        leave.enter(session, worker, TUESDAY, 480, WHY[2], by=SYSTEM, at=now())
        leave.ask(session, worker, ill, by=SYSTEM, at=now())
    with pytest.raises(Refused), transaction() as session:
        leave.ask(session, worker, ill, by=SYSTEM, at=now())


def data_of(place: Path) -> tuple[Path, ...]:
    """Where the database keeps its bytes, what it wrote ahead included."""
    if db.engine.dialect.name == "sqlite":
        return (place,)
    with db.engine.connect() as connection:
        data = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        number = connection.execute(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        ).scalar_one()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
    return (place, data / "base" / str(number), data / "pg_wal")


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_sealed_lies_open_nowhere_on_the_disk(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "aside").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "aside"))
    with houses(engine, tmp_path) as app, app.app_context():
        with logged(tmp_path / "didim.log"):
            live()
            nightly.make(app.extensions[SETTINGS], at=now())
        assert betraying(tmp_path, *SEALED, *PARTS, *WHY) == {}
        assert betraying(tmp_path, NAME), "it lies open: what was searched are the house's bytes"


def betraying(place: Path, *texts: str) -> dict[str, list[str]]:
    """The files of this house that hold a text as it is."""
    found: dict[str, list[str]] = {}
    for each in data_of(place):
        found |= files_betraying(each, texts)
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_a_private_paper_lies_open_nowhere_neither_waiting_nor_printed(
    engine: str, tmp_path: Path
) -> None:
    slip = Document("Payslip", (Text(SEALED[0]), Row(WHY[0], PARTS[3]), Cut()))
    shown = Document("Receipt", (Text(NAME), Cut()))
    with houses(engine, tmp_path) as app, app.app_context():
        with transaction() as session:
            papers = [make_job(session, slip, Purpose.PAYSLIP) for _ in range(3)]
            make_job(session, shown)
        assert betraying(tmp_path, SEALED[0], WHY[0], PARTS[3]) == {}
        with transaction() as session:
            printing.give_up(session, papers[2], by=SYSTEM, at=now())
        worker.print_all()
        with reading() as session:
            assert PARTS[3] in pictures.of_job(session, papers[0]).text
            with pytest.raises(PaperErased):
                pictures.of_job(session, papers[2])
        assert betraying(tmp_path, SEALED[0], WHY[0], PARTS[3]) == {}
        assert betraying(tmp_path, NAME), "it lies open: what was searched are the house's bytes"
