"""Plan a lay, record what was cut, and let the bundles go to the floor with their tickets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Routing, Style
from factory.db.session import hold
from factory.kernel.errors import Conflict, NotFound, Refused
from factory.kernel.ids import CodeKind, new_id, running_code
from factory.kernel.time import day_of
from factory.kernel.words import language, mark
from factory.materials import service as materials
from factory.orders import queries as orders
from factory.orders import service as order_service
from factory.orders.domain import Order, OrderKind, OrderState, refuse_work
from factory.production import queries, records
from factory.production.domain.bundles import Bundle, parts
from factory.production.domain.cutting import (
    Asked,
    LaidRoll,
    Lay,
    LayNotOpen,
    LayState,
    NewLay,
    OneStyleALay,
    RollsDoNotAdd,
    check_lay,
    plies_of,
    roll_field,
    stretches,
)
from factory.production.domain.progress import Progress, begun, moved
from factory.production.domain.scans import CUT, Scan
from factory.production.domain.way import Way
from factory.production.records import LayCutRow, LayRow
from factory.production.service import papers
from factory.security import service as security
from factory.security.domain import Actor


def plan_lay(session: Session, new: NewLay, *, by: Actor, at: datetime) -> Lay:
    """Say what is to be laid and cut for an order; nothing is cut yet.

    `Conflict` where another lay was planned since she looked, from a second window or twice.
    """
    hold(session, "order", new.order)
    _refuse_changed(session, new)
    order = orders.order(session, new.order)
    refuse_work(order)
    style = _style(session, order, new)
    catalogue.routing(session, style.number)
    if order.kind is OrderKind.MADE:
        new = replace(new, bundle_size=1)  # each coat has measures of its own
    check_lay(new, _asked(session, order, style, new))
    order_of = {size.label: size.seq for size in style.sizes}
    marker = sorted(
        ((size, count) for size, count in new.marker.items() if count),
        key=lambda part: order_of[part[0]],
    )
    row = records.append_lay(
        session, new, style.number, marker, planned_at=at, planned_by=by.name[:60]
    )
    security.record(session, by, "plan_lay", _called(row), at=at)
    return records.lay_value(row, None)


def _refuse_changed(session: Session, new: NewLay) -> None:
    if new.seen is not None and new.seen != records.last_lay(session, new.order):
        raise Conflict


def record_cut(
    session: Session,
    lay_id: int,
    actual_plies: Mapping[int, int],
    centimetres: int,
    rolls: Sequence[LaidRoll] = (),
    *,
    by: Actor,
    at: datetime,
) -> tuple[Bundle, ...]:
    """Keep what was cut: bundles come to be, cutting counts as done, tickets are printed.

    Where the rolls are known, their cloth goes from them and each shade gets bundles of its own.
    """
    row = _open(session, lay_id)
    order = orders.order(session, row.order)
    refuse_work(order)
    style = catalogue.style(session, row.style)
    cut = NewLay(
        order=row.order,
        line_plies=actual_plies,
        marker=dict(row.marker),
        bundle_size=row.bundle_size,
    )
    check_lay(cut, _asked(session, order, style, cut))
    plies = [(line, count) for line, count in sorted(actual_plies.items()) if count]
    laid = _from_rolls(session, row, order, dict(plies), rolls, by=by, at=at) if rolls else plies
    centimetres = sum(each.centimetres for each in rolls) if rolls else centimetres
    session.add(
        LayCutRow(lay_id=row.id, plies=plies, centimetres=centimetres, at=at, by=by.name[:60])
    )
    row.state = LayState.CUT
    session.flush()
    bundles = _bundle(session, row, order, laid, by=by, at=at)
    order_service.advance(session, order.number, OrderState.IN_CUTTING, by=by, at=at)
    security.record(session, by, "record_cut", _called(row), at=at, after=dict(plies))
    papers.print_tickets(session, bundles, order, style, by=by, at=at)
    return bundles


Laid = Sequence[tuple[int, int] | tuple[int, int, str]]
"""Order lines with their plies, and the shade where it is known, in the order they lie."""


def _from_rolls(
    session: Session,
    row: LayRow,
    order: Order,
    plies: Mapping[int, int],
    rolls: Sequence[LaidRoll],
    *,
    by: Actor,
    at: datetime,
) -> Laid:
    """Take the cloth of a lay from its rolls."""
    given = plies_of(rolls)
    for line in sorted(plies.keys() | given.keys()):
        wanted, found = plies.get(line, 0), given.get(line, 0)
        if wanted != found:
            colour = catalogue.style(session, row.style).colour(order.line(line).colour)
            raise RollsDoNotAdd(line, colour.called(language()), found, wanted)
    materials.hold_rolls(session, (each.roll for each in rolls))
    owner = order.customer.name if order.customer else ""
    shades: dict[int, str] = {}
    for place, each in enumerate(rolls, 1):
        move: dict[str, Any] = {
            "ref": _called(row),
            "owner": owner,
            "event_id": f"lay {row.id} {place}",
        }
        try:
            used = materials.cut_from(session, each.roll, each.centimetres, **move, by=by, at=at)
        except Refused as refusal:
            refusal.field = roll_field("roll" if refusal.field == "roll" else "used", place)
            raise
        shades[each.roll] = used.shade
    records.append_lay_rolls(session, row.id, rolls)
    return stretches(sorted(rolls, key=lambda each: each.line), shades)


def plan_and_cut(
    session: Session, new: NewLay, centimetres: int = 0, *, by: Actor, at: datetime
) -> tuple[Bundle, ...]:
    """Plan a lay and record at once that it was cut as planned."""
    lay = plan_lay(session, new, by=by, at=at)
    return record_cut(session, lay.id, dict(lay.planned), centimetres, by=by, at=at)


def drop_lay(session: Session, lay_id: int, *, by: Actor, at: datetime) -> Lay:
    """Give a planned lay up."""
    row = _open(session, lay_id)
    row.state = LayState.DROPPED
    session.flush()
    security.record(session, by, "drop_lay", _called(row), at=at)
    return records.lay_value(row, None)


def _open(session: Session, lay_id: int) -> LayRow:
    row = records.find_lay(session, lay_id)
    if row is None:
        raise NotFound(mark("lay"), lay_id)
    hold(session, "order", row.order)
    session.refresh(row)  # somebody else may have cut it before it was held
    if row.state is not LayState.PLANNED:
        raise LayNotOpen
    return row


def _called(row: LayRow) -> str:
    return f"order {row.order} lay {row.number}"


def _style(session: Session, order: Order, new: NewLay) -> Style:
    numbers = {order.line(no).style for no, plies in new.line_plies.items() if plies}
    if len(numbers) > 1:
        raise OneStyleALay
    style = catalogue.style(session, next(iter(numbers), order.lines[0].style))
    for size in new.marker:
        style.size(size)
    return style


def _asked(
    session: Session, order: Order, style: Style, new: NewLay
) -> dict[tuple[int, str], Asked]:
    cut = queries.made_so_far(session, order.number)
    spoken = language()
    return {
        (no, size): Asked(
            style.colour(order.line(no).colour).called(spoken),
            order.most_to_cut(no, size),
            cut.get((no, size), 0),
        )
        for no in new.line_plies
        if order.line(no).style == style.number
        for size in new.marker
    }


def _bundle(
    session: Session,
    row: LayRow,
    order: Order,
    plies: Laid,
    *,
    by: Actor,
    at: datetime,
) -> tuple[Bundle, ...]:
    routing = catalogue.routing(session, row.style)
    way = queries.way_of(session, routing.uid)
    hold(session, "bundles", "all")
    first = records.next_serial(session)
    found = tuple(_new(row, order, routing, plies))
    made, scans = [], []
    pay = queries.pay_mode(session, by.worker, day_of(at))
    for serial, fresh in enumerate(found, first):
        bundle = replace(fresh, code=running_code(CodeKind.BUNDLE, serial))
        progress, done = _at_the_table(way, routing, bundle, by, at)
        made.append((serial, bundle, progress))
        scans += [replace(scan, pay=pay) for scan in done]
    stations = {step.code: step.operation.station for step in routing.steps}
    records.append_bundles(session, made, stations, lay_id=row.id, at=at)
    records.append_scans(session, scans)
    return tuple(bundle for _, bundle, _ in made)


def _new(row: LayRow, order: Order, routing: Routing, plies: Laid) -> Iterator[Bundle]:
    found = tuple(parts(plies, row.marker, row.bundle_size))
    for number, part in enumerate(found, 1):
        yield Bundle(
            code="",
            order=order.number,
            line=part.line,
            style=row.style,
            colour=order.line(part.line).colour,
            size=part.size,
            lay=row.number,
            number=number,
            of=len(found),
            place=part.place,
            ply_from=part.ply_from,
            ply_to=part.ply_to,
            quantity=part.quantity,
            shade=part.shade,
            routing_uid=routing.uid,
            for_customer=order.kind.is_promised,
        )


def _at_the_table(
    way: Way, routing: Routing, bundle: Bundle, by: Actor, at: datetime
) -> tuple[Progress, list[Scan]]:
    """The steps at the cutting table count as done, for whoever cut."""
    progress, scans = begun(way, bundle.quantity), []
    for code in way.at_the_table:
        left = progress.steps[code].left
        if left:
            progress = moved(way, progress, code, good=left, rework=0)
            scans.append(
                Scan(
                    id=new_id(),
                    bundle=bundle.code,
                    operation=code,
                    worker=by.worker,
                    good=left,
                    rejects=(),
                    at=at,
                    received=at,
                    day=day_of(at),
                    source=CUT,
                    by=by.name[:60],
                    rate=routing.step(code).rate,
                )
            )
    return progress, scans
