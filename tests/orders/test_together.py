"""Several people at once, and many steps in any order, on real transactions of both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from factory.db.session import db, reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.orders import domain, queries, service
from factory.orders.domain import MoreThanOrdered, NotWhileCut, OrderState
from factory.orders.records import OrderRow
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from tests.conftest import make_app
from tests.orders.build import finish, make_draft, make_lines, make_order
from tests.postgres import fresh_database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def own_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, whose transactions really commit."""
    if request.param == "sqlite":
        yield make_app(f"sqlite:///{tmp_path / 'own.sqlite'}", tmp_path)
        return
    with fresh_database() as url:
        app = make_app(url, tmp_path)
        yield app
        with app.app_context():
            db.engine.dispose()


def all_at_once(app: Flask, *works: Callable[[Session], object]) -> list[type[Refused]]:
    """Let everybody work in a transaction of her own at the same moment; what was refused."""
    start = threading.Barrier(len(works))
    refused: list[type[Refused]] = []

    def run(work: Callable[[Session], object]) -> None:
        start.wait()
        try:
            with app.app_context(), transaction() as session:
                work(session)
        except Refused as refusal:
            refused.append(type(refusal))

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_orders_taken_at_the_same_moment_have_numbers_without_gaps(own_app: Flask) -> None:
    with own_app.app_context(), transaction() as session:
        make_draft(session)
    assert all_at_once(own_app, *[make_draft] * 4) == []
    with own_app.app_context(), reading() as session:
        numbers = sorted(int(each.number[-4:]) for each in queries.orders(session))
    assert numbers == [1, 2, 3, 4, 5]


def test_two_who_send_the_last_coats_at_once_send_them_once(own_app: Flask) -> None:
    with own_app.app_context(), transaction() as session:
        order = make_order(session, lines=make_lines(BK=(0, 0, 10)))
        code = finish(session, order, 1, "66", 12)

    def ship(session: Session) -> object:
        going = {(1, "66"): 6}
        return service.ship(session, order.number, going, event_id=new_id(), by=SYSTEM, at=now())

    assert all_at_once(own_app, ship, ship) == [MoreThanOrdered]
    with own_app.app_context(), reading() as session:
        assert stock.on_hand(session, code) == 6
        assert len(queries.shipments(session, order.number)) == 1


def test_a_shipment_sent_by_two_browsers_with_one_id_is_one_shipment(own_app: Flask) -> None:
    same = new_id()
    with own_app.app_context(), transaction() as session:
        order = make_order(session)
        code = finish(session, order, 1, "66", 12)

    def ship(session: Session) -> object:
        going = {(1, "66"): 4}
        return service.ship(session, order.number, going, event_id=same, by=SYSTEM, at=now())

    assert all_at_once(own_app, ship, ship, ship) == []
    with own_app.app_context(), reading() as session:
        assert stock.on_hand(session, code) == 8


def test_an_order_is_not_cancelled_by_whoever_looked_before_it_was_cut(session: Session) -> None:
    order = make_order(session)
    assert queries.order(session, order.number).state is OrderState.CONFIRMED
    cut = update(OrderRow).where(OrderRow.number == order.number)  # as another session does it
    session.connection().execute(cut.values(state=OrderState.IN_CUTTING))
    with pytest.raises(NotWhileCut):
        service.cancel(session, order.number, "gave up", by=SYSTEM, at=now())


def statements(session: Session, work: Callable[[], object]) -> list[str]:
    """What the database is asked."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    work()
    event.remove(bind, "before_cursor_execute", note)
    return asked


def test_asking_at_every_scan_whether_an_order_has_come_further_costs_one_look_up(
    session: Session,
) -> None:
    order = make_order(session)

    def advance() -> object:
        return service.advance(session, order.number, OrderState.IN_PRODUCTION, by=SYSTEM, at=now())

    advance()
    session.flush()
    session.expire_all()
    (asked,) = statements(session, advance)
    assert asked.startswith("SELECT orders.state")


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_tried_in_whatever_order_the_coats_add_up(session: Session, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same tries each time
    order = make_order(session, lines=make_lines(BK=(3, 5), GY=(4,)))
    cells = [(1, "44"), (1, "55"), (2, "44")]
    hung = dict.fromkeys(cells, 0)
    codes: dict[tuple[int, str], str] = {}
    for _ in range(30):
        cell, coats = chance.choice(cells), chance.randint(1, 3)
        if chance.random() < 0.5:
            codes[cell] = finish(session, order, *cell, coats)
            hung[cell] += coats
            continue
        try:
            service.ship(
                session, order.number, {cell: coats}, event_id=new_id(), by=SYSTEM, at=now()
            )
        except Refused:
            continue
    gone = queries.shipped(session, order.number)
    for (no, size), coats in hung.items():
        name = domain.cell(order.number, no, size)
        shipped = gone.get(name, 0)
        assert shipped <= order.cells()[name]
        if coats:
            assert stock.on_hand(session, codes[no, size]) == coats - shipped
    whole = domain.is_all_shipped(order, gone)
    assert (queries.order(session, order.number).state is OrderState.CLOSED) is whole
    assert queries.recomputed(session) == ()
