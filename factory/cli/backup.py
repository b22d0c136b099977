"""`didim backup`: one encrypted file, and back into an empty place."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app

from factory.cli.support import house
from factory.db.migrate import upgrade
from factory.db.session import SESSIONS, db, reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.words import mark, say
from factory.security.keys import Ring
from factory.security.vault import RING
from factory.upkeep import backup

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("backup")
def backup_group() -> None:
    """Backups: everything but the key, which is kept apart."""


@backup_group.command("create")
@click.argument("file", type=FILE)
def create(file: Path) -> None:
    """Write a backup."""
    if not file.absolute().parent.is_dir():
        raise NotFound(mark("folder"), file.absolute().parent.name)
    with house(), reading() as session:
        backup.at_one_moment(session)
        counts = backup.create(session, _ring(), file)
    click.echo(say("{rows} rows are in {file}.", rows=sum(counts.values()), file=file.name))


@backup_group.command("restore")
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Restore a backup into an empty place."""
    if not file.is_file():
        raise NotFound(mark("file"), file.name)
    with house():
        upgrade(db.engine)
        with transaction() as session:
            counts = backup.restore(session, _ring(), file)
    click.echo(say("{rows} rows are back from {file}.", rows=sum(counts.values()), file=file.name))


def _ring() -> Ring:
    ring: Ring = current_app.extensions[SESSIONS].kw["info"][RING]
    return ring
