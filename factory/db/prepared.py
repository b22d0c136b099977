"""A statement in the words of one kind of database, with what its values pass through.

SQLAlchemy says both, once. From then on the words go to the driver as they are: what is looked up
anew at each execution otherwise costs a sale, which runs a dozen of them, more than the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Insert, Select, Update
from sqlalchemy.engine import result_tuple
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.schema import ScalarElementColumnDefault

Statement = Select[*tuple[Any, ...]] | Insert | Update
Row = Any
"""A tuple whose parts have the names of the columns."""


class Prepared:
    """A statement that is ready for one database, to be given values of certain names."""

    def __init__(self, statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> None:
        usual = _usual(statement, names)
        said: Any = statement.compile(dialect=dialect, column_keys=[*names, *usual])
        if said.post_compile_params:
            message = "a statement over a list has other words for each length"
            raise ValueError(message)
        self.words = str(said)
        self._dialect = dialect
        binds = {name: bind for bind, name in said.bind_names.items()}
        self._fixed = {name: each.value for name, each in binds.items() if not each.required}
        self._fixed |= usual
        self._by_place = said.positiontup is not None
        ways = {
            name: each.type.dialect_impl(dialect).bind_processor(dialect)
            for name, each in binds.items()
        }
        self._ways_in = [(name, ways[name]) for name in said.positiontup or ways]
        self._make, self._ways_out = _answer(statement.exported_columns, dialect)

    def run(self, connection: Connection, given: Sequence[Mapping[str, Any]]) -> list[Row]:
        """Run it once with each of these values; gives the rows of its answer.

        Raises:
            DBAPIError: what SQLAlchemy raises in the same place.
            KeyError: a value is missing, by its name.
        """
        sent, many = [self._sent(each) for each in given], len(given) > 1
        try:
            with closing(connection.connection.cursor()) as cursor:
                if connection._has_events or connection.engine._has_events:  # noqa: SLF001
                    self._tell_who_listens(connection, cursor, sent)
                if many:
                    cursor.executemany(self.words, sent)
                else:
                    cursor.execute(self.words, sent[0])
                found = cursor.fetchall() if cursor.description else []
        except self._dialect.loaded_dbapi.Error as fault:
            raise self._told(connection, fault) from fault
        return [self._read(row) for row in found]

    def _tell_who_listens(self, connection: Connection, cursor: object, sent: list[Any]) -> None:
        many = len(sent) > 1
        heard = connection.dispatch.before_cursor_execute
        heard(connection, cursor, self.words, sent if many else sent[0], None, many)

    def _sent(self, given: Mapping[str, Any]) -> Any:
        values = {**self._fixed, **given}
        passed = [values[name] if way is None else way(values[name]) for name, way in self._ways_in]
        if self._by_place:
            return passed
        return dict(zip((name for name, _ in self._ways_in), passed, strict=True))

    def _read(self, found: Sequence[Any]) -> Row:
        if not self._ways_out:
            return self._make(found)
        row = list(found)
        for at, way in self._ways_out:
            row[at] = way(row[at])
        return self._make(row)

    def _told(self, connection: Connection, fault: Exception) -> BaseException:
        """The fault as SQLAlchemy tells it; a connection that is gone is used no more."""
        dialect = self._dialect
        gone = dialect.is_disconnect(fault, connection.connection, None)  # type: ignore[arg-type]
        told = DBAPIError.instance(
            self.words,
            None,
            fault,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=gone,
            dialect=dialect,
        )
        if gone:
            connection.invalidate(fault)
        return told


def _usual(statement: Statement, names: tuple[str, ...]) -> dict[str, Any]:
    """What a new row has in the columns that nobody names."""
    if not isinstance(statement, Insert):
        return {}
    return {
        column.key: column.default.arg
        for column in statement.table.columns
        if column.key not in names and isinstance(column.default, ScalarElementColumnDefault)
    }


def _answer(
    columns: Iterable[ColumnElement[Any]], dialect: Dialect
) -> tuple[Callable[[Iterable[Any]], Row], list[tuple[int, Callable[[Any], Any]]]]:
    """How a row of the answer is made, and what passes through something on the way."""
    there = list(columns)
    ways = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in there]
    changed: list[tuple[int, Callable[[Any], Any]]] = []
    changed += [(at, way) for at, way in enumerate(ways) if way is not None]
    return result_tuple([str(each.key) for each in there]), changed


@lru_cache(maxsize=512)
def prepared(statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> Prepared:
    """The same for the same statement, database and names."""
    return Prepared(statement, dialect, names)
