"""Addresses of the program: a start waits for none that is not asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from werkzeug.routing import Rule


class LateRule(Rule):
    """A rule that learns to write its address when that is first wanted.

    Of some hundred rules a command, or a request, writes a few; to compile them all at once is
    most of what a start takes.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - so it is called
        compiled = cache(lambda: super(LateRule, self)._compile_builder(append_unknown))

        def built(rule: Rule, /, **values: object) -> tuple[str, str]:
            return compiled()(rule, **values)

        return built
