"""Where faults come from: what the inspector is asked, what she sees of hers, the decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Colour, Operation, Step
from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.people import queries as people
from factory.production import records, sealed
from factory.production.domain.faults import Cause, Fault, by_person, likely_steps, usual_cause
from factory.production.domain.outcomes import Decided, Outcome
from factory.production.domain.scans import Defect, Scan
from factory.production.queries.bundles import BundleState, bundle, outcomes_of, scans_of
from factory.production.records import FaultJudgedRow, FaultRow, FaultSaidRow, ScanRow
from factory.security.domain import WorkerId

LATELY = timedelta(days=30)
TAKEN_OUT = frozenset({Outcome.REPAIRED, Outcome.SECOND, Outcome.SCRAPPED})


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A rejected piece of which nobody has said yet where the fault comes from."""

    scan: str
    defect: Defect
    usual: Cause
    steps: tuple[Step, ...]
    """The steps that usually make it."""
    others: tuple[Step, ...]


def unnamed(session: Session, state: BundleState) -> Unnamed | None:
    """The newest fault of a bundle that is still to be named, as the inspector is asked."""
    scans = _counting(session, state.bundle.code)
    if not scans:
        return None
    faults = records.faults_where(session, FaultRow.bundle == state.bundle.code)
    known = {(fault.scan, fault.defect) for fault in faults}
    waiting = dict(state.rework)
    for scan in reversed(scans):
        for defect, _ in scan.rejects:
            if (scan.id, defect) not in known and scan.operation in waiting:
                steps = likely_steps(state.routing, state.way, scan.operation, defect)
                return Unnamed(scan.id, defect, usual_cause(defect), *steps)
    return None


def _counting(session: Session, code: str) -> list[Scan]:
    """The entries of a bundle with rejected pieces that were not taken back, the oldest first."""
    found = scans_of(session, code)
    undone = {scan.reverses for scan in found}
    return [s for s in found if s.rejects and s.reverses is None and s.id not in undone]


def next_faults(session: Session, code: str, operation: str) -> list[Fault | None]:
    """The faults of the pieces that wait at a step, in the order in which they are decided."""
    faults = records.faults_where(session, FaultRow.bundle == code, FaultRow.found == operation)
    if not faults:
        return []
    named = {(fault.scan, fault.defect): fault for fault in faults}
    pieces = [
        named.get((scan.id, defect))
        for scan in _counting(session, code)
        if scan.operation == operation
        for defect, count in scan.rejects
        for _ in range(count)
    ]
    return pieces[_decided(outcomes_of(session, code), operation) :]


def _decided(outcomes: Iterable[Decided], operation: str) -> int:
    return sum(
        one.count for one in outcomes if one.operation == operation and one.outcome in TAKEN_OUT
    )


def who_did(session: Session, code: str, operation: str) -> WorkerId | None:
    """Who did a step of a bundle; nobody where several did it, or nobody with a badge."""
    row = ScanRow
    statement = (
        select(row.worker_id)
        .where(row.bundle == code, row.operation == operation)
        .group_by(row.worker_id)
        .having(func.sum(row.good) > 0)
    )
    found = session.scalars(statement).all()
    return WorkerId(found[0]) if len(found) == 1 and found[0] is not None else None


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault as it is shown to her and to the supervisor."""

    fault: Fault
    colour: Colour
    size: str
    operation: Operation | None
    name: str


def fault(session: Session, number: int) -> FaultLine:
    """One fault, or `NotFound`."""
    found = records.faults_where(session, FaultRow.id == number)
    if not found:
        raise NotFound(mark("entry"))
    return _lines(session, found)[0]


def to_judge(session: Session, number: int, *, at: datetime) -> FaultLine:
    """One fault as the supervisor sees it: what is decided goes out of her sight after a while."""
    found = fault(session, number)
    if found.fault.judged is not None and found.fault.at < at - LATELY:
        raise NotFound(mark("entry"))
    return found


def faults_of(session: Session, worker: WorkerId, since: datetime) -> tuple[FaultLine, ...]:
    """What was found in her work since a moment; for her own eyes."""
    found = records.faults_where(session, FaultRow.worker_id == worker, FaultRow.at >= since)
    return _lines(session, found)


def open_about(session: Session, worker: WorkerId) -> int:
    """Faults in her work on which nobody has decided."""
    hers = records.faults_where(session, FaultRow.worker_id == worker, _undecided())
    return len(hers)


def _undecided() -> ColumnElement[bool]:
    return FaultRow.id.not_in(select(FaultJudgedRow.fault))


def _contested() -> tuple[ColumnElement[bool], ...]:
    return _undecided(), FaultRow.id.in_(select(FaultSaidRow.fault))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's faults of the last weeks, for herself and her supervisor alone."""

    name: str
    faults: tuple[tuple[Defect, int], ...]
    made: int
    """Pieces she did well in the same time."""

    @property
    def count(self) -> int:
        """All of them together."""
        return sum(count for _, count in self.faults)


@dataclass(frozen=True, slots=True)
class Faults:
    """What the supervisor decides on, and the figures by person."""

    contested: tuple[FaultLine, ...]
    proposed: tuple[FaultLine, ...]
    people: tuple[Person, ...]


def faults(session: Session, *, at: datetime) -> Faults:
    """All of the last weeks; what she says was otherwise stays until somebody has answered."""
    found = records.faults_where(session, FaultRow.at >= at - LATELY)
    waiting = tuple(f for f in found if f.judged is None and f.worker is not None)
    contested = records.faults_where(session, *_contested())
    proposed = tuple(f for f in waiting if not f.is_contested)
    return Faults(
        _lines(session, contested), _lines(session, proposed), _people(session, found, at)
    )


def contested(session: Session) -> int:
    """Faults about which she said otherwise, and nobody has answered."""
    return len(records.faults_where(session, *_contested()))


def _people(session: Session, found: tuple[Fault, ...], at: datetime) -> tuple[Person, ...]:
    names, hers = people.names(session), by_person(found)
    statement = (
        select(ScanRow.worker_id, func.sum(ScanRow.good))
        .where(ScanRow.worker_id.in_(hers), ScanRow.received >= at - LATELY)
        .group_by(ScanRow.worker_id)
    )
    made = Counter({who: int(count) for who, count in session.execute(statement)})
    lines = (
        Person(names[who], tuple(counted.most_common()), made[who]) for who, counted in hers.items()
    )
    return tuple(sorted(lines, key=lambda each: each.name))


def _lines(session: Session, found: Iterable[Fault]) -> tuple[FaultLine, ...]:
    names = people.names(session)
    lines = []
    for each in sealed.told(session, found):
        state = bundle(session, each.bundle)
        style = catalogue.style(session, state.bundle.style)
        operation = state.routing.step(each.step).operation if each.step else None
        name = names.get(each.worker, "") if each.worker else ""
        colour = style.colour(state.bundle.colour)
        lines.append(FaultLine(each, colour, state.bundle.size, operation, name))
    return tuple(lines)
