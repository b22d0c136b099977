"""Answers: a page, the way on, a file, and the floor's green and red screens."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from factory.kernel.words import say


def page(template: str, **values: Any) -> tuple[str, int]:
    """Show a page; 422 if a form in it was refused, so that nothing typed is lost."""
    form = values.get("form")
    refused = bool(form is not None and form.errors)
    return render_template(template, **values), 422 if refused else 200


def see_other(
    endpoint: str, told: str = "", /, *, values: dict[str, object] | None = None, **where: Any
) -> AnyResponse:
    """After a change: go there, and say what was done."""
    if told:
        flash(say(told, **(values or {})), "done")
    return redirect(url_for(endpoint, **where), code=303)


def green(template: str, **values: Any) -> tuple[str, int]:
    """The floor's answer that it is done: shown for two seconds, with two rising notes."""
    return render_template(template, outcome="green", **values), 200


def red(sentence: str, status: int = 422, /, **values: object) -> tuple[str, int]:
    """The floor's refusal: one sentence, one low note."""
    return render_template(
        "errors/red.html", outcome="red", sentence=say(sentence, **values)
    ), status


def from_queue() -> bool:
    """Whether this request is an entry that waited in a terminal's browser while it was offline."""
    return request.headers.get("X-Didim-Queue") == "1"


def queued(status: str, sentence: str) -> Response:
    """The answer to an entry that waited: recorded, duplicate or refused, with no name in it."""
    return jsonify({"status": status, "sentence": sentence})


def download(data: bytes, name: str, kind: str) -> Response:
    """A file to keep."""
    response = Response(data, mimetype=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def inline(data: bytes, name: str, kind: str) -> Response:
    """A file to look at in the browser."""
    response = Response(data, mimetype=kind)
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response
