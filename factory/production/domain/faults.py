"""Where a fault comes from: proposed by the inspector, shown to her, contestable, decided.

Whose fault it is changes no wage that was earned: a piece that was paid once as good stays paid.
Only mending one's own fault is not paid a second time; mending any other is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factory.catalogue.domain import Routing, Station, Step
from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.production.domain.scans import Defect
from factory.production.domain.way import Way
from factory.security.domain import WorkerId

OFFERED = 6
"""Steps that are offered with one tap; the others stand behind them."""


class Cause(StrEnum):
    """What made the fault; only `WORK` is somebody's own."""

    WORK = "work"
    CLOTH = "cloth"
    CUTTING = "cutting"
    MACHINE = "machine"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The cause as people say it."""
        return _CAUSES[self]


_CAUSES = {
    Cause.WORK: mark("the work itself"),
    Cause.CLOTH: mark("the cloth"),
    Cause.CUTTING: mark("the cutting"),
    Cause.MACHINE: mark("the machine"),
    Cause.UNKNOWN: mark("nobody can tell"),
}
_USUAL = {
    Defect.FABRIC_FLAW: Cause.CLOTH,
    Defect.SHADE: Cause.CLOTH,
    Defect.NEEDLE_PART: Cause.MACHINE,
    Defect.STAIN: Cause.UNKNOWN,
    Defect.OTHER: Cause.UNKNOWN,
}
_SEWN = frozenset({Station.PREP, Station.LINING, Station.ASSEMBLY})
_PRESSED = frozenset({Station.FUSE, Station.PRESS, Station.FINISH})
_LIKELY = {
    Defect.PRESS_MARK: _PRESSED,
    Defect.TRIM_MISSING: frozenset({Station.FINISH, Station.ASSEMBLY, Station.LINING}),
    Defect.WRONG_SIZE: _SEWN | {Station.CUT},
}


class FaultNamedAlready(Refused):
    """Where this fault comes from is noted already."""


class NotFaulty(Refused):
    """This entry has no such fault, or was taken back."""


class StepComesLater(Refused):
    """That work comes later. Please choose one that was done before."""

    field = "step"


class WhichWork(Refused):
    """Please say which work it was."""

    field = "step"


class NotAboutYou(Refused):
    """This is about somebody else's work."""


class WordWanted(Refused):
    """Please say in your own words how it was."""

    field = "word"


class DecidedAlready(Refused):
    """The supervisor has decided on it already. Please talk to her."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the supervisor decided about a fault."""

    cause: Cause
    reason: str
    """Sealed; empty where it was not opened."""
    by: str
    at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault and where it is said to come from."""

    id: int
    scan: str
    """The entry with which the piece was rejected."""
    defect: Defect
    bundle: str
    found: str
    """The operation at which it was found."""
    step: str | None
    """The operation that is said to have caused it."""
    cause: Cause
    worker: WorkerId | None
    """Who did that operation on the bundle, where it was one person alone."""
    count: int
    at: datetime
    by: str
    said: int | None = None
    """The number of what she says about it."""
    word: str = ""
    """What that is, word by word; sealed, and empty where it was not opened."""
    judged: Judged | None = None

    @property
    def stands_as(self) -> Cause:
        """The cause as it stands now."""
        return self.judged.cause if self.judged else self.cause

    @property
    def is_hers(self) -> bool:
        """Whether it counts as the fault of whoever did the work."""
        return self.worker is not None and self.stands_as is Cause.WORK

    @property
    def is_contested(self) -> bool:
        """Whether she said something that nobody has answered yet."""
        return self.said is not None and self.judged is None


def usual_cause(defect: Defect) -> Cause:
    """What most often makes such a fault; a proposal, nothing more."""
    return _USUAL.get(defect, Cause.WORK)


def likely_steps(
    routing: Routing, way: Way, found: str, defect: Defect
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps that usually make such a fault, the nearest first, and all the others before it."""
    places = _LIKELY.get(defect, _SEWN)
    earlier = way.earlier(found) | {found}
    before = tuple(step for step in reversed(routing.steps) if step.code in earlier)
    usual = tuple(step for step in before if step.operation.station in places)[:OFFERED]
    return usual, tuple(step for step in before if step not in usual)


def check_step(way: Way, found: str, step: str | None, cause: Cause) -> None:
    """A fault of the work names a step done before; another one need not."""
    if step is None:
        if cause is Cause.WORK:
            raise WhichWork
        return
    if step != found and step not in way.earlier(found):
        raise StepComesLater


def check_word(fault: Fault, worker: WorkerId | None, word: str) -> None:
    """She says how it was, about her own work, before it is decided."""
    if worker is None or fault.worker != worker:
        raise NotAboutYou
    if not word.strip():
        raise WordWanted
    if fault.judged is not None:
        raise DecidedAlready


def is_paid(fault: Fault | None, repairer: WorkerId | None) -> bool:
    """Whether mending a piece is paid.

    It is not where somebody mends her own fault in a step that she was paid for already. A piece
    that was rejected at the very step was not paid there yet: its repair is its only pay.
    """
    if fault is None or fault.step is None or fault.step == fault.found:
        return True
    return not (fault.is_hers and fault.worker == repairer)


def by_person(faults: Iterable[Fault]) -> Mapping[WorkerId, Counter[Defect]]:
    """Faults that stand as somebody's own, by person and by what was wrong."""
    found: dict[WorkerId, Counter[Defect]] = {}
    for each in faults:
        if each.is_hers and each.worker is not None:
            found.setdefault(each.worker, Counter())[each.defect] += each.count
    return found
