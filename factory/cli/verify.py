"""`didim verify`: every kept balance against what its facts give."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import click
from sqlalchemy.orm import Session

from factory.app import ROOMS
from factory.cli.practice import house_or_demo
from factory.db.replay import Difference
from factory.db.session import reading
from factory.kernel.words import say
from factory.upkeep.backup import at_one_moment


@click.command()
def verify() -> None:
    """Recompute what is kept beside the facts, and print what differs."""
    with house_or_demo(), reading() as session:
        at_one_moment(session)
        different = list(differences(session))
    for each in different:
        click.echo(f"{each.kind} {each.key}: {each.kept} / {each.replayed}")
    if different:
        sys.exit(1)
    click.echo(say("Everything kept agrees with its facts."))


def differences(session: Session) -> Iterator[Difference]:
    """What the rooms' own replays find (`queries.recomputed`)."""
    for room in ROOMS:
        if find_spec(f"factory.{room}") and find_spec(f"factory.{room}.queries"):
            queries = import_module(f"factory.{room}.queries")
            yield from getattr(queries, "recomputed", _nothing)(session)


def named(session: Session) -> Iterator[str]:
    """What differs, by kind and key."""
    return (f"{each.kind} {each.key}" for each in differences(session))


def _nothing(_session: Session) -> tuple[Difference, ...]:
    return ()
