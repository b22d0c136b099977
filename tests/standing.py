"""A house that stands for many tests: after each it is as if nobody had been there.

Everything happens in one transaction that is never committed. What many tests begin with (a floor
with work on it, a signed-in manager) is built once, below the savepoint of the single test, and is
found again by the next test that begins with the same: see `Standing.keep`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, sessionmaker

from factory.db.engine import writing
from factory.db.session import SESSIONS, db, transaction
from factory.kernel.time import now

STANDING = "tests.standing"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Storey:
    """Something that was built on what stood before, and what its builder gave."""

    plan: Hashable
    given: Any


class Standing:
    """One application on one connection; what is built in it goes up and down like storeys."""

    def __init__(self, app: Flask, info: dict[Any, Any]) -> None:
        self.app = app
        self.storeys: list[Storey] = []
        self.entered = 0
        """How many storeys the present test has asked for."""
        self.used = False
        """Whether the present test has spoken with the database beyond them."""
        self.building = False
        with app.app_context(), writing():
            self.connection: Connection = db.engine.connect()
        with writing():
            self.outer = self.connection.begin()
        sessions: sessionmaker[Session] = sessionmaker(
            self.connection,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
            info=info,
        )
        event.listen(sessions, "after_transaction_create", self._before_use)
        app.extensions[SESSIONS] = sessions
        app.extensions[STANDING] = self

    def close(self) -> None:
        """Tear everything down."""
        self.outer.rollback()
        self.connection.close()

    @contextmanager
    def one_test(self) -> Iterator[Flask]:
        """Forget in the end whatever is written or set inside the block, commits too."""
        self.entered, self.used = 0, False
        config = dict(self.app.config)
        try:
            yield self.app
        finally:
            self.app.config.clear()
            self.app.config.update(config)
            if self.used:
                self._leave_sessions()
                self._undo("test")

    def keep(self, build: Callable[..., T], *args: Any, **named: Any) -> T:
        """What `build(session, …)` gives, built now or found standing from an earlier test.

        It is found only at the same moment of a stopped clock, on the same storeys, and before
        this test has written or read anything else; else it is built like anything of a test.
        """
        if self.used:
            return self._build(build, *args, **named)
        plan = (build, args, tuple(sorted(named.items())), now())
        if len(self.storeys) == self.entered or self.storeys[self.entered].plan != plan:
            self._pull_down_to(self.entered)
            self._raise(plan, lambda: self._build(build, *args, **named))
        self.entered += 1
        given: T = self.storeys[self.entered - 1].given
        return given

    def _build(self, build: Callable[..., T], *args: Any, **named: Any) -> T:
        with self.app.app_context(), transaction() as session:
            return build(session, *args, **named)

    def _raise(self, plan: Hashable, build: Callable[[], Any]) -> None:
        name = f"storey_{len(self.storeys)}"
        self._tell(f"SAVEPOINT {name}")
        self.building = True
        try:
            self.storeys.append(Storey(plan, build()))
        except BaseException:
            self._undo(name)
            raise
        finally:
            self.building = False

    def _before_use(self, *_: object) -> None:
        """A session is about to begin: what the test did not ask for is not there for it."""
        if self.used or self.building:
            return
        self._pull_down_to(self.entered)
        self._tell("SAVEPOINT test")
        self.used = True

    def _pull_down_to(self, height: int) -> None:
        if len(self.storeys) > height:
            self._undo(f"storey_{height}")
            del self.storeys[height:]

    def _undo(self, name: str) -> None:
        self._tell(f"ROLLBACK TO SAVEPOINT {name}")
        self._tell(f"RELEASE SAVEPOINT {name}")

    def _leave_sessions(self) -> None:
        """End what a test has left open."""
        while (left := self.connection.get_nested_transaction()) is not None:
            left.rollback()

    def _tell(self, order: str) -> None:
        self.connection.exec_driver_sql(order)


def keep(app: Flask, build: Callable[..., T], *args: Any, **named: Any) -> T:
    """What `build(session, …)` gives; in a house that stands for many tests it is built once."""
    standing: Standing | None = app.extensions.get(STANDING)
    if standing is not None:
        return standing.keep(build, *args, **named)
    with app.app_context(), transaction() as session:
        return build(session, *args, **named)
