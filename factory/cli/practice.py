"""The demo's place in an instance; scripts try themselves out on it where no house was set up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import click
from flask import Flask

from config import Profile, Settings, load_settings
from factory.cli.support import house
from factory.kernel.words import say

FOLDER = "demo"
KEPT = "didim.sqlite"


def demo_settings(settings: Settings, name: str = KEPT) -> Settings:
    """The settings of the demo that lies in an instance: a database and a key of its own."""
    folder = settings.instance / FOLDER
    return replace(
        settings,
        profile=Profile.DEVELOPMENT,
        instance=folder,
        key_file=folder / "vault.key",
        database_url=f"sqlite:///{folder / name}",
    )


@contextmanager
def house_or_demo() -> Iterator[Flask]:
    """The house; where none was set up here, the demo beside it.

    That it was the demo is said once it is done: a refusal stays one sentence.
    """
    demo = _demo_beside(load_settings())
    with house(demo) as app:
        yield app
    if demo is not None:
        click.echo(say("No house was set up here yet: this is the practice factory."), err=True)


def _demo_beside(settings: Settings) -> Settings | None:
    if _is_set_up(settings) or not (settings.instance / FOLDER / KEPT).exists():
        return None
    return demo_settings(settings)


def _is_set_up(settings: Settings) -> bool:
    """Whether the house has tables, or lies elsewhere, or can't be looked into."""
    own = settings.instance / KEPT
    if settings.database_url != f"sqlite:///{own}":
        return True
    if not own.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{own.as_uri()}?mode=ro", uri=True)) as database:
            return database.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
    except sqlite3.Error:
        return True
