"""`didim account`: the first accounts, and a way back in for whoever forgot a password."""

from __future__ import annotations

import click

from factory.cli.support import house, secret_option
from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.security import queries, service, telephone
from factory.security.domain import SYSTEM, Role


@click.group("account")
def account_group() -> None:
    """Accounts: open one, list them, set a new password."""


@account_group.command("add")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
)
@click.option("--shown", default="", help="The name shown on screens.")
@secret_option("--password", mark("Password"))
def add(name: str, roles: tuple[str, ...], shown: str, password: str) -> None:
    """Open an account for the office or a terminal."""
    with house(), transaction() as session:
        service.create_account(
            session,
            name,
            password,
            shown=shown,
            roles=[Role(role) for role in roles],
            by=SYSTEM,
            at=now(),
        )


@account_group.command("list")
def list_accounts() -> None:
    """List accounts with their roles."""
    with house(), reading() as session:
        for line in queries.accounts(session):
            state = "" if line.active else "\tclosed"
            click.echo(f"{line.name}\t{','.join(line.roles)}{state}")


@account_group.command("password")
@click.argument("name")
@secret_option("--password", mark("Password"))
def password(name: str, password: str) -> None:
    """Set a new password for somebody who forgot hers."""
    with house(), transaction() as session:
        found = queries.account(session, name)
        if found is None:
            raise NotFound("account", name)
        service.set_password(session, found.id, password, by=SYSTEM, at=now())


@account_group.command("telephone-off")
@click.argument("name")
def telephone_off(name: str) -> None:
    """Ask somebody for no code any more whose telephone and recovery codes are lost."""
    with house(), transaction() as session:
        found = queries.account(session, name)
        if found is None:
            raise NotFound("account", name)
        telephone.take_off(session, found.id, by=SYSTEM, at=now())
