"""The station kiosk: two scans and one tap."""

from __future__ import annotations

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from factory.catalogue.domain import Station
from factory.kernel.words import mark
from factory.production.forms import ScanForm
from factory.production.routes import answers, away, desk
from factory.production.routes.blueprint import bp
from factory.production.routes.places import Desk
from factory.security.domain import Permission
from factory.web.guard import kiosk
from factory.web.responses import from_queue, page

COOKIE = "didim_place"
EVERYWHERE = "everywhere"
A_YEAR = 366 * 24 * 3600
PLACES = tuple(place for place in Station if place is not Station.CUT)


def _desk() -> Desk | None:
    """This screen, if it was told where it stands."""
    place = request.cookies.get(COOKIE, "")
    return _at(place) if _is_place(place) else None


def _is_place(named: str) -> bool:
    return named == EVERYWHERE or named in set(PLACES)


def here() -> Desk:
    """This screen; one that was never told where it stands takes work of all places."""
    return _desk() or _at(EVERYWHERE)


def _stood() -> Desk:
    """This screen as it stood when what waited was entered, whatever it was told since."""
    place = request.form.get("place", "")
    return _at(place) if from_queue() and _is_place(place) else here()


def stands_at() -> Station | None:
    """The station that this screen stands at; none where it takes work of all."""
    found = _desk()
    return found.place if found else None


def _at(place: str) -> Desk:
    return Desk(
        title=mark("Log work"),
        place=None if place == EVERYWHERE else Station(place),
        scan="production.station",
        card="production.station_card",
        kept="production.station_kept",
        undo="production.station_undo",
        tap="production.station_tap",
        later="production.station_later",
        movable=True,
    )


@bp.route("/station/", methods=["GET", "POST"])
@kiosk(Permission.LOG_PIECES)
def station() -> ResponseReturnValue:
    """Take a badge or a bundle ticket."""
    found = _desk()
    if found is None:
        return redirect(url_for("production.place"), code=303)
    if request.method == "POST":
        return desk.scan(found)
    return desk.ready(found, ScanForm())


@bp.route("/station/place", methods=["GET", "POST"])
@kiosk(Permission.LOG_PIECES)
def place() -> ResponseReturnValue:
    """Tell this screen, once, where it stands."""
    chosen = request.form.get("place", "")
    if not _is_place(chosen):
        return page("production/place.html", places=PLACES, everywhere=EVERYWHERE)
    answer = make_response(redirect(url_for("production.station"), code=303))
    answer.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax")
    return answer


@bp.route("/station/<code>", methods=["GET", "POST"])
@kiosk(Permission.LOG_PIECES)
def station_card(code: str) -> ResponseReturnValue:
    """Show a bundle's card, and enter what was done."""
    return desk.log(_stood(), code) if request.method == "POST" else desk.card(here(), code)


@bp.get("/station/kept/<entry>")
@kiosk(Permission.LOG_PIECES)
def station_kept(entry: str) -> ResponseReturnValue:
    """Say what was entered, as often as this is asked."""
    return answers.kept(here(), entry)


@bp.post("/station/later")
@kiosk(Permission.LOG_PIECES)
def station_later() -> ResponseReturnValue:
    """Keep what was scanned while the server was away, at the place where the screen stood then."""
    return away.later(_stood())


@bp.post("/station/undo/<entry>")
@kiosk(Permission.LOG_PIECES)
def station_undo(entry: str) -> ResponseReturnValue:
    """Take one of her last entries back."""
    return desk.undo(here(), entry)


@bp.post("/station/worker")
@kiosk(Permission.CORRECT_WORK)
def station_tap() -> ResponseReturnValue:
    """Let the supervisor say by a tap whose work it is."""
    return desk.tapped(here())
