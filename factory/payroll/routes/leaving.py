"""Who leaves, with the days left to pay her, and a page of steps for each."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark
from factory.payroll import queries, service
from factory.payroll.forms.leaving import PaidForm
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import WORDS
from factory.people import queries as people
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.get("/leaving")
@allow(Permission.RUN_PAYROLL)
def leavers() -> ResponseReturnValue:
    """List who leaves, the most urgent first."""
    with reading() as session:
        found = queries.leavers(session, today())
    return page("payroll/leavers.html", found=found)


@bp.route("/leaving/<int:number>", methods=["GET", "POST"])
@allow(Permission.RUN_PAYROLL)
def leaver(number: int) -> ResponseReturnValue:
    """Show what she is owed step by step, and keep that it was paid."""
    form = PaidForm.sent()
    with reading() as session:
        worker = people.worker_numbered(session, number)
        found = queries.leaving(session, worker, today())
    if form.ok():
        paid_on, told = form.to_paid()
        with form.catching(), transaction() as session:
            service.pay_leaver(session, worker, paid_on, **told, by=actor(), at=now())
            return see_other("payroll.leaver", mark("It is kept that she was paid."), number=number)
    steps = tuple(queries.steps(found))
    return page("payroll/leaver.html", form=form, found=found, steps=steps, today=today(), **WORDS)
