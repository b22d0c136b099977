"""`didim verify`: every kept balance against what its facts give."""

from __future__ import annotations

import sys

import click

from factory.cli.support import house
from factory.db.session import reading
from factory.kernel.words import say
from factory.timeclock import queries as timeclock

REPLAYS = (timeclock.recomputed,)


@click.command()
def verify() -> None:
    """Recompute what is kept beside the facts, and print what differs."""
    with house(), reading() as session:
        different = [each for replay in REPLAYS for each in replay(session)]
    for each in different:
        click.echo(f"{each.kind} {each.key}: {each.kept} / {each.replayed}")
    if different:
        sys.exit(1)
    click.echo(say("Everything kept agrees with its facts."))
