"""How a printer is, as it says itself: for whoever looks after it."""

from __future__ import annotations

from factory.kernel.words import say
from factory.printing import papers
from factory.printing.queries import PrinterLine
from printers import transport
from printers.transport import PrinterStatus, TransportError

SILENT = PrinterStatus()
OFF = PrinterStatus(online=False)


def ask(line: PrinterLine) -> PrinterStatus:
    """What it answers now; one that can't be reached is not online."""
    try:
        return transport.ask(papers.where(line.target))
    except TransportError:
        return OFF


def sentence(line: PrinterLine, said: PrinterStatus) -> str:
    """The answer in words."""
    if line.virtual:
        return say("on the screen")
    if said.online is False:
        return say("The printer does not answer. Is it on, and is its cable in?")
    if said.paper is False:
        return say("The paper has run out. Please put in a new roll.")
    if said.cover is False:
        return say("The cover is open. Please close it.")
    if not said.answers:
        return say("It takes papers, and says nothing of itself.")
    return say("It says that all is well.")
