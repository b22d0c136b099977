"""Who is here, for a screen on the wall: chosen names, no times and no figures."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.time import now
from factory.security.domain import Permission
from factory.timeclock import queries
from factory.timeclock.routes.blueprint import bp
from factory.web.guard import kiosk
from factory.web.responses import page


@bp.get("/wall")
@kiosk(Permission.CLOCK)
def wall() -> ResponseReturnValue:
    """Show who is here; the page asks anew by itself, for the list alone."""
    with reading() as session:
        here = queries.present(session, at=now())
    if request.args.get("list"):
        return render_template("timeclock/_wall.html", here=here)
    return page("timeclock/wall.html", here=here)
