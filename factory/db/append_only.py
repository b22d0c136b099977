"""Triggers that refuse UPDATE and DELETE on tables of facts, on both engines.

On SQLite a third trigger for each unique key refuses `INSERT OR REPLACE`, which would otherwise
walk past the other two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, Table, UniqueConstraint, text

from factory.db.session import Base

_FUNCTION = """
CREATE OR REPLACE FUNCTION didim_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only table %: % refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def fact_tables() -> list[Table]:
    """Every declared table of facts, by name."""
    tables = (
        mapper.local_table
        for mapper in Base.registry.mappers
        if getattr(mapper.class_, "append_only", False)
    )
    return sorted((table for table in tables if isinstance(table, Table)), key=lambda t: t.name)


def guard_all(connection: Connection) -> None:
    """Guard every declared table of facts; for a new database and after tables were rebuilt."""
    for table in fact_tables():
        guard(connection, table)


def guard(connection: Connection, table: Table) -> None:
    """Make the database refuse to change a table's rows."""
    statements = _sqlite(table) if connection.dialect.name == "sqlite" else _postgresql(table)
    for statement in statements:
        connection.execute(text(statement.replace(":", r"\:")))


def unique_keys(table: Table) -> list[tuple[str, ...]]:
    """The columns of each key that may stand only once."""
    keys = {tuple(column.name for column in table.primary_key.columns)}
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            keys.add(tuple(column.name for column in constraint.columns))
    for index in table.indexes:
        if index.unique:
            keys.add(tuple(column.name for column in index.columns))
    return sorted(keys)


def missing_guards(connection: Connection) -> list[str]:
    """The guards that somebody has taken away from tables of facts, by name."""
    sqlite = connection.dialect.name == "sqlite"
    there = set(connection.scalars(text(_GUARDS_SQLITE if sqlite else _GUARDS_POSTGRESQL)))
    wanted = (name for table in fact_tables() for name in guards_of(table, sqlite=sqlite))
    return [name for name in wanted if name not in there]


def guards_of(table: Table, *, sqlite: bool) -> list[str]:
    """The names of a table's guards."""
    statements = _sqlite(table) if sqlite else _postgresql(table)
    found = (_TRIGGER.search(statement) for statement in statements)
    return [each[1] for each in found if each is not None]


_GUARDS_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
_GUARDS_POSTGRESQL = "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O'"
_TRIGGER = re.compile(r"TRIGGER (?:IF NOT EXISTS )?(\w+)")


def _sqlite(table: Table) -> Iterator[str]:
    name = table.name
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, 'append-only table {name}: {verb} refused'); END"
        )
    for key in unique_keys(table):
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {name}_no_replace_{'_'.join(key)} "
            f"BEFORE INSERT ON {name} "
            f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, 'append-only table {name}: row exists'); END"
        )


def _postgresql(table: Table) -> Iterator[str]:
    name = table.name
    yield _FUNCTION
    yield (
        f"CREATE OR REPLACE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
        "FOR EACH ROW EXECUTE FUNCTION didim_append_only()"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION didim_append_only()"
    )
