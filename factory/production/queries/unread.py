"""Bundles that a ticket may belong to of which not everything can be read."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from factory.catalogue.domain import Colour
from factory.production.domain.unread import Legible
from factory.production.queries import track
from factory.production.queries.track import BundleLine


@dataclass(frozen=True, slots=True)
class Candidates:
    """The bundles it may be, and the colours and sizes that can be asked for."""

    lines: tuple[BundleLine, ...]
    colours: tuple[Colour, ...]
    sizes: tuple[str, ...]


def candidates(session: Session, legible: Legible) -> Candidates:
    """Bundles in work that fit what can be read; none as long as nothing was asked."""
    known = track.in_work(session, order=None, place=None).lines
    lines = tuple(line for line in known if legible.asked and legible.fits(line.bundle))
    colours = {line.colour.code: line.colour for line in known}
    sizes = sorted({line.bundle.size for line in known})
    return Candidates(lines, tuple(colours[code] for code in sorted(colours)), tuple(sizes))
