"""`didim doctor`: how the house is, and what to do."""

from __future__ import annotations

import sys

import click

from factory.app import SETTINGS
from factory.cli.support import house, opened_settings
from factory.cli.verify import named
from factory.kernel.time import now
from factory.kernel.words import say
from factory.security.keys import new_ring
from factory.upkeep import doctor as examining
from factory.upkeep.findings import State


@click.command()
def doctor() -> None:
    """Look at everything, and say in one sentence each what is to be done.

    Where the key is away the rest is looked at all the same.
    """
    settings = opened_settings()
    with house(settings, None if settings.key_file.exists() else new_ring()) as app:
        found = []
        for each in examining.examine(app.extensions[SETTINGS], named, at=now()):
            click.echo(each.told)
            found.append(each.state)
    if State.WRONG in found:
        sys.exit(1)
    click.echo(say("The house is well."))
