"""Send bytes to a printer, with time limits, and say in a named error what is wrong.

That a send came back proves little: only how many bytes left is known. As long as none has, the
job may be tried again; after that a person has to look at the paper.
"""

from __future__ import annotations

from printers.transport.faults import (
    BrokenOff,
    CoverOpen,
    NotInstalled,
    PaperOut,
    TargetWrong,
    TooSlow,
    TransportError,
    Unreachable,
    Unwritable,
)
from printers.transport.library import printer_library
from printers.transport.sending import MEMORY, Load, Sent, ask, send
from printers.transport.status import PrinterStatus
from printers.transport.target import Target, target

__all__ = [
    "MEMORY",
    "BrokenOff",
    "CoverOpen",
    "Load",
    "NotInstalled",
    "PaperOut",
    "PrinterStatus",
    "Sent",
    "Target",
    "TargetWrong",
    "TooSlow",
    "TransportError",
    "Unreachable",
    "Unwritable",
    "ask",
    "printer_library",
    "send",
    "target",
]
