"""Operations, and the way of work that a style takes through them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.words import mark

PLAIN = "ko_easy"
"""쉬운 말: plain words for everybody."""


class OperationUnknown(Refused):
    """{operation} is not a step of this coat."""

    field = "operation"


class OperationTwice(Refused):
    """The operation {operation} is there twice."""


class PredecessorUnknown(Refused):
    """{operation} is to follow {predecessor}, which is not there."""


class OperationsInACircle(Refused):
    """These operations wait for each other in a circle: {operations}."""


class SeveralEnds(Refused):
    """The work has to end in one operation, but these have none after them: {operations}."""


class NoOperations(Refused):
    """There is no operation in it."""


class Section(StrEnum):
    """The three parts of the floor."""

    CUTTING = "cutting"
    SEWING = "sewing"
    FINISHING = "finishing"

    @property
    def label(self) -> str:
        """The section as people say it."""
        return _SECTIONS[self]


_SECTIONS = {
    Section.CUTTING: mark("cutting"),
    Section.SEWING: mark("sewing"),
    Section.FINISHING: mark("finishing"),
}


class Station(StrEnum):
    """Where an operation is done."""

    CUT = "cut"
    FUSE = "fuse"
    PREP = "prep"
    PRESS = "press"
    LINING = "lining"
    ASSEMBLY = "assembly"
    FINISH = "finish"
    QC = "qc"
    PACK = "pack"

    @property
    def label(self) -> str:
        """The station as people say it."""
        return _STATIONS[self][0]

    @property
    def section(self) -> Section:
        """The part of the floor it stands in."""
        return _STATIONS[self][1]


_STATIONS = {
    Station.CUT: (mark("cutting table"), Section.CUTTING),
    Station.FUSE: (mark("fusing press"), Section.CUTTING),
    Station.PREP: (mark("parts"), Section.SEWING),
    Station.PRESS: (mark("pressing between"), Section.SEWING),
    Station.LINING: (mark("lining"), Section.SEWING),
    Station.ASSEMBLY: (mark("putting together"), Section.SEWING),
    Station.FINISH: (mark("finishing touches"), Section.FINISHING),
    Station.QC: (mark("final inspection"), Section.FINISHING),
    Station.PACK: (mark("packing"), Section.FINISHING),
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing done to a coat, by its code (S11)."""

    code: str
    station: Station
    name: str
    name_en: str
    machine: str
    name_easy: str = ""
    """The same in plain words, without jargon; empty where the name is plain already."""

    @property
    def section(self) -> Section:
        """The part of the floor where it is done."""
        return self.station.section

    def called(self, language: str) -> str:
        """Its name in a language; in plain words where she reads those."""
        if language == PLAIN:
            return self.name_easy or self.name
        return self.name_en if language == "en" and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class Step:
    """An operation as one style needs it: time, pay, and what has to be done before."""

    operation: Operation
    sam: int
    """Standard allowed time in hundredths of a minute."""
    rate: Money
    """Won a piece."""
    predecessors: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The operation's code."""
        return self.operation.code

    @property
    def minutes(self) -> str:
        """Its time as people write it."""
        return as_minutes(self.sam)


@dataclass(frozen=True, slots=True)
class Routing:
    """One version of a style's way of work, in the order of the sheet; never changed.

    Made by `routing(...)`, so that it has one end, no circle and no step that isn't there.
    """

    uid: str
    style: str
    version: int
    steps: tuple[Step, ...]

    def step(self, code: str) -> Step:
        """The step of that code, or `OperationUnknown`."""
        found = next((step for step in self.steps if step.code == code), None)
        if found is None:
            raise OperationUnknown(operation=code)
        return found

    def predecessors(self, code: str) -> tuple[str, ...]:
        """The codes of what is done right before a step."""
        return self.step(code).predecessors

    def successors(self, code: str) -> tuple[str, ...]:
        """The codes of what is done right after a step, in the order of the sheet."""
        return tuple(step.code for step in self.steps if code in step.predecessors)

    @property
    def last(self) -> Step:
        """The step after which the coat is finished."""
        return next(step for step in reversed(self.steps) if not self.successors(step.code))

    @property
    def first_steps(self) -> tuple[Step, ...]:
        """The steps that wait for nothing."""
        return tuple(step for step in self.steps if not step.predecessors)

    def of_section(self, section: Section) -> tuple[Step, ...]:
        """The steps of one part of the floor."""
        return tuple(step for step in self.steps if step.operation.section is section)

    @property
    def sam(self) -> int:
        """Time of a whole coat, in hundredths of a minute."""
        return sum(step.sam for step in self.steps)

    @property
    def minutes(self) -> str:
        """Time of a whole coat as people write it."""
        return as_minutes(self.sam)

    @property
    def rate(self) -> Money:
        """Piece pay of a whole coat."""
        return Money.total(step.rate for step in self.steps)


def as_minutes(sam: int) -> str:
    """A time in hundredths of a minute as minutes with two decimals."""
    return f"{sam // 100}.{sam % 100:02d}"


def routing(uid: str, style: str, version: int, steps: tuple[Step, ...]) -> Routing:
    """A way of work; one that can't be walked to its end is refused by name."""
    for _, refusal in mistakes(steps):
        raise refusal
    return Routing(uid, style, version, steps)


def mistakes(steps: tuple[Step, ...]) -> Iterator[tuple[int | None, Refused]]:
    """What is wrong with the steps, each with its place where it has one."""
    if not steps:
        yield None, NoOperations()
        return
    local = list(_mistakes_of_steps(steps))
    yield from local
    if not local:
        yield from _mistakes_of_the_whole(steps)


def _mistakes_of_steps(steps: tuple[Step, ...]) -> Iterator[tuple[int, Refused]]:
    known = {step.code for step in steps}
    seen: set[str] = set()
    for place, step in enumerate(steps):
        if step.code in seen:
            yield place, OperationTwice(operation=step.code)
        seen.add(step.code)
        for before in step.predecessors:
            if before not in known:
                yield place, PredecessorUnknown(operation=step.code, predecessor=before)


def _mistakes_of_the_whole(steps: tuple[Step, ...]) -> Iterator[tuple[None, Refused]]:
    waiting = _never_reached(steps)
    if waiting:
        yield None, OperationsInACircle(operations=waiting)
        return
    followed = {before for step in steps for before in step.predecessors}
    ends = tuple(step.code for step in steps if step.code not in followed)
    if len(ends) > 1:
        yield None, SeveralEnds(operations=ends)


def _never_reached(steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The operations that wait, at last, for themselves or for such."""
    done: set[str] = set()
    left = list(steps)
    while ready := [step for step in left if done.issuperset(step.predecessors)]:
        done.update(step.code for step in ready)
        left = [step for step in left if step.code not in done]
    return tuple(step.code for step in left)
