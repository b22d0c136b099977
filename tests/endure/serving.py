"""A server for a test that will kill it; it is gone afterwards whatever happens."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

import pytest

from tests.endure.hatched import start

STARTING = 180
"""Seconds within which even a busy machine starts a server."""


@contextmanager
def serving() -> Iterator[tuple[BaseProcess, int]]:
    """Start a server in a process of its own; gives the process and its port."""
    port = free_port()
    server = start("serve", "--port", str(port))
    try:
        _wait_for(port)
        yield server, port
    finally:
        server.kill()
        server.join()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.fail("the server did not start")
