"""The `didim` command: one module a group, imported only when it is called."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from factory.cli.support import Command, language_option

COMMANDS = {
    "serve": "serving:serve",
    "demo": "demo:demo",
    "simulate": "simulate:simulate",
    "calc": "calc:calc",
    "law": "law:law_group",
    "db": "database:db_group",
    "worker": "worker:worker_group",
    "bundle": "bundle:bundle_group",
    "device": "device:device_group",
    "print": "print_samples:print_group",
    "account": "account:account_group",
    "stock": "stock:stock_group",
    "verify": "verify:verify",
    "audit": "audit:audit_group",
    "backup": "backup:backup_group",
    "doctor": "doctor:doctor",
    "keys": "keys:keys_group",
    "purge": "purge:purge",
    "cert": "cert:cert",
}


OURS_ALONE = 0o077


class Lazy(Command):
    """A group that imports a command when it is asked for."""

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Run as a program: what it writes is for whoever runs it alone, not for all accounts."""
        os.umask(OURS_ALONE)
        return super().__call__(*args, **named)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command's name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"factory.cli.{module}"), name)
        return command


@click.command(cls=Lazy)
@language_option
@click.version_option(package_name="didim")
def main(language: str) -> None:
    """Run the factory's own network: server, lists, papers, pay, backups."""
