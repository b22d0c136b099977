"""What was sold in some days: by day, hour, cashier, style, size; the tax; what ran out first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Item
from factory.kernel.words import language, mark, say, show
from factory.reports.domain import Bar, bars
from factory.stock import queries as stock
from factory.till import queries as till
from factory.till.domain import figures
from factory.till.domain.figures import Cut, Figure, SoldOut
from factory.till.domain.sale import LineKind, TenderKind
from factory.web.spreadsheet import spreadsheet

MOST_BARS = 31
"""So many days a picture shows, the last ones."""
OTHERS = {
    LineKind.WORK: mark("Alterations and repairs"),
    LineKind.DEPOSIT: mark("Deposits, taken less used"),
}
EARLIEST = date(2020, 1, 1)
"""Sell-through counts from the first sale on."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its words and its figure."""

    name: str
    figure: Figure

    @property
    def short(self) -> str:
        """Its name in a picture: of a style the number alone."""
        return self.name.partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Through:
    """How far a coat has sold, by name."""

    name: str
    sold: SoldOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Selling:
    """Everything the page shows of some days."""

    first: date
    last: date
    whole: Figure | None
    days: tuple[Row, ...]
    picture: tuple[Bar, ...]
    hours: tuple[Row, ...]
    cashiers: tuple[Row, ...]
    styles: tuple[Row, ...]
    sizes: tuple[Row, ...]
    others: tuple[Row, ...]
    """Work and deposits: what is no coat."""
    tenders: tuple[Row, ...]
    quarters: tuple[Row, ...]
    through: tuple[Through, ...]

    def drawn(self, rows: tuple[Row, ...]) -> tuple[Bar, ...]:
        """Rows of one of these tables in thousands of won; what came back alone is nothing."""
        worth = ((row.short, max(row.figure.total.won, 0) // 1000) for row in rows)
        return bars(worth)


def selling(session: Session, first: date, last: date) -> Selling:
    """The sums of the days from one to another; of the quarters, their whole year."""
    found = till.figures(session, first, last)
    items = {item.code: item for item in catalogue.items(session)}
    names = {style.number: style.called(language()) for style in catalogue.styles(session)}
    days = tuple(Row(show(each.day), each) for each in figures.by_day(found))
    year = till.figures(session, date(first.year, 1, 1), date(last.year, 12, 31))
    return Selling(
        first=first,
        last=last,
        whole=_whole(days),
        days=days,
        picture=_picture(days, last),
        hours=_rows(found, Cut.HOUR, lambda hour: f"{hour}:00"),
        cashiers=_rows(found, Cut.CASHIER, str),
        styles=_coats(found, items, lambda item: f"{item.style} {names[item.style]}"),
        sizes=_coats(found, items, lambda item: item.size),
        others=_rows(found, Cut.OTHER, lambda kind: say(OTHERS[LineKind(kind)])),
        tenders=_rows(found, Cut.TENDER, lambda kind: show(TenderKind(kind))),
        quarters=tuple(Row(name, figure) for name, figure in figures.by_quarter(year)),
        through=sold_through(session),
    )


def _picture(rows: tuple[Row, ...], last: date) -> tuple[Bar, ...]:
    """The last days in thousands of won, quiet ones too, so that a bar is always as wide."""
    sold = {row.figure.day: row.figure.total.won // 1000 for row in rows}
    drawn = (last - timedelta(days=back) for back in reversed(range(MOST_BARS)))
    return bars((f"{day:%-m/%-d}", sold.get(day, 0)) for day in drawn)


def _whole(days: tuple[Row, ...]) -> Figure | None:
    whole: Figure | None = None
    for row in days:
        whole = row.figure if whole is None else whole.plus(row.figure)
    return whole


def _rows(found: Iterable[Figure], cut: Cut, name: Callable[[str], str]) -> tuple[Row, ...]:
    return tuple(Row(name(each.key), each) for each in figures.by_key(found, cut))


def _coats(
    found: Iterable[Figure], items: dict[str, Item], name: Callable[[Item], str]
) -> tuple[Row, ...]:
    """Coats that have a word in common, together."""
    sums: dict[str, Figure] = {}
    for figure in figures.by_key(found, Cut.COAT):
        word = name(items[figure.key])
        sums[word] = sums[word].plus(figure) if word in sums else figure
    return tuple(Row(word, sums[word]) for word in sorted(sums))


def sold_through(session: Session) -> tuple[Through, ...]:
    """How far each coat has sold, what ran out first before all others."""
    items = {item.code: item for item in catalogue.items(session)}
    names = {style.number: style.called(language()) for style in catalogue.styles(session)}
    ever = till.figures(session, EARLIEST, date.max)
    lines = figures.sell_through(ever, stock.all_on_hand(session))
    colours = {colour.code: colour.called(language()) for colour in catalogue.colours(session)}

    def name(item: Item) -> str:
        return f"{names[item.style]} {colours[item.colour]} {item.size}"

    return tuple(Through(name(items[line.code]), line) for line in lines)


def through_csv(found: Iterable[Through]) -> bytes:
    """One row for each coat."""
    head = [say("Coat"), say("Sold"), say("On the rail"), "%", say("Last sold on")]
    return spreadsheet([head, *map(_through_cells, found)])


def _through_cells(each: Through) -> list[str | int]:
    sold = each.sold
    return [each.name, sold.sold, sold.there, sold.percent, sold.last.isoformat()]


def selling_sheet(report: Selling) -> bytes:
    """Every table of the page in one sheet."""
    head = [say("By what"), "", say("Sales"), say("Returns"), say("Coats")]
    head += [say("Total"), say("Value of supply"), say("VAT (inside the price)")]
    tables: tuple[tuple[str, tuple[Row, ...]], ...] = (
        (say("By day"), report.days),
        (say("By hour"), report.hours),
        (say("By cashier"), report.cashiers),
        (say("By style"), report.styles),
        (say("By size"), report.sizes),
        (say("Work and deposits"), report.others),
        (say("By how it was paid"), report.tenders),
        (say("VAT by quarter"), report.quarters),
    )
    rows = [_cells(title, row) for title, table in tables for row in table]
    return spreadsheet([head, *rows])


def _cells(title: str, row: Row) -> list[str | int]:
    each = row.figure
    taxed: tuple[str | int, str | int] = ("", "")
    if each.cut in {Cut.DAY, Cut.HOUR, Cut.CASHIER}:
        taxed = (each.supply.won, each.vat.won)
    return [title, row.name, each.sales, each.returns, each.coats, each.total.won, *taxed]


def month_so_far(day: date) -> tuple[date, date]:
    """What is shown where nobody chose."""
    return day.replace(day=1), day
