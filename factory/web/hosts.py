"""By which names the house may be called: no page of somebody else's can stand in its place.

A browser that was led to a stranger's name, which points to the house's address, would let his page
read along. Addresses, names without a dot and names of a house's own network can't
be a stranger's; any other name has to be said (`DIDIM_HOSTS`, or in the certificate).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address

from flask import Flask, request

from factory.kernel.errors import FactoryError
from factory.web.errors import STATUS

NEAR = (".local", ".localhost", ".lan", ".internal", ".home.arpa")
"""Endings that nobody can own on the internet."""
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::[0-9]{1,5})?", re.ASCII)


class NotThisHouse(FactoryError):
    """The house is not known by this name. Please open it by its own address."""


STATUS[NotThisHouse] = 400


def watch(app: Flask, named: Collection[str]) -> None:
    """Refuse every request that calls the house by a name that is not its own."""
    ours = frozenset(name.lower() for name in named)

    def refuse_strange() -> None:
        if not is_ours(request.host, ours):
            raise NotThisHouse

    app.before_request(refuse_strange)


def is_ours(host: str, named: Collection[str]) -> bool:
    """Whether a house is called so, with or without its port."""
    found = _HOST.fullmatch(host.lower())
    if found is None:
        return False
    name = found[1].strip("[]").rstrip(".")
    return "." not in name or name in named or name.endswith(NEAR) or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
