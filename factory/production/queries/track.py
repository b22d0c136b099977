"""Where bundles are: lists, one bundle's way through the house, what waits for repair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Colour, Operation, Station, Step, Style
from factory.people import queries as people
from factory.production.domain.bundles import Bundle
from factory.production.domain.holds import Hold
from factory.production.domain.outcomes import Decided, Outcome
from factory.production.domain.progress import Stage, StepState
from factory.production.domain.regroup import Moved
from factory.production.domain.scans import CUT, Defect, Scan
from factory.production.queries import work
from factory.production.queries.bundles import (
    BundleState,
    bundle,
    open_bundles,
    outcomes_of,
    scans_of,
)
from factory.production.queries.regrouped import found_in, holds_of, moves_from, moves_to, panels_of
from factory.security.domain import WorkerId

ICONS = {"done": "done", "here": "needle", "later": "clock"}


@dataclass(frozen=True, slots=True)
class BundleLine:
    """A bundle in a list."""

    bundle: Bundle
    colour: Colour
    stage: Stage
    places: tuple[Station, ...]
    """Where its parts lie; several at once until they are put together."""
    in_work: int


@dataclass(frozen=True, slots=True)
class InWork:
    """The bundles asked for, the oldest first, and what can be asked for."""

    lines: tuple[BundleLine, ...]
    orders: tuple[str, ...]
    order: str
    place: str
    cut: Mapping[str, date] = field(default_factory=dict)
    """The day on which each bundle was cut."""

    @property
    def coats(self) -> int:
        """Coats in work in these bundles."""
        return sum(line.in_work for line in self.lines)


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on a bundle's way, with the steps of pieces done there and to be done in all."""

    place: Station
    done: int
    of: int
    here: bool

    @property
    def how(self) -> str:
        """`done`, `here` or `later`."""
        if self.here:
            return "here"
        return "done" if self.done >= self.of else "later"

    @property
    def icon(self) -> str:
        """The picture that goes with it."""
        return ICONS[self.how]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a bundle."""

    id: str
    at: datetime
    operation: Operation | None
    good: int
    rejects: tuple[tuple[Defect, int], ...]
    outcome: Outcome | None
    count: int
    who: str
    reason: str
    undone: bool
    cut: bool
    found: bool = False
    """Whether pieces were added."""


@dataclass(frozen=True, slots=True)
class Whole:
    """One bundle with everything there is to know."""

    state: BundleState
    style: Style
    history: tuple[Event, ...]
    came: tuple[Moved, ...] = ()
    """Where its pieces come from, if they did not come from the cutting table as they are."""
    went: tuple[Moved, ...] = ()
    """Where its pieces went on."""
    holds: tuple[Hold, ...] = ()
    """What is not settled."""

    @property
    def bundle(self) -> Bundle:
        """The bundle itself."""
        return self.state.bundle

    @property
    def colour(self) -> Colour:
        """The colour of its coats."""
        return self.style.colour(self.bundle.colour)

    @property
    def gone(self) -> tuple[tuple[Outcome, int], ...]:
        """Pieces that are not in it any more, by what became of them."""
        kinds = (Outcome.SECOND, Outcome.SCRAPPED, Outcome.LOST)
        counts = ((kind, int(getattr(self.state.progress, kind.value))) for kind in kinds)
        return tuple((kind, count) for kind, count in counts if count)

    @property
    def steps(self) -> tuple[tuple[Step, StepState], ...]:
        """Every step with its counts, in the order of the sheet."""
        known = self.state.progress.steps
        return tuple((step, known[step.code]) for step in self.state.routing.steps)

    @property
    def way(self) -> tuple[Stop, ...]:
        """The places of its way."""
        return tuple(self._stops())

    def _stops(self) -> Iterator[Stop]:
        for place in Station:
            here = [s for step, s in self.steps if step.operation.station is place]
            if here:
                done = sum(state.passed for state in here)
                lying = any(state.left or state.rework for state in here)
                yield Stop(place, done, self.state.progress.alive * len(here), lying)


@dataclass(frozen=True, slots=True)
class ToRepair:
    """Pieces that wait for a repair or a decision."""

    bundle: Bundle
    colour: Colour
    operation: Operation
    count: int
    defects: tuple[Defect, ...]


def lines(session: Session, states: Iterable[BundleState]) -> tuple[BundleLine, ...]:
    """Bundles as lists show them."""
    styles: dict[str, Style] = {}
    return tuple(_line(session, state, styles) for state in states)


def _line(session: Session, state: BundleState, styles: dict[str, Style]) -> BundleLine:
    colour = _style(session, state.bundle.style, styles).colour(state.bundle.colour)
    places = {state.routing.step(code).operation.station for code in state.at}
    in_order = tuple(place for place in Station if place in places)
    return BundleLine(state.bundle, colour, state.stage, in_order, state.progress.in_work)


def _style(session: Session, number: str, known: dict[str, Style]) -> Style:
    if number not in known:
        known[number] = catalogue.style(session, number)
    return known[number]


def in_work(session: Session, *, order: str | None, place: str | None) -> InWork:
    """Bundles with a piece in work: all, those of an order, those with a part at a place."""
    found = lines(session, open_bundles(session))
    numbers = tuple(dict.fromkeys(line.bundle.order for line in found))
    asked = tuple(
        line
        for line in found
        if (not order or line.bundle.order == order) and (not place or place in line.places)
    )
    cut = work.cut_days(session)
    oldest = sorted(asked, key=lambda line: cut[line.bundle.code])
    return InWork(tuple(oldest), numbers, order or "", place or "", cut)


def whole(session: Session, code: str) -> Whole:
    """One bundle with its way and its history, the newest first."""
    state = bundle(session, code)
    names = people.names(session)
    done = (*_entries(session, state, names), *_decisions(session, state, names))
    events = (*done, *_found(session, state))
    history = tuple(sorted(events, key=lambda event: event.at, reverse=True))
    code = state.bundle.code
    return Whole(
        state,
        catalogue.style(session, state.bundle.style),
        history,
        moves_to(session, code),
        moves_from(session, code),
        _open_holds(session, state.bundle),
    )


def _open_holds(session: Session, bundle: Bundle) -> tuple[Hold, ...]:
    """What is not settled, with the panels that its plies brought from an older ticket."""
    found = (*holds_of(session, bundle.code, open_only=True), *panels_of(session, bundle))
    return tuple({hold.id: hold for hold in found}.values())


Names = Mapping[WorkerId, str]


def _entries(session: Session, state: BundleState, names: Names) -> Iterator[Event]:
    found = scans_of(session, state.bundle.code)
    undone = {scan.reverses for scan in found}
    counted = [scan for scan in found if scan.reverses is None]
    last_cut = max((scan.id for scan in counted if scan.source == CUT), default="")
    for scan in counted:
        if scan.source != CUT or scan.id == last_cut:
            yield _entry(state, scan, names, undone=scan.id in undone)


def _entry(state: BundleState, scan: Scan, names: Names, *, undone: bool) -> Event:
    who = scan.by if scan.worker is None else names.get(scan.worker, "")
    operation = state.routing.step(scan.operation).operation
    return Event(
        id=scan.id,
        at=scan.at,
        operation=operation,
        good=scan.good,
        rejects=scan.rejects,
        outcome=None,
        count=0,
        who=who,
        reason="",
        undone=undone,
        cut=scan.source == CUT,
    )


def _decisions(session: Session, state: BundleState, names: Names) -> Iterator[Event]:
    found = outcomes_of(session, state.bundle.code)
    undone = {one.reverses for one in found}
    for one in found:
        if one.reverses is None:
            yield _decision(state, one, names, undone=one.id in undone)


def _decision(state: BundleState, one: Decided, names: Names, *, undone: bool) -> Event:
    step = state.routing.step(one.operation) if one.operation else None
    return Event(
        id=str(one.id),
        at=one.at,
        operation=step.operation if step else None,
        good=0,
        rejects=(),
        outcome=one.outcome,
        count=one.count,
        who=one.by if one.worker is None else names.get(one.worker, one.by),
        reason=one.reason,
        undone=undone,
        cut=False,
    )


def _found(session: Session, state: BundleState) -> Iterator[Event]:
    every = found_in(session, state.bundle.code)
    undone = {one.reverses for one in every}
    for one in (each for each in every if each.reverses is None):
        yield Event(
            id=one.event_id,
            at=one.at,
            operation=None,
            good=0,
            rejects=(),
            outcome=None,
            count=one.count,
            who=one.by,
            reason=one.reason,
            undone=one.event_id in undone,
            cut=False,
            found=True,
        )


def to_repair(session: Session) -> tuple[ToRepair, ...]:
    """What waits for a repair or a decision, by bundle."""
    styles: dict[str, Style] = {}
    return tuple(
        ToRepair(
            waiting.bundle,
            _style(session, waiting.bundle.style, styles).colour(waiting.bundle.colour),
            catalogue.routing_by_uid(session, waiting.bundle.routing_uid)
            .step(waiting.operation)
            .operation,
            waiting.count,
            tuple(defect for defect, _ in waiting.defects),
        )
        for waiting in work.rework_open(session)
    )
