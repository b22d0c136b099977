"""One bridge from a named refusal to a page, a red screen or JSON."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InternalError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.exceptions import NotFound as HTTPNotFound

from factory.kernel.errors import BadInput, Conflict, FactoryError, NotFound, trail
from factory.kernel.ids import new_id
from factory.kernel.words import tell, translate
from factory.web import storage
from factory.web.guard import NotAllowed, SignInFirst, is_kiosk
from factory.web.responses import from_queue, queued, way_back

log = logging.getLogger("didim")
SECRET = frozenset({"csrf_token", "password", "pin", "old", "secret", "telephone"})
"""Fields of forms that no page shows again."""
STATUS: dict[type[FactoryError], int] = {
    NotFound: 404,
    Conflict: 409,
    NotAllowed: 403,
    SignInFirst: 401,
    BadInput: 400,
}


def bridge(app: Flask) -> None:
    """Answer every refusal and every fault with a sentence."""
    app.register_error_handler(SignInFirst, _sign_in)
    app.register_error_handler(FactoryError, _refused)
    app.register_error_handler(CSRFError, _forgery)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OverflowError, _out_of_reach)
    app.register_error_handler(DataError, _out_of_reach)
    app.register_error_handler(OperationalError, _not_stored)
    app.register_error_handler(InternalError, _perhaps_read_only)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(Exception, _broken)


def status_of(error: FactoryError) -> int:
    """The HTTP status of a refusal; 422 unless its class says otherwise."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 422)


def wants_json() -> bool:
    """Whether the asker is a terminal or a script of ours."""
    return request.path.startswith(("/api/", "/healthz")) or request.is_json


def error_json(
    code: str,
    message: str,
    status: int,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """The error shape of `contracts.md` section 4; whoever must sign in is told by what."""
    asked = {"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else {}
    told = {"error": {"code": code, "message": message, "field": field}}
    return jsonify(told), status, {**asked, **(headers or {})}


def _sign_in(error: SignInFirst) -> ResponseReturnValue:
    if wants_json():
        return _refused(error)
    return redirect(url_for("security.sign_in", next=request.full_path.rstrip("?")), code=303)


def _refused(error: FactoryError) -> ResponseReturnValue:
    status, sentence = status_of(error), tell(error)
    if from_queue():
        return queued("refused", sentence), status
    if wants_json():
        return error_json(type(error).code(), sentence, status, error.field)
    template = "errors/red.html" if is_kiosk() else "errors/refused.html"
    return render_template(template, sentence=sentence, back=way_back()), status


def _forgery(error: CSRFError) -> ResponseReturnValue:  # noqa: ARG001 - the sentence is ours
    sentence = translate("This page was open too long. Please go back, reload it and try again.")
    if wants_json():
        return error_json("page_too_old", sentence, 400)
    template = "errors/red.html" if is_kiosk() else "errors/refused.html"
    return render_template(template, sentence=sentence, back=way_back()), 400


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    sentence = translate(_SENTENCES.get(status, "This address can't be used like that."))
    if wants_json():
        name = error.name.lower().replace(" ", "_")
        return error_json(name, sentence, status, headers=_kept(error))
    page = render_template("errors/refused.html", sentence=sentence, back=way_back())
    return page, status, _kept(error)


def _kept(error: HTTPException) -> dict[str, str]:
    """What HTTP asks for beside the sentence: of an address that is used wrongly, how it may be."""
    return {name: value for name, value in error.get_headers() if name == "Allow"}


def _out_of_reach(error: Exception) -> ResponseReturnValue:
    """A number in an address that is larger than anything here: there is no such page.

    It is noted, because a day out of reach that was kept would hide a page in the same way.
    """
    log.warning("%s, answered at %s", trail(error), request.endpoint)
    return _http(HTTPNotFound())


def _not_stored(error: OperationalError) -> ResponseReturnValue:
    """The database took nothing: the sentence says why, and that nothing was saved."""
    return _unavailable(error, storage.of_database(error.orig))


def _perhaps_read_only(error: InternalError) -> ResponseReturnValue:
    """PostgreSQL tells it as a fault of its own that it can only be read."""
    said = storage.of_database(error.orig)
    return _broken(error) if said == storage.AWAY else _unavailable(error, said)


def _disk(error: OSError) -> ResponseReturnValue:
    said = storage.of_system(error)
    return _broken(error) if said is None else _unavailable(error, said)


def _unavailable(error: Exception, sentence: str) -> ResponseReturnValue:
    log.error("%s at %s: %s", type(error).__name__, request.endpoint, sentence)
    told = translate(sentence)
    if wants_json():
        return error_json("unavailable", told, 503)
    if is_kiosk() and not from_queue():
        return render_template("errors/red.html", sentence=told, back=way_back()), 503
    return render_template("errors/full.html", sentence=told, typed=_typed(), again=_again()), 503


def _typed() -> list[tuple[str, str]]:
    """What was typed, to be sent once more; what is secret is typed again."""
    return [each for each in request.form.items(multi=True) if each[0] not in SECRET]


def _again() -> str:
    """Where it is sent once more; files are chosen anew."""
    return request.full_path.rstrip("?") if request.method == "POST" and not request.files else ""


def _broken(error: Exception) -> ResponseReturnValue:
    number = new_id()[:8]
    log.error("fault %s at %s: %s", number, request.endpoint, trail(error))
    if wants_json():
        return error_json("fault", translate("Something broke here. It was noted."), 500)
    return render_template("errors/problem.html", number=number), 500


_SENTENCES = {
    404: "There is no such page here.",
    405: "This address can't be used like that.",
    413: "This is too much at once. Please send less.",
}
