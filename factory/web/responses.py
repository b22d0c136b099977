"""Answers: a page, the way on, a file, and the floor's green and red screens."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

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


def lead_on(endpoint: str, /, **where: Any) -> AnyResponse:
    """From a short address to the one it stands for, in the language asked for in it, if any."""
    return redirect(url_for(endpoint, **where, language=request.args.get("language")), code=303)


def ask_pin(after: str, /, **where: Any) -> AnyResponse:
    """At a shared screen: ask for her PIN first, then lead on to a page of her own."""
    return lead_on("security.pin", next=url_for(after, **where))


def came_from() -> str:
    """The page of ours that led here; empty if none did."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host or parts.path.startswith("//"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def way_back() -> str:
    """Where to go after a refusal: the page it came from, else the start page."""
    asked_again = request.method == "GET" and urlsplit(came_from()).path == request.path
    return (not asked_again and came_from()) or url_for("security.start")


def green(template: str, **values: Any) -> tuple[str, int]:
    """The floor's answer that it is done: shown for two seconds, with two rising notes."""
    return render_template(template, outcome="green", **values), 200


def red(sentence: str, status: int = 422, /, **values: object) -> tuple[str, int]:
    """The floor's refusal: one sentence, one low note, and by itself back to where it came from."""
    told = say(sentence, **values)
    return render_template("errors/red.html", sentence=told, back=way_back()), status


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
