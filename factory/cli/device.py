"""`didim device`: terminals and their tokens."""

from __future__ import annotations

import json

import click

from factory.cli.practice import house_or_demo
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.security import devices
from factory.security.domain import SYSTEM, DeviceRole


@click.group("device")
def device_group() -> None:
    """Terminals: add one, list them, make one void."""


@device_group.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in DeviceRole]), required=True)
def add(name: str, role: str) -> None:
    """Take a terminal in; prints its token, this once."""
    with house_or_demo(), transaction() as session:
        token = devices.add(session, name, DeviceRole(role), by=SYSTEM, at=now())
    click.echo(token)


@device_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def list_devices(*, as_json: bool) -> None:
    """List the terminals that may send."""
    with house_or_demo(), reading() as session:
        found = devices.listed(session)
    if as_json:
        click.echo(json.dumps([_plain(device) for device in found], ensure_ascii=False))
        return
    for device in found:
        seen = device.last_seen.isoformat() if device.last_seen else "-"
        click.echo(f"{device.name}\t{device.role.value}\t{seen}")


@device_group.command("void")
@click.argument("name")
def void(name: str) -> None:
    """Let a terminal send no more."""
    with house_or_demo(), transaction() as session:
        devices.void(session, name, by=SYSTEM, at=now())


def _plain(device: devices.Device) -> dict[str, str | None]:
    seen = device.last_seen.isoformat() if device.last_seen else None
    return {"name": device.name, "role": device.role.value, "last_seen": seen}
