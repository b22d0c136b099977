"""`didim serve`: the server and the print workers, in one process that stops cleanly."""

from __future__ import annotations

import gc
import logging
import signal
import socket
import sys
import threading
from contextlib import ExitStack
from types import FrameType
from typing import NoReturn

import click
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server
from flask import Flask

from config import Settings
from factory.app import SETTINGS, create_app
from factory.cli.support import opened_settings
from factory.cli.verify import named
from factory.db.session import transaction
from factory.kernel.errors import FactoryError, trail
from factory.kernel.time import now
from factory.kernel.words import say
from factory.printing import fleet as printing
from factory.printing.worker import PrintWorkers
from factory.upkeep import certificates
from factory.upkeep.nightly import Nightly

log = logging.getLogger("didim")
THREADS = 16
CALLERS = 128
"""So many may wait to be heard while every thread is at work; beyond them they are turned away."""
SELDOM = (50_000, 20, 50)
"""So many new things before the collector of rubbish looks at them, and how often it goes on."""
TURN_SECONDS = 0.0005
"""Who waits for an answer gets the machine so soon after a thread that draws or prints."""
PORTS = click.IntRange(1, 65535)


class AddressTaken(FactoryError):
    """Nothing can be served at {address}: it is taken already, or not of this computer."""


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=5000, show_default=True, type=PORTS)
@click.option(
    "--https-port",
    envvar="HTTPS_PORT",
    default=5443,
    show_default=True,
    type=PORTS,
    help="Used once there is a certificate (didim cert).",
)
def serve(host: str, port: int, https_port: int) -> None:
    """Serve the house to the terminals of the network, sealed as well if there is a certificate."""
    run(create_app(opened_settings()), host, port, https_port)


def run(app: Flask, host: str, port: int, https_port: int | None = None) -> None:
    """Serve until somebody stops it; what is being written is finished first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    server = _server(app, host, port)
    signal.signal(signal.SIGTERM, _stop)
    _refuse_taken(host, port)
    with ExitStack() as opened:  # whatever was begun ends, also where the rest can't begin
        opened.callback(server.stop)
        server.prepare()
        sealed = _sealed(app, host, https_port)
        if sealed is not None:
            opened.callback(sealed.stop)
        workers = _print_workers(app)
        nights = Nightly(app, app.extensions[SETTINGS], named)
        nights.start()
        opened.callback(nights.stop)
        opened.callback(workers.stop)
        keep_for_good()
        click.echo(say("The house is open: {address}", address=f"http://{host}:{port}/"))
        try:
            server.serve()
        except KeyboardInterrupt:
            click.echo(say("The house is closing."))


class QuietServer(Server):
    """A server whose faults are noted by name and place, like those of pages."""

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: FBT001, FBT002 - as cheroot calls it
        """Note what broke; what it said may be of a person."""
        fault = sys.exc_info()[1]
        log.log(level, "%s", trail(fault) if traceback and fault is not None else msg)


def _server(app: Flask, host: str, port: int) -> Server:
    """What listens at an address; by http and by https it is the same."""
    return QuietServer(
        (host, port),
        app,
        numthreads=THREADS,
        request_queue_size=CALLERS,
        server_name="didim",
        shutdown_timeout=5,
    )


def keep_for_good() -> None:
    """Let the collector of rubbish never look again at what the program itself consists of.

    It also comes less often: a month of six hundred people is a hundred thousand values at once,
    and hardly any of them is rubbish.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    sys.setswitchinterval(TURN_SECONDS)


def _sealed(app: Flask, host: str, port: int | None) -> Server | None:
    """Listen on https too, where a certificate was made."""
    settings: Settings = app.extensions[SETTINGS]
    files = certificates.files_in(settings.instance)
    if port is None or not files.whole:
        return None
    if certificates.is_ending(files, at=now()):
        told = "The certificate holds until {until} only. Make it anew: didim cert."
        click.echo(say(told, until=certificates.lasts_until(files)))
    _refuse_taken(host, port)
    server = _server(app, host, port)
    server.ssl_adapter = BuiltinSSLAdapter(str(files.certificate), str(files.key))
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    click.echo(say("The house is open: {address}", address=f"https://{host}:{port}/"))
    return server


def _refuse_taken(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError:
        raise AddressTaken(address=f"{host}:{port}") from None


def _print_workers(app: Flask) -> PrintWorkers:
    with app.app_context(), transaction() as session:
        printing.ensure_printers(session, at=now())
    workers = PrintWorkers(app)
    workers.start()
    return workers


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
