"""Which backups stay: the newest of each of seven days, five weeks and twelve months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from pathlib import Path

from factory.kernel.time import DAY, SEOUL, at, day_of, local

DAYS, WEEKS, MONTHS = 7, 5, 12
SKEW = timedelta(minutes=5)
AT_ONCE = timedelta(minutes=10)
"""So soon after its name was given a backup is begun."""
NIGHT = time(2)
"""When nobody works."""
UNFINISHED = ".unfinished"
"""What a file is called besides its name until all of it is on the disk."""
_NAME = re.compile(r"didim-(\d{4}-\d\d-\d\d-\d{6})\.backup", re.ASCII)
_MOMENT = "%Y-%m-%d-%H%M%S"


def name_for(moment: datetime) -> str:
    """What the backup of a moment is called."""
    return f"didim-{local(moment).strftime(_MOMENT)}.backup"


def moment_of(name: str) -> datetime | None:
    """When a backup was made, by its name; nothing for a file of another name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _MOMENT).replace(tzinfo=SEOUL)
    except ValueError:
        return None


def kept(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Those that stay: the newest of each of the last days, weeks and months that have one."""
    newest_first = sorted(moments, reverse=True)
    found: set[datetime] = set()
    for most, of in _SPANS:
        spans: dict[object, datetime] = {}
        for moment in newest_first:
            spans.setdefault(of(local(moment)), moment)
        found |= set(list(spans.values())[:most])
    return frozenset(found)


_SPANS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (DAYS, lambda moment: moment.date()),
    (WEEKS, lambda moment: moment.isocalendar()[:2]),
    (MONTHS, lambda moment: (moment.year, moment.month)),
)


def newest(found: Iterable[datetime], now: datetime) -> datetime | None:
    """The newest that is not of a time to come: a clock that went ahead made that one."""
    return max((moment for moment in found if moment <= now + SKEW), default=None)


def is_due(newest: datetime | None, now: datetime) -> bool:
    """Whether none was made since the last night began."""
    tonight = at(day_of(now), NIGHT)
    last_night = tonight if tonight <= now else tonight - DAY
    return newest is None or newest < last_night


def is_old(newest: datetime | None, now: datetime) -> bool:
    """Whether the newest is older than two nights, so that something keeps it from being made."""
    return newest is None or now - newest > timedelta(hours=50)


def found_in(folder: Path) -> dict[datetime, Path]:
    """The backups in a folder by their moment, newest first; others' files are left alone."""
    files = folder.iterdir() if folder.is_dir() else ()
    named = {moment: file for file in files if (moment := moment_of(file.name)) is not None}
    return dict(sorted(named.items(), reverse=True))
