"""A small season told to the services of either database: the same each time, all in balance."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.cli.simulate import HouseNotEmpty, refuse_filled
from factory.cli.verify import differences
from factory.db.append_only import fact_tables
from factory.db.session import db, reading
from factory.kernel.time import at
from factory.orders import queries as orders
from factory.orders.domain import OrderKind, OrderState
from factory.payroll import queries as pay
from factory.people import queries as people
from factory.people.domain import TermsKind
from factory.printing import queries as printing
from factory.printing.domain import State
from factory.production import queries as production
from factory.stock import queries as stock
from factory.till import queries as till
from factory.timeclock import queries as timeclock
from factory.timeclock.domain import Flag
from seed_data.telling import Wish, tell
from seed_data.working_days import half_of
from tests.conftest import ENGINES, make_app
from tests.postgres import fresh_database

LAST = date(2026, 11, 24)
WISH = Wish(workers=6, days=8, orders=2, seed=1, until=half_of(LAST))


@pytest.fixture(params=ENGINES, scope="module")
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A house with one small season in it, told once for all tests here.

    Its database is its own: where others have counted before, running numbers would differ.
    """
    folder = tmp_path_factory.mktemp("season")
    with ExitStack() as open_:
        url = f"sqlite:///{folder / 'house.sqlite'}"
        if request.param == "postgresql":
            url = open_.enter_context(fresh_database())
        whole = make_app(url, folder)
        with whole.app_context():
            assert list(tell(WISH)) == list(WISH.calendar)
        yield whole
        with whole.app_context():
            db.engine.dispose()


@pytest.fixture
def told(house: Flask) -> Iterator[Session]:
    """A session that looks at the told season."""
    with house.app_context(), reading() as session:
        yield session


def digest(session: Session) -> str:
    """One number for everything in every table of facts."""
    found = hashlib.sha256()
    for table in fact_tables():
        for row in session.execute(select(table).order_by(*table.primary_key.columns)):
            found.update(repr((table.name, *row)).encode())
    return found.hexdigest()


def told_elsewhere(folder: Path, wish: Wish) -> str:
    """The digest of a season in a database of its own."""
    folder.mkdir()
    app = make_app(f"sqlite:///{folder / 'house.sqlite'}", folder)
    with app.app_context():
        for _ in tell(wish):
            pass
        with reading() as session:
            found = digest(session)
            with pytest.raises(HouseNotEmpty):
                refuse_filled(session)
        db.engine.dispose()
    return found


def test_the_same_wish_gives_the_same_facts_on_either_database_and_any_day(
    told: Session, tmp_path: Path
) -> None:
    with time_machine.travel("2027-03-01T12:00:00+09:00", tick=False):  # whatever day it is
        assert told_elsewhere(tmp_path / "again", WISH) == digest(told)


def test_another_seed_gives_other_facts(tmp_path: Path) -> None:
    small = replace(WISH, workers=2, days=2, orders=1)
    first = told_elsewhere(tmp_path / "first", small)
    assert told_elsewhere(tmp_path / "other", replace(small, seed=2)) != first


def test_every_kept_balance_and_every_rule_holds(told: Session) -> None:
    assert list(differences(told)) == []


def test_every_coat_of_every_cell_is_somewhere(told: Session) -> None:
    cells = [
        (name, cell)
        for order in orders.orders(told)
        for name, cell in production.order_progress(told, order.number).items()
    ]
    assert cells
    for name, cell in cells:
        assert cell.holds, name
        assert cell.accounted == cell.cut


def test_everybody_has_believable_days(told: Session) -> None:
    for worker in people.workers(told):
        shifts = timeclock.shifts(told, worker.id, WISH.calendar[0], LAST)
        assert 2 <= len(shifts) <= len(WISH.calendar)
        for shift in shifts:
            assert 4 * 60 <= shift.worked_minutes <= 11 * 60


def test_on_the_last_day_one_is_missing_one_on_her_break_and_one_forgot_yesterday(
    told: Session,
) -> None:
    here = timeclock.present(told, at=WISH.until)
    assert sum(one.on_break for one in here) == 1
    assert 3 <= len(here) <= 5
    assert all(one.since <= WISH.until for one in here)
    day = WISH.calendar[-2]
    open_ones = [
        timeclock.missing(told, one.id, day, day, at=WISH.until) for one in people.workers(told)
    ]
    assert [flag for found in open_ones for _, flag in found] == [Flag.MISSING_OUT]


def test_people_are_paid_in_several_ways_and_know_their_stations(told: Session) -> None:
    workers = people.workers(told)
    kinds = {terms.kind for one in workers for terms in people.terms_of(told, one.id)}
    assert kinds == {TermsKind.HOURLY, TermsKind.MONTHLY, TermsKind.PIECE}
    assert sum(bool(people.skills(told, one.id)) for one in workers) == 5  # not in the shop
    assert len(people.badges(told)) == 6


def test_pieces_are_paid_at_their_time_times_180(told: Session) -> None:
    found = [
        piece
        for worker in people.workers(told)
        for piece in production.pieces(told, worker.id, WISH.calendar[0], LAST)
    ]
    assert len(found) > 40
    rates = {piece.operation: piece.rate.won for piece in found}
    assert rates["S28"] == 648  # 3.60 minutes
    assert rates["F06"] == 54  # 0.30 minutes
    assert all(piece.count >= 0 for piece in found)


def test_orders_are_as_far_as_the_floor_and_nothing_is_cut_beyond_them(told: Session) -> None:
    first, second = sorted(orders.orders(told), key=lambda order: order.number)
    assert (first.kind, second.kind) == (OrderKind.CUSTOMER, OrderKind.STOCK)
    assert first.state in {OrderState.IN_PRODUCTION, OrderState.COMPLETE}
    assert second.state is OrderState.IN_PRODUCTION
    for order in (first, second):
        cells = production.order_progress(told, order.number).values()
        assert all(cell.cut <= cell.ordered * 104 // 100 + 1 for cell in cells)
    assert second.is_late(LAST)


def test_the_till_was_closed_every_evening_and_is_open_now(told: Session) -> None:
    ends = till.day_ends(told)
    assert len(ends) == len(WISH.calendar) - 1
    today = till.today(told)
    assert today.opening.at == at(LAST, "09:30")


def test_what_the_seasons_styles_bring_beyond_their_cost_is_known(told: Session) -> None:
    lines = till.margins(told, WISH.calendar[0], LAST)
    this_season = [line for line in lines if line.style.startswith("W-26")]
    assert all(line.material is not None for line in this_season)


def test_last_winters_coats_hang_beside_the_new_ones(told: Session) -> None:
    lines = [line for line in stock.list_stock(told, LAST) if line.on_hand]
    assert {"W-2508", "W-2601"} <= {line.style for line in lines}


def test_only_the_last_papers_wait_for_the_printers(told: Session) -> None:
    assert printing.waiting(told) < 40
    assert len(printing.jobs(told, State.SENT, limit=1000)) > 60


def test_nothing_lies_after_the_moment_at_which_the_season_breaks_off(told: Session) -> None:
    for table in fact_tables():
        for name in ("at", "received_at"):
            if name in table.columns:
                column = table.columns[name]
                late = select(column).where(column > WISH.until)
                assert told.execute(late).first() is None, table.name


def test_a_month_that_is_over_is_paid_with_the_representative(app: Flask) -> None:
    """From the end of October to the middle of November; the door's account tells the rest."""
    wish = Wish(workers=3, days=14, orders=1, seed=1, until=half_of(date(2026, 11, 12)))
    with app.app_context():
        for _ in tell(wish):
            pass
        with reading() as session:
            (october,) = pay.month_lines(session, [date(2026, 10, 1)])
            run = pay.run(session, date(2026, 10, 1))
    assert october.approved_by == "버들"
    assert run.approved is not None
    assert run.approved.representative
    assert len(run.entries) == 3
