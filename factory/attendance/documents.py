"""The attendance sheet of one worker and the hours of all, on A4: by chosen name and number only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from factory.attendance.domain.approved import State
from factory.attendance.domain.month import Cell, Mark, MonthGrid, MonthRow, Sums
from factory.kernel.words import mark, say, show, show_day_of_month, show_month, show_time
from printers.document import Align
from printers.sheet import Block, Column, Paragraph, Sheet, Signatures, Table

RIGHT = Align.RIGHT
HOUR = 60
SHEET_HEADS = (
    mark("Day"),
    mark("From–to"),
    mark("Break"),
    mark("Hours worked"),
    mark("Overtime hours"),
    mark("Holiday hours"),
    mark("of these at night"),
    mark("Remark"),
)
PLAIN = frozenset({Mark.WORKED, Mark.FREE, Mark.TO_COME})
"""Days that need no remark."""


def hours(minutes: int) -> str:
    """Hours and minutes, 8:05; nothing where there are none."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}" if minutes else ""


SUMS: tuple[tuple[str, Callable[[Sums], str]], ...] = (
    (mark("Days worked"), lambda sums: str(sums.days or "")),
    (mark("Hours worked"), lambda sums: hours(sums.worked)),
    (mark("Overtime hours"), lambda sums: hours(sums.overtime)),
    (mark("Holiday hours"), lambda sums: hours(sums.holiday)),
    (mark("of these at night"), lambda sums: hours(sums.night)),
    (mark("Leave"), lambda sums: hours(sums.leave)),
    (mark("The factory rested"), lambda sums: str(sums.shutdowns or "")),
    (mark("Absent"), lambda sums: str(sums.absent or "")),
    (mark("To settle"), lambda sums: str(sums.open or "")),
)
"""What stands at the end of each worker's month."""


def attendance_sheet(row: MonthRow, month: date) -> Sheet:
    """One worker's month, day by day, with a line to sign on."""
    blocks: tuple[Block, ...] = (
        _days(row),
        _said_of(row.sums),
        Signatures((say("Worker"), say("For the factory")), say("(signature)")),
    )
    who = f"{row.worker.name} ({row.worker.number})"
    return Sheet(say("Attendance sheet"), blocks, subtitle=f"{show_month(month)} · {who}")


def _days(row: MonthRow) -> Table:
    day, when, *figures, remark = (say(name) for name in SHEET_HEADS)
    columns = (
        Column(day, share=3),
        Column(when, share=4),
        *(Column(name, RIGHT, 2) for name in figures),
        Column(remark, share=5),
    )
    total = row.sums
    figures = [hours(n) for n in (total.worked, total.overtime, total.holiday, total.night)]
    last = (say("Together"), say("{count} days", count=total.days), "", *figures, "")
    return Table(columns, (*(sheet_row(cell) for cell in row.cells), last), totals=1, small=True)


def sheet_row(cell: Cell) -> tuple[str, ...]:
    """A day of the attendance sheet."""
    day = cell.day
    spans = ", ".join(f"{show_time(s.start)}–{show_time(s.end)}" for s in day.shifts)
    figures = (day.breaks, day.worked, cell.overtime, day.holiday, day.night)
    return show_day_of_month(day.date), spans, *(hours(n) for n in figures), remark(cell)


def remark(cell: Cell) -> str:
    """What is to be said of a day: what it was, leave taken in part, whether it is closed."""
    parts = [] if cell.mark in PLAIN else [show(cell.mark)]
    if cell.leave and cell.mark is not Mark.LEAVE:
        parts.append(say("leave {time}", time=hours(cell.leave)))
    if cell.closed:
        parts.append(show(State.APPROVED))
    return " · ".join(parts)


def _said_of(total: Sums) -> Paragraph:
    """How far the month is: what a reader has to know before relying on it."""
    if total.open:
        return Paragraph(say("{count} days are still to be settled.", count=total.open), bold=True)
    return Paragraph(say("{count} days are closed.", count=total.closed), small=True)


def hours_report(grid: MonthGrid, month: date) -> Sheet:
    """Everybody's month in one row each."""
    columns = (
        Column(say("Number"), RIGHT, 2),
        Column(say("Name"), share=4),
        *(Column(say(name), RIGHT, 3) for name, _ in SUMS),
    )
    rows = [(str(r.worker.number), r.worker.name, *_figures(r.sums)) for r in grid.rows]
    total = ("", say("Together"), *_figures(grid.total))
    blocks: tuple[Block, ...] = (
        Table(columns, (*rows, total), totals=1, small=True),
        _said_of(grid.total),
    )
    return Sheet(say("Hours of the month"), blocks, subtitle=show_month(month), landscape=True)


def _figures(found: Sums) -> tuple[str, ...]:
    return tuple(value(found) for _, value in SUMS)
