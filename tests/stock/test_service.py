"""Coats on the rail: every movement counts once, and no balance is ever below zero."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from factory.catalogue.domain import CoatUnknown, Grade
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.words import speaking
from factory.security import queries as security
from factory.security.domain import SYSTEM
from factory.stock import queries, service
from factory.stock.domain import (
    FOUND,
    CellBalance,
    CountBelowZero,
    Kind,
    Lots,
    NothingMoved,
    NotInStock,
    NotSoldLikeThat,
    WhyIsMissing,
)
from factory.stock.records import BalanceRow, MovementRow
from tests.catalogue.build import BEGUN
from tests.stock.build import LOT, make_item, make_stock

CUSTOMERS = "2026-0013/2/66"
DAY = date(2026, 11, 24)
Act = Callable[..., Lots]


def sell(session: Session, code: str, quantity: int, ref: str = "31", **more: str) -> Lots:
    event = more.get("event_id") or new_id()
    return service.sell(session, code, quantity, ref, event_id=event, by=SYSTEM, at=BEGUN)


def ship(session: Session, code: str, quantity: int, lot: str, event: str = "") -> Lots:
    event_id = event or new_id()
    return service.ship(session, code, quantity, lot, "D1", event_id=event_id, by=SYSTEM, at=BEGUN)


def back(session: Session, code: str, quantity: int, ref: str = "31", event: str = "") -> Lots:
    event_id = event or new_id()
    return service.give_back(session, code, quantity, ref, event_id=event_id, by=SYSTEM, at=BEGUN)


def count(session: Session, code: str, counted: int, event: str | None = None) -> int:
    return service.count(
        session, code, counted, "count of the year", event_id=event, by=SYSTEM, at=BEGUN
    )


def scrap(session: Session, code: str, quantity: int, lot: str | None = None) -> Lots:
    return service.scrap(
        session, code, quantity, "moths", lot=lot, event_id=new_id(), by=SYSTEM, at=BEGUN
    )


def take_back(session: Session, code: str, quantity: int, lot: str, event: str = "") -> Lots:
    event_id = event or new_id()
    return service.take_back(session, code, quantity, lot, event_id=event_id, by=SYSTEM, at=BEGUN)


def test_finished_coats_come_to_the_rail(session: Session) -> None:
    code = make_stock(session, quantity=10)
    make_stock(session, code, 5, CUSTOMERS, for_customer=True)
    assert queries.on_hand(session, code) == 15
    there = queries.lots(session, code)
    assert [(b.lot, b.on_hand, b.for_customer) for b in there] == [
        (LOT, 10, False),
        (CUSTOMERS, 5, True),
    ]
    assert queries.on_hand(session, make_item(session, colour="CA").code) == 0


def test_an_event_counts_once_however_often_it_is_sent(session: Session) -> None:
    code = make_stock(session, quantity=10, event_id="scan-1")
    make_stock(session, code, 10, event_id="scan-1")
    assert queries.on_hand(session, code) == 10
    for _ in range(2):
        assert sell(session, code, 3, event_id="sale-1") == ((LOT, 3),)
    assert queries.on_hand(session, code) == 7
    for _ in range(2):
        assert back(session, code, 2, event="return-1") == ((LOT, 2),)
        assert ship(session, code, 1, LOT, "ship-1") == ((LOT, 1),)
        assert take_back(session, code, 1, LOT, "undo-1") == ((LOT, 1),)
    assert queries.on_hand(session, code) == 7
    assert count(session, code, 5, "count-1") == -2
    assert count(session, code, 5, "count-1") == 0
    assert queries.on_hand(session, code) == 5


def test_one_sale_may_take_two_kinds_of_coat(session: Session) -> None:
    black, camel = make_item(session), make_item(session, colour="CA")
    for item in (black, camel):
        make_stock(session, item, 1)
        sell(session, item.code, 1, event_id="sale-1")
    assert queries.all_on_hand(session) == {black.code: 0, camel.code: 0}


def test_the_shop_sells_season_stock_before_a_customers_coats(session: Session) -> None:
    code = make_stock(session, quantity=2, lot=CUSTOMERS, for_customer=True)
    make_stock(session, code, 2, LOT)
    assert sell(session, code, 3) == ((LOT, 2), (CUSTOMERS, 1))


@pytest.mark.parametrize(
    "act",
    [
        lambda session, code: sell(session, code, 3),
        lambda session, code: ship(session, code, 3, LOT),
        lambda session, code: ship(session, code, 1, CUSTOMERS),
        lambda session, code: scrap(session, code, 3),
        lambda session, code: scrap(session, code, 1, CUSTOMERS),
        lambda session, code: take_back(session, code, 3, LOT),
    ],
    ids=["sell", "ship", "ship another lot", "scrap", "scrap another lot", "take back"],
)
def test_no_more_leaves_than_is_there(session: Session, act: Act) -> None:
    code = make_stock(session, quantity=2)
    with pytest.raises(NotInStock):
        act(session, code)
    assert queries.on_hand(session, code) == 2
    assert len(queries.movements(session, code)) == 1


def test_coats_that_are_no_coats_are_refused(session: Session) -> None:
    with pytest.raises(CoatUnknown):
        make_stock(session, "49999999")
    with pytest.raises(NothingMoved):
        make_stock(session, quantity=0)
    with pytest.raises(NotInStock):
        sell(session, "49999999", 1)


def test_a_customer_gives_back_what_she_bought_and_no_more(session: Session) -> None:
    code = make_stock(session, quantity=1)
    make_stock(session, code, 2, CUSTOMERS, for_customer=True)
    sell(session, code, 3, "31")
    assert back(session, code, 1, "31") == ((CUSTOMERS, 1),)
    assert back(session, code, 2, "31") == ((CUSTOMERS, 1), (LOT, 1))
    with pytest.raises(NotSoldLikeThat):
        back(session, code, 1, "31")
    with pytest.raises(NotSoldLikeThat):
        back(session, code, 1, "unknown")
    assert [(b.lot, b.on_hand) for b in queries.lots(session, code)] == [(LOT, 1), (CUSTOMERS, 2)]


def test_the_till_may_say_into_which_lots(session: Session) -> None:
    code = make_stock(session, quantity=1)
    sold = sell(session, code, 1)
    given = service.give_back(
        session, code, 1, "another", lots=sold, event_id=new_id(), by=SYSTEM, at=BEGUN
    )
    assert given == sold
    assert queries.on_hand(session, code) == 1


def test_a_count_is_a_counter_entry(session: Session) -> None:
    code = make_stock(session, quantity=5)
    assert count(session, code, 5) == 0
    assert len(queries.movements(session, code)) == 1
    assert count(session, code, 3) == -2
    assert queries.cell_balance(session, LOT).lost == 2
    assert count(session, code, 6) == 3
    assert [(b.lot, b.on_hand) for b in queries.lots(session, code)] == [(LOT, 5), (FOUND, 1)]
    assert queries.cell_balance(session, LOT).lost == 0
    newest = queries.movements(session, code)[0]
    assert (newest.kind, newest.reason, newest.by) == (Kind.COUNTED, "count of the year", "didim")


def test_coats_of_which_none_ever_came_can_be_found(session: Session) -> None:
    code = make_item(session).code
    assert count(session, code, 2) == 2
    assert sell(session, code, 2) == ((FOUND, 2),)


def test_counts_and_losses_say_why(session: Session) -> None:
    code = make_stock(session)
    with pytest.raises(CountBelowZero):
        count(session, code, -1)
    with pytest.raises(WhyIsMissing):
        service.count(session, code, 1, "  ", by=SYSTEM, at=BEGUN)
    with pytest.raises(WhyIsMissing):
        service.scrap(session, code, 1, "", event_id=new_id(), by=SYSTEM, at=BEGUN)
    count(session, code, 9)
    scrap(session, code, 1)
    audited = security.audit(session, security.Sought(thing=f"coat {code}"))
    assert sorted(line.what for line in audited) == ["count", "scrap"]


def test_a_cell_knows_where_its_coats_are(session: Session) -> None:
    first = make_stock(session, quantity=47)
    second = make_stock(session, make_item(session, grade=Grade.SECOND), 3)
    take_back(session, first, 1, LOT)
    ship(session, first, 12, LOT)
    sell(session, first, 2)
    back(session, first, 1)
    scrap(session, first, 1, LOT)
    count(session, first, 30)
    cell = CellBalance(first=30, second=3, shipped=12, sold=1, scrapped=1, lost=2)
    assert queries.cell_balance(session, LOT) == cell
    assert cell.came == 49
    sell(session, second, 1)
    found = queries.cell_balances(session, (LOT, CUSTOMERS))
    assert (found[LOT].second, found[LOT].sold) == (2, 2)
    assert found[CUSTOMERS] == CellBalance()
    assert queries.cell_balances(session, ()) == {}


def test_movements_tell_what_was_there_after_each(session: Session) -> None:
    code = make_stock(session, quantity=10)
    sell(session, code, 3, "31")
    newest, oldest = queries.movements(session, code)
    assert (newest.kind, newest.quantity, newest.after, newest.ref) == (Kind.SOLD, -3, 7, "31")
    assert (oldest.kind, oldest.quantity, oldest.after, oldest.lot) == (Kind.RECEIVED, 10, 10, LOT)


def test_the_list_names_every_coat_with_its_price(session: Session) -> None:
    code = make_stock(session, quantity=4)
    with speaking("en"):
        lines = {line.code: line for line in queries.list_stock(session, DAY)}
    assert len(lines) == 30
    line = lines[code]
    assert (line.style_name, line.colour_name, line.size) == ("Women's wool coat", "black", "66")
    assert (line.grade, line.price, line.on_hand) == (Grade.FIRST, Money(189_000), 4)
    assert sum(line.on_hand for line in lines.values()) == 4


def test_a_balance_that_was_tampered_with_is_found(session: Session) -> None:
    code = make_stock(session, quantity=10)
    assert queries.recomputed(session) == ()
    session.execute(update(BalanceRow).values(on_hand=11))
    (difference,) = queries.recomputed(session)
    assert (difference.kind, difference.key) == ("stock", f"{code} {LOT}")
    assert (difference.kept, difference.replayed) == ("11", "10")


def test_a_missing_and_an_invented_balance_are_found(session: Session) -> None:
    code = make_stock(session, quantity=10)
    session.execute(update(BalanceRow).values(lot="another"))
    different = {each.key: (each.kept, each.replayed) for each in queries.recomputed(session)}
    assert different == {f"{code} {LOT}": ("None", "10"), f"{code} another": ("10", "None")}


def test_the_database_refuses_balances_below_zero_and_changed_movements(session: Session) -> None:
    make_stock(session, quantity=1)
    for statement in (
        update(BalanceRow).values(on_hand=-1),
        update(MovementRow).values(quantity=100),
        text("DELETE FROM stock_movements"),
    ):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(statement)


def test_several_coats_are_held_in_one_order(session: Session) -> None:
    service.hold_coats(session, ["40000020", "40000013", "40000020"])
    code = make_stock(session, quantity=1)
    assert sell(session, code, 1) == ((LOT, 1),)


def test_a_coat_that_nobody_knows_never_moved(session: Session) -> None:
    make_stock(session)
    assert queries.movements(session, "49999999") == ()
    assert queries.on_hand(session, "49999999") == 0
    assert queries.lots(session, "49999999") == ()
