"""What an application says of a request: whether its guard stopped it, what its page looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from traceback import walk_tb
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict

from factory.kernel.errors import FactoryError


class Asked(ImmutableMultiDict[str, str]):
    """What an address asks for; it notes when one of `names` is looked for, or all of it."""

    names: frozenset[str] = frozenset()
    heard = False
    """Whether anybody looked since this was last set to False; of the class, not of one request."""

    def _note(self, *names: str) -> None:
        if not names or not self.names.isdisjoint(names):
            Asked.heard = True

    def __getitem__(self, key: str) -> str:
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._note(str(key))
        return super().__contains__(key)

    def get(self, key: str, *args: Any, **named: Any) -> Any:
        self._note(key)
        return super().get(key, *args, **named)

    def getlist(self, key: str, *args: Any, **named: Any) -> list[Any]:
        self._note(key)
        return super().getlist(key, *args, **named)

    def __iter__(self) -> Iterator[str]:
        self._note()
        return super().__iter__()

    def __len__(self) -> int:
        self._note()
        return super().__len__()

    def __bool__(self) -> bool:
        self._note()
        return super().__len__() > 0

    def keys(self) -> Any:
        self._note()
        return super().keys()

    def items(self, *args: Any, **named: Any) -> Any:
        self._note()
        return super().items(*args, **named)

    def lists(self) -> Any:
        self._note()
        return super().lists()

    def to_dict(self, *args: Any, **named: Any) -> Any:
        self._note()
        return super().to_dict(*args, **named)


class Listening(Request):
    """A request whose address notes who looks at it."""

    parameter_storage_class = Asked


def listen(app: Flask, *names: str) -> None:
    """Let `Asked.heard` say from now on whether a page looked for one of these names."""
    app.request_class = Listening
    Asked.names = frozenset(names)


class Passed:
    """Whether the last request was let through to its page; one that was not says nothing else."""

    guard = True


def watch_guards(app: Flask) -> None:
    """Let `Passed.guard` say from now on whether the guard of a page let a request through."""
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            app.view_functions[endpoint] = _watched(view)


def _watched(view: Any) -> Callable[..., Any]:
    page = view.__wrapped__.__code__

    @wraps(view)
    def watched(*args: Any, **named: Any) -> Any:
        Passed.guard = True
        try:
            return view(*args, **named)
        except FactoryError as refusal:
            frames = (frame for frame, _ in walk_tb(refusal.__traceback__))
            Passed.guard = any(frame.f_code is page for frame in frames)
            raise

    return watched
