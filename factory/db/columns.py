"""Column types: aware UTC instants, won, words of ours, keys."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import BigInteger, Date, DateTime, Dialect, Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import mapped_column
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from factory.kernel.money import Money

BIG = BigInteger().with_variant(Integer, "sqlite")

Key = Annotated[int, mapped_column(BIG, primary_key=True, autoincrement=True)]
"""A running primary key."""


class Instant(TypeDecorator[datetime]):
    """An instant: kept in UTC, never naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _aware(value).astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Any:
        """Write the text of SQLite in one step: a sale keeps half a dozen of instants."""
        return _to_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Read the text of SQLite in one step: a month has tens of thousands of instants."""
        if dialect.name != "sqlite":
            return super().result_processor(dialect, coltype)
        return _from_text


def _to_text(value: datetime | None) -> str | None:
    if value is None:
        return None
    return _aware(value).astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        message = "an instant needs a time zone"
        raise ValueError(message)
    return value


def _from_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text + "+00:00")


class DayOf(FunctionElement[date]):
    """The day of a column of instants in Seoul, where the database is to count by days."""

    type = Date()
    inherit_cache = True


@compiles(DayOf, "sqlite")
def _in_sqlite(element: DayOf, compiler: Any, **how: Any) -> str:
    return f"date({compiler.process(element.clauses, **how)}, '+9 hours')"


@compiles(DayOf, "postgresql")
def _in_postgresql(element: DayOf, compiler: Any, **how: Any) -> str:
    return f"date(timezone('Asia/Seoul', {compiler.process(element.clauses, **how)}))"


class Won(TypeDecorator[Money]):
    """Money in whole won."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.won

    def process_result_value(self, value: int | None, dialect: Dialect) -> Money | None:
        return None if value is None else Money(value)


class _Kept(dict[Any, str | None]):
    """What is kept of each word; what only its class can read is asked of that."""

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__((word.value, word.value) for word in words)
        self[None] = None
        self._words = words

    def __missing__(self, said: Any) -> str:
        return self._words(said).value


class Word(TypeDecorator[StrEnum]):
    """One of a closed set of words, kept by its value."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words
        self.by_value: dict[str | None, StrEnum | None] = {None: None}
        self.by_value |= {word.value: word for word in words}
        self.kept = _Kept(words)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def bind_processor(self, dialect: Dialect) -> Any:
        """A word finds what is kept of it as its value does, for it is that text."""
        return self.kept.__getitem__

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return self.by_value[value]

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Look the word up in one step."""
        return self.by_value.__getitem__
