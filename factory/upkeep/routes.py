"""How a terminal comes to trust this house: the authority's certificate, and how to install it."""

from __future__ import annotations

import io
from pathlib import Path

import segno
from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.business.queries import business
from factory.db.session import reading
from factory.kernel.time import now
from factory.kernel.words import say
from factory.people.domain import privacy
from factory.security import queries
from factory.security.domain import Permission
from factory.upkeep import findings
from factory.upkeep.certificates import Files, files_in
from factory.web.guard import public
from factory.web.responses import page
from factory.web.tiles import Reminder, Waiting

bp = Blueprint("upkeep", __name__)
INSTANCE = "didim.settings"


@bp.get("/ca.crt")
@public
def authority() -> ResponseReturnValue:
    """Give the authority's certificate; it is no secret."""
    files = _files()
    if not files.authority.exists():
        return redirect(url_for("upkeep.trust"), code=303)
    response = Response(files.authority.read_bytes(), mimetype="application/x-x509-ca-cert")
    response.headers.set("Content-Disposition", "attachment", filename="didim-ca.crt")
    return response


@bp.get("/ca.svg")
@public
def picture() -> ResponseReturnValue:
    """Draw the way to the certificate as a code that a telephone's camera reads."""
    drawn = io.BytesIO()
    where = url_for("upkeep.authority", _external=True)
    segno.make(where, error="m").save(drawn, kind="svg", scale=8, border=3, xmldecl=False)
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


@bp.get("/trust")
@public
def trust() -> ResponseReturnValue:
    """Show how a terminal is made to trust this house."""
    return page("upkeep/trust.html", there=_files().authority.exists(), secure=request.is_secure)


@bp.get("/privacy")
@public
def privacy_policy() -> ResponseReturnValue:
    """Say what is kept of whom, for what and how long, to everybody."""
    told = {"kept": privacy.KEPT, "never": privacy.NEVER, "who": privacy.WHO}
    with reading() as session:
        house = business(session)
    reach = house.officer_contact or house.phone
    return page("upkeep/privacy.html", **told, rights=privacy.RIGHTS, business=house, reach=reach)


def clock_went_back(session: Session) -> Waiting | None:
    """What the start page says while an entry is newer than now."""
    found = findings.clock(queries.newest_entry(session), now())
    return None if found.state is findings.State.GOOD else (say(found.sentence), {})


REMINDERS = (Reminder("security.audit", Permission.SEE_AUDIT, clock_went_back),)


def _files() -> Files:
    instance: Path = current_app.extensions[INSTANCE].instance
    return files_in(instance)
