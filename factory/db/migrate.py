"""Bring a database's schema up to date, and tell whether it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from factory.db.engine import writer_in_turn, writing

STEPS = Path(__file__).with_name("migrations")


def upgrade(engine: Engine) -> None:
    """Run every step that is still to come, in one transaction."""
    with writing(), writer_in_turn(engine), engine.begin() as connection:
        command.upgrade(settings(connection), "head")


def is_current(engine: Engine) -> bool:
    """Whether no step is left."""
    with engine.connect() as connection:
        stands_at = MigrationContext.configure(connection).get_current_heads()
    return set(stands_at) == set(ScriptDirectory.from_config(settings()).get_heads())


def settings(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    return config
