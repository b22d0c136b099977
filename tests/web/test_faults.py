"""A fault is noted by its name and where it was; what it said is nobody's to keep."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import NoReturn

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from factory.cli.serving import QuietServer
from factory.db.session import transaction
from factory.kernel.errors import trail
from factory.kernel.time import today
from factory.people.records import WorkerRow
from factory.security.domain import Role
from tests.conftest import SignIn
from tests.people.build import make_worker
from tests.web.canary import betrayed

NAME = "갈매기 Faultname 4418"


def looked_for() -> NoReturn:
    raise KeyError(NAME)


def misread() -> NoReturn:
    try:
        looked_for()
    except KeyError:
        int(NAME)
    raise AssertionError


def beyond() -> NoReturn:
    raise OverflowError(NAME)


@pytest.mark.parametrize(("broken", "status"), [(misread, 500), (beyond, 404)])
def test_what_a_fault_says_is_neither_logged_nor_shown(
    app: Flask,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    broken: Callable[[], NoReturn],
    status: int,
) -> None:
    browser = sign_in(Role.MANAGER)
    monkeypatch.setitem(app.view_functions, "stock.rail", broken)
    answer = browser.get("/stock/")
    assert answer.status_code == status
    assert broken.__name__ in caplog.text
    assert "stock.rail" in caplog.text
    assert not list(betrayed(caplog.text.encode() + answer.data, [NAME]))


def twice(app: Flask) -> None:
    with app.app_context(), transaction() as session:
        number = make_worker(session, NAME).number
        session.add(WorkerRow(number=number, name=NAME, hired=today()))


def test_what_a_database_refuses_is_not_quoted(app: Flask) -> None:
    with pytest.raises(IntegrityError) as refused:
        twice(app)
    told = trail(refused.value)
    assert "IntegrityError" in told
    assert " twice" in told
    assert not list(betrayed(told.encode(), [NAME]))


def test_the_server_notes_its_own_faults_in_the_same_way(caplog: pytest.LogCaptureFixture) -> None:
    server = QuietServer(("127.0.0.1", 0), lambda _environ, _start: [])
    try:
        misread()
    except ValueError as fault:
        server.error_log(repr(fault), level=logging.ERROR, traceback=True)
    assert "ValueError" in caplog.text
    assert "misread" in caplog.text
    assert not list(betrayed(caplog.text.encode(), [NAME]))
