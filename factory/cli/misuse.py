"""Commands called wrongly: click's faults as sentences of ours, in the language asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence

import click
from click.exceptions import BadArgumentUsage, NoSuchCommand

from factory.kernel.words import LANGUAGES, mark, say

LANGUAGE = "--language"


def language_first(words: Sequence[str]) -> list[str]:
    """The words of a command with `--language` in front, wherever it was written."""
    found: list[str] = []
    rest = list(words)
    end = rest.index("--") if "--" in rest else len(rest)
    place = next((i for i, word in enumerate(rest[:end]) if _asks_language(word)), None)
    if place is not None:
        length = 1 if "=" in rest[place] else 2
        found, rest = rest[place : place + length], rest[:place] + rest[place + length :]
    return found + rest


def language_asked(words: Sequence[str]) -> str:
    """The language that a command is to speak, known before it is understood."""
    first = language_first(words)
    asked = "=".join(first[:2]).split("=")[1:2] if first and _asks_language(first[0]) else []
    wishes = (*asked, os.environ.get("DIDIM_LANGUAGE", ""))
    return next((wish for wish in wishes if wish in LANGUAGES), "ko")


def misused(error: click.UsageError, ctx: click.Context) -> str:
    """How a command is not called, and where to read how it is."""
    shown = f"{(error.ctx or ctx).command_path} --help"
    return say("It is not called like that: {problem} {shown}", problem=_told(error), shown=shown)


def _asks_language(word: str) -> bool:
    return word.partition("=")[0] == LANGUAGE


def _told(error: click.UsageError) -> str:
    told = next((tell for kind, tell in _TOLD.items() if isinstance(error, kind)), _too_much)
    return told(error)


def _no_option(error: click.NoSuchOption) -> str:
    return say("There is no option {name}.", name=error.option_name)


def _no_command(error: NoSuchCommand) -> str:
    return say("There is no command {name}.", name=error.command_name)


def _half_an_option(error: click.BadOptionUsage) -> str:
    return say("The option {name} lacks its value, or takes none.", name=error.option_name)


def _missing(error: click.MissingParameter) -> str:
    name = _called(error.param)
    if error.param is not None and isinstance(error.param.type, click.Choice):
        return say("{name} is missing: {known}.", name=name, known=_known(error.param.type))
    return say("{name} is missing.", name=name)


def _wrong(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    sentence, values = mark("{name} can't be like that."), {}
    if isinstance(kind, click.Choice):
        sentence, values = mark("{name} must be one of these: {known}."), {"known": _known(kind)}
    elif isinstance(kind, click.IntRange):
        sentence = mark("{name} must be a whole number from {least} to {most}.")
        values = {"least": str(kind.min), "most": str(kind.max)}
    elif isinstance(kind, click.types.IntParamType):
        sentence = mark("{name} must be a whole number.")
    elif isinstance(kind, click.Path | click.File):
        sentence = mark("{name}: there is no such file, or it can't be used.")
    return say(sentence, name=_called(error.param), **values)


def _too_much(error: click.UsageError) -> str:
    """What click says of words left over, or of a command that is missing."""
    words = re.search(r"\((.*)\)$", error.message)
    if words is None:
        return say("A command is missing.")
    return say("{words} is too much.", words=words[1])


def _called(param: click.Parameter | None) -> str:
    """A parameter as its help names it."""
    if param is None:
        return "?"
    return param.opts[-1] if isinstance(param, click.Option) else (param.name or "?").upper()


def _known(kind: click.Choice[str]) -> str:
    return ", ".join(str(choice) for choice in kind.choices)


_TOLD: dict[type[click.UsageError], Callable[..., str]] = {
    click.NoSuchOption: _no_option,
    NoSuchCommand: _no_command,
    click.BadOptionUsage: _half_an_option,
    click.MissingParameter: _missing,
    click.BadParameter: _wrong,
    BadArgumentUsage: _too_much,
}
"""The narrower kind of fault stands first."""
