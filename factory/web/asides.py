"""What a higher room adds to a lower room's page: the page leaves a place, and names nobody.

An order's page, for one, shows when it will be finished; how that is reckoned only reports know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Flask, render_template
from markupsafe import Markup

from factory.web.guard import actor


@dataclass(frozen=True, slots=True)
class Aside:
    """What is added to a page: who may see it, how it is drawn, and how it is found."""

    place: str
    """The page's endpoint."""
    permission: StrEnum
    """Who sees it."""
    template: str
    find: Callable[..., Any]
    """From the page's values in the address to what the template shows; none: nothing to say."""


def install(app: Flask, asides: Iterable[Aside]) -> None:
    """Let templates ask for what others add to them."""
    kept = tuple(asides)

    def shown(place: str, **where: Any) -> Markup:
        return Markup("").join(
            Markup(render_template(each.template, found=found))  # noqa: S704 - drawn by Jinja
            for each in kept
            if each.place == place and actor().may(each.permission)
            if (found := each.find(**where)) is not None
        )

    app.jinja_env.globals["asides"] = shown
