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
TURNS, PAIRS, SALES = 20, 40, 12
WISH = 1.05
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
    """Sales with the printer held back and with it off, in pairs, in the same house.

    Each pair stands side by side in time, and every second one the other way round, so that what
    else the machine does, and how long the queue has become, falls on both alike. That the printer
    is let go has it tried at once: it is tried far more often than a printer that is off all day.
    """
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{Path(folder) / 'house.sqlite'}", Path(folder))
        with app.app_context():
            with transaction() as session:
                code = _shop(session)
            logging.getLogger("didim.printing").setLevel(logging.ERROR)
            workers = worker.PrintWorkers(app)
            workers.start()
            _timed(partial(_sell, code))
            pairs = [_Pair(code, turned=bool(turn % 2)) for turn in range(PAIRS)]
            workers.stop()
            db.engine.dispose()
    line("sale, nothing sent", [each for pair in pairs for each in pair[False]])
    line("sale, printer off", [each for pair in pairs for each in pair[True]])
    ratios = [statistics.median(pair[True]) / statistics.median(pair[False]) for pair in pairs]
    low, middle, high = statistics.quantiles(ratios)
    print(f"{'':34} {middle:8.2f} times as long with a printer that is off (at most {WISH}),")
    print(f"{'':34} in the middle half of {PAIRS} pairs {low:.2f} to {high:.2f}")
    work = [pair.work[True] / pair.work[False] for pair in pairs]
    print(f"{'':34} {statistics.median(work):8.2f} times the work, print workers included")


class _Pair(dict[bool, list[float]]):
    """Some sales with the printer off and some with it held back, side by side."""

    def __init__(self, code: str, *, turned: bool) -> None:
        super().__init__()
        self.work: dict[bool, float] = {}
        """Seconds of the processor, of every thread: what another program does is not in it."""
        for off in (turned, not turned):
            with transaction() as session:
                _printer_is(session, off=off)
            begun = time.process_time()
            self[off] = [_timed(partial(_sell, code)) for _ in range(SALES)]
            self.work[off] = time.process_time() - begun


def _shop(session: Session) -> str:
    new = NewPrinter(
        name="Till", place="", profile="virtual-80", target=DEAD, purposes=tuple(Purpose)
    )
    fleet.add_printer(session, new, by=SYSTEM, at=now())
    make_till(session)
    return make_coat(session, 3 * PAIRS * SALES)


def _printer_is(session: Session, *, off: bool) -> None:
    change = fleet.let_go if off else fleet.hold_back
    change(session, 1, by=SYSTEM, at=now())


def _sell(code: str) -> None:
    with transaction() as session:
        sell(session, make_sale(code))
