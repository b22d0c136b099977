"""What commands share: the house opened for a command, and refusals as one sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, NoReturn, TypeVar

import click
from click.exceptions import NoArgsIsHelpError
from flask import Flask
from sqlalchemy.exc import DatabaseError, InternalError, OperationalError

from config import Settings, SettingWrong, load_settings
from factory.app import create_app
from factory.cli.misuse import language_asked, language_first, misused
from factory.kernel.errors import FactoryError, Refused
from factory.kernel.words import LANGUAGES, say, speaking, tell
from factory.security.keys import Ring, is_locked_at
from factory.web import storage

F = TypeVar("F", bound=Callable[..., Any])
BAD_INPUT = 2
COULD_NOT = 1


def opened_settings() -> Settings:
    """The settings of the environment; a key that is locked is asked for its passphrase."""
    given = load_settings()
    if given.passphrase or not is_locked_at(given.key_file):
        return given
    typed: str = click.prompt(say("Passphrase of the key file"), hide_input=True, err=True)
    return replace(given, passphrase=typed)


@contextmanager
def house(given: Settings | None = None, ring: Ring | None = None) -> Iterator[Flask]:
    """The application by the settings of the environment, for the time of a command."""
    app = create_app(given or opened_settings(), ring)
    with app.app_context():
        yield app


def secret_option(name: str, asked: str) -> Callable[[F], F]:
    """An option that is typed twice, unseen, where it is not given; asked for in her language."""

    def typed(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
        return given or _typed_twice(asked)

    return click.option(name, callback=typed, help="Asked for where it is not given.")


def _typed_twice(asked: str) -> str:
    while True:
        typed: str = click.prompt(say(asked), hide_input=True, err=True)
        if typed == click.prompt(say("The same once more"), hide_input=True, err=True):
            return typed
        click.echo(say("These two are not the same. Please type both again."), err=True)


def stop(sentence: str, status: int = COULD_NOT) -> NoReturn:
    """One sentence on standard error, and the end."""
    click.echo(sentence, err=True)
    sys.exit(status)


class Command(click.Group):
    """A group whose refusals are sentences: bad input ends with 2, what failed with 1."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Understand the words; what can't be is said in the language that they ask for."""
        words = language_first(args)
        with speaking(language_asked(words)):
            try:
                return super().make_context(info_name, words, parent, **extra)
            except NoArgsIsHelpError:
                raise
            except click.UsageError as error:
                stop(
                    misused(error, error.ctx or click.Context(self, info_name=info_name)), BAD_INPUT
                )

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; speak instead of a stack trace."""
        with speaking(ctx.params.get("language") or "ko"):
            try:
                return super().invoke(ctx)
            except NoArgsIsHelpError:
                raise
            except click.UsageError as error:
                stop(misused(error, ctx), BAD_INPUT)
            except Refused as refusal:
                stop(tell(refusal), BAD_INPUT)
            except FactoryError as error:
                stop(tell(error))
            except SettingWrong as wrong:
                stop(str(wrong), BAD_INPUT)
            except (DatabaseError, OSError) as error:
                said = _disk(error) if isinstance(error, OSError) else _of_database(error)
                if said is None:
                    raise
                stop(said)


def _of_database(error: DatabaseError) -> str | None:
    if type(error) is DatabaseError:  # what SQLite says of a file that it can't make sense of
        return say("The database is damaged. What to do about it: didim doctor")
    if not isinstance(error, InternalError | OperationalError):
        return None
    said = storage.of_database(error.orig)
    if said != storage.AWAY:
        return say(said)
    if isinstance(error, InternalError):
        return None
    return say("The database does not answer, or has no tables yet: didim db upgrade.")


def _disk(error: OSError) -> str | None:
    said = storage.of_system(error)
    return None if said is None else say(said)


language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    envvar="DIDIM_LANGUAGE",
    default="ko",
    help="Language of sentences.",
)
