"""What is held up in the house, with the coat it is about, and the needle log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Colour, Operation
from factory.kernel.errors import NotFound
from factory.kernel.words import mark
from factory.production import records
from factory.production.domain.bundles import Bundle
from factory.production.domain.holds import Hold, HoldKind
from factory.production.queries.bundles import bundle
from factory.production.queries.regrouped import hold_entries, open_holds
from factory.production.records import HoldRow


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Something that is not settled, and its bundle."""

    hold: Hold
    bundle: Bundle
    colour: Colour
    operation: Operation | None


@dataclass(frozen=True, slots=True)
class Needle:
    """A needle that broke, and when every piece of it was found."""

    broke: Hold
    found: Hold | None

    @property
    def found_at(self) -> datetime | None:
        """When all of it was there; none while pieces are missing."""
        return self.found.at if self.found else None


def held(session: Session) -> tuple[HeldLine, ...]:
    """Everything that is not settled, the oldest first."""
    return tuple(_line(session, one) for one in open_holds(session))


def one(session: Session, number: int) -> HeldLine:
    """One entry, or `NotFound`."""
    found = records.holds_where(session, HoldRow.id == number)
    if not found:
        raise NotFound(mark("entry"))
    return _line(session, found[0])


def _line(session: Session, hold: Hold) -> HeldLine:
    state = bundle(session, hold.bundle)
    colour = catalogue.style(session, state.bundle.style).colour(state.bundle.colour)
    operation = state.routing.step(hold.operation).operation if hold.operation else None
    return HeldLine(hold, state.bundle, colour, operation)


def needle_log(session: Session) -> tuple[Needle, ...]:
    """Every needle that ever broke, the newest first."""
    entries = hold_entries(session, HoldKind.NEEDLE)
    found = {entry.closes: entry for entry in entries if entry.closes is not None}
    broke = (entry for entry in reversed(entries) if entry.closes is None)
    return tuple(Needle(entry, found.get(entry.id)) for entry in broke)
