"""What was entered on the floor: a machinist's last entries, and the answer to each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from sqlalchemy.orm import Session

from factory.catalogue.domain import Operation, Station
from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.production.domain.outcomes import Decided, Outcome
from factory.production.domain.scans import UNDO_TIME, Defect, Scan
from factory.production.queries.bundles import (
    BundleState,
    bundle,
    decision,
    is_undone,
    my_decisions,
    my_scans,
    scan,
)
from factory.security.domain import WorkerId

MOST = 3
"""Entries that are offered to be taken back."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that she entered or decided just now and can take back."""

    id: str | int
    at: datetime
    operation: Operation
    size: str
    good: int = 0
    defects: tuple[Defect, ...] = ()
    outcome: Outcome | None = None
    """What was decided about one coat."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry that is kept, and where the bundle goes on."""

    scan: Scan
    operation: Operation
    places: tuple[Station, ...]
    finished: bool
    """Whether its coats go to the rail now."""
    undone: bool
    """Whether it was taken back since, or takes another back."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that is kept."""

    decided: Decided
    undone: bool
    """Whether it was taken back since, or takes another back."""


def just_entered(
    session: Session, worker: WorkerId, *, at: datetime, decisions: bool = False
) -> tuple[Entry, ...]:
    """Her last entries that she can still take back herself, the newest first."""
    since = at - UNDO_TIME
    found = [_entry(session, one) for one in my_scans(session, worker, since, most=MOST)]
    if decisions:
        found += _decided(session, worker, since)
    return tuple(sorted(found, key=attrgetter("at"), reverse=True)[:MOST])


def just_decided(session: Session, worker: WorkerId, *, at: datetime) -> tuple[Entry, ...]:
    """Her last decisions about rejected pieces that she can still take back, the newest first."""
    found = _decided(session, worker, at - UNDO_TIME)
    return tuple(sorted(found, key=attrgetter("at"), reverse=True))


def _entry(session: Session, entered: Scan) -> Entry:
    state = bundle(session, entered.bundle)
    operation = state.routing.step(entered.operation).operation
    defects = tuple(defect for defect, _ in entered.rejects)
    return Entry(entered.id, entered.at, operation, state.bundle.size, entered.good, defects)


def _decided(session: Session, worker: WorkerId, since: datetime) -> Iterator[Entry]:
    for one in my_decisions(session, worker, since, most=MOST):
        if one.operation is not None:
            state = bundle(session, one.bundle)
            operation = state.routing.step(one.operation).operation
            yield Entry(one.id, one.at, operation, state.bundle.size, outcome=one.outcome)


def entered(session: Session, entry: str) -> Entered:
    """What there is to say about an entry, or `NotFound`."""
    kept = scan(session, entry)
    if kept is None:
        raise NotFound(mark("entry"))
    state = bundle(session, kept.bundle)
    return Entered(
        kept,
        state.routing.step(kept.operation).operation,
        _goes_on(state, kept.operation),
        finished=state.routing.last.code == kept.operation,
        undone=kept.reverses is not None or is_undone(session, entry),
    )


def _goes_on(state: BundleState, operation: str) -> tuple[Station, ...]:
    """The places where what comes right after a step can be done now."""
    later = (code for code in state.way.after[operation] if state.progress.steps[code].left)
    return tuple(dict.fromkeys(state.routing.step(code).operation.station for code in later))


def decided(session: Session, number: int) -> Decision:
    """What there is to say about a decision, or `NotFound`."""
    kept, undone = decision(session, number)
    return Decision(kept, undone or kept.reverses is not None)
