"""`didim audit`: whether what was recorded is still what was recorded."""

from __future__ import annotations

import sys

import click

from factory.cli.support import house, opened_settings
from factory.db.session import reading
from factory.kernel.time import now
from factory.kernel.words import say
from factory.security import chain
from factory.upkeep import doctor


@click.group("audit")
def audit_group() -> None:
    """Who did what: look whether nobody has changed it."""


@audit_group.command("verify")
@click.option("--since", default="", help="A mark that was written down; finds a cut-off end.")
def verify(since: str) -> None:
    """Walk the chain of entries; prints what does not fit, or the newest mark.

    Without a mark the newest backups give theirs.
    """
    settings = opened_settings()
    with house(settings), reading() as session:
        marks = (since,) if since else doctor.last_marks(session, settings, now())
        found = list(chain.faults(session, *marks))
        newest = chain.newest(session)
    for fault in found:
        click.echo(fault.told)
    if found:
        sys.exit(1)
    click.echo(say("The chain of entries holds. Write its mark down: {mark}", mark=newest))
