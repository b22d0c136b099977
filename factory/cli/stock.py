"""`didim stock`: finished coats, for scripts."""

from __future__ import annotations

import json

import click

from factory.cli.practice import house_or_demo
from factory.db.session import reading
from factory.kernel.time import today
from factory.stock import queries
from factory.stock.queries import StockLine


@click.group("stock")
def stock_group() -> None:
    """Finished coats on the rail."""


@stock_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
def list_stock(*, as_json: bool) -> None:
    """List every kind of coat with its price today and how many are there."""
    with house_or_demo(), reading() as session:
        found = [_plain(line) for line in queries.list_stock(session, today())]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for line in found:
        click.echo("\t".join(str(value) for value in line.values()))


def _plain(line: StockLine) -> dict[str, str | int]:
    return {
        "code": line.code,
        "style": line.style,
        "colour": line.colour,
        "size": line.size,
        "grade": line.grade.value,
        "price": line.price.won,
        "on_hand": line.on_hand,
    }
