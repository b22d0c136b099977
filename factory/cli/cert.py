"""`didim cert`: the factory's own authority and the server's certificate."""

from __future__ import annotations

import click

from config import load_settings
from factory.kernel.time import now
from factory.kernel.words import say
from factory.upkeep import certificates


@click.command("cert")
@click.option("--name", "names", multiple=True, help="A name of this computer on the network.")
@click.option("--address", "addresses", multiple=True, help="An address of this computer.")
@click.option("--new-authority", is_flag=True, help="Make a new authority, to be installed anew.")
def cert(names: tuple[str, ...], addresses: tuple[str, ...], *, new_authority: bool) -> None:
    """Make the certificate that `didim serve` listens with; the authority is made once."""
    files = certificates.files_in(load_settings().instance)
    wanted = certificates.names_of(names, addresses)
    new = certificates.make(files, wanted, anew=new_authority, at=now())
    until = certificates.lasts_until(files)
    click.echo(say("The certificate for {names} holds until {until}.", names=wanted, until=until))
    if new:
        told = "The authority is new. Install {file} on every terminal: open /trust there."
        click.echo(say(told, file=files.authority))
