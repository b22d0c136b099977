"""Two tills at once: the last coat is sold once, and nobody waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from flask import Flask

from factory.db.session import db, reading, transaction
from factory.kernel.errors import Refused
from factory.kernel.ids import new_id
from factory.security.domain import SYSTEM
from factory.stock import queries, service
from factory.stock.domain import NotInStock
from tests.catalogue.build import BEGUN
from tests.conftest import make_app
from tests.postgres import fresh_database
from tests.stock.build import make_item, make_stock

TILLS = 6


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)],
)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An application of its own, whose transactions really commit; each test has its own size."""
    folder = tmp_path_factory.mktemp("own")
    if request.param == "sqlite":
        yield make_app(f"sqlite:///{folder / 'own.sqlite'}", folder)
        return
    with fresh_database() as url:
        app = make_app(url, folder)
        yield app
        with app.app_context():
            db.engine.dispose()


def at_once(house: Flask, *acts: object) -> list[object]:
    """Do everything at the same moment; what each gave back, or how it was refused."""
    together = threading.Barrier(len(acts))
    done: list[object] = []

    def run(act: object) -> None:
        together.wait()
        with house.app_context():
            try:
                done.append(act())  # type: ignore[operator]
            except Refused as refusal:
                done.append(refusal)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return done


def sold(code: str, event: str = "") -> object:
    with transaction() as session:
        event_id = event or new_id()
        return service.sell(session, code, 1, "31", event_id=event_id, by=SYSTEM, at=BEGUN)


def test_the_last_coat_is_sold_once(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        code = make_stock(session, make_item(session, size="44"), 1, at=BEGUN)
    done = at_once(house, *[lambda: sold(code)] * TILLS)
    assert len(done) == TILLS
    assert sum(isinstance(each, NotInStock) for each in done) == TILLS - 1
    with house.app_context(), reading() as session:
        assert queries.on_hand(session, code) == 0
        assert queries.recomputed(session) == ()


def test_one_sale_that_is_sent_by_many_wires_counts_once(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        code = make_stock(session, make_item(session, size="55"), 10, at=BEGUN)
    event = new_id()
    done = at_once(house, *[lambda: sold(code, event)] * TILLS)
    assert done == [(("2026-0012/1/66", 1),)] * TILLS
    with house.app_context(), reading() as session:
        assert queries.on_hand(session, code) == 9


def test_tills_that_sell_the_same_two_coats_do_not_wait_for_each_other(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        black, camel = (
            make_stock(session, make_item(session, colour=colour, size="77"), TILLS, at=BEGUN)
            for colour in ("BK", "CA")
        )

    def sell_both(codes: tuple[str, str]) -> None:
        with transaction() as session:
            service.hold_coats(session, codes)
            for code in codes:
                service.sell(session, code, 1, "31", event_id=new_id(), by=SYSTEM, at=BEGUN)

    crossed = [(black, camel), (camel, black)] * (TILLS // 2)
    done = at_once(house, *[lambda codes=codes: sell_both(codes) for codes in crossed])
    assert done == [None] * TILLS
    with house.app_context(), reading() as session:
        assert [queries.on_hand(session, code) for code in (black, camel)] == [0, 0]


def test_finished_coats_of_one_cell_add_up_from_many_stations(house: Flask) -> None:
    with house.app_context(), transaction() as session:
        code = make_item(session, size="88").code

    def finish() -> str:
        with transaction() as session:
            return make_stock(session, code, 2, "2026-0012/1/88", at=BEGUN)

    assert at_once(house, *[finish] * TILLS) == [code] * TILLS
    with house.app_context(), reading() as session:
        assert queries.on_hand(session, code) == 2 * TILLS
        assert queries.cell_balance(session, "2026-0012/1/88").came == 2 * TILLS
        assert queries.recomputed(session) == ()
