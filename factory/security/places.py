"""Where a secret is typed: a shared screen, a browser that somebody signed in at, or an address."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from flask import after_this_request, g, request
from werkzeug.wrappers import Response

from factory.security.domain import Actor
from factory.security.sessions import hashed
from factory.web.guard import find_actor

COOKIE = "didim_known"
SEALED_COOKIE = f"__Host-{COOKIE}"
LASTS = timedelta(days=400)
"""Longer no browser keeps a cookie."""
_NEW = "newly_known"
_ONE_HOUSEHOLD = 64
"""Whoever has an address of IPv6 has all that begin with the same bits."""


@dataclass(frozen=True, slots=True)
class Place:
    """What attempts are counted for, and by what whoever is right is known there afterwards."""

    source: str
    mark: str


def here() -> Place:
    """The shared screen, or the address; a browser is known by what it keeps, never by that."""
    found = cast("Actor | None", find_actor())
    if found is not None and found.on_floor:
        screen = f"screen {found.account}"
        return Place(screen, screen)
    return Place(f"from {_source()}", _mark(g.get(_NEW) or request.cookies.get(_cookie(), "")))


def keep_known(place: Place) -> Place:
    """Somebody was right: this browser is told by what it is known from now on."""
    if place.mark:
        return place
    token = secrets.token_urlsafe(32)
    setattr(g, _NEW, token)
    after_this_request(lambda response: _give(response, token))
    return Place(place.source, _mark(token))


def _give(response: Response, token: str) -> Response:
    response.set_cookie(
        _cookie(),
        token,
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
        path="/",
    )
    return response


def _mark(token: str) -> str:
    return f"browser {hashed(token)}" if token else ""


def _cookie() -> str:
    return SEALED_COOKIE if request.is_secure else COOKIE


def _source() -> str:
    address = request.remote_addr or ""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(ipaddress.ip_network((int(found), _ONE_HOUSEHOLD), strict=False))
