"""Where bundles are, what can be done on them, and what happened to them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Routing
from factory.kernel.errors import NotFound
from factory.kernel.words import mark, named
from factory.people import queries as people
from factory.production import records
from factory.production.domain.bundles import Bundle
from factory.production.domain.outcomes import Decided
from factory.production.domain.progress import Progress, Stage, StepState
from factory.production.domain.scans import BundleUnknown, Done, Scan
from factory.production.domain.tickets import read_ticket
from factory.production.domain.way import Way
from factory.production.queries.ways import way_of
from factory.production.records import (
    IN_WORK,
    LIES_OPEN,
    BundleBalanceRow,
    BundleRow,
    OutcomeRow,
    ScanRow,
)
from factory.production.records import StepBalanceRow as Steps
from factory.security.domain import WorkerId


@dataclass(frozen=True, slots=True)
class BundleState:
    """A bundle and how far it is; in lists only the steps where something lies are looked up."""

    bundle: Bundle
    progress: Progress
    way: Way
    routing: Routing

    @property
    def stage(self) -> Stage:
        """How far it is as a whole."""
        return self.progress.stage

    @property
    def ready(self) -> tuple[tuple[str, int], ...]:
        """The steps that can be done now, each with the pieces left, in the order of the work."""
        return tuple((code, step.left) for code, step in self._known() if step.left > 0)

    @property
    def rework(self) -> tuple[tuple[str, int], ...]:
        """The steps where pieces wait for a decision, with how many."""
        return tuple((code, step.rework) for code, step in self._known() if step.rework > 0)

    @property
    def at(self) -> tuple[str, ...]:
        """The steps where pieces lie: a bundle is at several at once until it is put together."""
        return tuple(code for code, step in self._known() if step.left or step.rework)

    @property
    def done(self) -> frozenset[str]:
        """The steps that all of its pieces have passed."""
        alive = self.progress.alive
        return frozenset(code for code, step in self._known() if step.passed >= alive)

    def _known(self) -> tuple[tuple[str, StepState], ...]:
        steps = self.progress.steps
        return tuple((code, steps[code]) for code in self.way if code in steps)


def bundle(session: Session, code: str) -> BundleState:
    """One bundle with all its steps; refuses a misread or unknown code."""
    shown = read_ticket(code)
    found = records.find_bundle(session, shown) or _by_newer_ticket(session, shown)
    if found is None:
        raise BundleUnknown
    kept, progress, _ = found
    return _state(session, kept, records.with_steps(session, kept.code, progress))


def _by_newer_ticket(session: Session, code: str) -> tuple[Bundle, Progress, bool] | None:
    meant = records.bundles_of_tickets(session, [code]).get(code)
    return records.find_bundle(session, meant) if meant else None


def _state(session: Session, kept: Bundle, progress: Progress) -> BundleState:
    routing = catalogue.routing_by_uid(session, kept.routing_uid)
    return BundleState(kept, progress, way_of(session, kept.routing_uid), routing)


def bundles(
    session: Session, *, open_only: bool = False, order: str | None = None
) -> tuple[BundleState, ...]:
    """Bundles by code: all, those in work, those of an order."""
    some = [IN_WORK] if open_only else []
    some += [BundleRow.order == order] if order is not None else []
    lying = (
        select(Steps.bundle, Steps.operation, Steps.good, Steps.gone, Steps.rework, Steps.left)
        .join(BundleRow, BundleRow.code == Steps.bundle)
        .join(BundleBalanceRow, BundleBalanceRow.bundle == Steps.bundle)
        .where(LIES_OPEN, *some)
    )
    steps: dict[str, dict[str, StepState]] = {}
    for code, operation, *counts in session.execute(lying):
        steps.setdefault(code, {})[operation] = StepState(*counts)
    return tuple(
        _state(session, kept, replace(progress, steps=steps.get(kept.code, {})))
        for kept, progress in records.bundles_where(session, *some)
    )


def open_bundles(session: Session) -> tuple[BundleState, ...]:
    """Bundles with a piece in work."""
    return bundles(session, open_only=True)


def bundles_of(session: Session, order: str) -> tuple[BundleState, ...]:
    """The bundles of an order."""
    return bundles(session, order=order)


def last_done(session: Session, code: str, operation: str) -> Done | None:
    """Who entered something last at a step of a bundle, if anybody did."""
    found = records.last_scan(session, code, operation)
    if found is None:
        return None
    name = found.by if found.worker is None else people.worker(session, found.worker).name
    return Done(named(name), found.at)


def scans_of(session: Session, code: str) -> tuple[Scan, ...]:
    """Every entry of a bundle, counter-entries too, in the order they arrived."""
    return records.scans_where(session, ScanRow.bundle == code)


def outcomes_of(session: Session, code: str) -> tuple[Decided, ...]:
    """What became of pieces of a bundle, in the order it was decided."""
    return records.outcomes_where(session, OutcomeRow.bundle == code)


def scan(session: Session, scan_id: str) -> Scan | None:
    """One entry, if there is such."""
    return records.find_scan(session, scan_id)


def decision(session: Session, number: int) -> tuple[Decided, bool]:
    """One decision, and whether it was taken back; or `NotFound`."""
    found = records.outcomes_where(session, OutcomeRow.id == number)
    if not found:
        raise NotFound(mark("entry"))
    back = records.outcomes_where(session, OutcomeRow.reverses == number)
    return found[0], bool(back)


def my_decisions(
    session: Session, worker: WorkerId, since: datetime, *, most: int = 3
) -> tuple[Decided, ...]:
    """What somebody decided since a moment and still counts, the newest first."""
    return records.outcomes_of_decider(session, worker, since, most)


def is_undone(session: Session, scan_id: str) -> bool:
    """Whether an entry was taken back."""
    return records.is_undone(session, scan_id)


def my_scans(
    session: Session, worker: WorkerId, since: datetime, *, most: int = 3
) -> tuple[Scan, ...]:
    """Somebody's last entries since a moment that still count, the newest first."""
    return records.scans_of_worker(session, worker, since, most)
