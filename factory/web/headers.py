"""Headers of every answer: content policy without inline script, no foreign frames, no caching."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import ClientDisconnected
from werkzeug.wsgi import get_input_stream

POLICY = (
    "default-src 'self'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "object-src 'none'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'; "
    "form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
}
LARGEST_BODY = 2 * 1024 * 1024
LARGEST_HEARD = 64 * 1024 * 1024
"""Of a body that nobody reads: only then does its sender stay to hear the answer."""
PART = 64 * 1024


def dress(app: Flask) -> None:
    """Put the headers on every answer and a limit on every body."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.after_request(_dress)
    app.after_request(_hear_out)


def _dress(response: Response) -> Response:
    there = {name.lower() for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name.lower() not in there:
            response.headers.add(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response


def _hear_out(response: Response) -> Response:
    """Let whoever sends a body finish, though nobody wants it, so that she hears the answer."""
    unread = "stream" not in vars(request)
    if unread and 0 < (request.content_length or 0) <= LARGEST_HEARD:
        body = get_input_stream(request.environ)
        try:
            while body.read(PART):
                pass
        except ClientDisconnected:
            pass
    return response
