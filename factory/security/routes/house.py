"""Start page, sign-in, what a screen does, and one's own settings."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, mark
from factory.security import entering, keeping, kiosk, queries, service, telephone
from factory.security.domain import Permission
from factory.security.forms import (
    NewPasswordForm,
    NewPinForm,
    PinForm,
    SignInForm,
    VisitorsForm,
)
from factory.security.routes.blueprint import bp
from factory.security.telephone import Step
from factory.web.guard import actor, allow, public
from factory.web.guard import kiosk as kiosk_view
from factory.web.i18n import BIG_COOKIE, COOKIE
from factory.web.responses import came_from, page, see_other
from factory.web.tiles import Group, Reminder, Tile

NEXT = {Step.CODE: "security.code", Step.TAKE_IN: "security.telephone_first"}
A_YEAR = 365 * 24 * 3600


@bp.get("/")
@allow(Permission.LOOK_AROUND)
def start() -> ResponseReturnValue:
    """Show the ways into the house that this person may use."""
    tiles = _tiles()
    groups = [(group, [t for t in tiles if t.group is group]) for group in Group]
    shown = [(group, found) for group, found in groups if found]
    return page("start.html", groups=shown, reminders=_reminders())


def _reminders() -> list[tuple[str, str]]:
    """What waits for this person, each with the way to where it is done."""
    offered = current_app.extensions["didim.reminders"]
    mine: list[Reminder] = [each for each in offered if actor().may(each.permission)]
    if not mine:
        return []
    with reading() as session:
        waiting = [(each.endpoint, each.waiting(session)) for each in mine]
    return [(told[0], url_for(where, **told[1])) for where, told in waiting if told]


def _tiles() -> list[Tile]:
    return [tile for tile in current_app.extensions["didim.tiles"] if actor().may(tile.permission)]


@bp.app_template_global()
def resting_place() -> str:
    """Where a screen waits for the next person: its only page of the floor, or the start."""
    floor = [tile.endpoint for tile in _tiles() if tile.group is Group.FLOOR]
    only = actor().on_floor and len(floor) == 1
    return url_for(floor[0] if only else "security.start")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Take a name and a password, or a number and a PIN."""
    form = SignInForm.sent()
    if form.ok():
        with form.catching():
            step, token = entering.sign_in(form.name.data.strip(), form.password.data, at=now())
            if where := NEXT.get(step):
                return redirect(url_for(where, next=way_on()), code=303)
            return kiosk.keep_cookie(redirect(way_on(), code=303), token)
    return page("security/sign_in.html", form=form)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Let nobody act at this browser any more."""
    return kiosk.sign_out(see_other("security.sign_in"))


@bp.route("/pin", methods=["GET", "POST"])
@kiosk_view(Permission.CLOCK)
def pin() -> ResponseReturnValue:
    """Take number and PIN at a shared screen."""
    form = PinForm.sent()
    if form.ok():
        with form.catching():
            kiosk.enter_pin(form.number.data.strip(), form.pin.data, at=now())
            return redirect(way_on(), code=303)
    return page("security/pin.html", form=form)


@bp.post("/visitors")
@allow(Permission.LOOK_AROUND)
def visitors_come() -> ResponseReturnValue:
    """Hide names, pay and attendance at this screen with one tap."""
    kiosk.visitors_come(at=now())
    return redirect(url_for("security.start"), code=303)


@bp.route("/visitors/end", methods=["GET", "POST"])
@kiosk_view(Permission.LOOK_AROUND)
def visitors_go() -> ResponseReturnValue:
    """Show everything again, for whoever has a PIN."""
    form = VisitorsForm.sent()
    if form.ok():
        with form.catching():
            number, code = ((each.data or "").strip() for each in (form.number, form.code))
            entering.visitors_go(number, form.pin.data, code, at=now())
            return redirect(url_for("security.start"), code=303)
    with reading() as session:
        me = actor()
        alone = not me.on_floor and me.account is not None
        asks = alone and telephone.step(session, me.account) is Step.CODE
    return page("security/visitors.html", form=form, asks=asks)


@bp.post("/step-back")
@allow(Permission.LOOK_AROUND)
def step_back() -> ResponseReturnValue:
    """Let nobody act at this shared screen; the next badge is welcome."""
    kiosk.step_back()
    return redirect(way_on(), code=303)


@bp.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Speak another language at this browser, and with this account."""
    chosen = request.form.get("language", "")
    response = redirect(way_on(), code=303)
    if chosen in LANGUAGES and not kiosk.speak(chosen):
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="Lax")
    return response


@bp.post("/letters")
@public
def choose_letters() -> ResponseReturnValue:
    """Make letters twice as large at this browser, or small again."""
    response = redirect(way_on(), code=303)
    big = "0" if request.cookies.get(BIG_COOKIE) == "1" else "1"
    response.set_cookie(BIG_COOKIE, big, max_age=A_YEAR, samesite="Lax")
    return response


@bp.get("/settings")
@allow(Permission.LOOK_AROUND)
def settings() -> ResponseReturnValue:
    """Show one's own settings, and where one is signed in."""
    me = actor()
    found: tuple[queries.SignedIn, ...] = ()
    if not me.on_floor:
        with reading() as session:
            found = queries.signed_in(session, me.account, at=now())
    return page("security/settings.html", signed_in=found, here=kiosk.here())


@bp.post("/settings/sessions/<place>/end")
@allow(Permission.LOOK_AROUND)
def end_session(place: str) -> ResponseReturnValue:
    """Sign oneself out at another browser."""
    me = actor()
    with transaction() as session:
        keeping.end_session(session, me.account, place, by=me, at=now())
    return see_other("security.settings", mark("You are signed out there."))


@bp.route("/settings/pin", methods=["GET", "POST"])
@allow(Permission.SEE_OWN_WORK)
def new_pin() -> ResponseReturnValue:
    """Choose a new PIN, knowing the old one."""
    form = NewPinForm.sent()
    me = actor()
    if form.ok():
        with form.catching():
            kiosk.confirm_pin(me.worker, form.old.data, at=now())
            with transaction() as session:
                service.set_pin(session, me.worker, form.pin.data, by=me, at=now())
            where = "security.start" if me.on_floor else "security.sign_in"
            return see_other(where, mark("The new PIN holds. Please sign in with it."))
    return page("security/new_pin.html", form=form)


@bp.route("/settings/password", methods=["GET", "POST"])
@allow(Permission.LOOK_AROUND)
def new_password() -> ResponseReturnValue:
    """Choose a new password, knowing the old one."""
    form = NewPasswordForm.sent()
    me = actor()
    if form.ok():
        with form.catching():
            kiosk.confirm_password(me.account, form.old.data, at=now())
            with transaction() as session:
                service.set_password(session, me.account, form.password.data, by=me, at=now())
            told = mark("The new password holds. Please sign in with it.")
            return see_other("security.sign_in", told)
    return page("security/new_password.html", form=form)


def way_on() -> str:
    """Where to go next: the page asked for if it is one of ours, else the start page."""
    asked = request.values.get("next", "") or _page_before()
    parts = urlsplit(asked)
    ours = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    safe = ours and not parts.scheme and not parts.netloc
    return asked if safe else url_for("security.start")


def _page_before() -> str:
    signing = request.endpoint in {"security.sign_in", "security.pin", *NEXT.values()}
    return "" if signing else came_from()
