"""Which connection an address asks for."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module

from printers.transport.target import Target
from printers.transport.wire import Wire

_MODULES = {"tcp": "network", "serial": "cable", "file": "cable", "usb": "usb"}
_NAMES = {"tcp": "network"}


def connected(where: Target) -> AbstractContextManager[Wire]:
    """A connection that is closed in the end; a kind this system lacks is not even imported."""
    module = import_module(f"printers.transport.{_MODULES[where.kind]}")
    opened: AbstractContextManager[Wire] = getattr(module, _NAMES.get(where.kind, where.kind))(
        where
    )
    return opened
