"""What is sealed of people who left: kept as long as something wants it, then really gone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.db.engine import scrub
from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.people import queries, service
from factory.people.domain import Worker
from factory.people.domain.keeping import (
    Ground,
    NothingToErase,
    StillHere,
    Years,
    due,
    kept,
    kept_until,
    last_day_of_all,
)
from factory.security import queries as security
from factory.security import service as accounts
from factory.security.domain import SYSTEM, Role
from factory.security.records import SealedRow
from tests.conftest import SignIn, make_app_on_copy
from tests.people.build import make_worker

pytestmark = pytest.mark.usefixtures("clock")
LAW = Years(labour=3, tax=5, declared=(3, 10))
LEFT = date(2022, 6, 30)
ALL = frozenset({"phone", "bank_account", "irp_account", "address", "legal_name", "birth_date"})


@pytest.mark.parametrize(
    ("ground", "until"),
    [
        (Ground.SETTLING, date(2023, 12, 31)),
        (Ground.LABOUR, date(2025, 6, 30)),
        (Ground.TAX, date(2028, 3, 10)),
    ],
)
def test_each_ground_has_its_day(ground: Ground, until: date) -> None:
    assert kept_until(LEFT, ground, LAW) == until


def test_a_leap_day_ends_on_the_last_of_february() -> None:
    assert kept_until(date(2024, 2, 29), Ground.LABOUR, LAW) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("on", "over"),
    [
        (date(2023, 12, 31), set()),
        (date(2024, 1, 1), {"phone", "bank_account", "irp_account"}),
        (date(2025, 6, 30), {"phone", "bank_account", "irp_account"}),
        (date(2025, 7, 1), {"phone", "bank_account", "irp_account", "address"}),
        (date(2028, 3, 11), ALL),
    ],
)
def test_a_text_is_due_on_the_day_after(on: date, over: set[str]) -> None:
    assert set(due(kept(LEFT, ALL, LAW), on)) == over


def test_at_her_wish_goes_what_only_the_house_wanted() -> None:
    found = due(kept(LEFT, ALL, LAW), date(2022, 7, 1), asked=True)
    assert set(found) == {"phone", "bank_account", "irp_account"}


def test_what_is_not_known_here_is_kept_longest() -> None:
    (found,) = kept(LEFT, frozenset({"something"}), LAW)
    assert found.until == last_day_of_all(LEFT, LAW)


def pine_who_left(session: Session, left: date = LEFT) -> Worker:
    pine = make_worker(session, hired=date(2021, 3, 2))
    sealed = {"phone": "010-1234-5678", "address": "1 Mill Lane", "legal_name": "Pine Legal"}
    service.seal(session, pine, sealed, by=SYSTEM, at=now())
    service.leave(session, pine, left, by=SYSTEM, at=now())
    return queries.worker(session, pine.id)


def texts(session: Session) -> set[str]:
    return set(session.scalars(select(SealedRow.field)))


def test_what_is_due_goes_and_the_rest_stays(session: Session) -> None:
    pine = pine_who_left(session)
    assert service.erase_due(session, by=SYSTEM, at=now()) == 1
    assert texts(session) == {"legal_name"}
    entry = security.audit(session)[0]
    assert (entry.what, entry.thing) == ("erase_sealed", f"worker {pine.number}")
    assert queries.worker(session, pine.id).name == "Pine"
    with pytest.raises(NothingToErase):
        service.erase_due(session, by=SYSTEM, at=now())


def test_when_everything_is_over_her_chosen_name_goes_too(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = pine_who_left(session)
    service.learn(session, pine.id, "S01")
    clock.move_to(datetime.fromisoformat("2028-03-11T10:00:00+09:00"))
    service.erase_due(session, by=SYSTEM, at=now())
    session.expire_all()
    assert texts(session) == set()
    assert queries.worker(session, pine.id).name == str(pine.number)
    assert queries.skills(session, pine.id) == ()
    account = security.account(session, str(pine.number))
    assert account is not None
    assert (account.shown, account.active) == (str(pine.number), False)
    assert service.waiting(session, date(2028, 3, 11)) == ()


def test_of_whoever_works_here_nothing_is_erased(session: Session) -> None:
    pine = make_worker(session)
    service.seal(session, pine, {"phone": "010-1234-5678"}, by=SYSTEM, at=now())
    assert service.gone(session) == ()
    with pytest.raises(StillHere):
        service.erase_at_wish(session, pine, by=SYSTEM, at=now())


def test_she_asks_for_it(session: Session) -> None:
    pine = pine_who_left(session, date(2026, 11, 20))
    assert service.erase_at_wish(session, pine, by=SYSTEM, at=now()) == ("phone",)
    assert texts(session) == {"address", "legal_name"}
    with pytest.raises(NothingToErase):
        service.erase_at_wish(session, pine, by=SYSTEM, at=now())


def test_the_start_page_reminds_until_it_is_done(app: Flask, sign_in: SignIn) -> None:
    manager, told = sign_in(Role.MANAGER), "Sealed data is due to be erased, of people: 1"
    assert told not in manager.get("/").text
    with app.app_context(), transaction() as session:
        pine = pine_who_left(session)
    assert told in manager.get("/").text
    page = manager.get("/people/keeping").text
    assert page.count("due to be erased") == 3
    assert "10 Mar 2028" in page
    assert manager.post("/people/keeping").location == "/people/keeping"
    assert told not in manager.get("/").text
    assert manager.post("/people/keeping").status_code == 422
    assert manager.post(f"/people/{pine.number}/keeping").status_code == 422


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.KEEPER, Role.FLOOR_TERMINAL])
def test_only_who_manages_people_erases(sign_in: SignIn, role: Role) -> None:
    browser = sign_in(role)
    assert browser.get("/people/keeping").status_code == 403
    assert browser.post("/people/keeping").status_code == 403


def test_no_byte_of_what_was_erased_is_left_in_the_file(
    empty_database: Path, tmp_path: Path
) -> None:
    app = make_app_on_copy(empty_database, tmp_path)
    with app.app_context():
        with transaction() as session:
            pine_who_left(session)
        with reading() as session:
            rows = select(SealedRow.field, SealedRow.envelope)
            sealed = {row.field: row.envelope for row in session.execute(rows)}
        before = bytes_in(tmp_path)
        with transaction() as session:
            service.erase_due(session, by=SYSTEM, at=now())
        scrub(db.engine)
        after = bytes_in(tmp_path)
        db.engine.dispose()
    found = {field: (envelope in before, envelope in after) for field, envelope in sealed.items()}
    assert found == {
        "address": (True, False),
        "legal_name": (True, True),
        "phone": (True, False),
    }


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("*.sqlite*"))


def test_an_account_that_is_not_there_is_forgotten_already(session: Session) -> None:
    pine = make_worker(session)
    accounts.forget_worker_account(session, pine.id)
    accounts.forget_worker_account(session, pine.id)
    account = security.account(session, str(pine.number))
    assert account is not None
    assert not account.active
