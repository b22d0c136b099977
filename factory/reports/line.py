"""Who works at which step of a coat on a day, and how evenly the work is spread over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Operation, Section, Style
from factory.kernel.figures import decimal
from factory.people import queries as people
from factory.production.domain.metrics import HUNDREDTHS, Balance
from factory.production.records import BundleRow, ScanRow
from factory.reports.domain import NET_MINUTES, WHOLE
from factory.security.domain import WorkerId

DIGITS = 2


@dataclass(frozen=True, slots=True)
class Post:
    """A step that somebody has, and among how many it is divided."""

    operation: Operation
    sam: int
    among: int

    @property
    def minutes(self) -> str:
        """Its standard minutes."""
        return decimal(Fraction(self.sam, HUNDREDTHS), DIGITS)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's steps, and the minutes that one coat takes there."""

    worker: WorkerId
    name: str
    posts: tuple[Post, ...]

    @property
    def load(self) -> Fraction:
        """Hundredths of a minute for each coat, a step divided evenly among all who did it."""
        return sum((Fraction(post.sam, post.among) for post in self.posts), Fraction(0))

    @property
    def minutes(self) -> str:
        """The same in minutes."""
        return decimal(self.load / HUNDREDTHS, DIGITS)


@dataclass(frozen=True, slots=True)
class Line:
    """One style's line on a day, whoever has most first."""

    style: Style
    seats: tuple[Seat, ...]
    empty: tuple[Operation, ...]
    """Steps that nobody did on that day."""

    @property
    def balance(self) -> Balance:
        """How evenly the minutes are spread."""
        return Balance([seat.load for seat in self.seats])

    def length(self, seat: Seat) -> str:
        """A seat's minutes in hundredths of the slowest one's."""
        return decimal(WHOLE * seat.load / self.seats[0].load)

    @property
    def slowest(self) -> str:
        """Minutes from one coat to the next."""
        return decimal(self.balance.cycle, DIGITS)

    @property
    def cycle(self) -> str:
        """The same as exactly as it takes to reckon with it."""
        return decimal(self.balance.cycle, 2 * DIGITS)

    @property
    def together(self) -> str:
        """Minutes of all seats."""
        return decimal(sum((s.load for s in self.seats), Fraction(0)) / HUNDREDTHS, DIGITS)

    @property
    def efficiency(self) -> str:
        """The part of everybody's time that is used, in the hundred."""
        return decimal(WHOLE * self.balance.efficiency)

    @property
    def loss(self) -> str:
        """The part that is spent waiting for the slowest, in the hundred."""
        return decimal(WHOLE * self.balance.loss)

    @property
    def smoothness(self) -> str:
        """The smoothness index in minutes."""
        return decimal(self.balance.smoothness(DIGITS), DIGITS)

    @property
    def lacks(self) -> str:
        """What each seat lacks to the slowest, squared and added up."""
        return decimal(self.balance.roughness_squared, 2 * DIGITS)

    @property
    def output(self) -> int:
        """Whole coats in a day of eight hours."""
        return floor(self.balance.output(NET_MINUTES))


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a part of the floor on a day."""

    day: date
    section: Section
    lines: tuple[Line, ...]


def lines(session: Session, day: date | None, section: Section, today: date) -> Lines:
    """Every style's line on a day; without one, on the last day on which anything was entered."""
    chosen = day or _last_day(session, today)
    names = people.names(session)
    found = (
        _line(catalogue.style(session, style), section, done, names, session)
        for style, done in sorted(_done(session, chosen).items())
    )
    return Lines(chosen, section, tuple(line for line in found if line.seats))


def _last_day(session: Session, today: date) -> date:
    last = select(func.max(ScanRow.day)).where(ScanRow.day <= today)
    return session.scalar(last) or today


Done = dict[tuple[str, str], set[WorkerId]]
"""Who did each step of each way of work."""


def _done(session: Session, day: date) -> dict[str, Done]:
    """Who did which step of which style well; what was taken back leaves nobody there."""
    key = (BundleRow.style, BundleRow.routing_uid, ScanRow.operation, ScanRow.worker_id)
    statement = (
        select(*key)
        .join(BundleRow, BundleRow.code == ScanRow.bundle)
        .where(ScanRow.day == day, ScanRow.worker_id.is_not(None))
        .group_by(*key)
        .having(func.sum(ScanRow.good) > 0)
    )
    found: dict[str, Done] = defaultdict(lambda: defaultdict(set))
    for style, way, operation, who in session.execute(statement):
        if who is not None:
            found[style][way, operation].add(WorkerId(who))
    return found


def _line(
    style: Style, section: Section, done: Done, names: Mapping[WorkerId, str], session: Session
) -> Line:
    """One style's line; where the way of work changed, by the newest that was used that day."""
    ways = [catalogue.routing_by_uid(session, way) for way in {way for way, _ in done}]
    newest = max(ways, key=lambda way: way.version)
    posts: dict[WorkerId, list[Post]] = defaultdict(list)
    empty = []
    for step in newest.of_section(section):
        here = set().union(*(who for (_, code), who in done.items() if code == step.code))
        if not here:
            empty.append(step.operation)
        for worker in here:
            posts[worker].append(Post(step.operation, step.sam, len(here)))
    seats = (Seat(who, names.get(who, ""), tuple(hers)) for who, hers in posts.items())
    return Line(style, _most_first(seats), tuple(empty))


def _most_first(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    return tuple(sorted(seats, key=lambda seat: (-seat.load, seat.worker)))
