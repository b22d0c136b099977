"""Remnants by shade, and which of them fits a panel that has to be cut again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from factory.materials import queries as materials
from factory.materials.domain import HUNDREDTHS, Material, Roll, Use
from factory.orders import queries as orders
from factory.production import records
from factory.production.domain.holds import HoldKind
from factory.production.queries.held import HeldLine, held
from factory.production.records import BundleRow

SHORT = 8 * HUNDREDTHS
"""A roll with less than eight metres on it is a remnant: no lay is cut from it any more."""
OFFERED = 3


@dataclass(frozen=True, slots=True)
class Recut:
    """A panel that waits, and the remnants of its shade, the smallest first."""

    line: HeldLine
    fits: tuple[Roll, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """Remnants of one cloth and shade."""

    material: Material
    shade: str
    rolls: tuple[Roll, ...]


@dataclass(frozen=True, slots=True)
class Remnants:
    """What waits to be cut again, and what there is to cut it from."""

    recuts: tuple[Recut, ...]
    shades: tuple[Shade, ...]


def remnants(session: Session) -> Remnants:
    """All of the house."""
    waiting = (line for line in held(session) if line.hold.kind is HoldKind.RECUT)
    recuts = tuple(Recut(line, fitting(session, line)) for line in waiting)
    return Remnants(recuts, tuple(_by_shade(session)))


def _by_shade(session: Session) -> Iterable[Shade]:
    known = {each.number: each for each in materials.materials(session)}
    short = (
        r
        for r in materials.rolls(session)
        if r.left < SHORT and known[r.material].use is not Use.TRIM
    )
    for (number, shade), found in groupby(
        sorted(short, key=_place), key=lambda r: (r.material, r.shade)
    ):
        yield Shade(known[number], shade, tuple(found))


def _place(roll: Roll) -> tuple[str, str, int]:
    return roll.material, roll.shade, roll.left


def fitting(session: Session, line: HeldLine) -> tuple[Roll, ...]:
    """Rolls of the cloth and shade that a bundle was cut from, the smallest first.

    A customer's cloth serves her own orders alone.
    """
    used = _rolls_of(session, line.bundle.code, line.bundle.line)
    cloth = {(roll.material, roll.shade) for roll in used}
    customer = orders.order(session, line.bundle.order).customer
    owners = {"", customer.name if customer else ""}
    found = [
        r for r in materials.rolls(session) if (r.material, r.shade) in cloth and r.owner in owners
    ]
    shade = line.bundle.shade
    same = [roll for roll in found if not shade or roll.shade == shade]
    return tuple(sorted(same, key=lambda roll: (roll.left, roll.number))[:OFFERED])


def _rolls_of(session: Session, code: str, line: int) -> tuple[Roll, ...]:
    lay = session.scalars(select(BundleRow.lay_id).where(BundleRow.code == code)).one()
    laid = records.lay_rolls(session).get(lay, [])
    return tuple(materials.roll(session, each.roll) for each in laid if each.line == line)
