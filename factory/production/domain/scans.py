"""Scans: pieces done and rejected at a step, and how an entry is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.time import day_of
from factory.kernel.words import mark, show_time
from factory.production.domain.pay import PayMode
from factory.production.domain.progress import Progress, moved
from factory.production.domain.way import Way
from factory.security.domain import Actor, Permission, WorkerId

UNDO_TIME = timedelta(minutes=5)
CUT = "cut"
"""The source of what is entered when a cut is recorded."""


class Defect(StrEnum):
    """What is wrong with a piece, in words that need two taps at most."""

    SKIP_STITCH = "skip_stitch"
    OPEN_SEAM = "open_seam"
    PUCKER = "pucker"
    UNEVEN = "uneven"
    WRONG_SIZE = "wrong_size"
    STAIN = "stain"
    FABRIC_FLAW = "fabric_flaw"
    SHADE = "shade"
    PRESS_MARK = "press_mark"
    TRIM_MISSING = "trim_missing"
    NEEDLE_PART = "needle_part"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The defect as people say it."""
        return _DEFECTS[self]


_DEFECTS = {
    Defect.SKIP_STITCH: mark("skipped stitch"),
    Defect.OPEN_SEAM: mark("open seam"),
    Defect.PUCKER: mark("puckered seam"),
    Defect.UNEVEN: mark("left and right differ"),
    Defect.WRONG_SIZE: mark("wrong measure"),
    Defect.STAIN: mark("stain"),
    Defect.FABRIC_FLAW: mark("flaw in the cloth"),
    Defect.SHADE: mark("colours differ"),
    Defect.PRESS_MARK: mark("mark of the iron"),
    Defect.TRIM_MISSING: mark("button or label missing"),
    Defect.NEEDLE_PART: mark("metal found"),
    Defect.OTHER: mark("something else"),
}


class BundleUnknown(Refused):
    """There is no bundle with this number. Please scan the ticket again."""

    field = "bundle"


class NotReady(Refused):
    """This bundle is not that far yet. First comes: {missing}."""

    field = "operation"


class AlreadyDone(Refused):
    """{name} finished this bundle at {at}. Please scan another bundle."""

    field = "bundle"


class NothingInWork(Refused):
    """No piece of this bundle is in work any more. Please scan another bundle."""

    field = "bundle"


class TooMany(Refused):
    """Only {left} can be entered here now. Please count again."""

    field = "good"


class NothingCounted(Refused):
    """Please enter at least one piece."""

    field = "good"


class UndoTooLate(Refused):
    """After {minutes} minutes only the supervisor can take an entry back."""


class NotYourEntry(Refused):
    """This is somebody else's entry. Please ask the supervisor."""


class AlreadyUndone(Refused):
    """This entry was taken back already."""


class AlreadyFurther(Refused):
    """These pieces are further on already. What came later has to be taken back first."""


@dataclass(frozen=True, slots=True)
class Done:
    """Who entered something last at a step, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScan:
    """What somebody says she has done; the id is made where the entry begins."""

    id: str
    bundle: str
    operation: str
    worker: WorkerId | None
    good: int
    at: datetime
    rejects: tuple[tuple[Defect, int], ...] = ()
    source: str = "floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """An entry that is kept; a counter-entry has figures below zero and names what it reverses."""

    id: str
    bundle: str
    operation: str
    worker: WorkerId | None
    good: int
    rejects: tuple[tuple[Defect, int], ...]
    at: datetime
    received: datetime
    day: date
    """The day on which it counts, for pay and for the board."""
    source: str
    by: str
    """Who entered it, by the chosen name or the account's name."""
    rate: Money
    """Won a piece."""
    reverses: str | None = None
    pay: PayMode = PayMode.TIME
    """How she was paid on the day."""

    @property
    def rejected(self) -> int:
        """Pieces not accepted."""
        return sum(count for _, count in self.rejects)


def decide_scan(
    way: Way, progress: Progress, operation: str, *, good: int, rejected: int = 0
) -> Progress:
    """Count pieces at a step; `TooMany` where the bundle has not so many left there."""
    if good < 0 or rejected < 0 or good + rejected == 0:
        raise NothingCounted
    left = progress.steps[operation].left
    if good + rejected > left:
        raise TooMany(left=left)
    return moved(way, progress, operation, good=good, rework=rejected)


def refuse_idle(
    way: Way, progress: Progress, operation: str, last: Done | None, *, now: datetime
) -> None:
    """Say why nothing is left to do at a step: who finished it, or what comes first."""
    if progress.steps[operation].left > 0:
        return
    if progress.in_work == 0 and last is None:
        raise NothingInWork
    if progress.steps[operation].taken >= progress.alive and last is not None:
        raise AlreadyDone(name=last.name, at=_said(last.at, now))
    earlier = way.earlier(operation)
    steps = progress.steps
    missing = tuple(
        code for code in way if code in earlier and (steps[code].left or steps[code].rework)
    )
    raise NotReady(missing=missing)


def _said(moment: datetime, now: datetime) -> object:
    return show_time(moment) if day_of(moment) == day_of(now) else moment


def decide_undo(way: Way, progress: Progress, scan: Scan) -> Progress:
    """Take an entry's pieces back, unless a later step or a decision has used them."""
    step = progress.steps[scan.operation]
    used = max((progress.steps[later].taken for later in way.after[scan.operation]), default=0)
    if step.passed - scan.good < used or step.rework < scan.rejected:
        raise AlreadyFurther
    good, rework = -scan.good, -scan.rejected
    return moved(way, progress, scan.operation, good=good, rework=rework)


def refuse_undo(scan: Scan, by: Actor, *, undone: bool, at: datetime) -> None:
    """She herself within five minutes, the supervisor at any time, and only once."""
    if undone or scan.reverses is not None:
        raise AlreadyUndone
    if by.may(Permission.CORRECT_WORK):
        return
    if by.worker is None or by.worker != scan.worker:
        raise NotYourEntry
    refuse_late_undo(scan.received, at)


def refuse_late_undo(entered: datetime, at: datetime) -> None:
    """After five minutes only the supervisor takes something back."""
    if at > entered + UNDO_TIME:
        raise UndoTooLate(minutes=int(UNDO_TIME / timedelta(minutes=1)))


def counts_on(entered: date, at: datetime) -> date:
    """The day on which a counter-entry counts.

    It is that of the entry itself; in a later month, whose predecessor may be paid out already, it
    is the day of the undo, so that the next pay run sees it.
    """
    day = day_of(at)
    return entered if (entered.year, entered.month) == (day.year, day.month) else day
