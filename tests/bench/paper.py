"""Papers a second beside the speed of the paper itself, and a sale beside a printer that is off.

A head burns 250 mm a second. Making the bytes must be at least 50 times as fast in letters, and 10
times in pictures, by the time that the processor takes; a sale may cost at most 5 per cent more
because its printer does not answer.
"""

from __future__ import annotations

import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from factory.db.session import db, transaction
from factory.kernel.time import now
from factory.kernel.words import speaking
from factory.printing import fleet, worker
from factory.printing.domain import Purpose
from factory.printing.fleet import NewPrinter
from factory.printing.samples import sample
from factory.security.domain import SYSTEM
from printers.document import Document
from printers.escpos import Mode, to_job
from printers.layout import lay_out, rows_of
from printers.profiles import PROFILES
from tests.bench.show import line
from tests.conftest import make_app
from tests.till.build import make_coat, make_sale, make_till, sell

HEAD_MM = 250
DOTS_A_MM = 8
ROLL = PROFILES["virtual-80"]
WISHES = {Mode.TEXT: 50, Mode.RASTER: 10}
TURNS, SALES = 20, 10
DEAD = "tcp://127.0.0.1:9"


def main() -> None:
    """Bytes first, then the till."""
    with speaking("ko"):
        for name in ("receipt", "price-tag", "label"):
            for mode, wish in WISHES.items():
                if name != "label" or mode is Mode.RASTER:
                    _render(sample(name), name, mode, wish)
    _sales()


def _render(document: Document, name: str, mode: Mode, wish: int) -> None:
    rows = sum(map(rows_of, lay_out(document, ROLL)))
    seconds = rows / DOTS_A_MM / HEAD_MM
    to_job(document, ROLL, mode)
    taken = [_timed(partial(to_job, document, ROLL, mode), time.thread_time) for _ in range(TURNS)]
    line(f"{name}, {mode.value}", taken)
    times = seconds / (sum(taken) / len(taken))
    print(f"{'':34} {times:8.0f} times the speed of the paper (at least {wish})")


def _timed(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    work()
    return clock() - begun


def _sales() -> None:
    """In turns, so that whatever else the machine does falls on both alike."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{Path(folder) / 'house.sqlite'}", Path(folder))
        with app.app_context():
            with transaction() as session:
                code = _shop(session)
            logging.getLogger("didim.printing").setLevel(logging.ERROR)
            workers = worker.PrintWorkers(app)
            workers.start()
            taken: dict[str, list[float]] = {"off": [], "none": []}
            for turn in range(2 * TURNS):
                kind = ("off", "none")[turn % 2]
                with transaction() as session:
                    _printer_is(session, off=kind == "off")
                taken[kind] += [_timed(partial(_sell, code)) for _ in range(SALES)]
            workers.stop()
            db.engine.dispose()
    line("sale, nothing sent", taken["none"])
    line("sale, printer off", taken["off"])
    ratio = statistics.median(taken["off"]) / statistics.median(taken["none"])
    print(f"{'':34} {ratio:8.2f} times as long with a printer that is off (at most 1.05)")


def _shop(session: Session) -> str:
    new = NewPrinter(
        name="Till", place="", profile="virtual-80", target=DEAD, purposes=tuple(Purpose)
    )
    fleet.add_printer(session, new, by=SYSTEM, at=now())
    make_till(session)
    return make_coat(session, 3 * TURNS * SALES)


def _printer_is(session: Session, *, off: bool) -> None:
    change = fleet.let_go if off else fleet.hold_back
    change(session, 1, by=SYSTEM, at=now())


def _sell(code: str) -> None:
    with transaction() as session:
        sell(session, make_sale(code))
