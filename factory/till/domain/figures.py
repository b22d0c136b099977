"""What was sold by day, hour, cashier, coat and tender: sums that a day's close keeps for good."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from factory.kernel.money import ZERO, Money
from factory.kernel.time import day_of, local
from factory.till.domain.receipt import Slip
from factory.till.domain.sale import LineKind


class Cut(StrEnum):
    """By what a figure is summed."""

    DAY = "day"
    HOUR = "hour"
    CASHIER = "cashier"
    COAT = "coat"
    TENDER = "tender"
    OTHER = "other"
    """Work and deposits: what is no coat."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one thing came to on a day, net of what came back."""

    day: date
    cut: Cut
    key: str
    sales: int = 0
    returns: int = 0
    coats: int = 0
    total: Money = ZERO
    vat: Money = ZERO

    def plus(self, other: Figure) -> Figure:
        """Both together, under this one's name."""
        return replace(
            self,
            sales=self.sales + other.sales,
            returns=self.returns + other.returns,
            coats=self.coats + other.coats,
            total=self.total + other.total,
            vat=self.vat + other.vat,
        )

    @property
    def supply(self) -> Money:
        """The value of supply: the total without the tax."""
        return self.total - self.vat


@dataclass(frozen=True, slots=True)
class Moved:
    """A receipt as figures need it; of a return everything stands below zero."""

    kind: Slip
    at: datetime
    by: str
    total: Money
    vat: Money
    lines: tuple[tuple[LineKind, str, int, Money], ...]
    """What for, which coat, quantity, amount."""
    tenders: tuple[tuple[str, Money], ...]


def figures(receipts: Iterable[Moved]) -> tuple[Figure, ...]:
    """The sums of some receipts, by every cut, in a fixed order."""
    found: dict[tuple[date, Cut, str], Figure] = {}
    for receipt in receipts:
        for part in _parts(receipt):
            key = (part.day, part.cut, part.key)
            found[key] = found[key].plus(part) if key in found else part
    return tuple(found[key] for key in sorted(found))


def _parts(receipt: Moved) -> Iterable[Figure]:
    day = day_of(receipt.at)
    sales, returns = int(receipt.kind is Slip.SALE), int(receipt.kind is Slip.RETURN)
    coats = sum(quantity for kind, _, quantity, _ in receipt.lines if kind is LineKind.COAT)
    whole = (sales, returns, coats, receipt.total, receipt.vat)
    yield Figure(day, Cut.DAY, "", *whole)
    yield Figure(day, Cut.HOUR, f"{local(receipt.at):%H}", *whole)
    yield Figure(day, Cut.CASHIER, receipt.by, *whole)
    for kind, code, quantity, amount in receipt.lines:
        if kind is LineKind.COAT:
            yield Figure(day, Cut.COAT, code, sales, returns, quantity, amount)
        else:
            yield Figure(day, Cut.OTHER, kind.value, sales, returns, 0, amount)
    for tender, kept in receipt.tenders:
        yield Figure(day, Cut.TENDER, tender, sales, returns, 0, kept)


def by_key(found: Iterable[Figure], cut: Cut) -> tuple[Figure, ...]:
    """All days together, by what they are cut by."""
    sums: dict[str, Figure] = {}
    for figure in found:
        if figure.cut is cut:
            sums[figure.key] = sums[figure.key].plus(figure) if figure.key in sums else figure
    return tuple(sums[key] for key in sorted(sums))


def by_day(found: Iterable[Figure]) -> tuple[Figure, ...]:
    """The days, the oldest first; quiet ones are left out."""
    sums: dict[date, Figure] = {}
    for figure in found:
        if figure.cut is Cut.DAY:
            sums[figure.day] = sums[figure.day].plus(figure) if figure.day in sums else figure
    return tuple(sums[day] for day in sorted(sums))


def by_quarter(found: Iterable[Figure]) -> tuple[tuple[str, Figure], ...]:
    """Quarters of the tax year, `2026 Q4`, with value of supply and tax."""
    sums: dict[str, Figure] = {}
    for figure in by_day(found):
        name = f"{figure.day.year} Q{(figure.day.month + 2) // 3}"
        sums[name] = sums[name].plus(figure) if name in sums else figure
    return tuple(sorted(sums.items()))


@dataclass(frozen=True, slots=True)
class SoldOut:
    """How far a coat has sold: of all that hung there for the shop."""

    code: str
    sold: int
    there: int
    last: date

    @property
    def percent(self) -> int:
        """Sold, of what was sold and what still hangs there, in percent, cut down."""
        whole = self.sold + self.there
        return self.sold * 100 // whole if whole > 0 else 0


def sell_through(found: Iterable[Figure], there: dict[str, int]) -> tuple[SoldOut, ...]:
    """Coats by how far they have sold; of those that ran out, the first to do so is first."""
    sums: dict[str, Figure] = {}
    last: dict[str, date] = {}
    for figure in found:
        if figure.cut is Cut.COAT:
            sums[figure.key] = sums[figure.key].plus(figure) if figure.key in sums else figure
            last[figure.key] = max(figure.day, last.get(figure.key, figure.day))
    lines = (
        SoldOut(code, figure.coats, there.get(code, 0), last[code])
        for code, figure in sums.items()
        if figure.coats > 0
    )
    return tuple(sorted(lines, key=lambda each: (-each.percent, each.last, each.code)))
