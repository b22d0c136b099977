"""`didim backup`: one encrypted file, looked at, rehearsed, and back into an empty place."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import click
from flask import current_app

from config import Settings, load_settings
from factory.app import SETTINGS, create_app
from factory.cli.support import house, opened_settings
from factory.cli.verify import differences
from factory.db.migrate import upgrade
from factory.db.session import db, reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import local, now
from factory.kernel.words import mark, say
from factory.security import chain
from factory.security.keys import Ring
from factory.security.vault import ring_of
from factory.upkeep import backup, nightly, rotation

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
MEGABYTE = 1_000_000


@click.group("backup")
def backup_group() -> None:
    """Backups: everything but the key, which is kept apart."""


@backup_group.command("create")
@click.argument("file", type=FILE, required=False)
def create(file: Path | None) -> None:
    """Write a backup; without a FILE, into the folder of the nightly ones."""
    if file is None:
        with house():
            made = nightly.make(_settings(), at=now())
        click.echo(say("The backup is {file}.", file=made))
        return
    if not file.absolute().parent.is_dir():
        raise NotFound(mark("folder"), file.absolute().parent.name)
    with house(), reading() as session:
        backup.at_one_moment(session)
        counts = backup.create(session, ring_of(session), file)
    click.echo(say("{rows} rows are in {file}.", rows=sum(counts.values()), file=file.name))


@backup_group.command("list")
@click.argument("folder", type=FOLDER, required=False)
def list_backups(folder: Path | None) -> None:
    """List the backups of a FOLDER, newest first; without one, the nightly ones."""
    for moment, file in rotation.found_in(folder or load_settings().backups).items():
        size = file.stat().st_size / MEGABYTE
        click.echo(f"{local(moment):%Y-%m-%d %H:%M}\t{size:.1f} MB\t{file}")


@backup_group.command("verify")
@click.argument("file", type=FILE)
def verify(file: Path) -> None:
    """Look whether a backup is whole, and whether this key opens it."""
    _there(file)
    with house(), reading() as session:
        counts = backup.verified(ring_of(session), file)
    click.echo(say("{file} is whole: {rows} rows.", file=file.name, rows=sum(counts.values())))


@backup_group.command("rehearse")
@click.argument("file", type=FILE)
def rehearse(file: Path) -> None:
    """Restore a backup into a folder aside, compare all of it, and take the folder away."""
    _there(file)
    settings = opened_settings()
    aside = Path(tempfile.mkdtemp(prefix="rehearsal-", dir=settings.instance))
    try:
        url = f"sqlite:///{aside / 'didim.sqlite'}"
        wrong = _rehearsed(replace(settings, instance=aside, database_url=url), file)
    finally:
        shutil.rmtree(aside)
    for each in wrong:
        click.echo(each)
    if wrong:
        sys.exit(1)
    told = "{file} was restored aside: every row is equal, and every balance agrees."
    click.echo(say(told, file=file.name))


def _rehearsed(settings: Settings, file: Path) -> list[str]:
    """What is not as it should be in a house restored aside."""
    with create_app(settings).app_context():
        upgrade(db.engine)
        with transaction() as session:
            ring: Ring = ring_of(session)
            backup.restore(session, ring, file)
        with reading() as session:
            wrong = backup.differing(session, ring, file)
            wrong += [f"{each.kind} {each.key}" for each in differences(session)]
            wrong += [fault.told for fault in chain.faults(session)]
        db.engine.dispose()
    return wrong


@backup_group.command("restore")
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Restore a backup into an empty place."""
    _there(file)
    with house():
        upgrade(db.engine)
        with transaction() as session:
            counts = backup.restore(session, ring_of(session), file)
    click.echo(say("{rows} rows are back from {file}.", rows=sum(counts.values()), file=file.name))


def _there(file: Path) -> None:
    if not file.is_file():
        raise NotFound(mark("file"), file.name)


def _settings() -> Settings:
    settings: Settings = current_app.extensions[SETTINGS]
    return settings
