"""The board of today: from kept balances, quickly, and for whoever may see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.time import now
from factory.people import queries as people
from factory.reports import queries
from factory.reports.domain import Risk
from factory.security.domain import Role
from factory.timeclock import service as clock
from factory.timeclock.domain import PunchKind
from tests.conftest import SignIn
from tests.orders.build import make_lines
from tests.people.build import make_worker
from tests.production import build

pytestmark = pytest.mark.usefixtures("clock")


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that reach the database inside the block."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    yield seen
    event.remove(bind, "before_cursor_execute", note)


def test_an_empty_house_has_a_board(session: Session) -> None:
    board = queries.board(session, at=now())
    assert (board.in_work, board.on_rail, board.finished_today, board.usual) == (0, 0, 0, 0)
    assert board.outlooks == ()
    assert len(board.output) == 11


def test_who_came_is_on_the_board(session: Session) -> None:
    pine = make_worker(session)
    make_worker(session, "Cedar")
    badge = people.badges(session)[pine.id]
    clock.punch(session, badge, PunchKind.IN, at=now(), event_id="a", received=now())
    board = queries.board(session, at=now())
    assert [each.name for each in board.present] == ["Pine"]
    assert board.expected == 2
    holiday = queries.board(session, at=now() + timedelta(days=31))
    assert holiday.day == date(2026, 12, 25)
    assert holiday.expected == 0


def test_work_in_hand_stands_where_it_can_be_done(session: Session) -> None:
    order = build.make_coat_order(session)
    bundle = build.make_bundle(session, order)
    board = queries.board(session, at=now())
    assert {bar.label for bar in board.waiting} == {"심지 접착", "안감"}
    assert (board.in_work, board.on_rail) == (10, 0)
    build.scan(session, bundle, "C06", 8, bad=1)
    board = queries.board(session, at=now())
    assert board.repairs == 1
    assert board.in_work == 10


def test_finished_coats_count_today_and_for_their_order(session: Session) -> None:
    order = build.make_coat_order(session)
    first = queries.board(session, at=now())
    (before,) = first.outlooks
    assert (before.wanted.left, before.risk, first.risky) == (45, Risk.AT_RISK, 1)
    build.finish(session, build.make_bundle(session, order))
    board = queries.board(session, at=now())
    assert (board.finished_today, board.on_rail, board.in_work) == (10, 10, 0)
    assert board.output[-1].value == 10
    (outlook,) = board.outlooks
    assert (outlook.wanted.ordered, outlook.wanted.left) == (45, 35)
    tomorrow = queries.board(session, at=now() + timedelta(days=1))
    assert (tomorrow.finished_today, tomorrow.usual) == (0, 1)


def test_coats_beyond_what_a_cell_wants_finish_no_other(session: Session) -> None:
    order = build.make_coat_order(session, lines=make_lines(BK=(5, 0, 9, 0, 0)))
    build.finish(session, build.make_bundle(session, order))
    (outlook,) = queries.board(session, at=now()).outlooks
    assert (outlook.wanted.ordered, outlook.wanted.left) == (14, 5)


def test_a_coat_is_finished_by_the_last_step_of_its_own_way(session: Session) -> None:
    order = build.make_coat_order(session)
    gift = build.SHORT + "F08,pack,상자 담기,Box,1.00,F07\n"
    other = build.make_coat_order(session, style="W-2602", sheet=gift)
    build.finish(session, build.make_bundle(session, order))
    boxed = build.make_bundle(session, other)
    build.finish(session, boxed)
    assert queries.board(session, at=now()).finished_today == 10
    build.sew(session, boxed, "F08")
    assert queries.board(session, at=now()).finished_today == 20


def test_what_lies_at_a_station_says_how_old_the_oldest_is(
    app: Flask, sign_in: SignIn, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        order = build.make_coat_order(session)
        old = build.make_bundle(session, order)
        build.sew(session, old, "C06")
    clock.shift(timedelta(days=3))
    with app.app_context(), transaction() as session:
        young = build.make_bundle(session, order, marker={"55": 1})
        board = queries.board(session, at=now())
    assert {bar.label: bar.oldest for bar in board.waiting} == {
        "심지 접착": 0,
        "부속 박기": 3,
        "안감": 3,
    }
    browser = sign_in(Role.SUPERVISOR)
    assert "3 days" in browser.get("/board/?language=en").text
    page = browser.get("/bundles/?language=en").text
    assert "Days since the cut" in page
    assert page.index(old.code) < page.index(young.code)


def test_past_scans_do_not_make_the_board_ask_more(session: Session) -> None:
    order = build.make_coat_order(session)
    bundle = build.make_bundle(session, order)
    with counted(session) as few:
        queries.board(session, at=now())
    build.finish(session, bundle)
    with counted(session) as many:
        queries.board(session, at=now())
    assert len(many) <= len(few)
    assert not [statement for statement in many if "FROM scans" in statement]


def test_the_board_is_for_the_house_and_speaks_three_languages(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        build.make_bundle(session, build.make_coat_order(session))
    browser = sign_in(Role.SUPERVISOR)
    for language, words in (
        ("en", "What can be done now"),
        ("ko", "작업대별"),
        ("ko_easy", "자리별"),
    ):
        answer = browser.get(f"/board/?language={language}")
        assert answer.status_code == 200
        assert words in answer.text
        assert "2026-0001" in answer.text
    assert sign_in(Role.WORKER).get("/board/").status_code == 403
    assert sign_in(Role.CLOCK_TERMINAL).get("/board/").status_code == 403


def test_visitors_read_how_a_coat_is_made_in_two_languages(sign_in: SignIn) -> None:
    browser = sign_in(Role.FLOOR_TERMINAL)
    browser.post("/visitors")
    for language in ("ko", "en"):
        page = browser.get(f"/board/how?language={language}").text
        assert "코트는 이렇게 만들어요" in page
        assert "How a coat is made" in page


def test_the_wall_shows_today_against_the_plan_and_no_names(app: Flask, sign_in: SignIn) -> None:
    with app.app_context(), transaction() as session:
        bundle = build.make_bundle(session)
        pine = make_worker(session)
        build.scan(session, bundle, "C06", worker=pine.id)
        board = queries.board(session, at=now())
    assert (board.plan, board.takt) == (3, "160.0")
    page = sign_in(Role.SUPERVISOR).get("/board/wall?language=en").text
    assert "160.0 min" in page
    assert "/ 3" in page
    assert "Pine" not in page
