"""What a scan at the door means: its kind, whether it is the same one, whose clock counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from factory.kernel.errors import Refused
from factory.kernel.time import Interval, at, day_of
from factory.people.domain import Terms
from factory.timeclock.domain import LONGEST_SHIFT, Flag, Punch, PunchKind, pair

SAME_SCAN = timedelta(minutes=1)
"""A second scan so soon is the same one: a hand that was not sure."""
UNDO_WITHIN = timedelta(minutes=5)
MAY_BE_OFF = timedelta(minutes=2)
"""How far a terminal's clock may be off before the server's clock decides."""
OLDEST = timedelta(days=14)
"""An entry without the terminal's present time is believed to be so old at most."""
FAR = timedelta(days=31)
"""A punch that comes later than that after the time it says: its clock may be spoilt."""
Walls = tuple[tuple[str, str], ...]
LONG_BREAKS: Walls = (("12:00", "13:00"),)
"""The house's long breaks until it says otherwise; whoever is in and scans then goes to eat."""
EARLY = timedelta(minutes=10)
LATE_FROM_BREAK = timedelta(hours=3)
"""After so long a break a scan near the end of her day says that she goes home."""
USUAL_DAY = timedelta(hours=9)


class NothingToUndo(Refused):
    """There is nothing of the last five minutes to take back. Please tell the supervisor."""

    field = "code"


class BreakTurnedRound(Refused):
    """A long break of the house has to end after it begins, on the same day."""

    field = "breaks"


def checked_breaks(breaks: Walls) -> Walls:
    """Long breaks that can be."""
    if any(end <= start for start, end in breaks):
        raise BreakTurnedRound
    return tuple(sorted(breaks))


class AgeUnknown(Refused):
    """This entry waited long, and nobody knows by which clock. The supervisor decides."""

    field = "code"


class TooLongAShift(Refused):
    """That would be more than {hours} hours after you came. Please look at the time again."""

    field = "time"


@dataclass(frozen=True, slots=True)
class Stamp:
    """When something happened at a terminal: the time that counts, and what both clocks said."""

    at: datetime
    """What counts."""
    device_at: datetime | None
    """What the terminal's clock said."""
    received: datetime
    """What the server's clock said when it arrived."""
    offset: int = 0
    """Seconds that the terminal's clock is ahead of the server's; below zero it is behind."""


def stamp(
    device_at: datetime | None,
    *,
    sent: datetime | None,
    received: datetime,
    waited: bool = False,
) -> Stamp:
    """Whose clock counts: the terminal's, less what it is off by if that is over two minutes.

    An entry that waited in the browser, is older than two weeks by its own clock and does not say
    what that clock showed when it was sent, is a person's to date: old it is, or the clock wrong.
    """
    known = device_at is not None and device_at > received - OLDEST
    if waited and sent is None and not known:
        raise AgeUnknown
    if device_at is None:
        return Stamp(received, None, received)
    if sent is None:
        return Stamp(device_at if known else received, device_at, received)
    ahead = sent - received
    counted = device_at - ahead if abs(ahead) > MAY_BE_OFF else device_at
    return Stamp(counted, device_at, received, round(ahead.total_seconds()))


def came_later(said: datetime, received: datetime) -> bool:
    """Whether an entry came on a later day than the one it is of."""
    return day_of(said) < day_of(received)


def is_far(said: datetime, received: datetime) -> bool:
    """Whether an entry says a time so long ago that somebody should look at its clock."""
    return received - said > FAR


def is_same_scan(last: Punch | None, moment: datetime) -> bool:
    """Whether a scan is the one that was kept just before."""
    return last is not None and abs(moment - last.at) < SAME_SCAN


def usual_kind(
    last: Punch | None, moment: datetime, terms: Terms | None, breaks: Walls = LONG_BREAKS
) -> PunchKind:
    """What a scan says, from the last punch, the hour, her agreed day and the house's breaks."""
    if last is None or last.kind is PunchKind.OUT or moment - last.at >= LONGEST_SHIFT:
        return PunchKind.IN
    if last.kind is PunchKind.BREAK_START:
        home = _ends(moment, terms) <= moment and moment - last.at >= LATE_FROM_BREAK
        return PunchKind.OUT if home else PunchKind.BREAK_END
    return PunchKind.BREAK_START if _goes_to_eat(last, moment, breaks) else PunchKind.OUT


def other_kinds(kind: PunchKind, before: PunchKind | None) -> tuple[PunchKind, ...]:
    """What she may have meant instead of what was understood."""
    inside = before in {PunchKind.IN, PunchKind.BREAK_END, PunchKind.BREAK_START}
    meant = {
        PunchKind.OUT: PunchKind.BREAK_END
        if before is PunchKind.BREAK_START
        else PunchKind.BREAK_START,
        PunchKind.BREAK_START: PunchKind.OUT,
        PunchKind.BREAK_END: PunchKind.OUT,
    }
    return (meant[kind],) if inside and kind in meant else ()


def _goes_to_eat(last: Punch, moment: datetime, breaks: Walls) -> bool:
    day = day_of(moment)
    return any(
        _begins_with(Interval(at(day, start), at(day, end)), last, moment) for start, end in breaks
    )


def _begins_with(pause: Interval, last: Punch, moment: datetime) -> bool:
    was_away = last.kind is PunchKind.BREAK_END and last.at > pause.start - EARLY
    return pause.start - EARLY <= moment < pause.end and not was_away


def _ends(moment: datetime, terms: Terms | None) -> datetime:
    """When her agreed day ends; without terms never."""
    return at(day_of(moment), terms.shift_end) if terms else moment + LONGEST_SHIFT


@dataclass(frozen=True, slots=True)
class Forgotten:
    """She came, and went without a scan."""

    start: datetime
    usual_end: datetime
    """The end of her agreed day, offered to her as the answer."""

    @property
    def day(self) -> date:
        """The day it belongs to."""
        return day_of(self.start)

    def may_end(self, moment: datetime) -> bool:
        """Whether she may have gone then: after she came, and no longer after it than anybody."""
        return self.start < moment <= self.start + LONGEST_SHIFT

    def refuse_too_long(self, moment: datetime) -> None:
        """A time typed wrong must not become a shift of a day and a night."""
        if not self.may_end(moment):
            raise TooLongAShift(hours=LONGEST_SHIFT // timedelta(hours=1))


def forgotten(punches: Sequence[Punch], terms: Iterable[Terms]) -> Forgotten | None:
    """The newest shift before the one she is in that has no end."""
    starts = [each.at for each in punches if each.kind is PunchKind.IN]
    found = pair(punches)
    earlier = found.flags[:-1] if found.open_since is not None else found.flags
    days = {day for day, flag in earlier if flag is Flag.MISSING_OUT}
    began = max((moment for moment in starts[:-1] if day_of(moment) in days), default=None)
    if began is None:
        return None
    held = [each for each in terms if each.since <= day_of(began)]
    end = at(day_of(began), held[-1].shift_end) if held else began + USUAL_DAY
    return Forgotten(began, end if end > began else began + USUAL_DAY)
