"""The nightly backup: made by itself, laid into a second place as well, old ones taken away."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from config import Settings
from factory.db.engine import scrub
from factory.db.session import db, new_session, reading, transaction
from factory.kernel.time import DAY, now
from factory.security.keeping import ring_of
from factory.upkeep import backup, records, rotation

Differences = Callable[[Session], Iterator[str]]
"""The names of kept balances that their facts do not give."""
LOOKS_EVERY = 600
"""Seconds."""
_log = logging.getLogger(__name__)


def make(settings: Settings, *, at: datetime) -> Path:
    """Write a backup of now into the house's folder, and lay it into the second place."""
    settings.backups.mkdir(mode=0o700, exist_ok=True)
    file = settings.backups / rotation.name_for(at)
    with reading() as session:
        backup.at_one_moment(session)
        backup.create(session, ring_of(session), file)
    _take_old_away(settings.backups)
    _lay_in_second_place(settings)
    return file


def make_before_upgrade(settings: Settings, *, at: datetime) -> Path:
    """Write a backup of the tables as they are, before they are changed."""
    settings.backups.mkdir(mode=0o700, exist_ok=True)
    file = settings.backups / rotation.name_for(at)
    with new_session() as session:
        backup.create(session, ring_of(session), file, backup.tables_there(session))
    return file


def make_if_due(settings: Settings, *, at: datetime) -> Path | None:
    """Write one if none was made since the night began; the second place catches up."""
    newest = rotation.newest(rotation.found_in(settings.backups), at)
    if rotation.is_due(newest, at):
        return make(settings, at=at)
    _lay_in_second_place(settings)
    return None


def look_at_balances(differences: Differences, *, at: datetime) -> None:
    """Hold every kept balance against its facts, and keep what was found for the page Computer."""
    with reading() as session:
        backup.at_one_moment(session)
        differing = list(differences(session))
    with transaction() as session:
        records.append_check(session, differing, at=at)


def _lay_in_second_place(settings: Settings) -> None:
    """Copy what stays there if the place is there: a stick may be pulled, a network folder away.

    The newest first, then those of the nights in which it was away.
    """
    place = settings.second_place
    if place is None or not place.is_dir():
        return
    here, there = rotation.found_in(settings.backups), rotation.found_in(place)
    stay = rotation.kept({*here, *there})
    try:
        for moment, file in here.items():
            if moment in stay and moment not in there:
                with file.open("rb") as source, backup.whole_or_nothing(place / file.name) as copy:
                    shutil.copyfileobj(source, copy)
        _take_old_away(place)
    except OSError as problem:
        _log.warning("second place of backups: %s", type(problem).__name__)


def _take_old_away(folder: Path) -> None:
    files = rotation.found_in(folder)
    stay = rotation.kept(files)
    for moment, file in files.items():
        if moment not in stay:
            file.unlink()
    for file in folder.glob(f"*{rotation.UNFINISHED}"):  # power was cut while it was written
        ours = rotation.moment_of(file.name.removesuffix(rotation.UNFINISHED)) is not None
        if ours and file.stat().st_mtime < (now() - DAY).timestamp():
            file.unlink(missing_ok=True)


class Nightly:
    """A thread beside the server that looks every ten minutes whether a backup is due."""

    def __init__(self, app: Flask, settings: Settings, differences: Differences) -> None:
        self._app, self._settings, self._differences = app, settings, differences
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._mind, name="nightly", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End after what is being written is whole."""
        self._over.set()
        self._thread.join(timeout=5)

    def _mind(self) -> None:
        while not self._over.wait(LOOKS_EVERY):
            try:
                with self._app.app_context():
                    if make_if_due(self._settings, at=now()) is not None:
                        scrub(db.engine)
                        look_at_balances(self._differences, at=now())
            except Exception as problem:  # noqa: BLE001 - a full disk tonight is no end of nights
                _log.warning("nightly backup: %s", type(problem).__name__)
