"""The month as a file for a spreadsheet: everybody's hours by day, or one worker's days."""

from __future__ import annotations

from collections.abc import Iterator

from factory.attendance.documents import FIGURES, SUMS, hours, sheet_row
from factory.attendance.domain.month import MonthGrid, MonthRow, Sums
from factory.kernel.words import say
from factory.web.spreadsheet import spreadsheet

Row = list[str | int]


def month_csv(grid: MonthGrid) -> bytes:
    """One row for each worker: her hours of each day, then what they come to."""
    return spreadsheet(_month(grid))


def _month(grid: MonthGrid) -> Iterator[Row]:
    days = [day.isoformat() for day in grid.days]
    yield [say("Number"), say("Name"), *days, *(say(name) for name, _ in SUMS)]
    for row in grid.rows:
        by_day = [hours(cell.day.worked) for cell in row.cells]
        yield [row.worker.number, row.worker.name, *by_day, *_sums(row.sums)]
    by_day = [hours(found.worked) for found in grid.by_day()]
    yield ["", say("Together"), *by_day, *_sums(grid.total)]


def _sums(found: Sums) -> list[str]:
    return [value(found) for _, value in SUMS]


def sheet_csv(row: MonthRow) -> bytes:
    """One row for each day of one worker."""
    return spreadsheet(_sheet(row))


def _sheet(row: MonthRow) -> Iterator[Row]:
    heads = ("Number", "Name", "Day", "From–to", *(name for name, _, _ in FIGURES), "Remark")
    yield [say(head) for head in heads]
    for cell in row.cells:
        figures = sheet_row(cell, FIGURES)[1:]
        yield [row.worker.number, row.worker.name, cell.day.date.isoformat(), *figures]
