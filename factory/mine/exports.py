"""Her own data as one packed file: JSON for machines, tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from factory.kernel.time import local
from factory.kernel.words import mark, say, show, translate
from factory.mine.domain import SEALED, plain
from factory.mine.queries import OwnData

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula."""
Row = Iterable[object]


def own_file(data: OwnData) -> bytes:
    """Everything that is kept of her, packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        text = json.dumps(plain(data), ensure_ascii=False, indent=2)
        packed.writestr("data.json", text)
        for name, rows in TABLES.items():
            packed.writestr(name, table(rows(data)))
    return kept.getvalue()


def table(rows: Iterable[Row]) -> bytes:
    """Rows as a spreadsheet reads them; UTF-8 with its mark, so that Excel reads Korean."""
    kept = io.StringIO()
    csv.writer(kept).writerows([_safe(cell) for cell in row] for row in rows)
    return kept.getvalue().encode("utf-8-sig")


def _safe(cell: object) -> str:
    """Text that no spreadsheet takes for a formula; numbers stay numbers."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(FORMULA) else text


def _hours(data: OwnData) -> Iterator[Row]:
    yield map(
        say,
        (
            mark("Day"),
            mark("From"),
            mark("To"),
            mark("Minutes worked"),
            mark("of these overtime"),
            mark("At night"),
            mark("On holidays"),
            mark("State"),
        ),
    )
    for day in data.days:
        start = _clock(day.shifts[0].start) if day.shifts else ""
        end = _clock(day.shifts[-1].end) if day.shifts else ""
        minutes = (day.worked, day.overtime, day.night, day.holiday)
        yield day.date, start, end, *minutes, ", ".join(show(flag) for flag in day.flags)


def _faults(data: OwnData) -> Iterator[Row]:
    yield map(
        say,
        (
            mark("When"),
            mark("Bundle"),
            mark("Fault"),
            mark("Operation"),
            mark("Where it comes from"),
            mark("Decided"),
        ),
    )
    for each in data.faults:
        fault, judged = each.fault, each.fault.judged
        said = (_moment(fault.at), fault.bundle, show(fault.defect), fault.step or "")
        yield *said, show(fault.cause), show(judged.cause) if judged else ""


def _pieces(data: OwnData) -> Iterator[Row]:
    yield map(say, (mark("Month of work"), mark("Operation"), mark("Pieces"), mark("Won a piece")))
    for month, pieces in data.pieces:
        for each in pieces:
            yield f"{month:%Y-%m}", each.operation, each.count, each.rate


def _pay(data: OwnData) -> Iterator[Row]:
    yield map(
        say,
        (
            mark("Month of work"),
            mark("Earned"),
            mark("Taken off"),
            mark("Paid out"),
            mark("State"),
        ),
    )
    for month, entry in data.payslips:
        slip, state = entry.slip, say("approved") if entry.final else say("not yet approved")
        yield f"{month:%Y-%m}", slip.gross, slip.taken, slip.net, state


def _leave(data: OwnData) -> Iterator[Row]:
    yield map(
        say,
        (
            mark("First day"),
            mark("Last day"),
            mark("Kind"),
            mark("Days"),
            mark("State"),
            mark("Reason"),
        ),
    )
    for each in data.requests:
        wish = each.wish
        named = wish.event or (say("Leave") if wish.kind is None else show(wish.kind))
        yield wish.first, wish.last, named, len(each.days), show(each.answer), each.reason


def _corrections(data: OwnData) -> Iterator[Row]:
    yield map(
        say,
        (
            mark("When"),
            mark("What was forgotten"),
            mark("Reason"),
            mark("Answer"),
            mark("Who"),
            mark("Why"),
        ),
    )
    for each in data.corrections:
        answer = each.answer
        said = say("not answered yet") if answer is None else _answered(granted=answer.granted)
        by, why = (answer.by, answer.reason) if answer else ("", "")
        yield _moment(each.moment), show(each.kind), each.reason, said, by, why


def _answered(*, granted: bool) -> str:
    return say("granted") if granted else say("not granted")


def _looked(data: OwnData) -> Iterator[Row]:
    yield map(say, (mark("When"), mark("Who"), mark("What"), mark("Thing"), mark("Why")))
    for each in data.looks:
        opened = translate(SEALED.get(each.field, ""))
        yield _moment(each.at), each.actor, translate(each.deed), opened, each.reason


def _clock(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"


def _moment(moment: datetime) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}"


TABLES: dict[str, Callable[[OwnData], Iterator[Row]]] = {
    "hours.csv": _hours,
    "pieces.csv": _pieces,
    "faults.csv": _faults,
    "pay.csv": _pay,
    "leave.csv": _leave,
    "corrections.csv": _corrections,
    "looked.csv": _looked,
}
