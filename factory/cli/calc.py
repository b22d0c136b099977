"""`didim calc KIND [FILE|-]`: JSON in, JSON out, no database."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any, TextIO

import click

from factory.kernel.errors import BadInput
from factory.kernel.fields import Fields, once
from factory.kernel.words import mark

KINDS = {
    "payslip": "factory.payroll.calc",
    "withholding": "factory.payroll.calc",
    "insurance": "factory.payroll.calc",
    "severance": "factory.payroll.calc",
    "annual_leave": "factory.payroll.calc",
    "timesheet": "factory.payroll.calc",
    "aql": "factory.production.calc",
}


@click.command()
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("file", type=click.File(encoding="utf-8-sig"), default="-")
def calc(kind: str, file: TextIO) -> None:
    """Calculate pay, tax, insurance, leave, hours, severance or an inspection sample from JSON."""
    given = _read(file)
    do: Callable[[Fields], dict[str, Any]] = getattr(import_module(KINDS[kind]), kind)
    if isinstance(given, list):
        found: Any = [do(Fields(each, f"[{i}]")) for i, each in enumerate(given)]
    else:
        found = do(Fields(given, ""))
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


def _read(file: TextIO) -> Any:
    try:
        given = json.load(file, parse_float=Decimal, object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise BadInput("JSON", mark("can't be read")) from None
    if not isinstance(given, (dict, list)):
        raise BadInput("JSON", mark("must be an object"))
    return given
