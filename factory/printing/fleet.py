"""Keep printers: take them in, describe them anew, hold them back, learn what they really can."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from factory.kernel.words import mark, say
from factory.printing import bell, domain, records
from factory.printing.domain import AddressUnusable, PicturesTooSlow, Purpose
from factory.printing.records import Described, PrinterRow
from factory.security import service as security
from factory.security.domain import Actor
from printers import transport
from printers.profiles import PROFILES, UNKNOWN, Hangul, Profile, adjusted

PLACE = ("across", "down")
"""Where labels begin on the head, as the label with the ruler showed."""
KINDS = frozenset({"tcp", "usb", "serial", "cups", "file"})
USUAL_PRINTERS = (
    (
        mark("Till printer"),
        mark("at the till"),
        "virtual-80",
        (Purpose.RECEIPT, Purpose.DAY_END, Purpose.ALTERATION_TICKET),
    ),
    (
        mark("Floor printer"),
        mark("at the cutting table"),
        "virtual-80",
        (Purpose.BUNDLE_TICKET, Purpose.CUT_TICKET),
    ),
    (
        mark("Label printer"),
        mark("at the final inspection"),
        "virtual-58",
        (Purpose.HANG_TAG, Purpose.CARE_LABEL),
    ),
    (
        mark("Office printer"),
        mark("in the office"),
        "virtual-80",
        (Purpose.BADGE, Purpose.PAYSLIP, Purpose.TEST),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPrinter:
    """A printer as somebody describes it."""

    name: str
    place: str
    profile: str
    target: str
    purposes: tuple[Purpose, ...]
    active: bool = True


def profile_of(row: Described) -> Profile:
    """The printer's model, with what its own test page showed."""
    return adjusted(PROFILES.get(row.profile, UNKNOWN), row.own or {})


def ensure_printers(session: Session, *, at: datetime) -> None:
    """Begin with one printer for each place, on the screen until real ones are named."""
    if records.printers(session):
        return
    for name, place, profile, purposes in USUAL_PRINTERS:
        words = [purpose.value for purpose in purposes]
        row = PrinterRow(name=say(name), place=say(place), profile=profile, made_at=at)
        row.target, row.purposes, row.active = domain.VIRTUAL, words, True
        session.add(row)
    session.flush()


def add_printer(session: Session, new: NewPrinter, *, by: Actor, at: datetime) -> int:
    """Take a printer in."""
    if records.printer_named(session, new.name) is not None:
        raise domain.PrinterNameTaken
    row = PrinterRow(made_at=at)
    _describe(row, new)
    session.add(row)
    session.flush()
    security.record(session, by, "add_printer", f"printer {row.id}", at=at, after=_shown(row))
    bell.ring_after_commit(session, bell.NEW)
    return row.id


def change_printer(
    session: Session, number: int, new: NewPrinter, *, by: Actor, at: datetime
) -> None:
    """Describe a printer anew; what waits goes to it as it is now."""
    row = records.printer(session, number)
    other = records.printer_named(session, new.name)
    if other is not None and other.id != number:
        raise domain.PrinterNameTaken
    before = _shown(row)
    _describe(row, new)
    after = _shown(row)
    thing = f"printer {number}"
    security.record(session, by, "change_printer", thing, at=at, before=before, after=after)
    bell.ring_after_commit(session, number, urgent=True)


def _describe(row: PrinterRow, new: NewPrinter) -> None:
    row.name, row.place = new.name, new.place
    model = new.profile if new.profile in PROFILES else UNKNOWN.name
    if model != row.profile:
        row.own = None  # what another model's test page showed says nothing of this one
    row.profile = model
    row.target = _checked(new.target, profile_of(row))
    row.purposes, row.active = [purpose.value for purpose in new.purposes], new.active


def _checked(target: str, profile: Profile) -> str:
    text = target.strip()
    if text == domain.VIRTUAL:
        return text
    try:
        where = transport.target(text)
    except transport.TargetWrong:
        raise AddressUnusable from None
    if where.kind not in KINDS:
        raise AddressUnusable
    if where.slow and profile.hangul is Hangul.NONE:
        raise PicturesTooSlow
    return text


def hold_back(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Let every paper of a printer wait until somebody lets them go."""
    _set_held(session, number, held=True, by=by, at=at)


def let_go(session: Session, number: int, *, by: Actor, at: datetime) -> None:
    """Let a printer's papers come out again, at once."""
    _set_held(session, number, held=False, by=by, at=at)
    records.hurry(session, number, at)
    bell.ring_after_commit(session, number, urgent=True)


def _set_held(session: Session, number: int, *, held: bool, by: Actor, at: datetime) -> None:
    row = records.printer(session, number)
    if row.held is not held:
        row.held = held
        deed = "hold_printer" if held else "release_printer"
        security.record(session, by, deed, f"printer {number}", at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What somebody saw on the page that asks what a printer can."""

    common: bool
    """Whether the line of usual Korean letters reads well."""
    rare: bool
    dots: int
    """The widest line of which both ends are there."""
    cut: bool


def learn(session: Session, number: int, seen: Seen, *, by: Actor, at: datetime) -> Profile:
    """Set a printer up as its own test page showed it to be."""
    row = records.printer(session, number)
    before = row.own
    hangul = Hangul.UHC if seen.common and seen.rare else Hangul.NONE
    if seen.common and not seen.rare:
        hangul = Hangul.KSX1001
    kept = {key: before[key] for key in PLACE if before and key in before}
    row.own = {"hangul": hangul.value, "dots": seen.dots, "cutter": seen.cut} | kept
    _checked(row.target, profile_of(row))
    thing = f"printer {number}"
    security.record(
        session, by, "learn_printer", thing, at=at, before={"own": before}, after={"own": row.own}
    )
    return profile_of(row)


def move_labels(
    session: Session, number: int, across: int, down: int, *, by: Actor, at: datetime
) -> None:
    """Print a printer's labels so many tenths of a millimetre further right and down."""
    row = records.printer(session, number)
    before = {key: (row.own or {}).get(key, 0) for key in PLACE}
    after = dict(zip(PLACE, (across, down), strict=True))
    row.own = (row.own or {}) | after
    thing = f"printer {number}"
    security.record(session, by, "move_labels", thing, at=at, before=before, after=after)


def _shown(row: PrinterRow) -> dict[str, Any]:
    keys: Iterable[str] = ("name", "place", "profile", "target", "purposes", "active")
    return {key: getattr(row, key) for key in keys}
