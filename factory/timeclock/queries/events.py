"""Punches as they count, of one worker or of all, for whoever reckons days from them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from factory.kernel.time import at, day_of
from factory.security.domain import WorkerId
from factory.timeclock import records
from factory.timeclock.domain import Punch

A_DAY = timedelta(days=1)


class TakenBack(NamedTuple):
    """A punch that counts no more."""

    day: date
    """The day it was of."""
    when: datetime


def events(
    session: Session, first: date, last: date, workers: Collection[WorkerId] | None = None
) -> dict[WorkerId, tuple[Punch, ...]]:
    """Each worker's punches, or those of some, that can belong to shifts between two days.

    They begin a day earlier and end a day later, because a shift may lie over midnight.
    """
    return on_days(session, first - A_DAY, last + A_DAY, workers)


def on_days(
    session: Session, first: date, last: date, workers: Collection[WorkerId] | None = None
) -> dict[WorkerId, tuple[Punch, ...]]:
    """Each worker's punches, or those of some, of these calendar days alone."""
    start, end = at(first, "00:00"), at(last + A_DAY, "00:00")
    found: dict[WorkerId, list[Punch]] = {}
    for each in records.counting_punches(session, start, end, workers):
        found.setdefault(each.worker, []).append(each)
    return {who: tuple(punches) for who, punches in found.items()}


def punch_counts(
    session: Session, first: date, last: date, workers: Collection[WorkerId]
) -> dict[tuple[WorkerId, date], int]:
    """How many punches of these workers count on each calendar day that has any."""
    return records.punch_counts(session, at(first, "00:00"), at(last + A_DAY, "00:00"), workers)


def days_begun(session: Session, first: date, last: date) -> frozenset[tuple[WorkerId, date]]:
    """Who came on which of these days."""
    return records.days_begun(session, at(first, "00:00"), at(last + A_DAY, "00:00"))


def taken_back(session: Session, first: date, last: date) -> dict[WorkerId, list[TakenBack]]:
    """Each worker's punches of these days that were taken back."""
    found: dict[WorkerId, list[TakenBack]] = {}
    start, end = at(first, "00:00"), at(last + A_DAY, "00:00")
    for who, moment, when in records.taken_back(session, start, end):
        found.setdefault(who, []).append(TakenBack(day_of(moment), when))
    return found
