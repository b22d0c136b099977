"""Prepare an engine: durable, strict, readers that can't write, writers in turn."""

from __future__ import annotations

import fcntl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "busy_timeout=10000",
    "trusted_schema=OFF",
    "secure_delete=ON",  # what is erased is written over, not only let go
)

_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions that begin inside the block may write."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def prepare(engine: Engine) -> None:
    """Give an engine its habits; once, right after it was made."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connect_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _connect_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 must not begin by itself
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    may_write = _writing.get()
    raw = connection.connection.dbapi_connection  # of what never waits nothing needs to be told
    raw.execute(f"PRAGMA query_only={int(not may_write)}")  # type: ignore[union-attr]
    connection.exec_driver_sql("BEGIN IMMEDIATE" if may_write else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if not _writing.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def scrub(engine: Engine) -> None:
    """Leave nothing of what was erased in what SQLite wrote ahead; best while nobody reads."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


class Turns:
    """A lock that serves whoever came first, first; between processes a locked file decides."""

    def __init__(self, path: Path | None) -> None:
        self._inner = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False
        self._path = path

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and pass it on at the end."""
        self._take()
        try:
            with self._between_processes():
                yield
        finally:
            self._pass_on()

    @contextmanager
    def _between_processes(self) -> Iterator[None]:
        """Hold the locked file; it is open no longer than that, and closing it unlocks it."""
        if self._path is None:
            yield
            return
        with self._path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _take(self) -> None:
        with self._inner:
            if not self._taken:
                self._taken = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        mine.wait()

    def _pass_on(self) -> None:
        with self._inner:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_turns: dict[str, Turns] = {}
_turns_lock = threading.Lock()


@contextmanager
def writer_in_turn(engine: Engine) -> Iterator[None]:
    """On SQLite, one writer after the other; elsewhere nobody waits here."""
    if engine.dialect.name != "sqlite":
        yield
        return
    with _turns_of(engine).turn():
        yield


def _turns_of(engine: Engine) -> Turns:
    name = str(engine.url)
    with _turns_lock:
        if name not in _turns:
            file = engine.url.database
            _turns[name] = Turns(Path(f"{file}.turns") if file and file != ":memory:" else None)
        return _turns[name]
