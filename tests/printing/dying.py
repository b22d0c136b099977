"""A print worker that is killed at a chosen point of its work; run as a program of its own.

`python -m tests.printing.dying FOLDER [ROUNDS [DATABASE]]` prints, for each point and round, what
was printed and how it is told.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

from flask import Flask

from factory.db.session import db, reading, transaction
from factory.kernel.time import now
from factory.printing import fleet, queries, service, spool, who, worker
from factory.printing.domain import Purpose
from factory.printing.fleet import NewPrinter
from factory.security.domain import SYSTEM
from printers.document import Cut, Document, Text
from printers.transport import sending, status
from printers.transport.cable import Device
from tests.conftest import make_app

DOCUMENT = Document("Receipt", (Text("영수증"), Cut()))
TWO = Document("Hang tag", (Text("여성 코트"), Cut()) * 2)


def die(*_args: Any, **_kwargs: Any) -> Any:
    """As when the current is gone: nothing is tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def _half(device: Device, piece: bytes) -> int:
    os.write(device._number, piece[: len(piece) // 2])
    die()
    return 0


def _one_of_two(device: Device, piece: bytes) -> int:
    """The first paper leaves whole, the second not at all."""
    written = os.write(device._number, piece)
    Device.write = die  # type: ignore[method-assign]
    return written


def before_its_printer_is_taken() -> None:
    """It waits."""
    vars(spool)["take_printer"] = die


def while_its_printer_is_asked() -> None:
    """Its printer is spoken with."""
    vars(status)["ask_to_print"] = die


def before_it_is_taken() -> None:
    """Its printer is well."""
    vars(spool)["claim"] = die


def before_a_byte_has_left() -> None:
    """It is taken."""
    vars(sending)["_over"] = die


def between_two_papers() -> None:
    """The first of two is printed."""
    Device.write = _one_of_two  # type: ignore[method-assign,assignment]


def with_half_of_it_printed() -> None:
    """It is being sent."""
    Device.write = _half  # type: ignore[method-assign,assignment]


def before_it_is_settled() -> None:
    """It is all printed, but nobody wrote that down."""
    vars(spool)["conclude"] = die


def after_it_was_settled() -> None:
    """It is done."""
    vars(worker)["log"] = None
    kept = spool.conclude

    def conclude(*args: Any, **kwargs: Any) -> Any:
        kept(*args, **kwargs)
        args[0].commit()
        die()

    vars(spool)["conclude"] = conclude


POINTS: tuple[Callable[[], None], ...] = (
    before_its_printer_is_taken,
    while_its_printer_is_asked,
    before_it_is_taken,
    before_a_byte_has_left,
    between_two_papers,
    with_half_of_it_printed,
    before_it_is_settled,
    after_it_was_settled,
)


def in_a_child(work: Callable[[], None]) -> int:
    """Do something in a process of its own; how that process ended."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1]


def ask_and_die(app: Flask, point: Callable[[], None], event: str) -> None:
    """Start, ask for a paper and be killed while it is printed."""
    document = TWO if point is between_two_papers else DOCUMENT
    with app.app_context():
        with transaction() as session:
            spool.recover(session, at=now(), gone=who.is_gone)
            words: dict[str, Any] = {"purpose": Purpose.RECEIPT, "by": SYSTEM, "at": now()}
            service.enqueue(session, document, event_id=event, **words)
        point()
        worker.print_all()


def start_again(app: Flask, event: str, told: Path) -> None:
    """Start the workers as the server does; tell how the paper stands in a file."""
    with app.app_context():
        with transaction() as session:
            spool.recover(session, at=now(), gone=who.is_gone)
        worker.print_all()
        with reading() as session:
            line = queries.job_of_event(session, event)
        told.write_text(line.state.value if line else "lost")


def prepare(folder: Path, database: str) -> Flask:
    """A house with one printer on a cable, and no connection that a child could inherit."""
    app = make_app(database, folder)
    with app.app_context():
        with transaction() as session:
            new = NewPrinter(
                name="Till",
                place="",
                profile="virtual-80",
                target=f"file:{folder / 'paper'}",
                purposes=tuple(Purpose),
            )
            fleet.add_printer(session, new, by=SYSTEM, at=now())
        db.engine.dispose()
    return app


def main(folder: Path, rounds: int = 1, database: str = "") -> None:
    """Each point, one after the other, in one house, as often as asked."""
    app = prepare(folder, database or f"sqlite:///{folder / 'house.sqlite'}")
    for point, turn in product(POINTS, range(rounds)):
        print(json.dumps({point.__name__: _killed_at(app, folder, point, turn)}))


def _killed_at(
    app: Flask, folder: Path, point: Callable[[], None], turn: int
) -> dict[str, str | int | bool]:
    event, paper = f"{point.__name__} {turn}", folder / "paper"
    before, told = _cuts(paper), folder / f"{point.__name__}-{turn}"
    killed = in_a_child(lambda: ask_and_die(app, point, event))
    in_a_child(lambda: start_again(app, event, told))
    cuts = _cuts(paper) - before
    return {"state": told.read_text(), "cuts": cuts, "killed": os.WTERMSIG(killed) == 9}


def _cuts(paper: Path) -> int:
    return paper.read_bytes().count(b"\x1dV") if paper.exists() else 0


if __name__ == "__main__":
    folder, rounds, database = (*sys.argv[1:], "1", "")[:3]
    main(Path(folder), int(rounds), database)
