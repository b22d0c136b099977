"""`didim keys`: a new key, and the keys on paper."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from config import load_settings
from factory.cli.support import house, opened_settings, secret_option
from factory.db.session import transaction
from factory.kernel.errors import FactoryError
from factory.kernel.time import now, today
from factory.kernel.words import mark, say
from factory.printing.service import pdf_of
from factory.security import keeping, recovery
from factory.security.domain import SYSTEM, checked_password
from factory.security.keys import read_ring, write_ring
from factory.upkeep.backup import FileExists
from factory.upkeep.documents import recovery_sheet


class KeyThere(FactoryError):
    """There is a key file already. Move it away first, and keep it."""


@click.group("keys")
def keys_group() -> None:
    """The vault's keys: make a new one, put them on paper, type them back."""


@keys_group.command("rotate")
def rotate() -> None:
    """Make a new key and seal everything anew; older keys stay, for older backups."""
    given = opened_settings()
    with house(given), transaction() as session:
        ring = read_ring(given.key_file, given.passphrase).rotated()
        write_ring(ring, given.key_file)
        count = keeping.rotate(session, ring, by=SYSTEM, at=now())
    click.echo(say("{count} texts are sealed with key {number}.", count=count, number=ring.newest))
    click.echo(say("Start the server again, and print a new recovery sheet: didim keys sheet"))


@keys_group.command("sheet")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def sheet(file: Path) -> None:
    """Write the recovery sheet as a PDF; print it twice, and delete the FILE."""
    if file.exists():
        raise FileExists
    given = opened_settings()
    ring = read_ring(given.key_file, given.passphrase)
    paper = pdf_of(recovery_sheet(ring, made=today()))
    file.touch(mode=0o600)
    file.write_bytes(paper)
    click.echo(say("Print {file} twice, and delete it.", file=file.name))


@keys_group.command("lock")
@secret_option("--passphrase", mark("New passphrase of the key file"))
def lock(passphrase: str) -> None:
    """Lock the key file with a passphrase, or with another one."""
    given = opened_settings()
    ring = read_ring(given.key_file, given.passphrase)
    write_ring(replace(ring, passphrase=checked_password(passphrase)), given.key_file)
    told = "The key file opens with this passphrase alone. Whoever starts the server types it."
    click.echo(say(told))


@keys_group.command("unlock")
def unlock() -> None:
    """Take the passphrase off the key file."""
    given = opened_settings()
    ring = read_ring(given.key_file, given.passphrase)
    write_ring(replace(ring, passphrase=""), given.key_file)
    click.echo(say("The key file opens without a passphrase."))


@keys_group.command("enter")
def enter() -> None:
    """Type the keys back from the recovery sheet; the lines come from standard input."""
    path = load_settings().key_file
    if path.exists():
        raise KeyThere
    ring = recovery.ring_from(sys.stdin)
    write_ring(ring, path)
    click.echo(say("The key file is back, with {count} keys.", count=len(ring.masters)))
