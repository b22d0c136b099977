"""Everybody's month: what is open, what is ready to be closed, papers and spreadsheets of it."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from factory.attendance import documents, exports, queries, service
from factory.attendance.domain.month import Mark, MonthGrid, MonthRow
from factory.attendance.routes.blueprint import bp
from factory.attendance.routes.cells import Looks
from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import DAY, Period, month_of, now, today
from factory.kernel.words import mark, say, show, show_weekday
from factory.people import queries as people
from factory.printing.service import pdf_of
from factory.security.domain import Permission
from factory.web.forms import BaseForm, as_day
from factory.web.guard import actor, allow
from factory.web.responses import download, inline, lead_on, page, see_other

AT_ONCE = 100
"""People on one page of the month."""
PDF, CSV = "application/pdf", "text/csv"


@bp.get("/month")
@allow(Permission.CORRECT_WORK)
def this_month() -> ResponseReturnValue:
    """Go to the running month."""
    return lead_on("attendance.month", month=f"{today():%Y-%m}")


@bp.get("/month/<month>")
@allow(Permission.CORRECT_WORK)
def month(month: str) -> ResponseReturnValue:
    """Show everybody's month, or only what of it is open."""
    return _month(month, BaseForm())


def _month(month: str, form: BaseForm) -> ResponseReturnValue:
    found, only_open = _grid(month), request.args.get("show") == "open"
    shown = found.only_open() if only_open else found
    parts, part = shown.parts(AT_ONCE), request.args.get("part", 1, type=int)
    grid = parts[min(max(part, 1), len(parts)) - 1]
    labels = {kind: show(kind) for kind in Mark}
    words = {kind: say(word) for kind, word in WORDS.items()}
    return page(
        "attendance/month.html",
        form=form,
        month=month,
        grid=grid,
        parts=[(each, each is grid) for each in parts],
        by_day=shown.by_day(),
        today=today(),
        total=found.total,
        only_open=only_open,
        heads=[(day, show_weekday(day)) for day in grid.days],
        settle=[url_for("attendance.settle", day=d.isoformat(), number=0)[:-1] for d in grid.days],
        spoken=[f"{day.day}, {show_weekday(day)}" for day in grid.days],
        off=tuple(day in grid.off for day in grid.days),
        looks=Looks(labels, words),
        labels=labels,
        marks=Mark,
        words=words,
        **_around(month),
    )


WORDS = {
    Mark.LEAVE: mark("Leave"),
    Mark.SHUTDOWN: mark("rests"),
    Mark.ASKED_OFF: mark("asked"),
    Mark.ABSENT: mark("absent"),
}
"""What stands in place of hours."""


def _around(month: str) -> dict[str, str]:
    span = month_or_404(month)
    return {"before": f"{span.start - DAY:%Y-%m}", "after": f"{span.end + DAY:%Y-%m}"}


@bp.post("/month/<month>/close")
@allow(Permission.CORRECT_WORK)
def close_month(month: str) -> ResponseReturnValue:
    """Close all days of a month that are ready."""
    span, form = month_or_404(month), BaseForm.sent()
    if form.was_sent:
        with form.catching(), transaction() as session:
            done = service.close_month(session, span, by=actor(), at=now())
            told = TOLD_WAITING if done.waiting else mark("{count} days are closed now.")
            counts: dict[str, object] = {"count": done.days, "waiting": done.waiting}
            return see_other("attendance.month", told, values=counts, month=month)
    return _month(month, form)


TOLD_WAITING = mark("{count} days are closed now. Still to be settled: {waiting}.")


@bp.get("/month/<month>.pdf")
@allow(Permission.CORRECT_WORK)
def hours_paper(month: str) -> ResponseReturnValue:
    """Give everybody's hours as PDF."""
    paper = documents.hours_report(_taken(month), month_or_404(month).start)
    return inline(pdf_of(paper), f"hours-{month}.pdf", PDF)


@bp.get("/month/<month>.csv")
@allow(Permission.CORRECT_WORK)
def hours_table(month: str) -> ResponseReturnValue:
    """Give everybody's month as a spreadsheet."""
    return download(exports.month_csv(_taken(month)), f"hours-{month}.csv", CSV)


@bp.get("/month/<month>/<int:number>")
@allow(Permission.CORRECT_WORK)
def sheet(month: str, number: int) -> ResponseReturnValue:
    """Show one worker's attendance sheet."""
    row = _hers(month, number)
    return page(
        "attendance/month_sheet.html",
        row=row,
        month=month,
        remark=documents.remark,
        **_around(month),
    )


@bp.get("/month/<month>/<int:number>.pdf")
@allow(Permission.CORRECT_WORK)
def sheet_paper(month: str, number: int) -> ResponseReturnValue:
    """Give one worker's attendance sheet as PDF."""
    paper = documents.attendance_sheet(_hers_taken(month, number), month_or_404(month).start)
    return inline(pdf_of(paper), f"attendance-{month}-{number}.pdf", PDF)


@bp.get("/month/<month>/<int:number>.csv")
@allow(Permission.CORRECT_WORK)
def sheet_table(month: str, number: int) -> ResponseReturnValue:
    """Give one worker's attendance sheet as a spreadsheet."""
    return download(
        exports.sheet_csv(_hers_taken(month, number)), f"attendance-{month}-{number}.csv", CSV
    )


def month_or_404(text: str) -> Period:
    """The month of an address (`2026-11`), or `NotFound`."""
    first = as_day(f"{text}-01")
    if first is None:
        raise NotFound("month", text)
    return month_of(first)


def _taken(month: str) -> MonthGrid:
    """Everybody's month for a file, of which an entry is kept."""
    grid = _grid(month)
    with transaction() as session:
        service.note_export(session, month_or_404(month), by=actor(), at=now())
    return grid


def _hers_taken(month: str, number: int) -> MonthRow:
    """One worker's month for a file, of which an entry is kept."""
    row = _hers(month, number)
    with transaction() as session:
        span, worker = month_or_404(month), people.worker_numbered(session, number)
        service.note_export(session, span, worker, by=actor(), at=now())
    return row


def _grid(month: str) -> MonthGrid:
    with reading() as session:
        return queries.grid(session, month_or_404(month), at=now())


def _hers(month: str, number: int) -> MonthRow:
    with reading() as session:
        worker = people.worker_numbered(session, number)
        return queries.hers(session, worker, month_or_404(month), at=now())
