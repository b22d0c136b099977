"""Print workers: one thread a printer, each taking the next paper after it was committed.

While not a byte of a paper has left, it is tried again; afterwards only a person may say so.
"""

from __future__ import annotations

import logging
import threading
import time
from contextlib import suppress
from datetime import timedelta

from flask import Flask
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from factory.db.session import reading, transaction
from factory.kernel.errors import trail
from factory.kernel.time import now
from factory.printing import bell, fleet, papers, private, queries, spool, who
from factory.printing.domain import VIRTUAL, Problem, State
from factory.printing.spool import Ended, Waiting
from printers import escpos, transport
from printers.document import DocumentWrong
from printers.escpos import Job
from printers.transport import Load, Sent, TransportError

log = logging.getLogger("didim.printing")
NAP_SECONDS = 2.0
CLOSING_SECONDS = 5.0
SWEEPING = timedelta(hours=1)
TRIES = 6
"""So often what became of a paper is written down, where the database is held by somebody else."""
TELLING_SECONDS = 0.5
"""Not more often does a worker write down how far a paper is."""
_PROBLEMS: dict[type[TransportError], Problem] = {
    transport.PaperOut: Problem.PAPER_OUT,
    transport.CoverOpen: Problem.COVER_OPEN,
    transport.TooSlow: Problem.TOO_SLOW,
    transport.BrokenOff: Problem.BROKEN_OFF,
    transport.Unwritable: Problem.UNWRITABLE,
    transport.TargetWrong: Problem.TARGET_WRONG,
    transport.NotInstalled: Problem.NOT_INSTALLED,
}


def print_next(printer_id: int) -> bool:
    """Print the paper at the head of a printer's queue; False if none may be printed now."""
    with reading() as session:
        waiting = spool.next_waiting(session, printer_id, at=now(), worker=who.myself())
    if waiting is None:
        return False
    if waiting.expired:
        with transaction() as session:
            spool.expire(session, waiting.job, at=now())
        return True
    if waiting.spoilt:
        with transaction() as session:
            spool.spoil(session, waiting.job, at=now())
        return True
    if not waiting.mine and not _take(printer_id):
        return False
    if _send(waiting) is State.QUEUED:
        bell.rest(printer_id)
    else:
        bell.stir(printer_id)
    return True


def _take(printer_id: int) -> bool:
    with transaction() as session:
        return spool.take_printer(session, printer_id, at=now(), worker=who.myself())


def _made(waiting: Waiting) -> Job:
    if waiting.document is None:
        return Job((waiting.data,), 0)
    return escpos.to_job(waiting.document, waiting.profile)


def _send(waiting: Waiting) -> State:
    """Send a paper; how it stands afterwards."""
    way = _Way(waiting)
    try:
        name = papers.name(waiting.job, private=waiting.private and waiting.target == VIRTUAL)
        sent = transport.send(way.load, papers.where(waiting.target), name, told=way)
    except _TakenBack:
        return State.CANCELLED
    except DocumentWrong:
        with transaction() as session:
            spool.spoil(session, waiting.job, at=now())
        return State.FAILED
    except TransportError as error:
        return _failed(waiting, way, error)
    return _concluded(waiting.job, way.ended(sent))


def _concluded(job: int, ended: Ended) -> State:
    """Write down what became of a paper; while the database is held that is tried again.

    Otherwise a paper that came out would be asked for.
    """
    for _ in range(TRIES - 1):
        with suppress(OperationalError), transaction() as session:
            return spool.conclude(session, job, ended, at=now())
    with transaction() as session:
        return spool.conclude(session, job, ended, at=now())


def _failed(waiting: Waiting, way: _Way, error: TransportError) -> State:
    """Before its first byte the paper waits on, with one line written; afterwards it is unsure."""
    problem = _PROBLEMS.get(type(error), Problem.UNREACHABLE)
    log.warning("paper %s: %s after %s bytes", waiting.job, problem.value, error.sent)
    if way.begun:
        return _concluded(waiting.job, Ended(problem, error.sent, waiting.done + error.units))
    with transaction() as session:
        spool.postpone(session, waiting.job, problem, at=now())
    return State.QUEUED


class _TakenBack(Exception):
    """Somebody gave the paper up or held it back meanwhile, or sent it from elsewhere."""


class _Way:
    """A paper's way to its printer: made once that answers; how far it is is written down."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self._job, self._done = waiting.job, waiting.done
        self._told = time.monotonic()
        self._units = 0
        self.begun = False

    def load(self) -> Load:
        """The bytes; from here on the paper is never sent again by itself."""
        job = _made(self._waiting)
        units = job.units[self._done :]
        with transaction() as session:
            kept = None if self._waiting.private else job.data
            if not spool.claim(session, self._job, kept, at=now(), worker=who.myself()):
                raise _TakenBack
            if self._waiting.private and self._waiting.target == VIRTUAL:
                units = (private.shut_stream(session, self._job, b"".join(units)),)
        self.begun = True
        self._units = len(units)
        return Load(units, job.seconds / max(1, len(job.units)))

    def ended(self, sent: Sent) -> Ended:
        """That all of it has left."""
        return Ended(None, sent.bytes, self._done + self._units, sent.confirmed)

    def __call__(self, sent: int, units: int) -> None:
        """So much has left; not every piece is worth a line."""
        if time.monotonic() - self._told < TELLING_SECONDS:
            return
        self._told = time.monotonic()
        far = {"sent": sent, "units": self._done + units}
        with suppress(SQLAlchemyError), transaction() as session:
            spool.progress(session, self._job, **far, at=now(), worker=who.myself())


def _sweep() -> None:
    with transaction() as session:
        spool.sweep(session, at=now())


def print_all() -> int:
    """Print whatever waits, without threads (commands and tests); how many papers."""
    with reading() as session:
        numbers = queries.printer_ids(session)
    count = 0
    for number in numbers:
        while print_next(number):
            count += 1
    return count


class PrintWorkers:
    """The threads; `start()` with the server, `stop()` when it closes."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stop = threading.Event()
        self._threads: dict[int, threading.Thread] = {}

    def start(self) -> None:
        """Begin printing; what a stopped worker left half-way becomes unsure first."""
        transport.printer_library()
        with self._app.app_context(), transaction() as session:
            fleet.ensure_printers(session, at=now())
            spool.recover(session, at=now(), gone=who.is_gone)
        self._open("didim-printing", self._mind, bell.NEW)

    def ask_to_stop(self) -> None:
        """Let everybody stop after the paper at hand; nobody waits for that here."""
        self._stop.set()

    def wait(self) -> None:
        """Until somebody asks to stop."""
        self._stop.wait()

    def stop(self) -> None:
        """Let each printer finish its paper, and end."""
        self._stop.set()
        bell.ring()
        for thread in self.threads:
            thread.join(CLOSING_SECONDS)
        if not any(thread.is_alive() for thread in self.threads):
            self._leave()

    def _leave(self) -> None:
        """Let another program speak with the printers at once."""
        with self._app.app_context(), suppress(SQLAlchemyError), transaction() as session:
            spool.leave_printers(session, who.myself().__eq__)

    @property
    def threads(self) -> tuple[threading.Thread, ...]:
        """Every thread that was started."""
        return tuple(self._threads.values())

    def _open(self, name: str, work: object, number: int) -> None:
        thread = threading.Thread(target=self._run, args=(work, number), name=name, daemon=True)
        self._threads[number] = thread
        thread.start()

    def _run(self, work: object, number: int) -> None:
        with self._app.app_context():
            work(number)  # type: ignore[operator]  # one of the two methods below

    def _mind(self, number: int) -> None:
        """Give each printer its thread, and erase what is over."""
        woken = bell.sleeper(number)
        swept = None
        while not self._stop.is_set():
            with suppress(SQLAlchemyError):
                self._see_to_printers()
                if swept is None or now() - swept > SWEEPING:
                    swept = now()
                    _sweep()
            woken.wait(NAP_SECONDS * 15)
            woken.clear()

    def _see_to_printers(self) -> None:
        with reading() as session:
            numbers = queries.printer_ids(session)
            stuck = queries.stuck(session, at=now())
        if stuck:
            with transaction() as session:
                spool.recover(session, at=now())
        for number in numbers:
            if number not in self._threads:
                self._open(f"didim-printer-{number}", self._serve, number)
        papers.throw_away(now())

    def _serve(self, number: int) -> None:
        woken = bell.sleeper(number)
        bell.stir(number)
        while not self._stop.is_set():
            woken.clear()
            bell.wait_for_quiet()
            try:
                busy = print_next(number)
            except Exception as fault:  # noqa: BLE001 - dead, it would leave its printer silent
                log.error("printer %s: %s", number, trail(fault))  # noqa: TRY400 - not what it says
                busy = False
            if not busy and not self._stop.is_set():
                woken.wait(NAP_SECONDS)
