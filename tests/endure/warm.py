"""What a process that is soon killed need not read again: imported once, where it is hatched."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from factory.app import ROOMS
from printers.transport.library import printer_library

for room in ROOMS:
    for part in ("records", "routes", "api"):
        if find_spec(f"factory.{room}.{part}"):
            import_module(f"factory.{room}.{part}")
import_module("factory.cli.serving")
import_module("factory.cli.print_samples")
printer_library()
