"""Bring a database's schema up to date, and tell whether it is."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from factory.db.engine import writer_in_turn, writing
from factory.kernel.errors import FactoryError

STEPS = Path(__file__).with_name("migrations")


class HouseIsNewer(FactoryError):
    """This house was brought up to date by a newer version of the program. Start that one."""


def upgrade(engine: Engine) -> None:
    """Run every step that is still to come, in one transaction.

    Raises:
        HouseIsNewer: it stands at a step that this program does not know.
    """
    refuse_newer(engine)
    with writing(), writer_in_turn(engine), engine.begin() as connection:
        command.upgrade(settings(connection), "head")


def refuse_newer(engine: Engine) -> None:
    """Go no further where a newer program has been at work."""
    if is_newer(engine):
        raise HouseIsNewer


def is_newer(engine: Engine) -> bool:
    """Whether it stands at a step that this program does not know."""
    known = {step.revision for step in ScriptDirectory.from_config(settings()).walk_revisions()}
    return not set(_stands_at(engine)) <= known


def is_current(engine: Engine) -> bool:
    """Whether no step is left."""
    return set(_stands_at(engine)) == set(ScriptDirectory.from_config(settings()).get_heads())


def _stands_at(engine: Engine) -> tuple[str, ...]:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads()


def settings(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    return config
