"""Which program sends a paper, and whether that program is still there."""

from __future__ import annotations

import os
import socket
from functools import lru_cache
from uuid import uuid4


@lru_cache(maxsize=1)
def _token(_process: int) -> str:
    return uuid4().hex[:8]


def myself() -> str:
    """This program, until it ends: computer, process, and a word of its own."""
    process = os.getpid()
    return f"{socket.gethostname()[:60]}/{process}/{_token(process)}"


def is_gone(worker: str) -> bool:
    """Whether a program has surely ended; of one on another computer nothing is known."""
    host, _, rest = worker.partition("/")
    process, _, _ = rest.partition("/")
    if not process.isdecimal():
        return True
    if host != socket.gethostname()[:60] or worker == myself():
        return False
    return int(process) == os.getpid() or not _runs(int(process))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
