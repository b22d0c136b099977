"""Where virtual printers lay their paper: files named by number alone, never by a person."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from flask import current_app

from factory.printing.domain import ON_SCREEN_LASTS, PRIVATE_ON_SCREEN_LASTS, VIRTUAL
from printers.transport import Target, target

SETTINGS = "didim.settings"
_OPEN, _SEALED = "paper", "private"


def folder() -> Path:
    """This installation's papers."""
    papers: Path = current_app.extensions[SETTINGS].papers
    return papers


def where(text: str) -> Target:
    """A printer's address; a virtual one lays its paper into the folder."""
    return Target("folder", str(folder())) if text == VIRTUAL else target(text)


def name(job: int, *, private: bool = False) -> str:
    """The name of a paper's file, without its ending."""
    return f"{_SEALED if private else _OPEN}-{job}"


def stream(job: int) -> bytes | None:
    """What a virtual printer got, while the paper lies there."""
    return _laid(name(job))


def sealed_stream(job: int) -> bytes | None:
    """The same of a private paper, which lies there sealed (`private.py`)."""
    return _laid(name(job, private=True))


def lies_there(job: int, *, private: bool) -> bool:
    """Whether a virtual printer's paper can still be looked at."""
    return (folder() / f"{name(job, private=private)}.bin").exists()


def _laid(name: str) -> bytes | None:
    try:
        return (folder() / f"{name}.bin").read_bytes()
    except FileNotFoundError:
        return None


def throw_away(at: datetime) -> int:
    """Remove papers that have lain for their time, half ones too; how many."""
    return _throw_away(_OPEN, at - ON_SCREEN_LASTS) + _throw_away(
        _SEALED, at - PRIVATE_ON_SCREEN_LASTS
    )


def _throw_away(kind: str, before: datetime) -> int:
    laid = (path for end in ("bin", "unfinished") for path in folder().glob(f"{kind}-*.{end}"))
    old = [path for path in laid if path.stat().st_mtime < before.timestamp()]
    for path in old:
        with suppress(FileNotFoundError):
            path.unlink()
    return len(old)
