"""A day from its events: what is worked, what is only presence, what is to be looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from factory.attendance.domain.plan import Planned
from factory.attendance.domain.rules import Rules
from factory.attendance.domain.spans import Spans, at_night, common, merged, minutes, near, without
from factory.kernel.time import Interval
from factory.kernel.words import mark
from factory.timeclock.domain import Paired, PunchKind, Shift

RulesOf = Callable[[date], Rules]


class Flag(StrEnum):
    """Something that somebody has to look at."""

    MISSING_OUT = "missing_out"
    MISSING_IN = "missing_in"
    BREAK_TOO_SHORT = "break_too_short"
    OVER_52_HOURS = "over_52_hours"
    NIGHT_WITHOUT_CONSENT = "night_without_consent"
    HOLIDAY_WITHOUT_CONSENT = "holiday_without_consent"
    PART_TIME_OVER_12 = "part_time_over_12"
    PRESENT_NOT_SETTLED = "present_not_settled"
    SCAN_IN_BREAK = "scan_in_break"
    WORK_ON_LEAVE = "work_on_leave"

    @property
    def label(self) -> str:
        """What is to be looked at, in words."""
        return _FLAGS[self]


_FLAGS = {
    Flag.MISSING_OUT: mark("no going home"),
    Flag.MISSING_IN: mark("no coming in"),
    Flag.BREAK_TOO_SHORT: mark("break too short"),
    Flag.OVER_52_HOURS: mark("more than 52 hours"),
    Flag.NIGHT_WITHOUT_CONSENT: mark("night work without her consent"),
    Flag.HOLIDAY_WITHOUT_CONSENT: mark("holiday work without her consent"),
    Flag.PART_TIME_OVER_12: mark("more than 12 hours beyond her contract"),
    Flag.PRESENT_NOT_SETTLED: mark("present, not settled"),
    Flag.SCAN_IN_BREAK: mark("a scan in the break"),
    Flag.WORK_ON_LEAVE: mark("worked on a day of leave"),
}


def in_order(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Each flag once, always in the same order."""
    found = set(flags)
    return tuple(flag for flag in Flag if flag in found) if found else ()


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody came, went, or took a break."""

    kind: PunchKind
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetShift:
    """From coming to going, and what each of its minutes is."""

    start: datetime
    end: datetime
    breaks: Spans
    worked: Spans
    unsettled: Spans
    """Present outside the plan, and nobody has said what it was."""
    asked: Spans
    """Breaks of the plan with a scan inside: work, until somebody says it was a break."""

    @property
    def whole(self) -> Interval:
        """From coming to going."""
        return Interval(self.start, self.end)


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day in minutes; `overtime` is the day's alone, the week has the rest."""

    date: date
    worked: int = 0
    present: int = 0
    breaks: int = 0
    night: int = 0
    overtime: int = 0
    holiday: int = 0
    flags: tuple[Flag, ...] = ()
    shifts: tuple[SheetShift, ...] = ()
    came: bool = True
    """Whether a shift starts on it, one without an end too."""

    @property
    def figures(self) -> tuple[int, ...]:
        """All its minutes, in the order of the fields."""
        return self.worked, self.present, self.breaks, self.night, self.overtime, self.holiday

    @property
    def unsettled(self) -> Spans:
        """Presence that is to be settled."""
        return tuple(span for shift in self.shifts for span in shift.unsettled)

    @property
    def asked(self) -> Spans:
        """Breaks of the plan in which she scanned."""
        return tuple(span for shift in self.shifts for span in shift.asked)


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of her days beside the events."""

    plan: Mapping[date, Planned] = field(default_factory=dict)
    """Without a plan for its day all of a shift is work."""
    approved: Spans = ()
    """Minutes that are work, whatever the plan says."""
    refused: Spans = ()
    """Minutes outside the plan that somebody called presence only, with a reason."""
    scans: tuple[datetime, ...] = ()
    """In order of time."""
    attended: frozenset[date] = frozenset()
    """Days that count as attended without a shift: paid leave, the factory at rest."""
    away: frozenset[date] = frozenset()
    """Whole days of leave: whoever works on one is asked which of the two it was."""


NOTHING = Known()


def days_of(
    paired: Paired, rules: RulesOf, known: Known = NOTHING, but: AbstractSet[date] = frozenset()
) -> tuple[SheetDay, ...]:
    """Every day but some with a shift or with something missing, in order."""
    shifts: dict[date, list[Shift]] = {day: [] for day, _ in paired.flags}
    for shift in paired.shifts:
        shifts.setdefault(shift.day, []).append(shift)
    return tuple(
        _day(on, shifts[on], _missing(paired, on), rules(on), known)
        for on in sorted(shifts)
        if on not in but
    )


def asks_for_scans(shift: Shift, planned: Planned | None) -> bool:
    """Whether scans could say anything of a shift: outside its plan, or in a break not punched."""
    if planned is None:
        return False
    on, whole = shift.day, Interval(shift.start, shift.end)
    if not any(hours.start <= whole.start <= whole.end <= hours.end for hours in planned.hours(on)):
        return True
    pauses = common(planned.pauses(on), (whole,))
    return any(not common((pause,), shift.breaks) for pause in pauses)


def day_at(on: date, paired: Paired, rules: Rules, known: Known) -> SheetDay:
    """One day of what was paired; all of it nothing where nothing happened."""
    own = [shift for shift in paired.shifts if shift.day == on]
    return _day(on, own, _missing(paired, on), rules, known)


def _missing(paired: Paired, on: date) -> set[Flag]:
    return {Flag(flag.value) for day, flag in paired.flags if day == on}


def _day(
    on: date, own: Iterable[Shift], missing: set[Flag], rules: Rules, known: Known
) -> SheetDay:
    shifts = tuple(_shift(each, on, known) for each in own)
    by_law, worked = rules.on(on), sum(minutes(shift.worked) for shift in shifts)
    breaks = sum(minutes(shift.breaks) for shift in shifts)
    night = sum(at_night(shift.worked) for shift in shifts)
    holiday = worked if by_law.is_holiday else 0
    flags = missing | set(_to_settle(shifts)) | set(lacking(on, worked, breaks, night, rules))
    if worked and on in known.away:
        flags.add(Flag.WORK_ON_LEAVE)
    return SheetDay(
        date=on,
        worked=worked,
        present=sum(shift.whole.minutes for shift in shifts),
        breaks=breaks,
        night=night,
        overtime=0 if holiday else max(0, worked - by_law.most),
        holiday=holiday,
        flags=in_order(flags),
        shifts=shifts,
        came=bool(shifts) or Flag.MISSING_OUT in missing,
    )


def _shift(shift: Shift, on: date, known: Known) -> SheetShift:
    whole, planned = Interval(shift.start, shift.end), known.plan.get(on)
    if planned is None:
        breaks = merged(shift.breaks)
        return SheetShift(shift.start, shift.end, breaks, without((whole,), breaks), (), ())
    approved, refused = near(known.approved, whole), near(known.refused, whole)
    pauses, asked = _pauses(planned.pauses(on), shift, approved, refused, known.scans)
    breaks = merged((*shift.breaks, *pauses))
    there = without((whole,), breaks)
    worked = common(there, (*planned.hours(on), *approved))
    unsettled = without(there, (*worked, *refused))
    return SheetShift(shift.start, shift.end, breaks, worked, unsettled, asked)


def _pauses(
    planned: Spans, shift: Shift, approved: Spans, refused: Spans, scans: tuple[datetime, ...]
) -> tuple[Spans, Spans]:
    """Breaks of the plan to take off, and those to ask about.

    A punched break stands for the planned one it overlaps; one with a scan inside is asked.
    """
    taken: list[Interval] = []
    asked: list[Interval] = []
    for pause in common(planned, (Interval(shift.start, shift.end),)):
        if common((pause,), shift.breaks) or not without((pause,), approved):
            continue
        scanned = bisect_left(scans, pause.start) < bisect_left(scans, pause.end)
        said = not without((pause,), refused)
        (asked if scanned and not said else taken).append(pause)
    return tuple(taken), tuple(asked)


def _to_settle(shifts: Iterable[SheetShift]) -> Iterator[Flag]:
    for shift in shifts:
        if shift.unsettled:
            yield Flag.PRESENT_NOT_SETTLED
        if shift.asked:
            yield Flag.SCAN_IN_BREAK


def lacking(on: date, worked: int, breaks: int, night: int, rules: Rules) -> Iterator[Flag]:
    """What the law wants of a day with so many minutes, and that is not there."""
    if breaks < rules.break_owed(worked, on):
        yield Flag.BREAK_TOO_SHORT
    if rules.needs_consent(on):
        if night and not rules.night_consent:
            yield Flag.NIGHT_WITHOUT_CONSENT
        if worked and rules.is_holiday(on) and not rules.holiday_consent:
            yield Flag.HOLIDAY_WITHOUT_CONSENT
