"""Take, change, confirm, cancel and close orders; ship what is made; keep customers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade
from factory.db.session import hold
from factory.kernel.time import day_of
from factory.kernel.words import language
from factory.orders import domain, queries, records
from factory.orders.domain import (
    Customer,
    CustomerTwice,
    CustomerUnknown,
    Line,
    NewLine,
    NewOrder,
    NotOnTheRail,
    Order,
    OrderState,
    OrderUnknown,
    Shipment,
    cell,
)
from factory.orders.domain.agreed import Agreed, check_agreed, prices_on, with_agreed
from factory.orders.domain.changes import (
    Change,
    NothingChanged,
    amended,
    changed_cells,
    checked_reason,
    refuse_amend,
)
from factory.orders.records import CustomerRow, OrderRow
from factory.security import service as security
from factory.security.domain import Actor
from factory.stock import service as stock
from factory.stock.domain import NotInStock


def add_customer(session: Session, entry: Customer, *, by: Actor, at: datetime) -> Customer:
    """Keep a new customer; the number is given here, whatever the entry says."""
    hold(session, "customers", 1)
    _refuse_name(session, entry)
    row = CustomerRow(number=records.next_customer(session))
    _write_customer(row, entry)
    session.add(row)
    session.flush()
    security.record(session, by, "add_customer", f"customer {row.number}", at=at)
    return row.value()


HOLDS_NAME: list[Callable[[Session, str], bool]] = []
"""Other rooms that keep something under a customer's name."""


def change_customer(session: Session, entry: Customer, *, by: Actor, at: datetime) -> Customer:
    """Correct what is kept of the customer with the entry's number."""
    row = records.find_customer(session, entry.number)
    if row is None:
        raise CustomerUnknown(entry.number)
    _refuse_name(session, entry)
    if entry.name != row.name and any(holds(session, row.name) for holds in HOLDS_NAME):
        raise domain.NameInUse(name=row.name)
    _write_customer(row, entry)
    session.flush()
    security.record(session, by, "change_customer", f"customer {row.number}", at=at)
    return row.value()


def _refuse_name(session: Session, entry: Customer) -> None:
    same = records.find_customer_named(session, entry.name)
    if same is not None and same.number != entry.number:
        raise CustomerTwice(name=entry.name)


def _write_customer(row: CustomerRow, entry: Customer) -> None:
    row.name, row.phone, row.address = entry.name, entry.phone, entry.address
    row.business_number = domain.business_number(entry.business_number)


def agree_price(session: Session, number: int, new: Agreed, *, by: Actor, at: datetime) -> Agreed:
    """Keep what a customer pays for a style from a day on; orders already taken stay."""
    row = records.find_customer(session, number)
    if row is None:
        raise CustomerUnknown(number)
    catalogue.style(session, new.style)
    check_agreed(new, today=day_of(at))
    kept = replace(new, by=by.name[:60])
    records.append_agreed(session, row, kept, at)
    thing = f"customer {number} {new.style}"
    security.record(session, by, "agree_price", thing, at=at, after=new.price.won)
    return kept


def take(session: Session, entry: NewOrder, *, by: Actor, at: datetime) -> Order:
    """Write an order down as a draft; nothing is promised yet."""
    lines = _lines(session, entry, at)
    year = day_of(at).year
    hold(session, "orders", year)
    running = records.next_running(session, year)
    row = OrderRow(number=domain.order_number(year, running), year=year, running=running)
    row.state, row.taken_at = OrderState.DRAFT, at
    _write_head(session, row, entry)
    session.add(row)
    session.flush()
    records.write_lines(session, row, lines)
    security.record(session, by, "take_order", f"order {row.number}", at=at)
    return row.value()


def change(session: Session, number: str, entry: NewOrder, *, by: Actor, at: datetime) -> Order:
    """Write a draft anew; what is confirmed is refused."""
    row = _held(session, number)
    before = row.value()
    domain.refuse_change(before)
    lines = _lines(session, entry, at)
    _write_head(session, row, entry)
    records.write_lines(session, row, lines)
    after = row.value()
    security.record(
        session,
        by,
        "change_order",
        f"order {number}",
        at=at,
        before=_summary(before),
        after=_summary(after),
    )
    return after


def amend(
    session: Session, number: str, entry: NewOrder, reason: str, *, by: Actor, at: datetime
) -> Order:
    """Change a promised order: once cloth is cut only to more coats; the change stays kept.

    For whom it is stays as it was.
    """
    row = _held(session, number)
    before = row.value()
    refuse_amend(before)
    why = checked_reason(reason)
    customer = before.customer.number if before.customer else None
    wanted = replace(entry, kind=before.kind, customer=customer)
    lines = amended(before, _lines(session, wanted, at))
    cells = changed_cells(before.lines, lines)
    if not cells and _as_before(before, wanted, lines):
        raise NothingChanged
    _write_head(session, row, wanted)
    records.write_lines(session, row, lines)
    change = Change(at, by.name[:60], why, before.due, entry.due, cells)
    records.append_change(session, number, change)
    what, old, new = f"order {number}", _summary(before), _summary(row.value())
    security.record(session, by, "amend_order", what, at=at, reason=why, before=old, after=new)
    return row.value()


def _as_before(before: Order, wanted: NewOrder, lines: tuple[Line, ...]) -> bool:
    head = (wanted.due, wanted.deposit, wanted.tolerance_percent, wanted.note.strip())
    was = (before.due, before.deposit, before.tolerance_percent, before.note)
    return head == was and lines == before.lines


def confirm(session: Session, number: str, *, by: Actor, at: datetime) -> Order:
    """Promise a draft: from now on it can be cut; once more changes nothing."""
    row = _held(session, number)
    draft = row.value()
    state = domain.confirmed(draft, today=day_of(at))
    _refuse_unmakable(session, draft.lines)
    return _move(session, row, state, "", by, at)


def cancel(session: Session, number: str, reason: str, *, by: Actor, at: datetime) -> Order:
    """Make nothing of an order, as long as no cloth is cut."""
    row = _held(session, number)
    return _move(session, row, domain.cancelled(row.value(), reason), reason, by, at)


def close(session: Session, number: str, reason: str, *, by: Actor, at: datetime) -> Order:
    """Make nothing more of an order; short of what was ordered only with a reason."""
    row = _held(session, number)
    return _move(session, row, domain.closed(row.value(), reason), reason, by, at)


def advance(
    session: Session, number: str, state: OrderState, *, by: Actor, at: datetime
) -> OrderState:
    """Bring an order forward as far as the floor has come; never back, once more changes nothing.

    One small look-up where nothing changes, so that it may be asked at every scan.
    """
    now = records.state_of(session, number)
    if now is None:
        raise OrderUnknown(number)
    if domain.advanced(number, now, state) is not now:
        row = _held(session, number)
        _move(session, row, domain.advanced(number, row.state, state), "", by, at)
        return row.state
    return now


def ship(
    session: Session,
    number: str,
    going: Mapping[tuple[int, str], int],
    *,
    event_id: str,
    by: Actor,
    at: datetime,
) -> Shipment:
    """Send coats of first quality to the customer; with the last one the order is closed."""
    row = _held(session, number)
    earlier = records.find_shipment(session, event_id)
    if earlier is not None:
        return earlier.value()
    order, before = row.value(), records.shipped(session, number)
    parts = domain.to_ship(order, before, going)
    shipment = Shipment(
        number,
        len(records.shipments_of(session, number)) + 1,
        at,
        by.name,
        tuple((line.no, size, quantity) for line, size, quantity in parts),
    )
    _leave_the_rail(session, shipment, parts, event_id, by)
    records.append_shipment(session, shipment, event_id)
    if domain.is_all_shipped(order, queries.shipped(session, number)):
        _move(session, row, OrderState.CLOSED, "", by, at)
    return shipment


def _leave_the_rail(
    session: Session,
    shipment: Shipment,
    parts: tuple[tuple[Line, str, int], ...],
    event_id: str,
    by: Actor,
) -> None:
    """Each cell's coats of first quality leave, and only those made for it."""
    coats = [
        catalogue.item_of(session, line.style, line.colour, size, Grade.FIRST).code
        for line, size, _ in parts
    ]
    stock.hold_coats(session, coats)
    for code, (line, size, quantity) in zip(coats, parts, strict=True):
        lot = cell(shipment.order, line.no, size)
        number, at = shipment.number, shipment.at
        try:
            stock.ship(session, code, quantity, lot, number, event_id=event_id, by=by, at=at)
        except NotInStock as short:
            raise _short(session, line, size, short, quantity) from None


def _short(session: Session, line: Line, size: str, short: NotInStock, asked: int) -> NotOnTheRail:
    """The same with the coat's name, beside its field."""
    colour = catalogue.style(session, line.style).colour(line.colour).called(language())
    return NotOnTheRail(line.no, colour, size, short.values["there"], asked)


def _held(session: Session, number: str) -> OrderRow:
    hold(session, "order", number)
    row = records.find_order(session, number, anew=True)
    if row is None:
        raise OrderUnknown(number)
    return row


def _move(
    session: Session, row: OrderRow, state: OrderState, reason: str, by: Actor, at: datetime
) -> Order:
    before = row.state
    if state is before:
        return row.value()
    row.state = state
    session.flush()
    security.record(
        session,
        by,
        "move_order",
        f"order {row.number}",
        at=at,
        reason=reason.strip(),
        before=before.value,
        after=state.value,
    )
    return row.value()


def _lines(session: Session, entry: NewOrder, at: datetime) -> tuple[Line, ...]:
    day, number = day_of(at), entry.customer
    agreed = prices_on(records.agreed_of(session, number), day) if number is not None else {}
    filled = with_agreed(entry, agreed)
    made = replace(filled, lines=tuple(_in_run(session, line) for line in filled.lines))
    lines = domain.checked(made, today=day)
    _refuse_unmakable(session, lines)
    return lines


def _refuse_unmakable(session: Session, lines: Iterable[Line]) -> None:
    """Nothing is promised of which nobody knows how it is made."""
    for style in sorted({line.style for line in lines}):
        if catalogue.newest_routing(session, style) is None:
            raise domain.NoWayOfWork(style=style)


def _in_run(session: Session, line: NewLine) -> NewLine:
    """The line with its sizes in the size run's order; unknown colours and sizes are refused."""
    style = catalogue.style(session, line.style)
    style.colour(line.colour)
    place = {size.label: size.seq for size in style.sizes}
    for label, _ in line.cells:
        style.size(label)
    return replace(line, cells=tuple(sorted(line.cells, key=lambda part: place[part[0]])))


def _write_head(session: Session, row: OrderRow, entry: NewOrder) -> None:
    row.kind, row.due, row.deposit = entry.kind, entry.due, entry.deposit
    row.tolerance_percent, row.note = entry.tolerance_percent, entry.note.strip()
    row.customer = None
    if entry.customer is not None:
        row.customer = records.find_customer(session, entry.customer)
        if row.customer is None:
            raise CustomerUnknown(entry.customer)


def _summary(order: Order) -> dict[str, object]:
    """What the audit shows of a draft."""
    return {
        "due": order.due.isoformat(),
        "coats": order.quantity,
        "worth": order.worth.won,
        "deposit": order.deposit.won,
    }
