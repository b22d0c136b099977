"""Which of the house's tills this browser stands at, and who sells there."""

from __future__ import annotations

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from factory.db.session import reading
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.security import entering
from factory.security import kiosk as door
from factory.security.domain import MayNotVouch, Permission
from factory.till import queries
from factory.till.domain.shop import MayNotSell
from factory.till.forms import WhoForm
from factory.till.routes import approval
from factory.till.routes.door import bp
from factory.web.guard import kiosk
from factory.web.responses import page, see_other

COOKIE, A_YEAR = "didim_till", 366 * 24 * 3600


def here() -> int:
    """The number of this till; the first one where nobody has said."""
    told = request.cookies.get(COOKIE, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) == 1 and told != "0" else 1


def is_told() -> bool:
    """Whether it is clear which till this is: there is only one, or somebody has said."""
    with reading() as session:
        return queries.tills(session) == 1 or COOKIE in request.cookies


@bp.route("/which", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def which() -> ResponseReturnValue:
    """Tell this browser, once, which till it stands at."""
    with reading() as session:
        numbers = range(1, queries.tills(session) + 1)
    chosen = request.form.get("till", "")
    if chosen not in {str(number) for number in numbers}:
        return page("till/which.html", numbers=numbers, at=here())
    answer = make_response(redirect(url_for("till.basket"), code=303))
    answer.set_cookie(COOKIE, chosen, max_age=A_YEAR, httponly=True, samesite="Lax")
    return answer


@bp.route("/who", methods=["GET", "POST"])
@kiosk(Permission.SELL)
def who() -> ResponseReturnValue:
    """Another cashier takes over: her own sign-in, the same drawer."""
    form = WhoForm.sent()
    if form.ok():
        with form.catching():
            name = approval.named((form.name.data or "").strip())
            secret = form.secret.data or ""
            shown = _seller(name, secret)
            _, token = entering.sign_in(name, secret, at=now())
            if not token:  # her telephone is asked too, and that is done where one signs in
                return door.sign_out(see_other("security.sign_in"))
            told = mark("{name} sells now.")
            answer = see_other("till.basket", told, values={"name": shown})
            return door.keep_cookie(door.sign_out(answer), token)
    return page("till/who.html", form=form)


def _seller(name: str, secret: str) -> str:
    """Whoever takes over, by the name she chose; refused where she may not sell."""
    try:
        _, shown = door.vouch(name, secret, Permission.SELL, at=now())
    except MayNotVouch:
        raise MayNotSell from None
    return shown
