"""Long work in parts: each sending does one part, and the page says how far it is.

The page's form sends itself until everything is done; without scripts its button does. What is
done stays done, whoever closes the page in between.
"""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from factory.kernel.words import say
from factory.web.responses import page

BY_SCRIPT = "X-Didim-Parts"


def going_on(title: str, done: int, of: int, *, stop: str) -> ResponseReturnValue:
    """After a part: the page that goes on, with the way out of it; its script hears how far."""
    told = say("{done} of {of} are done.", done=done, of=of)
    if _is_by_script():
        return jsonify(done=done, of=of, told=told)
    return page("going_on.html", title=say(title), done=done, of=of, told=told, stop=stop)


def all_done(answer: Response) -> ResponseReturnValue:
    """After the last part: the way on; the page's script is told where that leads."""
    return jsonify(next=answer.location) if _is_by_script() else answer


def _is_by_script() -> bool:
    return request.headers.get(BY_SCRIPT) == "1"
