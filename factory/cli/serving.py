"""`didim serve`: the server and the print workers, in one process that stops cleanly."""

from __future__ import annotations

import logging
import signal
import socket
from types import FrameType
from typing import NoReturn

import click
from cheroot.wsgi import Server
from flask import Flask

from config import load_settings
from factory.app import create_app
from factory.db.session import transaction
from factory.kernel.errors import FactoryError
from factory.kernel.time import now
from factory.kernel.words import say
from factory.printing import service as printing
from factory.printing.worker import PrintWorkers

THREADS = 16
PORTS = click.IntRange(1, 65535)


class AddressTaken(FactoryError):
    """Nothing can be served at {address}: it is taken already, or not of this computer."""


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", default=5000, show_default=True, type=PORTS)
def serve(host: str, port: int) -> None:
    """Serve the house to the terminals of the network."""
    run(create_app(load_settings()), host, port)


def run(app: Flask, host: str, port: int) -> None:
    """Serve until somebody stops it; what is being written is finished first."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    server = Server((host, port), app, numthreads=THREADS, server_name="didim", shutdown_timeout=5)
    signal.signal(signal.SIGTERM, _stop)
    _refuse_taken(host, port)
    server.prepare()
    workers = _print_workers(app)
    click.echo(say("The house is open: {address}", address=f"http://{host}:{port}/"))
    try:
        server.serve()
    except KeyboardInterrupt:
        click.echo(say("The house is closing."))
    finally:
        server.stop()
        workers.stop()


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
