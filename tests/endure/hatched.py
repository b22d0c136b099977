"""The program, read once: what a test kills is hatched from here, and dies as any process does."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

from factory.cli import main

NEST = multiprocessing.get_context("forkserver")
NEST.set_forkserver_preload(["tests.endure.warm"])


def start(*arguments: str) -> BaseProcess:
    """Start `didim` with these arguments in a process of its own, in the present environment."""
    process = NEST.Process(target=_run, args=(arguments, dict(os.environ)), daemon=True)
    process.start()
    return process


def _run(arguments: tuple[str, ...], environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = nowhere
        main(arguments)
