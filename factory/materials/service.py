"""Take materials in, cut from rolls, count, throw away, send a customer's cloth back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import hold
from factory.materials import domain, queries, records
from factory.materials.domain import (
    BomItem,
    Kind,
    Material,
    MaterialTwice,
    NewRoll,
    NothingMoved,
    Price,
    Roll,
    RollInspection,
    RollUnknown,
    WhyMoved,
)
from factory.materials.records import BomRow, MaterialRow, RollMoveRow, RollRow
from factory.orders import service as orders
from factory.security import service as security
from factory.security.domain import Actor

orders.HOLDS_NAME.append(queries.brought)


def add_material(session: Session, new: Material, *, by: Actor, at: datetime) -> Material:
    """Keep a new cloth or trim."""
    hold(session, "material", new.number)
    if session.get(MaterialRow, new.number) is not None:
        raise MaterialTwice(number=new.number)
    row = MaterialRow(number=new.number, name=new.name, name_en=new.name_en)
    row.unit, row.use = new.unit, new.use
    session.add(row)
    session.flush()
    security.record(session, by, "add_material", f"material {new.number}", at=at)
    return new


def set_bom(session: Session, item: BomItem, *, by: Actor, at: datetime) -> None:
    """Say what one coat takes of a material; nothing takes the line away."""
    style = catalogue.style(session, item.style)
    if item.colour:
        style.colour(item.colour)
    if item.size:
        style.size(item.size)
    queries.material(session, item.material)
    hold(session, "bom", item.style)
    row = records.find_bom(session, item)
    before = row.each if row else 0
    if item.each and row is None:
        session.add(BomRow(**{name: getattr(item, name) for name in BomItem.__slots__}))
    elif item.each and row is not None:
        row.each, row.wastage = item.each, item.wastage
    elif row is not None:
        session.delete(row)
    session.flush()
    thing, now = f"style {item.style}", {item.material: item.each}
    security.record(session, by, "set_bom", thing, at=at, before=before, after=now)


def receive(session: Session, new: NewRoll, *, by: Actor, at: datetime, event_id: str) -> Roll:
    """A roll of cloth or a box of trims comes in."""
    queries.material(session, new.material)
    if not 0 < new.amount <= domain.MOST:
        raise NothingMoved
    if new.price is not None:
        domain.refuse_price(new.owner)
    hold(session, "rolls", "new")
    found = session.query(RollRow).filter_by(event_id=event_id).one_or_none()
    if found is not None:
        return queries.roll(session, found.number)
    row = records.append_roll(session, new, event_id=event_id, by=by.name, at=at)
    _move(session, row.number, Kind.RECEIVED, new.amount, by=by, at=at, event_id=event_id)
    security.record(session, by, "receive_roll", f"roll {row.number}", at=at, after=new.amount)
    if new.price is not None:
        price_roll(session, row.number, new.price, by=by, at=at)
    return queries.roll(session, row.number)


def price_roll(session: Session, number: int, price: Price, *, by: Actor, at: datetime) -> None:
    """Say what a roll was bought for, when the supplier's invoice is there or was wrong."""
    domain.refuse_price(_held(session, number).owner)
    before = queries.price(session, number)
    records.append_price(session, number, price, by=by.name, at=at)
    old, new = (
        each and {"won": each.each.won, "document": each.document} for each in (before, price)
    )
    security.record(session, by, "price_roll", f"roll {number}", at=at, before=old, after=new)


def hold_rolls(session: Session, numbers: Iterable[int]) -> None:
    """Before a lay of several rolls: nobody waits for it while it waits for them."""
    for number in sorted(set(numbers)):
        hold(session, "roll", number)


def cut_from(
    session: Session,
    number: int,
    amount: int,
    *,
    ref: str,
    owner: str,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Roll:
    """Cloth is laid for an order; `owner` is its customer, whose own cloth may be used."""
    found = _held(session, number)
    if records.moved_by(session, event_id, number) is None:
        domain.refuse_unfit(found)
        domain.taken(found, amount, owner)
        move: dict[str, Any] = {"by": by, "at": at, "event_id": event_id, "ref": ref}
        _move(session, number, Kind.LAID, -amount, **move)
    return queries.roll(session, number)


def count(
    session: Session,
    number: int,
    counted: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Roll:
    """Somebody measured what is left; the difference becomes a counter-entry."""
    found = _held(session, number)
    if not reason.strip():
        raise WhyMoved
    if counted < 0 or counted > domain.MOST:
        raise NothingMoved
    change = counted - found.left
    if change and records.moved_by(session, event_id, number) is None:
        move: dict[str, Any] = {"by": by, "at": at, "event_id": event_id, "reason": reason}
        _move(session, number, Kind.COUNTED, change, **move)
        before, after = found.left, counted
        thing = f"roll {number}"
        security.record(
            session, by, "count_roll", thing, at=at, reason=reason, before=before, after=after
        )
    return queries.roll(session, number)


def take_off(
    session: Session,
    number: int,
    kind: Kind,
    amount: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
) -> Roll:
    """Waste is thrown away, or a customer's cloth goes back to her."""
    found = _held(session, number)
    if not reason.strip():
        raise WhyMoved
    if records.moved_by(session, event_id, number) is None:
        domain.taken(found, amount, found.owner)
        move: dict[str, Any] = {"by": by, "at": at, "event_id": event_id, "reason": reason}
        _move(session, number, kind, -amount, **move)
        security.record(
            session, by, "take_off_roll", f"roll {number}", at=at, reason=reason, after=amount
        )
    return queries.roll(session, number)


def inspect(
    session: Session, number: int, found: RollInspection, *, by: Actor, at: datetime
) -> None:
    """Keep what was found on a roll; one that did not pass is cut no more."""
    roll = _held(session, number)
    queries.refuse_trim(session, roll)
    domain.check_inspection(roll, found)
    records.append_inspection(session, number, found, by=by.name, at=at)
    thing, after = f"roll {number}", {"points": found.points, "passed": found.passed}
    security.record(session, by, "inspect_roll", thing, at=at, reason=found.note, after=after)


def _held(session: Session, number: int) -> Roll:
    hold(session, "roll", number)
    found = records.rolls(session, number)
    if not found:
        raise RollUnknown
    return found[0]


def _move(
    session: Session,
    number: int,
    kind: Kind,
    amount: int,
    *,
    by: Actor,
    at: datetime,
    event_id: str,
    ref: str = "",
    reason: str = "",
) -> None:
    row = RollMoveRow(event_id=event_id, roll=number, kind=kind, amount=amount, ref=ref)
    row.reason, row.at, row.by = reason.strip()[:200], at, by.name[:60]
    records.append_move(session, row)
