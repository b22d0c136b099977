"""How long to wait for a printer, in seconds, and how much to hand over at a time."""

from __future__ import annotations

CONNECT_SECONDS = 3.0
STATUS_SECONDS = 1.0
PROGRESS_SECONDS = 10.0
BURNING_SECONDS = 4.0
"""So long at most the end of a job is waited for, before the printer is asked how it went."""
ASKED_AGAIN = 10
"""So often a printer that spoke before is asked; with its memory full, it answers when it can."""
PIECE = 4096
