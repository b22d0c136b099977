"""One row by the ORM, durably: how fast this machine is at the moment, to compare others by.

The peers of the fact sheet were measured on a machine that committed such a row in 0.51 ms (median
of 0.47 to 0.55): of their 24 ms for a sale, and of the 5 ms that ours may take, it is so many rows.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from factory.db.engine import PRAGMAS

THEIRS_MS, PEER_MS, WISH_MS = 0.51, 24, 5


class Base(DeclarativeBase):
    """The tables of this measure alone."""


class Mark(Base):
    """A row of nothing much."""

    __tablename__ = "marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]


def opened(folder: Path) -> Engine:
    """A database of its own, as durable as the house's."""
    engine = create_engine(f"sqlite:///{folder / 'marks.sqlite'}")

    @event.listens_for(engine, "connect")
    def say(connection: Any, _record: object) -> None:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    Base.metadata.create_all(engine)
    return engine


def measure(engine: Engine, rounds: int) -> list[float]:
    """Seconds of each row, one after the other, each in a session of its own."""
    taken: list[float] = []
    for _ in range(rounds):
        begun = time.perf_counter()
        with Session(engine) as session:
            session.add(Mark(text="x"))
            session.commit()
        taken.append(time.perf_counter() - begun)
    return taken


def tell(sale: float, row: float) -> None:
    """How many rows a sale takes, beside those of the best peer and of our wish."""
    wish, peer = WISH_MS / THEIRS_MS, PEER_MS / THEIRS_MS
    print(f"a sale takes {sale / row:.1f} such rows (at most {wish:.1f}; the best peer {peer:.0f})")
