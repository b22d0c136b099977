"""Several sellers at the same moment, on SQLite and on PostgreSQL, with real commits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, create_engine, text

from factory.db.session import db, reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.printing import queries as printing
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from factory.stock.domain import NotInStock
from factory.till import queries, service
from factory.till.domain.drawer import TillClosed
from factory.till.domain.receipt import NewSale
from factory.till.domain.sale import Wanted
from tests.conftest import ENGINES, make_app
from tests.till.build import (
    FLOAT,
    PRICE,
    SHORT,
    cash,
    make_coat,
    make_count,
    make_sale,
    make_till,
    sell,
)

SELLERS, EACH, THERE = 4, 6, 20


@contextmanager
def database_beside(url: URL) -> Iterator[str]:
    """An empty database on the same PostgreSQL server."""
    name = f"didim_till_{os.getpid()}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
        yield url.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=ENGINES)
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """A shop of its own with an open till and two kinds of coat, twenty of each."""
    if request.param == "sqlite":
        yield stocked(make_app(f"sqlite:///{tmp_path / 'shop.sqlite'}", tmp_path))
        return
    whole: Flask = request.getfixturevalue("_postgresql_app")
    with whole.app_context():
        url = db.engine.url
    with database_beside(url) as address:
        app = stocked(make_app(address, tmp_path))
        yield app
        with app.app_context():
            db.engine.dispose()


def stocked(app: Flask) -> Flask:
    with app.app_context(), transaction() as session:
        make_till(session)
        coats = make_coat(session, THERE), make_coat(session, THERE, colour="CA")
    app.config["COATS"] = coats
    return app


def at_once(app: Flask, *jobs: Callable[[], object]) -> list[object]:
    """Do everything at the same moment, each in an app context of its own."""

    def run(job: Callable[[], object]) -> object:
        with app.app_context():
            return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result() for future in [pool.submit(run, job) for job in jobs]]


def sell_one(new: NewSale) -> int | None:
    """The receipt's number, or nothing where it was refused."""
    try:
        with transaction() as session:
            return sell(session, new).sale.number
    except (NotInStock, TillClosed):
        return None


def test_receipt_numbers_have_no_gaps_and_no_coat_is_sold_twice(shop: Flask) -> None:
    black, camel = shop.config["COATS"]

    def seller(first: str, second: str) -> list[int | None]:
        lines = (Wanted(first), Wanted(second))
        tenders = (cash(2 * PRICE),)
        return [
            sell_one(NewSale(new_id(), lines, tenders)),
            *(sell_one(make_sale(first)) for _ in range(EACH)),
        ]

    pairs = [(black, camel), (camel, black)] * (SELLERS // 2)
    found = at_once(shop, *(lambda pair=pair: seller(*pair) for pair in pairs))
    numbers = sorted(n for each in found for n in each if n is not None)  # type: ignore[attr-defined]
    sold = SELLERS * 2 + SELLERS * EACH
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == SELLERS + SELLERS * EACH
    with shop.app_context(), reading() as session:
        left = stock.on_hand(session, black) + stock.on_hand(session, camel)
        assert left == 2 * THERE - sold
        assert queries.today(session).expected == Money(FLOAT + sold * PRICE)
        assert queries.recomputed(session) == ()
        assert stock.recomputed(session) == ()


def test_the_last_coat_is_sold_to_one_of_two(shop: Flask) -> None:
    black, _ = shop.config["COATS"]
    assert sell_in(shop, make_sale(black, THERE - 1)) == 1
    found = at_once(shop, *[lambda: sell_one(make_sale(black))] * SELLERS)
    assert sorted(found, key=str) == [2, None, None, None]
    with shop.app_context(), reading() as session:
        assert stock.on_hand(session, black) == 0


def test_one_sale_sent_twice_at_once_is_one_sale(shop: Flask) -> None:
    black, _ = shop.config["COATS"]
    new = make_sale(black)
    assert at_once(shop, *[lambda: sell_one(new)] * SELLERS) == [1] * SELLERS
    with shop.app_context(), reading() as session:
        assert stock.on_hand(session, black) == THERE - 1


def test_a_day_that_ends_at_the_same_moment_takes_a_sale_whole_or_not_at_all(shop: Flask) -> None:
    black, _ = shop.config["COATS"]

    def close() -> Money:
        with transaction() as session:
            return service.close_day(
                session, make_count(0), note=SHORT, by=SYSTEM, at=now()
            ).day.net

    jobs = [lambda: sell_one(make_sale(black))] * SELLERS
    *numbers, net = at_once(shop, *jobs, close)
    sold = sum(number is not None for number in numbers)
    assert net == Money(sold * PRICE)
    with shop.app_context(), reading() as session:
        assert stock.on_hand(session, black) == THERE - sold
        assert queries.day_end(session, 1).day.sales == sold
        assert queries.recomputed(session) == ()


def sell_in(app: Flask, new: NewSale) -> int | None:
    with app.app_context():
        return sell_one(new)


def test_an_interim_report_pressed_twice_at_once_is_one_paper(shop: Flask) -> None:
    for _ in range(3):
        asked = new_id()

        def press(event: str = asked) -> object:
            with transaction() as session:
                return service.interim(session, by=SYSTEM, at=now(), event_id=event)

        assert len(at_once(shop, *[press] * SELLERS)) == SELLERS
        with shop.app_context(), reading() as session:
            assert printing.job_of_event(session, asked) is not None
