"""What stops a bundle, or is noted beside it: a broken needle, a trip outside, a panel to recut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.production.domain.bundles import Bundle
from factory.security.domain import WorkerId


class HoldKind(StrEnum):
    """Why a bundle does not go on, or what it waits for."""

    NEEDLE = "needle"
    OUTSIDE = "outside"
    STOPPED = "stopped"
    RECUT = "recut"

    @property
    def label(self) -> str:
        """The reason as people say it."""
        return _KINDS[self]

    @property
    def deed(self) -> str:
        """What somebody does who notes it."""
        return _DEEDS[self]

    @property
    def stops(self) -> bool:
        """Whether nothing may be entered meanwhile; beside a panel to recut the rest goes on."""
        return self is not HoldKind.RECUT


_KINDS = {
    HoldKind.NEEDLE: mark("broken needle"),
    HoldKind.OUTSIDE: mark("outside the house"),
    HoldKind.STOPPED: mark("on hold"),
    HoldKind.RECUT: mark("waits for a panel to be cut again"),
}


_DEEDS = {
    HoldKind.NEEDLE: mark("A needle broke"),
    HoldKind.OUTSIDE: mark("Send out for work"),
    HoldKind.STOPPED: mark("Put on hold"),
    HoldKind.RECUT: mark("Cut a panel again"),
}


class NeedleOpen(Refused):
    """A needle broke at this bundle at {at}. It stays here until every piece of it is found."""

    field = "bundle"


class IsOutside(Refused):
    """This bundle is outside the house, at {party}. First note that it came back."""

    field = "bundle"
    personal = ("party",)


class IsStopped(Refused):
    """This bundle is on hold: {note}. Please ask the supervisor."""

    field = "bundle"
    personal = ("note",)


class FragmentsMissing(Refused):
    """Please confirm that every piece of the needle was found. Until then the bundle stays."""

    field = "complete"


class PlyOutOfRange(Refused):
    """This bundle has no ply {ply}. Its plies are {plies}."""

    field = "ply"


class NoPly(Refused):
    """All pieces of this bundle were found later and have no ply. First put it with another one."""

    field = "ply"


class AskedAlready(Refused):
    """A panel of ply {ply} is to be cut again already: {panel}."""

    field = "ply"
    personal = ("panel",)


class PartyWanted(Refused):
    """Please say who does the work outside."""

    field = "party"


class NoteWanted(Refused):
    """Please say in a few words what is the matter."""

    field = "note"


class PanelMissing(Refused):
    """Here a panel is still to be cut again: {panels}. Please leave that coat out, or settle it."""

    field = "good"
    personal = ("panels",)


class HoldClosed(Refused):
    """This is settled already."""


class NothingToSend(Refused):
    """Nothing of this bundle can be sent out for this operation now."""

    field = "operation"


class MoreBackThanSent(Refused):
    """Only {count} were sent out. Please count again."""

    field = "good"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One entry: something began, or with `closes` it is settled."""

    id: int
    event_id: str
    bundle: str
    kind: HoldKind
    operation: str | None
    pieces: int
    ply: int | None
    """The ply whose panel is cut again; the new panel comes to the same place in the bundle."""
    party: str
    """Who has it outside; which machine a needle broke in; which panel is cut again."""
    note: str
    worker: WorkerId | None
    at: datetime
    by: str
    closes: int | None = None


def refuse_stopped(hold: Hold) -> None:
    """Say why nothing may be entered for a bundle now."""
    if hold.kind is HoldKind.NEEDLE:
        raise NeedleOpen(at=hold.at)
    if hold.kind is HoldKind.OUTSIDE:
        raise IsOutside(party=hold.party)
    if hold.kind is HoldKind.STOPPED:
        raise IsStopped(note=hold.note)


def check_ply(bundle: Bundle, ply: int) -> None:
    """Refuse a ply that the bundle does not have."""
    if not bundle.stretches:
        raise NoPly
    if not bundle.has_ply(ply):
        told = ", ".join(f"{each.first}–{each.last}" for each in bundle.stretches)
        raise PlyOutOfRange(ply=ply, plies=told)


def refuse_twice(bundle: Bundle, panels: Iterable[Hold], ply: int | None, panel: str) -> None:
    """Refuse to ask again for a panel that waits already, of each coat that has the ply."""
    name = panel.strip().casefold()
    asked = [each for each in panels if each.ply == ply and each.party.casefold() == name]
    coats = sum(ply is not None and s.first <= ply <= s.last for s in bundle.stretches)
    if len(asked) >= coats > 0:
        raise AskedAlready(ply=ply, panel=panel.strip())


def refuse_unfinished(left_after: int, panels: tuple[Hold, ...]) -> None:
    """Refuse to pack a coat whose panel is still to come; the others of its bundle may go."""
    if panels and left_after < len({each.ply for each in panels}):
        told = tuple(f"{each.party} {each.ply}".strip() for each in panels)
        raise PanelMissing(panels=told)
