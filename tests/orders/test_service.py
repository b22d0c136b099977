"""Take, change and move orders; ship; keep customers; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from factory.catalogue.domain import ColourUnknown, SizeUnknown, StyleUnknown
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import now, today
from factory.kernel.words import tell
from factory.orders import domain, queries, records, service
from factory.orders.domain import (
    AlreadyConfirmed,
    BusinessNumberWrong,
    Customer,
    CustomerTwice,
    DueInThePast,
    MoreThanOrdered,
    NotConfirmed,
    NotOnTheRail,
    NotWhileCut,
    Order,
    OrderClosed,
    OrderKind,
    OrderState,
    Shipment,
)
from factory.orders.records import OrderRow, ShipmentRow
from factory.security import queries as security
from factory.security.domain import SYSTEM
from factory.stock import queries as stock
from tests.orders.build import (
    DUE,
    STYLE,
    finish,
    make_customer,
    make_draft,
    make_entry,
    make_lines,
    make_order,
    make_style,
)

S = OrderState


def ship(session: Session, order: Order, *, event: str = "", **cells: int) -> Shipment:
    """Send sizes of line 1 out: `ship(session, order, s66=5)`."""
    going = {(1, size.removeprefix("s")): coats for size, coats in cells.items()}
    return service.ship(
        session, order.number, going, event_id=event or new_id(), by=SYSTEM, at=now()
    )


def state(session: Session, order: Order) -> OrderState:
    return queries.order(session, order.number).state


def advance(session: Session, order: Order, to: OrderState) -> OrderState:
    return service.advance(session, order.number, to, by=SYSTEM, at=now())


# Taking and changing


def test_an_order_of_117_coats_in_three_colours_is_taken_and_confirmed(session: Session) -> None:
    order = make_order(session)
    assert order.state is S.CONFIRMED
    assert (order.quantity, len(order.lines), len(order.cells())) == (117, 3, 15)
    assert order.worth == Money(117 * 120_000)
    assert order.due == today() + timedelta(weeks=3)
    session.expire_all()
    assert queries.order(session, order.number) == order
    assert queries.line(session, order.number, 2) == order.lines[1]


def test_orders_are_numbered_within_their_year(session: Session) -> None:
    first, second = make_order(session), make_order(session)
    year = today().year
    assert first.number.startswith(f"{year}-")
    assert second.number == domain.order_number(year, int(first.number.split("-")[1]) + 1)


def test_sizes_stand_in_the_order_of_the_size_run_however_they_were_typed(
    session: Session,
) -> None:
    line = replace(make_lines(BK=(1,))[0], cells=(("88", 1), ("44", 2), ("66", 3)))
    order = make_order(session, lines=(line,))
    assert order.line(1).cells == (("44", 2), ("66", 3), ("88", 1))


def test_what_the_catalogue_does_not_know_is_not_ordered(session: Session) -> None:
    good = make_lines(BK=(1,))[0]
    for change, refusal in (
        ({"style": "W-9999"}, StyleUnknown),
        ({"colour": "XX"}, ColourUnknown),
        ({"cells": (("99", 1),)}, SizeUnknown),
    ):
        with pytest.raises(refusal):
            make_draft(session, lines=(replace(good, **change),))
    assert queries.orders(session) == ()


def test_a_customer_who_is_not_there_can_order_nothing(session: Session) -> None:
    with pytest.raises(NotFound):
        make_draft(session, customer=999)


def test_a_draft_is_written_anew_and_the_audit_says_how(session: Session) -> None:
    draft = make_draft(session)
    entry = make_entry(
        customer=make_customer(session, "Plum Lane").number,
        due=draft.due + timedelta(days=1),
        lines=make_lines(GY=(0, 0, 7)),
        note=" by noon ",
        tolerance_percent=5,
    )
    changed = service.change(session, draft.number, entry, by=SYSTEM, at=now())
    assert changed.number == draft.number
    assert changed.customer is not None
    assert (changed.customer.name, changed.note) == ("Plum Lane", "by noon")
    assert [(line.no, line.colour, line.quantity) for line in changed.lines] == [(1, "GY", 7)]
    assert changed.most_to_cut(1, "66") == 8
    session.expire_all()
    assert queries.order(session, draft.number) == changed
    entry_of_audit = security.audit(session)[0]
    assert entry_of_audit.what == "change_order"


def test_a_confirmed_order_is_not_changed(session: Session) -> None:
    order = make_order(session)
    with pytest.raises(AlreadyConfirmed):
        service.change(session, order.number, make_entry(), by=SYSTEM, at=now())
    assert queries.order(session, order.number) == order


def test_a_draft_becomes_season_stock_and_loses_its_customer(session: Session) -> None:
    draft = make_draft(session)
    entry = make_entry(kind=OrderKind.STOCK, customer=None, due=draft.due)
    assert service.change(session, draft.number, entry, by=SYSTEM, at=now()).customer is None


def test_an_order_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.order(session, "2026-9999")
    with pytest.raises(NotFound):
        service.confirm(session, "2026-9999", by=SYSTEM, at=now())
    with pytest.raises(NotFound):
        service.advance(session, "2026-9999", S.IN_CUTTING, by=SYSTEM, at=now())


# Moving


def test_confirming_twice_is_confirming_once(session: Session) -> None:
    order = make_order(session)
    entries = len(security.audit(session))
    assert service.confirm(session, order.number, by=SYSTEM, at=now()) == order
    assert len(security.audit(session)) == entries


def test_a_draft_that_lay_too_long_is_not_confirmed(session: Session) -> None:
    draft = make_draft(session, due=today())
    with pytest.raises(DueInThePast):
        service.confirm(session, draft.number, by=SYSTEM, at=now() + timedelta(days=1))


def test_the_floor_brings_an_order_forward_once_and_never_back(session: Session) -> None:
    order = make_order(session)
    assert advance(session, order, S.IN_PRODUCTION) is S.IN_PRODUCTION
    entries = len(security.audit(session))
    assert advance(session, order, S.IN_CUTTING) is S.IN_PRODUCTION
    assert advance(session, order, S.IN_PRODUCTION) is S.IN_PRODUCTION
    assert len(security.audit(session)) == entries
    assert state(session, order) is S.IN_PRODUCTION


def test_a_draft_is_not_brought_forward(session: Session) -> None:
    with pytest.raises(NotConfirmed):
        advance(session, make_draft(session), S.IN_CUTTING)


def test_what_is_cut_is_closed_short_with_a_reason_and_not_cancelled(session: Session) -> None:
    order = make_order(session)
    advance(session, order, S.IN_CUTTING)
    with pytest.raises(NotWhileCut):
        service.cancel(session, order.number, "gave up", by=SYSTEM, at=now())
    service.close(session, order.number, " no more cloth ", by=SYSTEM, at=now())
    assert state(session, order) is S.CLOSED
    assert security.audit(session)[0].reason == "no more cloth"
    assert advance(session, order, S.COMPLETE) is S.CLOSED


def test_open_orders_come_by_due_date_without_drafts_and_ended_ones(session: Session) -> None:
    late = make_order(session, due=today() + timedelta(days=30))
    soon = make_order(session, due=today() + timedelta(days=3))
    draft = make_draft(session)
    gone = make_order(session)
    service.cancel(session, gone.number, "gave up", by=SYSTEM, at=now())
    assert [each.number for each in queries.open_orders(session)] == [soon.number, late.number]
    assert draft.number in {each.number for each in queries.orders(session, open_only=True)}
    assert gone.number not in {each.number for each in queries.orders(session, open_only=True)}
    assert len(queries.orders(session)) == 4


def test_orders_are_found_by_customer(session: Session) -> None:
    other = make_customer(session, "Plum Lane")
    mine = make_order(session, customer=other.number)
    make_order(session)
    make_order(session, kind=OrderKind.STOCK)
    assert queries.orders(session, customer=other.number) == (mine,)


# Shipping


def test_coats_leave_the_rail_for_their_order_and_are_written_down(session: Session) -> None:
    order = make_order(session)
    code = finish(session, order, 1, "66", 10)
    sent = ship(session, order, s66=4)
    assert (sent.number, sent.quantity, sent.cells) == (f"{order.number}-1", 4, ((1, "66", 4),))
    assert stock.on_hand(session, code) == 6
    assert queries.shipped(session, order.number) == {f"{order.number}/1/66": 4}
    assert queries.shipments(session, order.number) == (sent,)
    assert queries.shipment(session, order.number, 1) == sent
    assert ship(session, order, s66=1).no == 2
    assert state(session, order) is S.CONFIRMED


def test_sending_the_same_shipment_twice_sends_it_once(session: Session) -> None:
    order, event = make_order(session), new_id()
    code = finish(session, order, 1, "66", 10)
    first = ship(session, order, event=event, s66=4)
    assert ship(session, order, event=event, s66=4) == first
    assert stock.on_hand(session, code) == 6
    assert len(queries.shipments(session, order.number)) == 1


def test_never_more_goes_out_than_ordered_or_than_hangs_there(session: Session) -> None:
    order = make_order(session)
    finish(session, order, 1, "66", 16)
    finish(session, order, 1, "55", 2)
    with pytest.raises(MoreThanOrdered):
        ship(session, order, s66=16)
    with pytest.raises(NotOnTheRail) as short:
        ship(session, order, s55=3)
    assert short.value.field == "ship:1:55"
    assert tell(short.value, "en").startswith("Of 검정 55 2 hang on the rail")
    ship(session, order, s66=15)
    with pytest.raises(MoreThanOrdered):
        ship(session, order, s66=1)


def test_coats_of_another_order_are_not_taken(session: Session) -> None:
    mine, other = make_order(session), make_order(session)
    finish(session, other, 1, "66", 5)
    with pytest.raises(NotOnTheRail):
        ship(session, mine, s66=1)


def test_with_the_last_coat_the_order_is_closed(session: Session) -> None:
    order = make_order(session, lines=make_lines(BK=(0, 0, 3)))
    advance(session, order, S.COMPLETE)
    finish(session, order, 1, "66", 4)
    event = new_id()
    ship(session, order, s66=2)
    assert state(session, order) is S.COMPLETE
    last = ship(session, order, event=event, s66=1)
    assert state(session, order) is S.CLOSED
    assert ship(session, order, event=event, s66=1) == last
    with pytest.raises(OrderClosed):
        ship(session, order, s66=1)


def test_a_shipment_once_written_is_never_changed(session: Session) -> None:
    order = make_order(session)
    finish(session, order, 1, "66", 1)
    ship(session, order, s66=1)
    with pytest.raises(DatabaseError):
        session.query(ShipmentRow).update({"by": "somebody else"})


def test_a_shipment_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.shipment(session, make_order(session).number, 1)


# The tables of the pages, and what is held against the facts


def test_the_table_shows_ordered_on_the_rail_and_gone_out(session: Session) -> None:
    order = make_order(session)
    finish(session, order, 1, "66", 10)
    sent = ship(session, order, s66=4)
    (matrix,) = queries.matrices(session, order)
    row = matrix.rows[0]
    cell = row.cells[2]
    assert (cell.ordered, cell.on_rail, cell.shipped, cell.left, cell.ready) == (15, 6, 4, 11, 6)
    assert (row.sum("ordered"), row.sum("shipped"), matrix.sum("ordered")) == (45, 4, 117)
    assert matrix.column(matrix.style.sizes[2], "ordered") == 41
    assert domain.ready((matrix,)) == {(1, "66"): 6}
    (note,) = queries.shipped_matrices(session, order, sent)
    assert (note.sum("shipped"), note.sum("on_rail")) == (4, 0)


def test_a_style_has_its_own_table(session: Session) -> None:
    make_style(session, "W-2602")
    lines = (*make_lines(BK=(1, 1)), *make_lines("W-2602", BK=(0, 2), GY=(3,)))
    order = make_order(session, lines=lines)
    first, second = queries.matrices(session, order)
    assert (first.style.number, first.sum("ordered")) == (STYLE, 2)
    assert (second.style.number, second.sum("ordered")) == ("W-2602", 5)
    assert [row.line.no for row in second.rows] == [2, 3]


def test_what_was_shipped_agrees_with_what_left_the_rail(session: Session) -> None:
    order = make_order(session)
    finish(session, order, 1, "66", 10)
    ship(session, order, s66=4)
    assert queries.recomputed(session) == ()
    records.append_shipment(
        session, Shipment(order.number, 2, now(), "nobody", ((1, "66", 1),)), new_id()
    )
    (found,) = queries.recomputed(session)
    assert (found.kind, found.key) == ("shipped", f"{order.number}/1/66")
    assert (found.kept, found.replayed) == ("4", "5")


# Customers


def test_customers_are_numbered_and_listed_by_name(session: Session) -> None:
    larch = make_customer(session, "Larch Street Shop", business_number="123-45-67891")
    apple = make_customer(session, "Apple Row")
    assert apple.number == larch.number + 1
    assert larch.business_number == "1234567891"
    assert queries.customers(session) == (apple, larch)
    assert queries.customer(session, larch.number) == larch


def test_a_customer_is_corrected_and_no_two_have_one_name(session: Session) -> None:
    larch, apple = make_customer(session), make_customer(session, "Apple Row")
    moved = replace(larch, address="2 Larch Street")
    assert service.change_customer(session, moved, by=SYSTEM, at=now()) == moved
    with pytest.raises(CustomerTwice):
        service.change_customer(session, replace(apple, name=larch.name), by=SYSTEM, at=now())
    with pytest.raises(CustomerTwice):
        service.add_customer(session, Customer(0, larch.name), by=SYSTEM, at=now())
    with pytest.raises(BusinessNumberWrong):
        service.add_customer(session, Customer(0, "Quince", "12"), by=SYSTEM, at=now())
    with pytest.raises(NotFound):
        service.change_customer(session, Customer(999, "Quince"), by=SYSTEM, at=now())
    with pytest.raises(NotFound):
        queries.customer(session, 999)


def test_the_past_is_in_the_past(session: Session) -> None:
    make_style(session)
    entry = make_entry(customer=make_customer(session).number, due=date(2020, 1, 1))
    with pytest.raises(DueInThePast):
        service.take(session, entry, by=SYSTEM, at=now())
    assert session.query(OrderRow).count() == 0
    assert make_entry().due == DUE
