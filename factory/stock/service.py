"""Coats come to the rail and leave it; every movement is a fact and counts once.

Each function takes an `event_id`, made where the event began: the same event moves the same coat
only once, and a second call gives back what the first one did. An event may move several coats, but
each coat only once (add its lines up first). Whoever moves several coats in one transaction takes
them in the order of their codes, or calls `hold_coats` first, so that two tills never wait for each
other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Grade, Item
from factory.db.session import hold
from factory.kernel.ids import new_id
from factory.kernel.words import say
from factory.security import service as security
from factory.security.domain import Actor
from factory.stock import domain, records
from factory.stock.domain import FOUND, CountBelowZero, Kind, Lots, WhyIsMissing
from factory.stock.records import MovementRow, PlaceRow


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """What a movement's rows have in common."""

    event_id: str
    kind: Kind
    item: str
    ref: str = ""
    reason: str = ""
    by: Actor
    at: datetime


def hold_coats(session: Session, codes: Iterable[str]) -> None:
    """Let nobody else move these coats until the transaction ends."""
    for code in sorted(set(codes)):
        hold(session, "stock", code)


def receive_finished(
    session: Session,
    item_code: str,
    quantity: int,
    lot: str,
    *,
    for_customer: bool,
    event_id: str,
    by: Actor,
    at: datetime,
) -> Lots:
    """Finished coats of an order's cell come to the rail."""
    event = _Event(event_id=event_id, kind=Kind.RECEIVED, item=item_code, by=by, at=at)
    done = _done(session, event)
    if done:
        return done
    lots = ((lot, domain.checked_quantity(quantity)),)
    return _move(session, event, lots, for_customer=for_customer)


def take_back(
    session: Session,
    item_code: str,
    quantity: int,
    lot: str,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
) -> Lots:
    """Finished coats go back into work: the undo of a receipt; refused when they have left."""
    event = _Event(event_id=event_id, kind=Kind.TAKEN_BACK, item=item_code, by=by, at=at)
    return _move_out(session, event, quantity, lot)


def ship(
    session: Session,
    item_code: str,
    quantity: int,
    lot: str,
    ref: str,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
) -> Lots:
    """Coats of an order's cell leave for the customer; `ref` is the delivery note."""
    event = _Event(event_id=event_id, kind=Kind.SHIPPED, item=item_code, ref=ref, by=by, at=at)
    return _move_out(session, event, quantity, lot)


def sell(
    session: Session,
    item_code: str,
    quantity: int,
    ref: str,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
    lot: str | None = None,
    known: Item | None = None,
) -> Lots:
    """Coats are sold in the shop, season stock first; `ref` is the receipt.

    What was made to order leaves from its own lot. A coat that the caller
    knows already is not looked up again.
    """
    event = _Event(event_id=event_id, kind=Kind.SOLD, item=item_code, ref=ref, by=by, at=at)
    return _move_out(session, event, quantity, lot, known)


def sell_unseen(
    session: Session,
    item_code: str,
    quantity: int,
    ref: str,
    *,
    word: str,
    event_id: str,
    by: Actor,
    at: datetime,
) -> Lots:
    """Sell coats on a manager's word, also those that the books do not know of.

    What is missing is found first, by a counter-entry, so that no balance falls below zero; the
    coat is marked to be counted.
    """
    hold(session, "stock", item_code)
    done = records.moved_by(session, event_id, item_code)
    there = sum(row.on_hand for row in records.balances(session, item_code))
    if not done and quantity > there:
        found = _Event(
            event_id=f"{event_id}-found",
            kind=Kind.COUNTED,
            item=item_code,
            ref=ref,
            reason=say("Sold on {name}'s word; please count it", name=word)[:200],
            by=by,
            at=at,
        )
        missed = records.net_by_lot(session, item_code, (Kind.COUNTED,))
        _move(session, found, domain.put_back(missed, quantity - there))
        thing, now = f"coat {item_code}", {"found": quantity - there, "manager": word}
        security.record(session, by, "sell_unseen", thing, at=at, before=there, after=now)
    return sell(session, item_code, quantity, ref, event_id=event_id, by=by, at=at)


def give_back(
    session: Session,
    item_code: str,
    quantity: int,
    ref: str,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
    lots: Lots | None = None,
) -> Lots:
    """A customer brings coats back that she bought under `ref`; they hang where they hung before.

    Without `lots` they go back to those that the sale under the same `ref` took them from; more
    than were taken is refused. With `lots` (what `sell` has answered) they go into those.
    """
    event = _Event(event_id=event_id, kind=Kind.RETURNED, item=item_code, ref=ref, by=by, at=at)
    done = _done(session, event)
    if done:
        return done
    sold = lots or records.net_by_lot(session, item_code, (Kind.SOLD, Kind.RETURNED), ref)
    return _move(session, event, domain.given_back(sold, quantity, ref))


def downgrade(
    session: Session,
    item_code: str,
    lots: Lots,
    ref: str,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
) -> str:
    """Coats of these lots have a flaw: they hang as second grade from now on; gives its code."""
    item = catalogue.item(session, item_code)
    second = catalogue.item_of(session, item.style, item.colour, item.size, Grade.SECOND).code
    if second == item_code:
        return second
    out, into = (
        _Event(event_id=event_id, kind=Kind.REGRADED, item=code, ref=ref, by=by, at=at)
        for code in (item_code, second)
    )
    hold_coats(session, (item_code, second))
    if not _done(session, out):
        _move(session, out, lots, sign=-1)
        _move(session, into, lots)
    return second


def scrap(
    session: Session,
    item_code: str,
    quantity: int,
    reason: str,
    *,
    event_id: str,
    by: Actor,
    at: datetime,
    lot: str | None = None,
) -> Lots:
    """Coats are beyond use and leave the rail; from one lot, or as a sale would take them."""
    event = _Event(
        event_id=event_id,
        kind=Kind.SCRAPPED,
        item=item_code,
        reason=_why(reason),
        by=by,
        at=at,
    )
    done = _done(session, event)
    if done:
        return done
    security.record(session, by, "scrap", f"coat {item_code}", at=at, reason=event.reason)
    return _move_out(session, event, quantity, lot)


def count(
    session: Session,
    item_code: str,
    counted: int,
    reason: str,
    *,
    by: Actor,
    at: datetime,
    event_id: str | None = None,
) -> int:
    """Somebody counted; the difference becomes a counter-entry. Returns it: negative is missing."""
    event = _Event(
        event_id=event_id or new_id(),
        kind=Kind.COUNTED,
        item=item_code,
        reason=_why(reason),
        by=by,
        at=at,
    )
    if counted < 0:
        raise CountBelowZero
    if _done(session, event):
        return 0
    there = sum(row.on_hand for row in records.balances(session, item_code))
    difference = counted - there
    if difference:
        thing = f"coat {item_code}"
        security.record(
            session, by, "count", thing, at=at, reason=event.reason, before=there, after=counted
        )
    if difference < 0:
        _move_out(session, event, -difference)
    if not difference and item_code in records.to_count(session):
        _move(session, event, ((FOUND, 0),))
    if difference > 0:
        missed = records.net_by_lot(session, item_code, (Kind.COUNTED,))
        _move(session, event, domain.put_back(missed, difference))
    return difference


def _why(reason: str) -> str:
    if not reason.strip():
        raise WhyIsMissing
    return reason.strip()


def _done(session: Session, event: _Event) -> Lots:
    """Hold the coat; what this event has moved of it already."""
    hold(session, "stock", event.item)
    return records.moved_by(session, event.event_id, event.item)


def _move_out(
    session: Session,
    event: _Event,
    quantity: int,
    lot: str | None = None,
    known: Item | None = None,
) -> Lots:
    """Coats leave the rail, once: what this event has taken already is not taken again."""
    hold(session, "stock", event.item)
    rail = records.rail(session, event.item, event.event_id)
    if rail.moved:
        return rail.moved
    there = [balance for balance in rail.balances if lot in {None, balance.lot}]
    lots = domain.draw(there, quantity)
    item = known or catalogue.item(session, event.item)
    second = item.grade is Grade.SECOND
    taken = [_facts(event, lot, -quantity, second=second) for lot, quantity in lots]
    records.append_taken(session, taken)
    return lots


def _move(
    session: Session,
    event: _Event,
    lots: Lots,
    *,
    sign: int = 1,
    for_customer: bool = False,
) -> Lots:
    second = catalogue.item(session, event.item).grade is Grade.SECOND
    rows = [
        MovementRow(**_facts(event, lot, sign * quantity, second=second)) for lot, quantity in lots
    ]
    records.append(session, rows, for_customer=for_customer)
    return lots


def _facts(event: _Event, lot: str, quantity: int, *, second: bool) -> dict[str, Any]:
    return {
        "event_id": event.event_id,
        "item": event.item,
        "lot": lot,
        "kind": event.kind,
        "quantity": quantity,
        "second": second,
        "ref": event.ref,
        "reason": event.reason,
        "by": event.by.name,
        "at": event.at,
    }


def hang_at(session: Session, code: str, place: str, *, by: Actor, at: datetime) -> None:
    """Say where a kind of coat hangs: rail and place, as it is written there."""
    item = catalogue.item(session, code)
    session.add(PlaceRow(item=item.code, place=place.strip()[:20], by=by.name[:60], at=at))
    session.flush()
    security.record(session, by, "hang_at", f"coat {item.code}", at=at, after=place.strip())
