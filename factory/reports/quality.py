"""Quality and efficiency by day: what the last ten working days looked like, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from factory.attendance.domain.approved import ApprovedShift
from factory.attendance.records import approved_days
from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Station
from factory.kernel.figures import decimal
from factory.lawbook import queries as lawbook
from factory.orders import queries as orders
from factory.orders.domain import OrderKind
from factory.production.domain.help import Span, off_standard, without
from factory.production.domain.metrics import HUNDREDTHS, Looked, efficiency
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from factory.production.queries.help import waits_of_all
from factory.production.records import BundleRow, OutcomeRow, RejectRow, ScanRow
from factory.reports.domain import last_working_days
from factory.reports.queries import free_days

DAYS, CAUSES = 10, 3


@dataclass(frozen=True, slots=True)
class QualityDay:
    """A day at the final inspection, and what everybody earned in standard minutes."""

    day: date
    looked: Looked
    earned: Fraction
    clocked: int
    """Minutes of closed days; 0 while none is closed."""
    waited: int = 0
    """Minutes of them in which somebody waited for help."""

    @property
    def dhu(self) -> str:
        """Faults in a hundred coats; nothing where none was looked at."""
        return decimal(self.looked.dhu) if self.looked.checked else ""

    @property
    def right(self) -> str:
        """Coats right the first time in a hundred."""
        return decimal(self.looked.percent_right) if self.looked.checked else ""

    @property
    def efficiency(self) -> str:
        """Standard minutes in a hundred minutes on the clock; nothing capped."""
        return decimal(100 * efficiency(self.earned, self.clocked)) if self.clocked else ""

    @property
    def on_standard(self) -> str:
        """The same without the minutes of waiting for help."""
        if self.clocked <= self.waited:
            return ""
        return decimal(100 * efficiency(self.earned, self.clocked, self.waited))


@dataclass(frozen=True, slots=True)
class Quality:
    """The days, and what was wrong most often in them."""

    days: tuple[QualityDay, ...]
    causes: tuple[tuple[Defect, int], ...]


def quality(session: Session, today: date) -> Quality:
    """The last working days and today, the newest first."""
    before = last_working_days(today, DAYS, free_days(lawbook.book(session)))
    first = before[0]
    entered, faults = _entered(session, first, today), _faults(session, first, today)
    earned, (clocked, waited) = (
        _earned(session, entered, first, today),
        _clocked(session, first, today),
    )
    _leave_samples_out(session, earned, clocked, waited, first, today)
    looked = _looked(session, entered, faults)
    nobody = Looked(0, 0, 0)
    days = tuple(
        QualityDay(day, looked.get(day, nobody), earned[day], clocked[day], waited[day])
        for day in reversed((*before, today))
    )
    return Quality(days, _most(faults))


Done = tuple[date, str, str]
"""A day, a way of work and one of its operations."""


def _most(faults: Mapping[tuple[Done, Defect], int]) -> tuple[tuple[Defect, int], ...]:
    """What was wrong most often; of equals the one that stands first in the list of faults."""
    causes = Counter[Defect]()
    for (_, defect), count in faults.items():
        causes[defect] += count
    turn = list(Defect)
    ranked = sorted(causes.items(), key=lambda each: (-each[1], turn.index(each[0])))
    return tuple((defect, count) for defect, count in ranked[:CAUSES] if count > 0)


def _leave_samples_out(
    session: Session,
    earned: dict[date, Fraction],
    clocked: Counter[date],
    waited: Counter[date],
    first: date,
    last: date,
) -> None:
    """Samples count in no efficiency: their minutes go, and the clocked ones by the same share."""
    if not (samples := orders.numbers_of(session, OrderKind.SAMPLE)):
        return
    tried = _entered(session, first, last, BundleRow.order.in_(samples))
    sampled = _earned(session, tried, first, last, BundleRow.order.in_(samples))
    for day, minutes in sampled.items():
        if earned[day] > 0:
            share = (earned[day] - minutes) / earned[day]
            clocked[day], waited[day] = int(clocked[day] * share), int(waited[day] * share)
        earned[day] -= minutes


def _entered(
    session: Session, first: date, last: date, *which: ColumnElement[bool]
) -> dict[Done, tuple[int, int]]:
    """Good and rejected pieces as they were entered; repairs are not among them."""
    key = (ScanRow.day, BundleRow.routing_uid, ScanRow.operation)
    statement = (
        select(*key, func.sum(ScanRow.good), func.sum(ScanRow.rejected))
        .join(BundleRow, BundleRow.code == ScanRow.bundle)
        .where(ScanRow.day.between(first, last), *which)
        .group_by(*key)
    )
    return {(d, way, op): (int(n), int(bad)) for d, way, op, n, bad in session.execute(statement)}


def _repaired(
    session: Session, first: date, last: date, *which: ColumnElement[bool]
) -> dict[Done, int]:
    key = (OutcomeRow.day, BundleRow.routing_uid, OutcomeRow.operation)
    statement = (
        select(*key, func.sum(OutcomeRow.count))
        .join(BundleRow, BundleRow.code == OutcomeRow.bundle)
        .where(OutcomeRow.day.between(first, last), OutcomeRow.outcome == Outcome.REPAIRED, *which)
        .group_by(*key)
    )
    return {(day, way, op or ""): int(n) for day, way, op, n in session.execute(statement)}


def _faults(session: Session, first: date, last: date) -> dict[tuple[Done, Defect], int]:
    key = (ScanRow.day, BundleRow.routing_uid, ScanRow.operation, RejectRow.defect)
    statement = (
        select(*key, func.sum(RejectRow.count))
        .join(RejectRow, RejectRow.scan == ScanRow.id)
        .join(BundleRow, BundleRow.code == ScanRow.bundle)
        .where(ScanRow.day.between(first, last))
        .group_by(*key)
    )
    return {
        ((day, way, op), defect): int(n) for day, way, op, defect, n in session.execute(statement)
    }


def _looked(
    session: Session,
    entered: Mapping[Done, tuple[int, int]],
    faults: Mapping[tuple[Done, Defect], int],
) -> dict[date, Looked]:
    """What the first operation of each coat's final inspection saw, each coat once.

    A coat that was repaired afterwards is not looked at for the first time again.
    """
    seen = defaultdict[date, Counter[str]](Counter)
    for (day, way, operation), (good, bad) in entered.items():
        if operation == _seer(session, way):
            seen[day].update(checked=good + bad, defective=bad)
    for ((day, way, operation), _), count in faults.items():
        if operation == _seer(session, way):
            seen[day].update(defects=count)
    return {
        day: Looked(each["checked"], max(0, each["defective"]), max(0, each["defects"]))
        for day, each in seen.items()
        if each["checked"] > 0
    }


def _seer(session: Session, way: str) -> str | None:
    """The operation at which the final inspection of a way of work begins, if it has one."""
    steps = catalogue.routing_by_uid(session, way).steps
    return next((step.code for step in steps if step.operation.station is Station.QC), None)


def _earned(
    session: Session,
    entered: Mapping[Done, tuple[int, int]],
    first: date,
    last: date,
    *which: ColumnElement[bool],
) -> dict[date, Fraction]:
    """Standard minutes of each day, by the times of the way each coat was made."""
    found = defaultdict[date, Fraction](Fraction)
    good = Counter({done: well for done, (well, _) in entered.items()})
    good.update(_repaired(session, first, last, *which))
    for (day, way, operation), count in good.items():
        if operation:
            sam = catalogue.routing_by_uid(session, way).step(operation).sam
            found[day] += Fraction(count * sam, HUNDREDTHS)
    return found


def _clocked(session: Session, first: date, last: date) -> tuple[Counter[date], Counter[date]]:
    """Minutes of closed days, and those of them in which somebody waited for help."""
    found, waited = Counter[date](), Counter[date]()
    waits = waits_of_all(session, first, last)
    for (who, day), kept in approved_days(session, first, last).items():
        if kept.holds:
            found[day] += kept.worked
            waited[day] += _waited(waits.get(who, ()), kept.shifts)
    return found, waited


def _waited(waits: tuple[Span, ...], shifts: Iterable[ApprovedShift]) -> int:
    if not waits:
        return 0
    return sum(
        off_standard(
            waits, without((each.start, each.end), ((p.start, p.end) for p in each.breaks))
        )
        for each in shifts
    )
