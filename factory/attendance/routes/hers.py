"""Her own hours by month, and her claims: minutes she was there that do not count yet."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.attendance import documents, queries, service
from factory.attendance.domain.month import FORGOTTEN, Mark
from factory.attendance.forms import ClaimForm
from factory.attendance.routes.blueprint import bp
from factory.attendance.routes.days import as_day_or_404
from factory.attendance.routes.month import month_or_404
from factory.db.session import reading, transaction
from factory.kernel.time import DAY, now, today
from factory.kernel.words import mark
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import ask_pin, page, see_other

LOOK_BACK = 14
"""Days she is shown."""


@bp.get("/hours")
@allow(Permission.LOOK_AROUND)
def hours() -> ResponseReturnValue:
    """Show her hours of this month."""
    return hours_of(f"{today():%Y-%m}")


@bp.get("/hours/<month>")
@allow(Permission.LOOK_AROUND)
def hours_of(month: str) -> ResponseReturnValue:
    """Show her own hours of a month as pay reads them; at a shared screen only after her PIN."""
    me, span = actor(), month_or_404(month)
    if me.worker is None or not me.with_pin:
        return ask_pin("attendance.hours")
    with reading() as session:
        row = queries.hers(session, people.worker(session, me.worker), span, at=now())
    return page(
        "attendance/hours.html",
        row=row,
        cells=[each for each in reversed(row.cells) if each.mark not in UNTOLD],
        first=span.start,
        remark=documents.remark,
        before=f"{span.start - DAY:%Y-%m}",
        after=f"{span.end + DAY:%Y-%m}" if span.end < today() else "",
    )


UNTOLD = frozenset({Mark.NOT_HERE, Mark.TO_COME, Mark.FREE})
"""Days of which there is nothing to say to her."""


@bp.get("/mine")
@allow(Permission.LOOK_AROUND)
def claims() -> ResponseReturnValue:
    """Show her days with minutes that do not count; at a shared screen only after her PIN."""
    me = actor()
    if me.worker is None or not me.with_pin:
        return ask_pin("attendance.claims")
    with reading() as session:
        worker = people.worker(session, me.worker)
        found = queries.own_days(session, worker, today() - LOOK_BACK * DAY, today(), at=now())
        week = queries.own_week(session, worker, at=now())
    return page("attendance/mine.html", lines=found, week=week, forgotten=FORGOTTEN)


@bp.route("/mine/<day>", methods=["GET", "POST"])
@allow(Permission.LOOK_AROUND)
def claim(day: str) -> ResponseReturnValue:
    """Let her say which minutes of a day were work."""
    me, on, form = actor(), as_day_or_404(day), ClaimForm.sent()
    if me.worker is None or not me.with_pin:
        return ask_pin("attendance.claims")
    with reading() as session:
        worker = people.worker(session, me.worker)
        line = queries.line(session, worker, on, at=now())
    form.offer(line.sheet)
    if form.ok():
        with form.catching():
            with transaction() as session:
                spans = form.to_spans(on)
                service.claim_all(session, worker, spans, form.why, by=me, at=now())
            return see_other("attendance.claims", mark("Your supervisor sees what you said."))
    return page("attendance/claim.html", form=form, day=on, line=line)
