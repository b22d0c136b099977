"""What pay knows of her, for her own eyes; at a shared screen only after her PIN."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.time import today
from factory.payroll import queries
from factory.payroll.routes.blueprint import bp
from factory.payroll.routes.shown import WORDS
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import ask_pin, page


@bp.get("/mine/known")
@allow(Permission.LOOK_AROUND)
def known() -> ResponseReturnValue:
    """Show her what tax and insurance know of her, and what was entered for this month."""
    me, month = actor().worker, today().replace(day=1)
    if me is None or not actor().with_pin:
        return ask_pin("payroll.known")
    with reading() as session:
        values = {
            "known": queries.facts_of(session, me),
            "years": queries.years_of(session, me),
            "reported": queries.reported_of(session, me),
            "attached": queries.attachments(session, me).get(me, ()),
            "taken": queries.taken_so_far(session, me),
            "lines": queries.entries(session, month, me).get(me, ()),
        }
    return page("payroll/known.html", month=month, **values, **WORDS)
