"""`didim db`: the schema."""

from __future__ import annotations

import click

from factory.cli.support import house
from factory.db.migrate import is_current, upgrade
from factory.db.session import db
from factory.kernel.words import say


@click.group("db")
def db_group() -> None:
    """The database's schema."""


@db_group.command("upgrade")
def upgrade_command() -> None:
    """Bring the schema up to date; nothing happens where it is."""
    with house():
        if is_current(db.engine):
            click.echo(say("The database is up to date."))
            return
        upgrade(db.engine)
        click.echo(say("The database was brought up to date."))
