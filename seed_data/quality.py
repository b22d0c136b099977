"""What goes wrong with a piece, how often, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from factory.catalogue.domain import Station
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from seed_data.floor import Task
from seed_data.people import Person

SEWING = (
    *(Defect.SKIP_STITCH, Defect.SKIP_STITCH, Defect.OPEN_SEAM, Defect.OPEN_SEAM),
    *(Defect.PUCKER, Defect.UNEVEN, Defect.FABRIC_FLAW, Defect.STAIN),
)
PRESSING = (Defect.PRESS_MARK, Defect.PRESS_MARK, Defect.STAIN)
INSPECTING = (
    *(Defect.OPEN_SEAM, Defect.UNEVEN, Defect.STAIN, Defect.WRONG_SIZE),
    *(Defect.TRIM_MISSING, Defect.TRIM_MISSING, Defect.SHADE, Defect.PRESS_MARK),
)
KINDS = {Station.PRESS: PRESSING, Station.FUSE: PRESSING, Station.QC: INSPECTING}
REJECTS = {Station.QC: 18, Station.PACK: 0}
"""Pieces in a thousand at a step; two of a thousand at most stations."""
USUAL_REJECTS = 2
REASONS = {
    Outcome.REPAIRED: "다시 박음",
    Outcome.SECOND: "흠이 남아 2등급으로",
    Outcome.SCRAPPED: "고칠 수 없음",
}


@dataclass(frozen=True, slots=True)
class Reject:
    """A piece that waits for a decision."""

    task: Task
    person: Person
    due: datetime
    """When somebody decides."""
    outcome: Outcome


def rejected(task: Task, chance: Random) -> int:
    """How many of the pieces in hand are not well made."""
    station = task.sack.route.station[task.step]
    rate = REJECTS.get(station, USUAL_REJECTS)
    return sum(chance.randrange(1000) < rate for _ in range(task.count))


def defects(task: Task, count: int, chance: Random) -> tuple[tuple[Defect, int], ...]:
    """What is wrong with them, each kind once."""
    kinds = KINDS.get(task.sack.route.station[task.step], SEWING)
    found: dict[Defect, int] = {}
    for _ in range(count):
        defect = chance.choice(kinds)
        found[defect] = found.get(defect, 0) + 1
    return tuple(found.items())


def decisions(task: Task, person: Person, count: int, at: datetime, chance: Random) -> list[Reject]:
    """When it is decided about each rejected piece, and how."""
    finishing = task.step in task.sack.route.way.finishing
    return [
        Reject(task, person, at + timedelta(minutes=chance.randrange(30, 700)), outcome)
        for outcome in (_outcome(chance, finishing=finishing) for _ in range(count))
    ]


def _outcome(chance: Random, *, finishing: bool) -> Outcome:
    lot = chance.randrange(100)
    if finishing and lot < 14:  # noqa: PLR2004 - fourteen in the hundred keep a flaw
        return Outcome.SECOND
    return Outcome.SCRAPPED if lot >= 95 else Outcome.REPAIRED  # noqa: PLR2004 - five can't be saved
