"""The cookie of the forms: one of its own over https, which plain http never carries."""

from __future__ import annotations

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

SEALED = "__Host-"
"""Browsers take such a cookie over https alone, for this house and no other."""


class FormsCookie(SecureCookieSessionInterface):
    """What a browser keeps between a form and its answer; nothing of anybody."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Nothing to unseal where nothing was sent: terminals send no cookies."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def get_cookie_name(self, app: Flask) -> str:
        """Another name over https, since http may not write over a sealed one."""
        name = super().get_cookie_name(app)
        return f"{SEALED}{name}" if request.is_secure else name

    def get_cookie_secure(self, app: Flask) -> bool:
        """Sealed where the page is."""
        return request.is_secure or super().get_cookie_secure(app)


def install(app: Flask) -> None:
    """Keep the forms' cookie so."""
    app.session_interface = FormsCookie()
