"""What the doctor says: one sentence for each thing looked at, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from factory.kernel.words import mark, say, translate
from factory.upkeep import rotation

GIGABYTE = 1_000_000_000
LITTLE = 2 * GIGABYTE
"""Free room that is enough for a month of a small house, and for its backups."""
TOO_LITTLE = GIGABYTE // 5
SKEW = timedelta(minutes=5)
FIRST_YEAR = 2026


class State(StrEnum):
    """How something is."""

    GOOD = "good"
    MIND = "mind"
    """It works, and somebody should look after it."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    state: State
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """The finding in the language spoken now."""
        return f"{_SIGNS[self.state]} {translate(self.about)}: {self.said}"

    @property
    def said(self) -> str:
        """Its sentence alone, in the language spoken now."""
        return say(self.sentence, **self.values)


_SIGNS = {State.GOOD: "✓", State.MIND: "!", State.WRONG: "✗"}
DATABASE, GUARDS, STEPS = mark("database"), mark("guards of facts"), mark("schema")
DISK, CLOCK, KEY = mark("disk"), mark("clock"), mark("key")
PRINTERS, BACKUP, SECOND = mark("printers"), mark("backup"), mark("second place")
AUDIT, BALANCES, OPEN = mark("audit chain"), mark("balances"), mark("open problems")
CERTIFICATE = mark("certificate")


def good(about: str, sentence: str = mark("in order"), **values: Any) -> Finding:
    """Nothing is to be done."""
    return Finding(about, State.GOOD, sentence, values)


def mind(about: str, sentence: str, **values: Any) -> Finding:
    """Somebody should look after it."""
    return Finding(about, State.MIND, sentence, values)


def wrong(about: str, sentence: str, **values: Any) -> Finding:
    """Somebody has to do something now."""
    return Finding(about, State.WRONG, sentence, values)


def database(problems: list[str], *, writable: bool = True) -> Finding:
    """Whether the file itself is sound, and takes what is written."""
    if not problems and not writable:
        told = mark(
            "It can only be read, nothing is saved. Look at its disk, its rights, its server."
        )
        return wrong(DATABASE, told)
    if not problems:
        return good(DATABASE)
    told = mark("It is damaged ({problem}). Stop the server and restore the newest backup.")
    return wrong(DATABASE, told, problem=problems[0])


def guards(missing: list[str]) -> Finding:
    """Whether the database refuses to change facts."""
    if not missing:
        return good(GUARDS)
    told = mark("{count} are missing ({name}). Ask who changed the database; restore a backup.")
    return wrong(GUARDS, told, count=len(missing), name=missing[0])


def steps(*, current: bool, newer: bool = False) -> Finding:
    """Whether the schema is that of the program."""
    if current:
        return good(STEPS)
    if newer:
        return wrong(STEPS, mark("A newer version of the program was here. Start that one."))
    return wrong(STEPS, mark("It is older than the program. Run: didim db upgrade"))


def disk(free: int, *, writable: bool) -> Finding:
    """Whether there is room, in bytes, and whether it may be written to."""
    room = f"{free / GIGABYTE:.1f} GB"
    if not writable:
        return wrong(DISK, mark("Nothing can be written. Look at the disk and its rights."))
    if free < TOO_LITTLE:
        return wrong(DISK, mark("Only {room} are free. Delete what is not needed, now."), room=room)
    if free < LITTLE:
        return mind(DISK, mark("{room} are free. Make room before it is full."), room=room)
    return good(DISK, mark("{room} are free"), room=room)


def clock(newest: datetime | None, now: datetime) -> Finding:
    """Whether time has gone back, or never was set."""
    if now.year < FIRST_YEAR or (newest is not None and newest > now + SKEW):
        told = mark("It was set back: an entry is newer than now. Set the computer's clock.")
        return wrong(CLOCK, told)
    return good(CLOCK)


def key(*, there: bool, beside: bool, opens: bool) -> Finding:
    """Whether the key is there, opens what is sealed, and lies apart from it."""
    if not there:
        told = mark("It is not there. Put its stick in, or type the sheet: didim keys enter")
        return wrong(KEY, told)
    if not opens:
        return wrong(KEY, mark("It does not open what is sealed. Bring back the key file of then."))
    if beside:
        told = mark("It lies beside the data. Move it to another disk, or a stick: DIDIM_KEY_FILE")
        return mind(KEY, told)
    return good(KEY)


def printers(troubled: list[str], waiting: int) -> Finding:
    """Whether papers come out."""
    if troubled:
        told = mark("{name} needs somebody, {count} papers wait. See Printing, queue.")
        return mind(PRINTERS, told, name=", ".join(troubled), count=waiting)
    return good(PRINTERS)


def backups(newest: datetime | None, now: datetime) -> Finding:
    """Whether last night's backup is there."""
    if newest is None:
        return wrong(BACKUP, mark("There is none. Run: didim backup create"))
    if rotation.is_old(newest, now):
        told = mark("The newest is {days} days old. Let the server run at night, or make one.")
        return wrong(BACKUP, told, days=(now - newest).days)
    return good(BACKUP)


def second_place(newest: datetime | None, now: datetime, *, named: bool) -> Finding:
    """Whether a backup survives the computer."""
    if not named:
        told = mark("There is none. Name a stick or a folder elsewhere: DIDIM_BACKUP_FOLDER")
        return mind(SECOND, told)
    if rotation.is_old(newest, now):
        return mind(SECOND, mark("No new backup lies there. Is the stick in, the folder there?"))
    return good(SECOND)


def audit(faults: list[str]) -> Finding:
    """Whether the chain of entries holds."""
    if not faults:
        return good(AUDIT)
    told = mark("{first} Run didim audit verify, and ask who could write into the database.")
    return wrong(AUDIT, told, first=faults[0])


def audit_unread() -> Finding:
    """The chain is marked with the key: without it nothing can be said of it."""
    return mind(AUDIT, mark("It can't be looked at without the key. Run this again once it is in."))


def balances(differing: int, first: str) -> Finding:
    """Whether what is kept agrees with its facts."""
    if not differing:
        return good(BALANCES)
    told = mark("{count} differ from their facts ({first}). Run didim verify, and tell the makers.")
    return wrong(BALANCES, told, count=differing, first=first)


def open_problems(refused: int) -> Finding:
    """Whether something waits for a person."""
    if refused:
        told = mark("{count} entries of terminals could not be taken. See the supervisor's list.")
        return mind(OPEN, told, count=refused)
    return good(OPEN)


def certificate(*, there: bool, ending: bool) -> Finding:
    """Whether https is there and stays."""
    if not there:
        told = mark("There is none: others on the network can read along. Run: didim cert")
        return mind(CERTIFICATE, told)
    if ending:
        return mind(CERTIFICATE, mark("It ends soon. Run: didim cert"))
    return good(CERTIFICATE)
