"""`didim db`: the schema."""

from __future__ import annotations

import click
from sqlalchemy import inspect

from factory.app import SETTINGS
from factory.cli.support import house
from factory.db.migrate import is_current, refuse_newer, upgrade
from factory.db.session import db
from factory.kernel.time import now
from factory.kernel.words import say
from factory.upkeep import nightly


@click.group("db")
def db_group() -> None:
    """The database's schema."""


@db_group.command("upgrade")
def upgrade_command() -> None:
    """Bring the schema up to date, after a backup; nothing happens where it is."""
    with house() as app:
        if is_current(db.engine):
            click.echo(say("The database is up to date."))
            return
        refuse_newer(db.engine)
        if inspect(db.engine).has_table("accounts"):
            made = nightly.make_before_upgrade(app.extensions[SETTINGS], at=now())
            click.echo(say("The backup is {file}.", file=made))
        upgrade(db.engine)
        click.echo(say("The database was brought up to date."))
