"""At a browser: the door that says who acts, signing in and out, badges and PINs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar, cast

from flask import Flask, current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import hide_names
from factory.security import devices, guessing, places, queries, records, service, sessions
from factory.security.browsers import browser_of
from factory.security.domain import (
    ALLOWED,
    AccountId,
    Actor,
    DeviceRole,
    MayNotVouch,
    MayNotWitness,
    OldPasswordWrong,
    OldPinWrong,
    Permission,
    SecondIsYou,
    SecondWanted,
    TokenUnknown,
    WorkerId,
    WrongDeviceRole,
    WrongPin,
    WrongSignIn,
)
from factory.web.errors import STATUS
from factory.web.guard import find_actor, hang_door

T = TypeVar("T")
WAITS_AT_MOST = timedelta(days=8)
"""How old an entry that waited in a browser may be."""
COOKIE = "didim_session"
SEALED_COOKIE = f"__Host-{COOKIE}"
"""By https; of another name, because a browser never lets http write over a cookie of https."""


class HouseDoor:
    """Finds out who stands before it, from the cookie or the token of a request."""

    def actor(self) -> Actor | None:
        """Whoever is signed in at this browser."""
        token = _token()
        if not token:
            return None
        with reading() as session:
            return sessions.who_is(session, token, at=now())

    def device(self, role: str) -> Actor:
        """The terminal whose token this request carries."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise TokenUnknown
        with reading() as session:
            return devices.known(session, token.strip(), DeviceRole(role))


def install(app: Flask) -> None:
    """Hang the door in, and say what a terminal is answered that may not enter."""
    STATUS.update({TokenUnknown: 401, WrongDeviceRole: 403})
    hang_door(app, HouseDoor())
    app.before_request(_hide_names)
    app.jinja_env.globals["acting_mark"] = acting_mark


def _hide_names() -> None:
    """While visitors look at this screen, nobody's name is said on it."""
    plain = request.path.startswith(("/static/", "/api/", "/healthz"))
    found = None if plain else _whoever()
    hide_names(hidden=found is not None and found.visitors)


def check(name: str, secret: str, *, at: datetime) -> AccountId:
    """Whose name and password, or number and PIN, these are.

    Raises:
        TooManyAttempts: before anything is compared.
        WrongSignIn: after the attempt was noted.
    """
    account = _checked(name, secret, at)
    if account is None:
        raise WrongSignIn
    return account


def open_here(session: Session, account: AccountId, *, at: datetime) -> str:
    """Sign this browser in; gives the cookie's token."""
    return sessions.open_session(session, account, at=at, browser=_browser())


def enter_pin(number: str, pin: str, *, at: datetime) -> WorkerId:
    """Let whoever typed number and PIN act at this shared screen, and see what is hers.

    Raises:
        TooManyAttempts: before anything is compared.
        WrongPin: after the attempt was noted.
    """
    worker = check_pin(number, pin, at=at)
    with transaction() as session:
        row = records.find_worker_account(session, worker)
        sessions.act_as(
            session,
            _token(),
            worker,
            name=row.shown if row else None,
            language=row.language if row else None,
            pin_until=at + sessions.PIN_LASTS,
        )
    g.pop("actor", None)
    return worker


def check_pin(number: str, pin: str, *, at: datetime) -> WorkerId:
    """Whose number and PIN these are; refuses what `enter_pin` refuses, and lets nobody act."""
    account = _checked(number, pin, at)
    if account is None:
        raise WrongPin
    with reading() as session:
        worker = records.account(session, account).worker_id
    if worker is None:
        raise WrongPin
    return WorkerId(worker)


def vouch(name: str, secret: str, permission: Permission, *, at: datetime) -> tuple[AccountId, str]:
    """Who comes to somebody else's screen and answers for something there; she lets nobody act.

    Her telephone is asked in `entering.vouch`.

    Raises:
        TooManyAttempts: before anything is compared.
        WrongPin: after the attempt was noted.
        MayNotVouch: who it is, she may not.
    """
    account = _checked(name, secret, at)
    if account is None:
        raise WrongPin
    with reading() as session:
        row = records.account(session, account)
        if not any(permission in ALLOWED[role] for role in row.role_set):
            raise MayNotVouch
        return account, row.shown


def witness(
    name: str, secret: str, *, by: Actor, also: WorkerId | None = None, at: datetime
) -> tuple[AccountId, str]:
    """The second person, where what is sealed opens for many at once; her account and name.

    Her telephone is asked in `entering.witness`. `also` may be it besides those whose role says
    so, such as whom the workers elected.

    Raises:
        SecondWanted, SecondIsYou, MayNotWitness: nobody else, or not she.
        TooManyAttempts, WrongPin: as in `vouch`.
    """
    if not name.strip():
        raise SecondWanted
    account = _checked(name.strip(), secret, at)
    if account is None:
        raise WrongPin
    if account == by.account:
        raise SecondIsYou
    with reading() as session:
        row = records.account(session, account)
    elected = also is not None and row.worker_id == also
    if not elected and not any(Permission.WITNESS in ALLOWED[role] for role in row.role_set):
        raise MayNotWitness(name=row.shown)
    return account, row.shown


def confirm_pin(worker: WorkerId, pin: str, *, at: datetime) -> None:
    """Make sure that whoever chooses a new PIN knows the old one; `OldPinWrong`."""
    with reading() as session:
        name = service.worker_account_name(session, worker)
    if _checked(name, pin, at) is None:
        raise OldPinWrong


def confirm_password(account: AccountId, password: str, *, at: datetime) -> None:
    """Make sure that whoever chooses a new password knows the old one; `OldPasswordWrong`."""
    with reading() as session:
        name = service.account_name(session, account)
    if _checked(name, password, at) is None:
        raise OldPasswordWrong


def visitors_come(*, at: datetime) -> None:
    """Hide names, pay and attendance at this browser."""
    _let_look(looking=True, at=at)


def who_ends_visit(number: str, secret: str, *, at: datetime) -> tuple[AccountId, bool]:
    """Whose number and PIN at a shared screen, or elsewhere the secret of who signed in.

    The second is whether it is her own sign-in that lies behind: at a shared screen there is no
    more than the floor's pages, whoever it is.

    Raises:
        TooManyAttempts: before anything is compared.
        WrongPin: after the attempt was noted.
    """
    found = _whoever()
    hers = found is not None and not found.on_floor
    if found is not None and hers and found.account is not None:
        with reading() as session:
            number = service.account_name(session, found.account)
    account = _checked(number, secret, at)
    if account is None:
        raise WrongPin
    return account, hers


def visitors_went(*, at: datetime) -> None:
    """Show everything again at this browser."""
    _let_look(looking=False, at=at)


def _let_look(*, looking: bool, at: datetime) -> None:
    found = _whoever()
    if found is not None:
        with transaction() as session:
            sessions.let_visitors_look(session, _token(), looking=looking, by=found, at=at)
    g.pop("actor", None)


def acting_mark() -> str:
    """Who acts now, signed and without a name, for an entry that may wait in this browser.

    It holds at screens of this account alone and for some days: whoever copied it down once does
    not log pieces by it for good.
    """
    found = _whoever()
    if found is None or found.worker is None:
        return ""
    return str(_signer().dumps([found.worker, found.account, now().isoformat()]))


def who_waited() -> WorkerId | None:
    """Who acted when an entry that waited was made: not whoever acts now."""
    found = _whoever()
    try:
        worker, account, made = _signer().loads(request.form.get("acting", ""))
        old = now() - datetime.fromisoformat(made) > WAITS_AT_MOST
    except (BadSignature, ValueError, TypeError):
        return None
    here = found is not None and found.account == account
    return WorkerId(int(worker)) if here and not old else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="acting")


def act_as(worker: WorkerId, name: str, language: str | None = None) -> None:
    """Let whoever's badge was scanned act at this screen, until another badge is scanned."""
    with transaction() as session:
        token = _token()
        sessions.act_as(session, token, worker, name=name, language=language)
    g.pop("actor", None)


def step_back() -> None:
    """Let nobody act at this shared screen any more."""
    found = find_actor()
    if found is None or not found.on_floor or found.her_language is None:
        return
    with transaction() as session:
        sessions.act_as(session, _token(), None)
    g.pop("actor", None)


def speak(language: str) -> bool:
    """Speak another language with whoever acts; True if it is for her alone, not for the screen."""
    found = _whoever()
    if found is None or found.account is None:
        return False
    with transaction() as session:
        if found.on_floor and found.worker is not None:
            token = _token()
            sessions.speak_here(session, token, language)
            service.set_worker_language(session, found.worker, language)
            return True
        if not found.on_floor:
            service.set_language(session, found.account, language)
    return False


def keep_cookie(response: Response, token: str) -> Response:
    """Put the token into the browser's cookie, out of reach of scripts."""
    secure = request.is_secure
    response.set_cookie(_cookie(), token, httponly=True, samesite="Lax", secure=secure, path="/")
    return response


def _cookie() -> str:
    return SEALED_COOKIE if request.is_secure else COOKIE


def here() -> str:
    """How this browser is named in the list of those that are signed in."""
    return queries.place_of(_token())


def _browser() -> str:
    return browser_of(request.headers.get("User-Agent", ""))


def _token() -> str:
    return request.cookies.get(_cookie(), "")


def sign_out(response: Response) -> Response:
    """Sign this browser out."""
    with transaction() as session:
        sessions.close_session(session, _token())
    response.delete_cookie(_cookie(), path="/", secure=request.is_secure)
    return response


def _checked(name: str, secret: str, at: datetime) -> AccountId | None:
    def compared() -> AccountId | None:
        with reading() as session:
            return service.check_secret(session, name, secret, at=at)

    return counted(name, at, compared)


def counted(name: str, at: datetime, compared: Callable[[], T | None]) -> T | None:
    """Count the attempt, compare outside the writers' turn, then forget it if it was right."""
    place = places.here()
    with transaction() as session:
        noted = guessing.begin(session, name, place.source, place.mark, at=at)
    found = compared()
    with transaction() as session:
        if found is not None:
            mark = places.keep_known(place).mark
            guessing.was_right(session, noted, mark, at=at)
        else:
            guessing.was_wrong(session, noted, at=at)
    return found


def _whoever() -> Actor | None:
    """Whoever acts at this screen: the door's own answer, of which the toolkit knows less."""
    return cast("Actor | None", find_actor())
