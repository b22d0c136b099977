"""`didim bundle`: bundles and what can be done on them, for scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from factory.cli.practice import house_or_demo
from factory.db.session import reading
from factory.production import queries
from factory.production.queries import BundleState


@click.group("bundle")
def bundle_group() -> None:
    """Bundles on the floor."""


@bundle_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@click.option("--open", "open_only", is_flag=True, help="Only those with a piece in work.")
def list_bundles(*, as_json: bool, open_only: bool) -> None:
    """List bundles with what can be done on them now."""
    with house_or_demo(), reading() as session:
        codes = queries.ticket_codes(session)
        found = [_plain(state, codes) for state in queries.bundles(session, open_only=open_only)]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for line in found:
        ready = " ".join(f"{each['operation']}:{each['left']}" for each in line["ready"])
        click.echo(f"{line['bundle']}\t{line['quantity']}\t{ready}")


def _plain(state: BundleState, codes: Mapping[str, str]) -> dict[str, Any]:
    """One bundle by the ticket that holds now: a lost one that was replaced is refused."""
    code = state.bundle.code
    ready = [{"operation": step, "left": left} for step, left in state.ready]
    return {"bundle": codes.get(code, code), "quantity": state.progress.quantity, "ready": ready}
