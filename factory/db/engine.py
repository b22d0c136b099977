"""Prepare an engine: durable, strict, readers that can't write, writers in turn.

Who can't have the database waits `PATIENCE` seconds in all and is then refused: another program
may hold it for as long as it likes. Where one stands at the head and many wait behind it, those
beyond the first few are refused sooner, so that whoever only looks is still served.
"""

from __future__ import annotations

import fcntl
import math
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, event
from sqlalchemy.exc import DisconnectionError, OperationalError

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",  # what is erased is written over, not only let go
)

PATIENCE = 10.0
"""Seconds that anybody waits for the database."""
CROWD = 6
"""So many wait behind somebody who stands; the server has more threads than these."""
STANDS = 3.0
"""Seconds at the head of the row after which somebody stands, and a crowd is sent away."""
NAP = 0.005
BREATH = 0.5
"""Seconds after which what could only be read is opened once more."""
_SHUT = "didim.shut"

_writing: ContextVar[bool] = ContextVar("writing", default=False)


_most: ContextVar[float] = ContextVar("most", default=0.0)
_until: ContextVar[float] = ContextVar("until", default=0.0)


def still_held() -> OperationalError:
    """What the database itself says when another program holds it for too long."""
    return OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError("database is locked"))


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
        event.listen(engine, "do_connect", _open_what_stays_as_it_is)
        event.listen(engine, "connect", _connect_sqlite)
        engine.dialect.do_begin = _begin_sqlite  # type: ignore[method-assign]
    else:
        event.listen(engine, "connect", _connect_postgresql)
        event.listen(engine, "begin", _begin_postgresql)
    event.listen(engine, "checkout", _leave_what_was_shut)


def _open_what_stays_as_it_is(
    _dialect: object, _record: object, words: list[Any], _named: object
) -> sqlite3.Connection | None:
    """On a disk that can only be read SQLite has no place for the notes that it shares.

    Where it was closed well before, nothing of it lies in them, and it can be read without.
    """
    file = Path(words[0])
    if not file.is_file() or Path(f"{file}-wal").exists():
        return None
    if os.access(file, os.W_OK) or os.access(file.parent, os.W_OK):
        return None
    address = f"{file.absolute().as_uri()}?immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _connect_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # sqlite3 must not begin by itself
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    _note(record, shut=bool(file) and not os.access(file, os.W_OK))


def _note(record: Any, *, shut: bool) -> None:
    record.info[_SHUT] = time.monotonic() if shut else 0.0


def _leave_what_was_shut(_connection: object, record: Any, _proxy: object) -> None:
    """What was opened while it could only be read stays so: to write, open it anew."""
    since = record.info.get(_SHUT)
    if since and _writing.get() and time.monotonic() - since > BREATH:
        raise DisconnectionError


def _begin_sqlite(dbapi_connection: PoolProxiedConnection) -> None:
    """Begin as whoever asks may: in the place of a listener, which every statement would pass."""
    may_write = _writing.get()
    left = max(0.0, _until.get() - time.monotonic()) if _until.get() else PATIENCE
    _say(dbapi_connection, "busy_timeout", math.ceil(left * 10) * 100)
    _say(dbapi_connection, "query_only", int(not may_write))
    raw: Any = dbapi_connection.dbapi_connection
    raw.execute("BEGIN IMMEDIATE" if may_write else "BEGIN")


def _say(connection: PoolProxiedConnection, what: str, wanted: int) -> None:
    """Tell a connection what it was not told last."""
    if connection.info.get(what) != wanted:
        raw: Any = connection.dbapi_connection
        raw.execute(f"PRAGMA {what}={wanted}")
        connection.info[what] = wanted


def _connect_postgresql(connection: Any, record: Any) -> None:
    connection.autocommit = True  # what is set holds for every transaction to come
    connection.execute(f"SET lock_timeout = {int(PATIENCE * 1000)}")
    shown = connection.execute("SHOW default_transaction_read_only").fetchone()
    _note(record, shut=shown[0] == "on")
    connection.autocommit = False


def _begin_postgresql(connection: Connection) -> None:
    if not _writing.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    elif _most.get():
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(_most.get() * 1000)}")


def takes_writes(engine: Engine) -> bool:
    """Whether what is written would be taken, as far as that is known without writing."""
    if engine.dialect.name == "sqlite":
        file = Path(engine.url.database or ".")
        return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    with writing(), engine.connect() as connection:
        return bool(connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "off")


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
        self._since = 0.0
        self._path = path

    @contextmanager
    def turn(self, until: float) -> Iterator[None]:
        """Wait for one's turn, no longer than that, and pass it on at the end."""
        self._take(until)
        try:
            with self._between_processes(until):
                yield
        finally:
            self._pass_on()

    @contextmanager
    def _between_processes(self, until: float) -> Iterator[None]:
        """Hold the locked file; it is open no longer than that, and closing it unlocks it."""
        if self._path is None:
            yield
            return
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            while not _locks(file):
                if time.monotonic() >= until:
                    raise still_held()
                time.sleep(NAP)
            yield
        finally:
            os.close(file)

    def _take(self, until: float) -> None:
        with self._inner:
            if not self._taken:
                self._taken, self._since = True, time.monotonic()
                return
            mine = threading.Event()
            self._waiting.append(mine)
        while not mine.wait(max(0.0, self._most(mine, until) - time.monotonic())):
            self._leave_if_over(mine, until)

    def _most(self, mine: threading.Event, until: float) -> float:
        """Until when she waits before she looks again: not longer than who stands, in a crowd."""
        with self._inner:
            return min(until, self._since + STANDS) if self._is_crowd(mine) else until

    def _leave_if_over(self, mine: threading.Event, until: float) -> None:
        """Leave the row, unless the turn came in this very moment or it went on meanwhile."""
        with self._inner:
            if mine.is_set():
                return
            moment = time.monotonic()
            stands = self._is_crowd(mine) and moment >= self._since + STANDS
            if moment >= until or stands:
                self._waiting.remove(mine)
                raise still_held()

    def _is_crowd(self, mine: threading.Event) -> bool:
        return mine not in islice(self._waiting, CROWD)

    def _pass_on(self) -> None:
        with self._inner:
            if self._waiting:
                self._since = time.monotonic()
                self._waiting.popleft().set()
            else:
                self._taken = False


def _locks(file: int) -> bool:
    """Whether the file could be locked now."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


_turns: dict[str, Turns] = {}
_turns_lock = threading.Lock()


@contextmanager
def writer_in_turn(engine: Engine) -> Iterator[None]:
    """On SQLite, one writer after the other; elsewhere nobody waits here for another."""
    if engine.dialect.name != "sqlite":
        with _not_in_a_crowd():
            yield
        return
    until = time.monotonic() + PATIENCE
    with _turns_of(engine).turn(until), _waits(until):
        yield


_begun: dict[object, float] = {}
"""When each of those who write now began."""


@contextmanager
def _not_in_a_crowd() -> Iterator[None]:
    """Write, unless many stand already: each of them has a thread that others may need."""
    mine, begun = object(), time.monotonic()
    with _turns_lock:
        if sum(begun - since > STANDS for since in _begun.values()) > CROWD:
            raise still_held()
        token = _most.set(0.0 if len(_begun) < CROWD else STANDS)
        _begun[mine] = begun
    try:
        yield
    finally:
        _most.reset(token)
        with _turns_lock:
            del _begun[mine]


@contextmanager
def _waits(until: float) -> Iterator[None]:
    """What begins inside the block waits no longer than that."""
    token = _until.set(until)
    try:
        yield
    finally:
        _until.reset(token)


def _turns_of(engine: Engine) -> Turns:
    name = str(engine.url)
    with _turns_lock:
        if name not in _turns:
            file = engine.url.database
            _turns[name] = Turns(Path(f"{file}.turns") if file and file != ":memory:" else None)
        return _turns[name]
