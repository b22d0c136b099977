"""Load and keep lays, and the bundles that come of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from factory.catalogue.domain import Station
from factory.db import quick
from factory.production.domain.bundles import Bundle
from factory.production.domain.cutting import LaidRoll, Lay, LayState, NewLay
from factory.production.domain.progress import Progress
from factory.production.domain.tickets import ticket_code
from factory.production.records.scanning import balance_values, step_values
from factory.production.records.tables import (
    BundleBalanceRow,
    BundleRow,
    LayCutRow,
    LayRollRow,
    LayRow,
    StepBalanceRow,
    TicketRow,
)


def append_lay(
    session: Session, new: NewLay, style: str, marker: Sequence[tuple[str, int]], **made: Any
) -> LayRow:
    """Keep a planned lay; its number runs within the order."""
    number = last_lay(session, new.order) + 1
    row = LayRow(order=new.order, number=number, style=style, marker=list(marker), **made)
    row.planned = [(line, plies) for line, plies in sorted(new.line_plies.items()) if plies]
    row.bundle_size, row.state = new.bundle_size, LayState.PLANNED
    session.add(row)
    session.flush()
    return row


def last_lay(session: Session, order: str) -> int:
    """The number of an order's last lay, dropped ones too; 0 where there is none yet."""
    last = session.scalar(select(func.max(LayRow.number)).where(LayRow.order == order))
    return last or 0


def find_lay(session: Session, lay_id: int) -> LayRow | None:
    """Look a lay up."""
    return session.get(LayRow, lay_id)


def lays(session: Session, *orders: str) -> tuple[Lay, ...]:
    """The lays of some orders, dropped ones too, by number."""
    statement = (
        select(LayRow, LayCutRow)
        .outerjoin(LayCutRow, LayCutRow.lay_id == LayRow.id)
        .order_by(LayRow.order, LayRow.number)
    )
    if orders:
        statement = statement.where(LayRow.order.in_(orders))
    return tuple(lay_value(row, cut) for row, cut in session.execute(statement))


def lay_value(row: LayRow, cut: LayCutRow | None) -> Lay:
    """A lay as a value, with what was cut if it was."""
    return Lay(
        row.id,
        row.order,
        row.number,
        row.style,
        _pairs(row.marker),
        _pairs(row.planned),
        row.bundle_size,
        row.state,
        _pairs(cut.plies) if cut else (),
        cut.centimetres if cut else 0,
        cut.at if cut else None,
    )


def _pairs(kept: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return tuple(tuple(pair) for pair in kept)


def append_lay_rolls(session: Session, lay_id: int, rolls: Iterable[LaidRoll]) -> None:
    """Keep which rolls the plies of a lay came from."""
    for place, each in enumerate(rolls, 1):
        row = LayRollRow(lay_id=lay_id, place=place, line=each.line, roll=each.roll)
        row.plies, row.centimetres = each.plies, each.centimetres
        session.add(row)
    session.flush()


def lay_rolls(session: Session) -> dict[int, list[LaidRoll]]:
    """The rolls of every lay that was cut from known ones."""
    found: dict[int, list[LaidRoll]] = {}
    for row in session.scalars(select(LayRollRow).order_by(LayRollRow.lay_id, LayRollRow.place)):
        found.setdefault(row.lay_id, []).append(row.value())
    return found


def next_serial(session: Session) -> int:
    """The next running number, which no bundle and no ticket has yet."""
    taken = (session.scalar(select(func.max(row.serial))) or 0 for row in (BundleRow, TicketRow))
    return max(taken) + 1


def append_bundles(
    session: Session,
    bundles: Sequence[tuple[int, Bundle, Progress]],
    stations: Mapping[str, Station],
    *,
    lay_id: int,
    at: datetime,
) -> None:
    """Keep new bundles with their balances, all at once."""
    rows = [
        {
            **{name: getattr(bundle, name) for name in Bundle.__dataclass_fields__},
            "serial": serial,
            "lay_id": lay_id,
            "cut_at": at,
        }
        for serial, bundle, _ in bundles
    ]
    session.execute(insert(BundleRow), rows)
    session.execute(
        insert(BundleBalanceRow),
        [{"bundle": bundle.code, **balance_values(progress)} for _, bundle, progress in bundles],
    )
    session.execute(
        insert(StepBalanceRow),
        [
            {"bundle": bundle.code, "operation": code, "station": stations[code]}
            | step_values(step)
            for _, bundle, progress in bundles
            for code, step in progress.steps.items()
        ],
    )


def lay_id_of(session: Session, code: str) -> int:
    """The lay that a bundle was cut from."""
    return session.scalars(select(BundleRow.lay_id).where(BundleRow.code == code)).one()


def append_ticket(session: Session, bundle: str, *, by: str, at: datetime) -> TicketRow:
    """Keep that a ticket is printed: the first with the bundle's number, others with the next."""
    last = session.scalar(select(func.max(TicketRow.issue)).where(TicketRow.bundle == bundle))
    if last is None:
        serial = session.scalars(select(BundleRow.serial).where(BundleRow.code == bundle)).one()
    else:
        serial = next_serial(session)
    row = TicketRow(bundle=bundle, issue=(last or 0) + 1, serial=serial, at=at, by=by[:60])
    row.code = ticket_code(serial)
    session.add(row)
    session.flush()
    return row


def tickets(session: Session, codes: Iterable[str] | None = None) -> dict[str, TicketRow]:
    """The newest ticket of bundles whose first one was replaced."""
    newest = select(TicketRow).where(TicketRow.issue > 1).order_by(TicketRow.issue)
    if codes is not None:
        newest = newest.where(TicketRow.bundle.in_(list(codes)))
    return {row.bundle: row for row in session.scalars(newest)}


def bundles_of_tickets(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Which bundle each of some newer tickets stands for."""
    found = select(TicketRow.code, TicketRow.bundle).where(TicketRow.code.in_(list(codes)))
    return dict(session.execute(found).all())


_TOLD = (
    select(TicketRow.bundle)
    .where(TicketRow.code == bindparam("told"), TicketRow.issue > 1)
    .scalar_subquery()
)
_NEWEST = (
    select(TicketRow.bundle, TicketRow.code, TicketRow.by, TicketRow.at)
    .where(TicketRow.bundle == func.coalesce(_TOLD, bindparam("told")))
    .order_by(TicketRow.issue.desc())
    .limit(1)
)


def newest_ticket(session: Session, code: str) -> Any:
    """The ticket that holds now of the bundle which another ticket stands for, if any is kept."""
    return quick.first(session, _NEWEST, {"told": code})
