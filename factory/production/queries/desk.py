"""What a place on the floor shows of a bundle: its card, and why there is nothing to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Colour, Station, Step, Style
from factory.kernel.words import language
from factory.orders import queries as orders
from factory.production.domain import station
from factory.production.domain.aql import Aql, Sampling, sampling
from factory.production.domain.bundles import Bundle
from factory.production.domain.scans import Defect, Scan
from factory.production.domain.station import Offer
from factory.production.queries.bundles import (
    BundleState,
    bundle,
    last_done,
    my_scans,
    scans_of,
)
from factory.production.queries.regrouped import refuse_gone, refuse_held
from factory.security.domain import WorkerId

A_SHIFT = timedelta(hours=14)
"""So long she is offered first what she did last."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """Pieces that wait here for a repair or a decision, and what was wrong with them."""

    step: Step
    count: int
    defects: tuple[Defect, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A bundle as it lies before her, with the work that can be done on it here."""

    state: BundleState
    style: Style
    offers: tuple[Offer, ...]
    chosen: Offer | None
    """The one that needs no question."""
    rework: tuple[Rejected, ...]
    photo: int | None = None
    """The number of the photo of the chosen work, where there is one."""

    @property
    def bundle(self) -> Bundle:
        """The bundle itself."""
        return self.state.bundle

    @property
    def colour(self) -> Colour:
        """The colour of its coats."""
        return self.style.colour(self.bundle.colour)

    @property
    def others(self) -> tuple[Offer, ...]:
        """What else can be done on it here."""
        return tuple(offer for offer in self.offers if offer is not self.chosen)

    def defects_at(self, operation: str) -> tuple[Defect, ...]:
        """What was wrong with the pieces that wait at an operation."""
        return next((each.defects for each in self.rework if each.step.code == operation), ())

    def left(self, operation: str) -> int:
        """Pieces that can be done here at an operation now."""
        return next((o.left for o in self.offers if o.step.code == operation), 0)


@dataclass(frozen=True, slots=True)
class Sample:
    """How many coats of an order are looked at closely."""

    lot: int
    plan: Sampling


def card(
    session: Session,
    code: str,
    place: Station | None,
    worker: WorkerId | None = None,
    asked: str | None = None,
    *,
    at: datetime,
) -> Card:
    """A bundle's card at a place, whether or not there is anything to do."""
    state = bundle(session, code)
    style = catalogue.style(session, state.bundle.style)
    usual = _usual(session, worker, at)
    found = station.offers(state.routing, state.progress, place, usual)
    chosen = station.chosen(found, asked, usual)
    photo = catalogue.operation_photo_number(session, chosen.step.code) if chosen else None
    return Card(state, style, found, chosen, _rework(session, state, place), photo)


def _usual(session: Session, worker: WorkerId | None, at: datetime) -> str | None:
    if worker is None:
        return None
    last = my_scans(session, worker, at - A_SHIFT, most=1)
    return last[0].operation if last else None


def _rework(session: Session, state: BundleState, place: Station | None) -> tuple[Rejected, ...]:
    counts = dict(state.rework)
    here = [step for step in station.steps_at(state.routing, place) if step.code in counts]
    scans = scans_of(session, state.bundle.code) if here else ()
    return tuple(Rejected(step, counts[step.code], _defects(scans, step.code)) for step in here)


def _defects(scans: Iterable[Scan], operation: str) -> tuple[Defect, ...]:
    """What was wrong at a step, taken back entries left out."""
    found: Counter[Defect] = Counter()
    for scan in scans:
        if scan.operation == operation:
            found.update(dict(scan.rejects))
    return tuple(defect for defect, count in found.items() if count > 0)


def refuse_idle(session: Session, found: Card, place: Station | None, *, at: datetime) -> None:
    """Say why there is nothing to do on a bundle here, if there is nothing."""
    state = found.state
    refuse_held(session, state.bundle, state.progress)
    if found.offers:
        return
    refuse_gone(session, state.bundle, state.progress)
    code = station.asked_about(state.routing, state.progress, place)
    last = last_done(session, state.bundle.code, code) if code else None
    station.refuse_idle_place(
        state.routing, state.way, state.progress, place, last, language=language(), now=at
    )


def sample(session: Session, found: Card) -> Sample:
    """What is looked at closely of the order that a bundle belongs to."""
    lot = orders.line(session, found.bundle.order, found.bundle.line).quantity
    return Sample(lot, sampling(lot, Aql.USUAL))
