"""A sale asks and keeps each thing once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from factory.db.session import db, reading, transaction
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.security.domain import SYSTEM
from factory.stock import queries as stocked
from factory.stock import service as stock
from factory.till import service
from tests.conftest import Kept
from tests.till.build import make_coat, make_sale, make_till, sell, sold

MOST = 14
"""Statements of a sale of one coat in cash, with its receipt, its paper and the basket put away."""


@contextmanager
def noted() -> Iterator[list[str]]:
    """What the database is asked."""
    found: list[str] = []

    def asked(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", asked)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", asked)


def test_a_sale_is_few_statements_and_none_of_them_twice(app: Flask, kept: Kept) -> None:
    code = kept(make_coat)
    kept(make_till)
    kept(sell, make_sale(code))
    with app.app_context(), transaction() as session, noted() as found:
        sell(session, make_sale(code))
    asked = [each for each in found if "SAVEPOINT" not in each and "advisory" not in each]
    assert len(asked) <= MOST, asked
    assert len(set(asked)) == len(asked)


def test_what_an_event_took_is_not_taken_again(app: Flask, kept: Kept) -> None:
    code, taken = kept(make_coat), new_id()
    how: dict[str, Any] = {"event_id": taken, "by": SYSTEM, "at": now()}
    first = kept(stock.sell, code, 2, "note", **how)
    assert kept(stock.sell, code, 2, "note", **how) == first
    with app.app_context(), reading() as session:
        assert stocked.on_hand(session, code) == 3


def test_a_sale_sees_what_came_back_a_moment_ago_in_its_own_transaction(
    app: Flask, kept: Kept
) -> None:
    code = kept(make_coat, 1)
    kept(make_till)

    def turn_round(session: Session) -> int:
        slip = sold(session, code)
        assert stocked.on_hand(session, code) == 0
        how: dict[str, Any] = {"event_id": new_id(), "by": SYSTEM, "at": now()}
        stock.give_back(session, code, 1, slip.code, **how)
        service.sell(session, make_sale(code), by=SYSTEM, at=now(), received=now())
        return stocked.on_hand(session, code)

    assert kept(turn_round) == 0
