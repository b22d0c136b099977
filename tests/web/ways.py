"""Where a page leads, and who may go there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from factory.security.domain import ALLOWED, Role

WAYS = re.compile(r'<(?:a|form)\b[^>]*?\b(?:href|action)="(/[^"]*)"[^>]*>')


def closed(app: Flask, page: str, role: Role) -> Iterator[str]:
    """Addresses that a page offers and that are closed to whoever has this role."""
    doors = app.url_map.bind("localhost")
    for tag, address in {found[0]: found[1] for found in WAYS.finditer(page)}.items():
        sent, path = 'method="post"' in tag, urlsplit(address).path
        try:
            endpoint, _ = doors.match(path, method="POST" if sent else "GET")
        except HTTPException:
            yield f"{address}: there is no such page"
            continue
        guard = getattr(app.view_functions[endpoint], "guard", None)
        if guard is not None and guard.needs and guard.needs not in ALLOWED[role]:
            yield f"{address}: closed, it needs {guard.needs}"
