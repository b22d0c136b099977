"""Exactly one guard on every view, the present actor, and a check of that at start.

Who acts is found by the door that `factory.app` hangs in (`hang_door`); this toolkit knows no
tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue

from factory.kernel.errors import FactoryError, Refused

P = ParamSpec("P")
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
DOOR = "didim.door"


class SignInFirst(FactoryError):
    """Please sign in first."""


class NotAllowed(Refused):
    """You may not do this here. Please ask someone who may."""


class Acting(Protocol):
    """Whoever acts in a request."""

    @property
    def language(self) -> str:
        """The language she reads."""

    @property
    def her_language(self) -> str | None:
        """At a shared screen: the language of whoever's badge was scanned, if she has one."""

    @property
    def on_floor(self) -> bool:
        """Whether this is a shared screen of the floor."""

    def may(self, permission: str) -> bool:
        """Whether one of her roles has this permission."""


class Door(Protocol):
    """Finds out who stands before it."""

    def actor(self) -> Acting | None:
        """Whoever is signed in, by the cookie of this request."""

    def device(self, role: str) -> object:
        """The terminal whose token this request carries; refuses a wrong one by name."""


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may see a view."""

    kind: str
    needs: str = ""


def hang_door(app: Flask, door: Door) -> None:
    """Tell the guard how to find out who acts."""
    app.extensions[DOOR] = door


def find_actor() -> Acting | None:
    """Whoever is signed in, if anybody; asked once a request."""
    if "actor" not in g:
        door: Door = current_app.extensions[DOOR]
        g.actor = door.actor()
    return cast("Acting | None", g.actor)


def actor() -> Any:
    """Whoever is signed in; the guard has made sure that somebody is."""
    found = find_actor()
    if found is None:
        raise SignInFirst
    return found


def on_floor() -> bool:
    """Whether this page is shown at a shared screen of the floor."""
    found = find_actor()
    return found is not None and found.on_floor


def allow(permission: StrEnum) -> Callable[[View], View]:
    """Let in whoever is signed in and may do this."""
    return _guarded(Guard("allow", permission.value), lambda: _demand(permission.value))


def kiosk(permission: StrEnum) -> Callable[[View], View]:
    """As `allow`, for the large screens of the floor: refusals come as a red screen."""
    return _guarded(Guard("kiosk", permission.value), lambda: _demand(permission.value))


def public(view: View) -> View:
    """Let everybody in: sign-in, health, the description of the API, the certificate."""
    return _guarded(Guard("public"), lambda: None)(view)


def device(role: StrEnum) -> Callable[[View], View]:
    """Let in terminals whose token has this role."""
    return _guarded(Guard("device", role.value), lambda: _demand_device(role.value))


def opens(endpoint: str) -> bool:
    """Whether whoever is here may open a page: no link is shown that would be refused."""
    guard = getattr(current_app.view_functions.get(endpoint), "guard", None)
    if not isinstance(guard, Guard) or not guard.needs:
        return True
    found = find_actor()
    return found is not None and found.may(guard.needs)


def is_kiosk() -> bool:
    """Whether the view asked for belongs to the large screens of the floor."""
    view = current_app.view_functions.get(request.endpoint or "")
    guard = getattr(view, "guard", None)
    return isinstance(guard, Guard) and guard.kind == "kiosk"


def refuse_unguarded(app: Flask) -> None:
    """Stop the start if any view has no guard."""
    naked = sorted(
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and not isinstance(getattr(view, "guard", None), Guard)
    )
    if naked:
        message = f"views without a guard: {', '.join(naked)}"
        raise RuntimeError(message)


def _guarded(guard: Guard, check: Callable[[], None]) -> Callable[[View], View]:
    def wrap(view: View) -> View:
        if isinstance(getattr(view, "guard", None), Guard):
            message = f"{view.__name__} has two guards"
            raise TypeError(message)

        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            check()
            return view(*args, **kwargs)

        guarded.guard = guard  # type: ignore[attr-defined]
        return cast("View", guarded)

    return wrap


def _demand(permission: str) -> None:
    if not actor().may(permission):
        raise NotAllowed


def _demand_device(role: str) -> None:
    door: Door = current_app.extensions[DOOR]
    g.device = door.device(role)
