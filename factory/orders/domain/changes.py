"""Changes of a promised order: the cut is the promise, so what is cut can only become more.

A line keeps its number for good, because lays and bundles carry it; a new colour gets the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from factory.kernel.errors import Refused
from factory.orders.domain.moves import refuse_work
from factory.orders.domain.order import Line, Order
from factory.orders.domain.refusals import OrderClosed, WhyNeeded
from factory.orders.domain.states import CUT, OrderState


class FewerThanPromised(Refused):
    """Cloth is cut already: {colour} {size} can't be fewer than {least}. Close it short instead."""


class NothingChanged(Refused):
    """Nothing would change."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed of a promised order, when, by whom and why."""

    at: datetime
    by: str
    reason: str
    due_before: date
    due_after: date
    cells: tuple[tuple[int, str, int, int], ...]
    """Line, size, coats before and after."""


def refuse_amend(order: Order) -> None:
    """Refuse to change what is a draft (that is written anew), over, or cancelled."""
    refuse_work(order)
    if order.state is OrderState.COMPLETE:
        raise OrderClosed(number=order.number)


def amended(order: Order, wanted: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with the new coats, each old one under its number."""
    new = {(line.style, line.colour): line for line in wanted}
    kept = tuple(
        _changed(order, line, new.pop((line.style, line.colour), None)) for line in order.lines
    )
    first = max(line.no for line in order.lines) + 1
    added = tuple(replace(line, no=no) for no, line in enumerate(new.values(), first))
    return (*(line for line in kept if line.cells), *added)


def _changed(order: Order, line: Line, new: Line | None) -> Line:
    after = dict(new.cells) if new else {}
    if order.state in CUT:
        for size, coats in line.cells:
            if after.get(size, 0) < coats:
                raise FewerThanPromised(colour=line.colour, size=size, least=coats)
    return replace(line, price=new.price, cells=new.cells) if new else replace(line, cells=())


def changed_cells(
    before: Iterable[Line], after: Iterable[Line]
) -> tuple[tuple[int, str, int, int], ...]:
    """What is different, cell by cell."""
    old = {(line.no, size): n for line in before for size, n in line.cells}
    new = {(line.no, size): n for line in after for size, n in line.cells}
    return tuple(
        (*key, old.get(key, 0), new.get(key, 0))
        for key in sorted(old.keys() | new.keys())
        if old.get(key, 0) != new.get(key, 0)
    )


def checked_reason(reason: str) -> str:
    """Why a promise is changed."""
    if not reason.strip():
        raise WhyNeeded
    return reason.strip()[:200]
