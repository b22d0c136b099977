"""Lays of orders, and where every coat of an order is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.orders import queries as orders
from factory.orders.domain import cell
from factory.production import records
from factory.production.domain.balance import CellState
from factory.production.domain.bundles import Bundle
from factory.production.domain.cutting import Lay, LayState
from factory.production.domain.progress import Progress
from factory.production.records import BundleRow, FoundRow, LayCutRow
from factory.stock import queries as stock
from factory.stock.domain import CellBalance

Found = Mapping[tuple[str, int, str], int]
"""Coats more than were counted at the cutting table, by order, line and size."""


def lays(session: Session, order: str) -> tuple[Lay, ...]:
    """The lays of an order, dropped ones too, by number."""
    return records.lays(session, order)


def lay(session: Session, lay_id: int) -> Lay:
    """One lay, or `NotFound`."""
    row = records.find_lay(session, lay_id)
    if row is None:
        raise NotFound(mark("lay"), lay_id)
    return records.lay_value(row, session.get(LayCutRow, lay_id))


def cut_so_far(session: Session, order: str) -> dict[tuple[int, str], int]:
    """Coats cut of each line and size of an order: plies times the garments in a ply."""
    return cut_of(lays(session, order))


def cut_of(some: Iterable[Lay]) -> Counter[tuple[int, str]]:
    """Coats that the lays of one order gave, by line and size."""
    found: Counter[tuple[int, str]] = Counter()
    for each in some:
        if each.state is LayState.CUT:
            for line, plies in each.cut:
                for size, garments in each.marker:
                    found[line, size] += plies * garments
    return found


def found_of(session: Session, *orders: str) -> Counter[tuple[str, int, str]]:
    """Coats more than were counted at the table, by order, line and size; of all orders or some."""
    key = (BundleRow.order, BundleRow.line, BundleRow.size)
    sums = (
        select(*key, func.sum(FoundRow.count))
        .join(FoundRow, FoundRow.bundle == BundleRow.code)
        .group_by(*key)
    )
    if orders:
        sums = sums.where(BundleRow.order.in_(orders))
    return Counter({(no, at, size): int(n) for no, at, size, n in session.execute(sums)})


def made_of(number: str, some: Iterable[Lay], found: Found) -> Counter[tuple[int, str]]:
    """Coats cut of an order with those found since, by line and size."""
    made = cut_of(some)
    for (order, line, size), count in found.items():
        if order == number:
            made[line, size] += count
    return made


def made_so_far(session: Session, order: str) -> Counter[tuple[int, str]]:
    """The same, looked up."""
    return made_of(order, lays(session, order), found_of(session, order))


def order_progress(session: Session, number: str) -> dict[str, CellState]:
    """Where every coat of an order is, by the name of its cell; from kept balances."""
    wanted = orders.order(session, number).cells()
    cut = {cell(number, *key): count for key, count in cut_so_far(session, number).items()}
    work = of_cells(records.bundles_where(session, BundleRow.order == number))
    names = tuple(dict.fromkeys((*wanted, *cut, *work)))
    held = stock.cell_balances(session, names)
    more = Counter({cell(*at): count for at, count in found_of(session, number).items()})
    return {
        name: state(
            wanted.get(name, 0), cut.get(name, 0), work.get(name, ()), held[name], more[name]
        )
        for name in names
    }


def of_cells(bundles: Iterable[tuple[Bundle, Progress]]) -> dict[str, list[Progress]]:
    """The progress of bundles, by the name of their cell."""
    found: dict[str, list[Progress]] = {}
    for kept, progress in bundles:
        found.setdefault(cell(kept.order, *kept.cell), []).append(progress)
    return found


def state(
    ordered: int, cut: int, work: Iterable[Progress], held: CellBalance, found: int = 0
) -> CellState:
    """One cell from its lays, its bundles and the rail, each counted on its own."""
    bundles = tuple(work)
    return CellState(
        ordered=ordered,
        cut=cut,
        found=found,
        wip_sewing=sum(progress.wip_sewing for progress in bundles),
        wip_finishing=sum(progress.wip_finishing for progress in bundles),
        first=held.first,
        second=held.second,
        shipped=held.shipped,
        sold=held.sold,
        scrapped=held.scrapped + sum(progress.scrapped for progress in bundles),
        lost=held.lost + sum(progress.lost for progress in bundles),
    )
