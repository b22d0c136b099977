"""One encrypted file of everything but the key; it opens on SQLite and PostgreSQL alike.

Format: magic (8 bytes) · nonce (12) · AES-256-GCM of gzipped lines of JSON, the magic as associated
data. The first line names the tables and their counts, so that a file cut short is refused.
"""

from __future__ import annotations

import base64
import gzip
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, LargeBinary, MetaData, Table, event, func, insert, select, text
from sqlalchemy.orm import Session
from sqlalchemy.types import Date, TypeEngine

from factory.db.columns import Instant, Won, Word
from factory.db.session import Base
from factory.kernel.errors import FactoryError
from factory.kernel.money import Money
from factory.security.keys import Ring

MAGIC = b"DIDIM\x00\x00\x01"
NONCE = 12
PURPOSE = b"backup"
CHUNK = 500


class BackupUnreadable(FactoryError):
    """This file is no whole backup of this house, or the key is another one."""


class PlaceNotEmpty(FactoryError):
    """There is a house here already. A backup is restored into an empty place only."""


class FileExists(FactoryError):
    """There is a file of that name already. A backup never overwrites one."""


def at_one_moment(session: Session) -> None:
    """See every table as it is now, whoever writes meanwhile; SQLite does so anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def create(
    session: Session, ring: Ring, path: Path, tables: list[Table] | None = None
) -> dict[str, int]:
    """Write a backup; gives the number of rows of each table."""
    if path.exists():
        raise FileExists
    tables = Base.metadata.sorted_tables if tables is None else tables
    rows = {table.name: [_plain(row) for row in _rows(session, table)] for table in tables}
    counts = {name: len(found) for name, found in rows.items()}
    lines = [json.dumps({"tables": counts})]
    lines += (json.dumps([name, row]) for name, found in rows.items() for row in found)
    packed = gzip.compress("\n".join(lines).encode(), mtime=0)
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(ring.derived(PURPOSE)).encrypt(nonce, packed, MAGIC)
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.touch(mode=0o600)
    unfinished.write_bytes(MAGIC + nonce + sealed)
    unfinished.rename(path)
    return counts


def restore(session: Session, ring: Ring, path: Path) -> dict[str, int]:
    """Fill an empty place, whose tables are there, from a backup; all or nothing."""
    rows = contents(ring, path)
    tables = {table.name: table for table in Base.metadata.sorted_tables}
    if any(session.scalar(select(func.count()).select_from(t)) for t in tables.values()):
        raise PlaceNotEmpty
    if set(rows) - set(tables):
        raise BackupUnreadable
    for name, table in tables.items():
        _fill(session, table, rows.get(name, []))
    return {name: len(found) for name, found in rows.items()}


def contents(ring: Ring, path: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of a backup by its table, once it is sure that the file is whole."""
    lines = _opened(ring, path)
    counts: dict[str, int] = json.loads(next(lines))["tables"]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in counts}
    for line in lines:
        name, row = json.loads(line)
        rows[name].append(row)
    if {name: len(found) for name, found in rows.items()} != counts:
        raise BackupUnreadable
    return rows


def differing(session: Session, rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The tables that are not row for row as in a backup."""
    tables = Base.metadata.sorted_tables
    return [
        table.name
        for table in tables
        if rows.get(table.name, []) != [_plain(row) for row in _rows(session, table)]
    ]


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


def _opened(ring: Ring, path: Path) -> Iterator[str]:
    data = path.read_bytes() if path.is_file() else b""
    start = len(MAGIC) + NONCE
    if not data.startswith(MAGIC):
        raise BackupUnreadable
    nonce, sealed = data[len(MAGIC) : start], data[start:]
    packed = next(filter(None, (_decrypted(ring, n, nonce, sealed) for n in ring.numbers)), None)
    if packed is None:
        raise BackupUnreadable
    return iter(gzip.decompress(packed).decode().split("\n"))


def _decrypted(ring: Ring, number: int, nonce: bytes, sealed: bytes) -> bytes | None:
    """What one of the keys opens: an older backup was sealed with an older one."""
    try:
        return AESGCM(ring.derived(PURPOSE, number)).decrypt(nonce, sealed, MAGIC)
    except (InvalidTag, ValueError):
        return None


def _rows(session: Session, table: Table) -> Iterator[dict[str, Any]]:
    found = session.execute(select(table).order_by(*table.primary_key.columns))
    return (dict(row) for row in found.mappings())


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Money):
        return value.won
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _fill(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        session.execute(insert(table), [_whole(table, row) for row in part])
    if rows and session.get_bind().dialect.name == "postgresql" and "id" in table.columns:
        _go_on_counting(session, table)


def _go_on_counting(session: Session, table: Table) -> None:
    """New rows get numbers beyond the restored ones."""
    sequence = func.pg_get_serial_sequence(table.name, "id")
    highest = select(func.max(table.c.id)).scalar_subquery()
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
