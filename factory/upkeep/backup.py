"""One encrypted file of everything but the key; it opens on SQLite and PostgreSQL alike.

Gzipped lines of JSON, sealed frame by frame (`sealed.py`); the first line names the tables and
their counts. Written and read row after row: a house of any size needs the memory of a few frames.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice, zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    MetaData,
    String,
    Table,
    collate,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import Date, TypeEngine

from factory.db.columns import Instant, Won, Word
from factory.db.session import Base
from factory.kernel.errors import FactoryError
from factory.kernel.money import Money
from factory.kernel.time import local, now
from factory.security import chain
from factory.security.keys import Ring
from factory.upkeep.rotation import AT_ONCE, UNFINISHED, moment_of
from factory.upkeep.sealed import SealWrong, Writer, open_to_read

PURPOSE = b"backup"
CHUNK = 500
Row = tuple[str, dict[str, Any]]
"""A row of a backup, with the name of its table."""


class BackupUnreadable(FactoryError):
    """This file is no whole backup of this house, or the key is another one."""


class BackupOfAnother(FactoryError):
    """This backup belongs to another account of the computer, and this one may not read it."""


class OtherVersion(FactoryError):
    """This backup was made by another version of the program. Restore it with that, then update."""


class PlaceNotEmpty(FactoryError):
    """There is a house here already. A backup is restored into an empty place only."""


class BackupRenamed(FactoryError):
    """This backup is of {made}, not of when its name says: it was put in another's place."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a backup says of itself."""

    made: datetime | None
    mark: str


class FileExists(FactoryError):
    """There is a file of that name already. Nothing is written over it."""


def at_one_moment(session: Session) -> None:
    """See every table as it is now, whoever writes meanwhile; SQLite does so anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def create(
    session: Session, ring: Ring, path: Path, tables: list[Table] | None = None
) -> dict[str, int]:
    """Write a backup, row after row; gives the number of rows of each table."""
    if path.exists():
        raise FileExists
    tables = Base.metadata.sorted_tables if tables is None else tables
    counts = {table.name: _count(session, table) for table in tables}
    head = {"tables": counts, "made": now().isoformat(), "mark": _mark(session, counts)}
    with whole_or_nothing(path) as file:
        sealing = Writer(file, ring.derived(PURPOSE))
        with gzip.GzipFile(fileobj=sealing, mode="wb", mtime=0) as packed:
            packed.write(json.dumps(head).encode() + b"\n")
            for line in _lines_of(session, tables):
                packed.write(line)
        sealing.finish()
    return counts


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[BinaryIO]:
    """A file that has its name once all of it is on the disk; else nothing of it stays there."""
    unfinished = path.with_name(path.name + UNFINISHED)
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _mark(session: Session, counts: dict[str, int]) -> str:
    """The end of the chain of entries: a later house without it has lost some."""
    return str(chain.newest(session)) if counts.get(chain.TABLE) else ""


def _lines_of(session: Session, tables: list[Table]) -> Iterator[bytes]:
    for table in tables:
        for row in _rows(session, table):
            yield json.dumps([table.name, _plain(row)]).encode() + b"\n"


def restore(session: Session, ring: Ring, path: Path) -> dict[str, int]:
    """Fill an empty place, whose tables are there, from a backup; all or nothing."""
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    with opened(ring, path) as (counts, rows):
        if any(_count(session, table) for table in tables.values()):
            raise PlaceNotEmpty
        if set(counts) ^ set(tables):
            raise OtherVersion
        for name, found in groupby(rows, key=lambda each: each[0]):
            _fill(session, tables[name], (row for _, row in found))
    return counts


def head_of(ring: Ring, path: Path) -> Head:
    """When a backup was made and where the chain of entries ended then, by its first line alone."""
    with _unpacked(ring, path) as lines:
        head = json.loads(next(lines))
        made = datetime.fromisoformat(head["made"]) if "made" in head else None
        return Head(made, head.get("mark", ""))


def verified(ring: Ring, path: Path) -> dict[str, int]:
    """How many rows of each table are in a backup, once all of it was read.

    Raises:
        BackupUnreadable: it is not whole, was changed, or the key is another one.
        BackupOfAnother: it can't be opened, as on a stick that another account wrote.
        BackupRenamed: it is an older or newer one under this name.
    """
    made, named = head_of(ring, path).made, moment_of(path.name)
    if made is not None and named is not None and abs(made - named) > AT_ONCE:
        raise BackupRenamed(made=local(made).strftime("%Y-%m-%d %H:%M"))
    with opened(ring, path) as (counts, rows):
        for _ in rows:
            pass
    return counts


@contextmanager
def opened(ring: Ring, path: Path) -> Iterator[tuple[dict[str, int], Iterator[Row]]]:
    """What a backup says it has, and its rows; that it is whole is known after the last.

    Raises:
        BackupUnreadable: it is not whole, was changed, or the key is another one.
    """
    with _unpacked(ring, path) as lines:
        counts: dict[str, int] = json.loads(next(lines))["tables"]
        yield counts, _counted(lines, counts)


@contextmanager
def _unpacked(ring: Ring, path: Path) -> Iterator[gzip.GzipFile]:
    keys = (ring.derived(PURPOSE, number) for number in ring.numbers)
    try:
        file, data = open_to_read(path, keys)
    except PermissionError:
        raise BackupOfAnother from None
    except (OSError, SealWrong):
        raise BackupUnreadable from None
    with file, gzip.GzipFile(fileobj=data) as lines:
        try:
            yield lines
        except (SealWrong, OSError, EOFError, zlib.error, StopIteration):
            raise BackupUnreadable from None


def _counted(lines: Iterable[bytes], counts: dict[str, int]) -> Iterator[Row]:
    found = dict.fromkeys(counts, 0)
    for line in lines:
        name, row = json.loads(line)
        found[name] += 1
        yield name, row
    if found != counts:
        raise SealWrong


def differing(session: Session, ring: Ring, path: Path) -> list[str]:
    """The tables that are not row for row as in a backup."""
    ours = {table.name: table for table in Base.metadata.sorted_tables}
    wrong, seen = [], set()
    with opened(ring, path) as (_, rows):
        for name, found in groupby(rows, key=lambda each: each[0]):
            seen.add(name)
            here = (_plain(row) for row in _rows(session, ours[name]))
            pairs = zip_longest((row for _, row in found), here)
            if [True for theirs, mine in pairs if theirs != mine]:
                wrong.append(name)
    return wrong + [n for n, t in ours.items() if n not in seen and _count(session, t)]


def _count(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def tables_there(session: Session) -> list[Table]:
    """The tables as this database has them, for a backup before they are changed."""
    there = MetaData()
    event.listen(there, "column_reflect", _typed_as_ours)
    there.reflect(session.connection())
    return [table for table in there.sorted_tables if table.name != "alembic_version"]


def _typed_as_ours(_inspector: object, table: Table, column: Any) -> None:
    known = Base.metadata.tables.get(table.name)
    if known is not None and column["name"] in known.columns:
        column["type"] = known.columns[column["name"]].type


def _rows(session: Session, table: Table) -> Iterator[dict[str, Any]]:
    statement = select(table).order_by(*(_in_bytes(session, c) for c in table.primary_key.columns))
    found = session.execute(statement, execution_options={"yield_per": CHUNK})
    return (dict(row) for row in found.mappings())


def _in_bytes(session: Session, column: Column[Any]) -> ColumnElement[Any]:
    """What rows are ordered by: the same on either engine, whatever its language sorts like."""
    in_words = isinstance(column.type, String) and session.get_bind().dialect.name == "postgresql"
    return collate(column, "C") if in_words else column


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Money):
        return value.won
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _fill(session: Session, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    rows, columns = _after_what_they_name(table, rows), set(table.columns.keys())
    while part := list(islice(rows, CHUNK)):
        if part[0].keys() ^ columns:
            raise OtherVersion
        session.execute(insert(table), [_whole(table, row) for row in part])
    if session.get_bind().dialect.name == "postgresql":
        _go_on_counting(session, table)


def _after_what_they_name(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows that name another of their table (an undone scan) once that one is there.

    Few do; these alone are held in memory.
    """
    naming = {key.parent.name: key.column.name for key in table.foreign_keys if _own(key)}
    waiting = []
    for row in rows:
        if any(row[column] is not None for column in naming):
            waiting.append(row)
        else:
            yield row
    while waiting:
        ready, waiting = _ready(waiting, naming)
        yield from ready


def _own(key: ForeignKey) -> bool:
    return key.column.table is key.parent.table


def _ready(
    waiting: list[dict[str, Any]], naming: dict[str, str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Those that wait for none of the others, and the rest; all of them, if each waits for one."""
    there = {target: {row[target] for row in waiting} for target in set(naming.values())}
    ready: list[dict[str, Any]] = []
    rest: list[dict[str, Any]] = []
    for row in waiting:
        blocked = any(row[column] in there[target] for column, target in naming.items())
        (rest if blocked else ready).append(row)
    return (ready, rest) if ready else (rest, [])


def _go_on_counting(session: Session, table: Table) -> None:
    """New rows get numbers beyond the restored ones, where the database gives them out."""
    if (column := table.autoincrement_column) is None:
        return
    sequence = session.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
    if sequence is not None:
        highest = select(func.max(column)).scalar_subquery()
        session.execute(select(func.setval(sequence, highest)))


def _whole(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _whole_value(table.columns[name], value) for name, value in row.items()}


def _whole_value(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, Word):
        return kind.words(value)
    return next((whole(value) for of, whole in _WHOLE if isinstance(kind, of)), value)


_WHOLE: tuple[tuple[type[TypeEngine[Any]], Callable[[Any], Any]], ...] = (
    (Instant, datetime.fromisoformat),
    (Date, date.fromisoformat),
    (Won, Money),
    (LargeBinary, base64.b64decode),
)
