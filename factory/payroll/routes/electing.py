"""Whom the workers elected to speak for them: she approves pay where there is one manager."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.payroll import queries, service
from factory.payroll.forms import RepresentativeForm
from factory.payroll.routes.blueprint import bp
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other

KEPT = mark("Kept who speaks for the workers.")


@bp.route("/representative", methods=["GET", "POST"])
@allow(Permission.APPROVE_PAYROLL)
def representative() -> ResponseReturnValue:
    """Show whom the workers elected, and enter another."""
    form = RepresentativeForm.sent()
    with reading() as session:
        elected = queries.representative(session)
        form.offer(people.workers(session, today()))
    if form.ok():
        with form.catching(), transaction() as session:
            worker = people.worker_numbered(session, form.worker.data)
            day = form.elected_on.data
            service.enter_representative(session, worker, day, by=actor(), at=now())
            return see_other("payroll.representative", KEPT)
    return page("payroll/representative.html", form=form, elected=elected)


@bp.post("/representative/end")
@allow(Permission.APPROVE_PAYROLL)
def end_representative() -> ResponseReturnValue:
    """Keep that nobody is elected any more."""
    with transaction() as session:
        service.end_representative(session, by=actor(), at=now())
    return see_other("payroll.representative", KEPT)
