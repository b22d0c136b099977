"""The attendance sheet of one worker and the hours of all, on A4: by number and chosen name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from factory.attendance.domain.approved import State
from factory.attendance.domain.month import Cell, Mark, MonthGrid, MonthRow, Sums
from factory.kernel.words import mark, say, show, show_day_of_month, show_month, show_time
from printers.document import Align
from printers.sheet import Block, Column, Paragraph, Sheet, Signatures, Table

RIGHT = Align.RIGHT
HOUR = 60
PLAIN = frozenset({Mark.WORKED, Mark.FREE, Mark.TO_COME})
"""Days that need no remark."""


def hours(minutes: int) -> str:
    """Hours and minutes, 8:05; nothing where there are none."""
    return f"{minutes // HOUR}:{minutes % HOUR:02d}" if minutes else ""


Figure = tuple[str, Callable[[Cell], int], Callable[[Sums], int]]
"""Minutes of a day: what they are called, those of one day, those of all."""
ALWAYS: tuple[Figure, ...] = (
    (mark("Break"), lambda cell: cell.day.breaks, lambda _: 0),
    (mark("Hours worked"), lambda cell: cell.day.worked, lambda sums: sums.worked),
    (mark("Overtime hours"), lambda cell: cell.overtime, lambda sums: sums.overtime),
)
SELDOM: tuple[Figure, ...] = (
    (mark("Holiday hours"), lambda cell: cell.day.holiday, lambda sums: sums.holiday),
    (mark("of these at night"), lambda cell: cell.day.night, lambda sums: sums.night),
)
"""On paper only where there are some."""
FIGURES = ALWAYS + SELDOM
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
UPRIGHT = 7
"""So many kinds of figures stand beside each other on an upright page."""


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
    figures = (*ALWAYS, *(each for each in SELDOM if each[2](row.sums)))
    columns = (
        Column(say("Day"), share=4),
        Column(say("From–to"), share=6),
        *(Column(say(name), RIGHT, 4) for name, _, _ in figures),
        Column(say("Remark"), share=12),
    )
    last = (
        say("Together"),
        say("1 day") if row.sums.days == 1 else say("{count} days", count=row.sums.days),
        *(hours(total(row.sums)) for _, _, total in figures),
        "",
    )
    rows = (sheet_row(cell, figures) for cell in row.cells)
    return Table(columns, (*rows, last), totals=1, small=True)


def sheet_row(cell: Cell, figures: Iterable[Figure]) -> tuple[str, ...]:
    """A day of the attendance sheet."""
    day = cell.day
    spans = ", ".join(f"{show_time(s.start)}–{show_time(s.end)}" for s in day.shifts)
    minutes = (hours(of_day(cell)) for _, of_day, _ in figures)
    return show_day_of_month(day.date), spans, *minutes, remark(cell)


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
    """Everybody's month in one row each; upright as long as its columns have room."""
    kinds = [each for each in SUMS if each in SUMS[:3] or each[1](grid.total)]
    columns = (
        Column(say("Number"), RIGHT, 3),
        Column(say("Name"), share=4),
        *(Column(say(name), RIGHT, 4) for name, _ in kinds),
    )
    rows = [
        (str(r.worker.number), r.worker.name, *(value(r.sums) for _, value in kinds))
        for r in grid.rows
    ]
    total = ("", say("Together"), *(value(grid.total) for _, value in kinds))
    blocks: tuple[Block, ...] = (
        Table(columns, (*rows, total), totals=1, small=True),
        _said_of(grid.total),
    )
    title, wide = say("Hours of the month"), len(kinds) > UPRIGHT
    return Sheet(title, blocks, subtitle=show_month(month), landscape=wide)
