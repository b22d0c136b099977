"""The price list of tasks: what altering and repairing costs."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.domain.ticket import PricedTask
from factory.till.forms.tickets import PriceForm
from factory.till.routes.door import bp
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.route("/prices", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def prices() -> ResponseReturnValue:
    """List the tasks with their prices, and write a new one."""
    return _written(PriceForm.sent(), 0)


@bp.route("/prices/<int:number>", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def price(number: int) -> ResponseReturnValue:
    """Write a task's price anew, or offer it no more."""
    with reading() as session:
        known = queries.price_list(session, offered=False)
    found = next((each for each in known if each.number == number), None)
    if found is None:
        raise NotFound(mark("task"), number)
    return _written(PriceForm.sent(obj=found), number, found)


def _written(form: PriceForm, number: int, found: PricedTask | None = None) -> ResponseReturnValue:
    if form.ok():
        with form.catching(), transaction() as session:
            service.price_task(session, form.to_task(number), by=actor(), at=now())
            return see_other("till.prices", mark("The price list is kept."))
    with reading() as session:
        listed = queries.price_list(session, offered=False)
    return page("till/prices.html", form=form, listed=listed, found=found)
