"""The printer library's parts that are used here, imported without its traces."""

from __future__ import annotations

import logging
import tempfile
from functools import lru_cache
from types import ModuleType
from typing import Any


@lru_cache(maxsize=1)
def printer_library() -> Any:
    """Connections to printers: `Network`, `Usb`.

    On import the library makes a folder for temporary files that it never removes, and sets up
    logging.
    """
    handlers = list(logging.root.handlers)
    kept = tempfile.tempdir
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            from escpos.printer import Network, Usb  # noqa: PLC0415 - see above
        finally:
            tempfile.tempdir = kept
    logging.root.handlers[:] = handlers
    parts = ModuleType("parts")
    vars(parts).update(Network=Network, Usb=Usb)
    return parts
