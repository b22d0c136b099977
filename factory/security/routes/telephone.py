"""A telephone besides the password: asked when signing in, taken in and off by oneself."""

from __future__ import annotations

import segno
from flask import make_response, redirect, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.security import entering, kiosk, second, service, telephone
from factory.security.domain import AccountId, Actor, Permission
from factory.security.forms import AskedForm, BeginForm, CodeForm
from factory.security.routes.blueprint import bp
from factory.security.routes.house import way_on
from factory.web.guard import NotAllowed, actor, allow, public
from factory.web.responses import page, see_other

LATE = mark("That took too long. Please sign in once more.")
GROUP = 4


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Take the code of a telephone, after the password."""
    form = AskedForm.sent()
    if entering.waiting(at=now()) is None:
        return see_other("security.sign_in", LATE)
    if form.ok():
        with form.catching():
            token = entering.enter_code(form.code.data, at=now())
            return kiosk.keep_cookie(redirect(way_on(), code=303), token)
    return page("security/code.html", form=form)


@bp.route("/sign-in/telephone", methods=["GET", "POST"])
@public
def telephone_first() -> ResponseReturnValue:
    """Take a telephone in before the first sign-in, where the house demands one."""
    form = CodeForm.sent()
    account = entering.waiting(at=now())
    if account is None or (shown := _shown(account)) is None:
        return see_other("security.sign_in", LATE)
    if form.ok():
        with form.catching():
            token, codes = entering.take_in_first(form.code.data, at=now())
            answer = make_response(page("security/recovery_codes.html", codes=codes, on=way_on()))
            return kiosk.keep_cookie(answer, token)
    return page("security/telephone_first.html", form=form, **shown)


@bp.route("/settings/telephone", methods=["GET", "POST"])
@allow(Permission.LOOK_AROUND)
def own_telephone() -> ResponseReturnValue:
    """Show whether one signs in with a telephone; take its first code."""
    form, mine = CodeForm.sent(), _mine()
    if form.ok():
        with form.catching():
            codes = entering.take_in(mine, form.code.data, by=actor(), at=now())
            return page("security/recovery_codes.html", codes=codes, on=_settings())
    with reading() as session:
        found = telephone.telephone(session, mine)
    shown = _shown(mine) or {"secret": "", "picture": ""}
    return page("security/telephone.html", form=form, begin=BeginForm(), telephone=found, **shown)


@bp.post("/settings/telephone/begin")
@allow(Permission.LOOK_AROUND)
def begin_telephone() -> ResponseReturnValue:
    """Begin to take a telephone in, knowing one's own secret."""
    form, mine = BeginForm.sent(), _mine()
    if form.ok():
        with form.catching():
            kiosk.confirm_password(mine, form.old.data, at=now())
            with transaction() as session:
                telephone.begin(session, mine)
            return see_other("security.own_telephone")
    nothing = {"telephone": None, "secret": "", "picture": ""}
    return page("security/telephone.html", form=form, begin=form, **nothing)


@bp.post("/settings/telephone/codes")
@allow(Permission.LOOK_AROUND)
def new_codes() -> ResponseReturnValue:
    """Give other recovery codes, for a code of the telephone."""
    form, mine = CodeForm.sent(), _mine()
    if form.ok():
        with form.catching():
            entering.confirm(mine, form.code.data, at=now())
            with transaction() as session:
                codes = telephone.new_codes(session, mine, by=actor(), at=now())
            return page("security/recovery_codes.html", codes=codes, on=_settings())
    return _once_more(mine, form)


@bp.post("/settings/telephone/off")
@allow(Permission.LOOK_AROUND)
def telephone_off() -> ResponseReturnValue:
    """Sign in without the telephone from now on, for a code of it."""
    form, mine = CodeForm.sent(), _mine()
    if form.ok():
        with form.catching():
            entering.confirm(mine, form.code.data, at=now())
            with transaction() as session:
                telephone.take_off(session, mine, by=actor(), at=now())
            return see_other("security.sign_in", mark("No code is asked any more."))
    return _once_more(mine, form)


def _once_more(mine: AccountId, form: CodeForm) -> ResponseReturnValue:
    with reading() as session:
        found = telephone.telephone(session, mine)
    nothing = {"secret": "", "picture": "", "begin": BeginForm()}
    return page("security/telephone.html", form=form, telephone=found, **nothing)


def _shown(account: AccountId) -> dict[str, str] | None:
    """What a telephone is told: as a picture for its camera, and to be typed."""
    with reading() as session:
        secret = telephone.waiting_secret(session, account)
        name = service.account_name(session, account)
    if secret is None:
        return None
    drawn = segno.make(second.address_of(secret, name), error="m", micro=False)
    groups = (secret[at : at + GROUP] for at in range(0, len(secret), GROUP))
    return {"secret": " ".join(groups), "picture": drawn.svg_data_uri(scale=5, border=3)}


def _settings() -> str:
    return url_for("security.own_telephone")


def _mine() -> AccountId:
    """The account of whoever signed in here; at a shared screen nobody did."""
    me: Actor = actor()
    if me.on_floor or me.account is None:
        raise NotAllowed
    return me.account
