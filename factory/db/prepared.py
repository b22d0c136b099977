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
        fixed = {name: each.effective_value for name, each in binds.items() if not each.required}
        self._fixed = {**usual, **fixed}
        self._by_place = said.positiontup is not None
        ways = {
            name: each.type.dialect_impl(dialect).bind_processor(dialect)
            for name, each in binds.items()
        }
        self._ways_in = [(name, ways[name]) for name in said.positiontup or ways]
        self._make, self._ways_out = _answer(statement.exported_columns, dialect)
        self._answers = len(statement.exported_columns) > 0

    def run(self, connection: Connection, given: Sequence[Mapping[str, Any]]) -> list[Row]:
        """Run it once with each of these values; gives the rows of its answer.

        Raises:
            StatementError: what SQLAlchemy raises in the same place, or a value is missing.
        """
        try:
            sent = [self._sent(each) for each in given]
            with closing(connection.connection.cursor()) as cursor:
                if connection._has_events or connection.engine._has_events:  # noqa: SLF001
                    self._tell_who_listens(connection, cursor, sent)
                return [self._read(row) for row in self._asked(cursor, sent)]
        except Exception as fault:  # noqa: BLE001 - SQLAlchemy tells it and lets go what is gone
            connection._handle_dbapi_exception(fault, self.words, None, None, None)  # noqa: SLF001

    def _asked(self, cursor: Any, sent: list[Any]) -> Sequence[Any]:
        if len(sent) == 1:
            cursor.execute(self.words, sent[0])
        elif self._answers:
            message = "what is answered to several is not known to the driver"
            raise ValueError(message)
        else:
            cursor.executemany(self.words, sent)
        found: Sequence[Any] = cursor.fetchall() if self._answers else ()
        return found

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
