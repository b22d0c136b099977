"""How a terminal comes to trust this house: the authority's certificate, and how to install it."""

from __future__ import annotations

import io
from datetime import timedelta

import segno
from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from config import Settings
from factory.business.queries import business
from factory.db.session import reading
from factory.kernel.time import now
from factory.kernel.words import mark, translate
from factory.people.domain import privacy
from factory.security import queries
from factory.security.domain import Permission
from factory.security.service import is_demo
from factory.upkeep import doctor, findings
from factory.upkeep.certificates import Files, files_in
from factory.upkeep.findings import State
from factory.web.guard import allow, public
from factory.web.responses import page
from factory.web.tiles import Group, Reminder, Tile, Waiting

bp = Blueprint("upkeep", __name__)
SETTINGS = "didim.settings"
A_DAY = timedelta(days=1)


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


@bp.get("/state")
@allow(Permission.SEE_AUDIT)
def state() -> ResponseReturnValue:
    """Show how the computer and what it keeps are, and what is to be done."""
    with reading() as session:
        found = tuple(doctor.glance(session, _settings(), at=now()))
    return page("upkeep/state.html", found=found)


def waiting(session: Session) -> Waiting | None:
    """The first thing of this computer that somebody has to do something about now."""
    found = doctor.here(session, _settings(), at=now())
    wrong = (each for each in found if each.state is State.WRONG)
    for each in wrong:
        if each.about != findings.BACKUP or _needs_backup(session):
            return f"{translate(each.about)}: {each.said}", {}
    return None


def _needs_backup(session: Session) -> bool:
    """Whether a night has passed since the first entry, and not all is invented."""
    begun = queries.first_entry(session)
    return begun is not None and now() - begun >= A_DAY and not is_demo(session)


TILES = (Tile("upkeep.state", mark("Computer"), Permission.SEE_AUDIT, Group.HOUSE, "tablet"),)
REMINDERS = (Reminder("upkeep.state", Permission.SEE_AUDIT, waiting),)


def _settings() -> Settings:
    settings: Settings = current_app.extensions[SETTINGS]
    return settings


def _files() -> Files:
    return files_in(_settings().instance)
