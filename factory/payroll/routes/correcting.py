"""Correct a closed month: say what is new, and let the next run pay the difference."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from factory.db.session import transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.payroll import queries, service
from factory.payroll.domain.run import last_day
from factory.payroll.forms import CorrectForm
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import WORDS, month_in, moved
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other

CORRECTED = mark("Corrected. The next run pays the difference.")


@bp.route("/<month>/<int:number>/correct", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def correct(month: str, number: int) -> ResponseReturnValue:
    """Show how her closed month stands, and say something new of it."""
    form = CorrectForm.sent()
    form.offer()
    if form.ok():
        with form.catching():
            _correct(month, number, form)
            return see_other("payroll.correct", CORRECTED, month=month, number=number)
    return _shown(month, number, form)


def _correct(month: str, number: int, form: CorrectForm) -> None:
    on, why = month_in(month), form.reason.data or ""
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        terms = people.terms_on(session, worker.id, form.day.data or last_day(on))
        late = form.to_late(on, terms)
        service.correct(session, worker, on, late, why, by=actor(), at=now())


def _shown(month: str, number: int, form: CorrectForm) -> ResponseReturnValue:
    on = month_in(month)
    with transaction() as session:
        worker = people.worker_numbered(session, number)
        entry = service.look(session, worker, on, by=actor(), at=now())
        found = queries.corrections_of(session, worker, on)
        slip = queries.anew(session, worker, on)
        known = queries.known_gross(session, worker, on)
    return page(
        "payroll/correct.html",
        form=form,
        entry=entry,
        corrections=[(each, moved(each)) for each in found],
        loose=0 if slip is None else slip.gross - known,
        back=url_for("payroll.payslip", month=month, number=number),
        month=month,
        **WORDS,
    )
