"""Named errors whose docstring is the sentence the person reads.

The docstring is English, the source language of the catalogues; `{names}` in it are filled from the
values given when it is raised. `kernel.words.say` speaks it in the reader's language.
"""

from __future__ import annotations

import inspect
import re
import traceback
from pathlib import Path


class FactoryError(Exception):
    """Something went wrong. Please tell the office."""

    field: str | None = None
    """The form field or JSON key that the sentence belongs beside, where there is one."""

    spoken: tuple[str, ...] = ()
    """Those of its values that are words of ours, and are said in the reader's language."""

    personal: tuple[str, ...] = ()
    """Those of its values in which a name may stand: not said while visitors look."""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(type(self).code())

    @classmethod
    def code(cls) -> str:
        """The error's name for machines: `BadgeUnknown` is `badge_unknown`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def sentence(cls) -> str:
        """The first paragraph of the docstring, in one line, with its `{names}` unfilled."""
        text = inspect.cleandoc(cls.__doc__ or "").split("\n\n", 1)[0]
        return " ".join(text.split())

    def __str__(self) -> str:
        """Say the name only: values may be personal, and this ends up in logs."""
        return type(self).code()


def trail(error: BaseException) -> str:
    """A fault for the log: its name and the places it came through, the innermost last.

    What it says is left out, because a library's sentence may hold what somebody typed.
    """
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = "" if cause is None else f"{trail(cause)}\nthen "
    steps = (
        f"\n  {Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    )
    return f"{before}{type(error).__name__}{''.join(steps)}"


class Refused(FactoryError):
    """This can't be done like that."""


class NotFound(Refused):
    """There is no {thing} {name} here."""

    spoken = ("thing",)

    def __init__(self, thing: str, name: object = "") -> None:
        super().__init__(thing=thing, name=name)


class Conflict(Refused):
    """Somebody else changed this in the meantime. Please look again and repeat what you meant."""


class BadInput(Refused):
    """{path}: {problem}."""

    def __init__(self, path: str, problem: str, **values: object) -> None:
        self.field = path
        self.problem = problem
        super().__init__(path=path, problem=problem, **values)
