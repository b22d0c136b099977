"""Write a step from what is declared: `python -m factory.cli.revise "what it does"`.

Before the first release there is one step only, which is written anew each time.
"""

from __future__ import annotations

import sys

from alembic import command
from sqlalchemy import create_engine

from factory.app import import_records
from factory.db.migrate import STEPS, settings

FIRST = "0001"


def main() -> None:
    """Write the first step anew."""
    import_records()
    for old in (STEPS / "versions").glob("*.py"):
        old.unlink()
    with create_engine("sqlite://").connect() as connection:
        message = sys.argv[1] if len(sys.argv) > 1 else "the whole house"
        command.revision(settings(connection), message, autogenerate=True, rev_id=FIRST)


if __name__ == "__main__":
    main()
