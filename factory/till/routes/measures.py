"""Write down what was measured for a ticket."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.security.domain import Permission
from factory.till import queries, service
from factory.till.forms.measures import MeasuresForm
from factory.till.routes.door import bp
from factory.web.guard import actor, kiosk
from factory.web.responses import page, see_other


@bp.route("/tickets/<int:number>/measures", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def measures(number: int) -> ResponseReturnValue:
    """Show what was measured, and keep what is measured now."""
    form = MeasuresForm.sent()
    if form.was_sent and form.validate():
        with form.catching(), transaction() as session:
            service.measure(session, number, form.to_measures(), by=actor(), at=now())
            told = mark("The measures are kept. Their slip is on its way.")
            return see_other("till.ticket", told, number=number)
    with reading() as session:
        found = queries.ticket(session, number)
    if not form.was_sent:
        form = MeasuresForm.of(found.measures)
    return page("till/measures.html", form=form, ticket=found)
