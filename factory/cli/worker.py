"""`didim worker`: people by chosen name, for scripts."""

from __future__ import annotations

import json

import click

from factory.cli.practice import house_or_demo
from factory.db.session import reading
from factory.kernel.time import today
from factory.people import queries


@click.group("worker")
def worker_group() -> None:
    """People, by chosen name only."""


@worker_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def list_workers(*, as_json: bool) -> None:
    """List everybody who has not left."""
    with house_or_demo(), reading() as session:
        held, on = queries.badges(session), today()
        people = [w for w in queries.workers(session) if w.left is None or w.left >= on]
        found = [{"number": w.number, "name": w.name, "badge": held.get(w.id)} for w in people]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for line in found:
        click.echo(f"{line['number']}\t{line['name']}")
