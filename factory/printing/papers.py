"""Where virtual printers lay their paper: files named by number alone, never by a person."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from flask import current_app

from factory.printing.domain import PRIVATE_PAPER_LASTS, VIRTUAL
from printers.transport import Target, target

SETTINGS = "didim.settings"


def folder() -> Path:
    """This installation's papers."""
    papers: Path = current_app.extensions[SETTINGS].papers
    return papers


def where(text: str) -> Target:
    """A printer's address; a virtual one lays its paper into the folder."""
    return Target("folder", str(folder())) if text == VIRTUAL else target(text)


def name(job: int) -> str:
    """The name of a paper's file, without its ending."""
    return f"paper-{job}"


def stream(job: int) -> bytes | None:
    """What a virtual printer got, while the paper lies there."""
    path = folder() / f"{name(job)}.bin"
    return path.read_bytes() if path.exists() else None


def throw_away(at: datetime) -> int:
    """Remove papers that have lain for more than a day, half ones too; how many."""
    before = (at - PRIVATE_PAPER_LASTS).timestamp()
    laid = (path for end in ("bin", "unfinished") for path in folder().glob(f"paper-*.{end}"))
    old = [path for path in laid if path.stat().st_mtime < before]
    for path in old:
        with suppress(FileNotFoundError):
            path.unlink()
    return len(old)
