"""`didim serve`: the server, in one process that stops cleanly."""

from __future__ import annotations

import logging
import signal
from types import FrameType
from typing import NoReturn

import click
from cheroot.wsgi import Server
from flask import Flask

from config import load_settings
from factory.app import create_app
from factory.kernel.words import say

THREADS = 16
PORTS = click.IntRange(1, 65535)


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
    server.prepare()
    click.echo(say("The house is open: {address}", address=f"http://{host}:{port}/"))
    try:
        server.serve()
    except KeyboardInterrupt:
        click.echo(say("The house is closing."))
    finally:
        server.stop()


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
