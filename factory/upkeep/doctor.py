"""Look at the whole house and say of each part how it is; nothing is changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from config import Settings
from factory.db.append_only import missing_guards
from factory.db.engine import takes_writes
from factory.db.migrate import is_current, is_newer
from factory.db.session import db, reading
from factory.printing import queries as printing
from factory.security import chain, keeping, waiting
from factory.security import queries as security
from factory.upkeep import backup, certificates, findings, records, rotation
from factory.upkeep.findings import Finding, State
from factory.upkeep.nightly import Differences


def examine(settings: Settings, differences: Differences, *, at: datetime) -> Iterator[Finding]:
    """Everything that can be wrong with the house, one finding each."""
    yield _disk(settings)
    with reading() as session:
        problems = _damage(session)
    yield findings.database(problems, writable=takes_writes(db.engine))
    current = not problems and is_current(db.engine)
    if not problems:  # of a damaged file nothing else can be said
        yield findings.steps(current=current, newer=is_newer(db.engine))
    if current:
        with reading() as session:
            backup.at_one_moment(session)
            yield from _inside(session, settings, differences, at)
    yield _backups(settings, at)
    yield _second_place(settings, at)
    yield _certificate(settings, at)


def glance(session: Session, settings: Settings, *, at: datetime) -> Iterator[Finding]:
    """What can be told for a page; the second place may be a folder far away."""
    yield from here(session, settings, at=at)
    yield _second_place(settings, at)
    yield findings.open_problems(len(waiting.refused(session)))
    yield _certificate(settings, at)


def here(session: Session, settings: Settings, *, at: datetime) -> Iterator[Finding]:
    """What this computer alone can tell at once; of the balances what was found last night."""
    yield _disk(settings)
    yield findings.clock(security.newest_entry(session), at)
    yield _key(session, settings)
    yield _printers(session)
    if check := records.last_check(session):
        yield findings.balances(check.differing, check.first)
    yield _backups(settings, at)


def _inside(
    session: Session, settings: Settings, differences: Differences, at: datetime
) -> Iterator[Finding]:
    yield findings.guards(missing_guards(session.connection()))
    yield findings.clock(security.newest_entry(session), at)
    key = _key(session, settings)
    yield key
    yield _printers(session)
    yield _audit(session, settings, at) if key.state is not State.WRONG else findings.audit_unread()
    differing = list(differences(session))
    yield findings.balances(len(differing), next(iter(differing), ""))
    yield findings.open_problems(len(waiting.refused(session)))


def _disk(settings: Settings) -> Finding:
    house = settings.instance
    return findings.disk(shutil.disk_usage(house).free, writable=os.access(house, os.W_OK))


def _certificate(settings: Settings, at: datetime) -> Finding:
    files = certificates.files_in(settings.instance)
    ending = files.whole and certificates.is_ending(files, at=at)
    return findings.certificate(there=files.whole, ending=ending)


def _printers(session: Session) -> Finding:
    troubled = [each.name for each in printing.printers(session) if each.problem]
    return findings.printers(troubled, printing.waiting(session))


def _key(session: Session, settings: Settings) -> Finding:
    file, house = settings.key_file.resolve(), settings.instance.resolve()
    there, beside = file.is_file(), file.is_relative_to(house)
    return findings.key(there=there, beside=beside, opens=there and keeping.key_opens(session))


def _audit(session: Session, settings: Settings, at: datetime) -> Finding:
    marks = last_marks(session, settings, at)
    return findings.audit([fault.told for fault in chain.faults(session, *marks)])


def last_marks(session: Session, settings: Settings, at: datetime) -> tuple[str, ...]:
    """Where the chain ended when the newest backup of each place was made.

    Held against them a cut-off end is found, which is not seen from inside.
    """
    places = (settings.backups, settings.second_place)
    marks = []
    for place in places:
        files = {} if place is None else rotation.found_in(place)
        if newest := rotation.newest(files, at):
            marks.append(_mark_in(session, files[newest]))
    return tuple(marks)


def _mark_in(session: Session, file: Path) -> str:
    try:
        return backup.head_of(keeping.ring_of(session), file).mark
    except backup.BackupUnreadable:
        return ""


def _backups(settings: Settings, at: datetime) -> Finding:
    return findings.backups(_newest(settings.backups, at), at)


def _second_place(settings: Settings, at: datetime) -> Finding:
    place = settings.second_place
    newest = None if place is None else _newest(place, at)
    return findings.second_place(newest, at, named=place is not None)


def _newest(folder: Path, at: datetime) -> datetime | None:
    return rotation.newest(rotation.found_in(folder), at)


def _damage(session: Session) -> list[str]:
    """What the database itself finds wrong."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT 1"))
        return []
    try:
        found = session.scalars(text("PRAGMA quick_check(1)")).all()
    except DatabaseError as error:
        return [type(error.orig).__name__]
    return [_first_words(line) for line in found if line != "ok"]


def _first_words(told: str) -> str:
    """What the database says, in one line and without its headings."""
    lines = (line.strip() for line in told.splitlines())
    return next((line for line in lines if line and not line.startswith("***")), told.strip())
