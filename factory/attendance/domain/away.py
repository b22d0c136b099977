"""Leave and plans: what a day's plan is without the leave, and work planned on a day of leave."""

from __future__ import annotations

from datetime import date

from factory.attendance.domain.plan import OFF, Planned, walls
from factory.attendance.domain.spans import Spans, minutes
from factory.attendance.domain.watch import Concern, ConcernKind, plan_minutes, work_of
from factory.kernel.time import MINUTE, Interval


def less_leave(planned: Planned, day: date, length: int, *, first: bool) -> Planned:
    """The plan without so many minutes of leave, at the beginning of her work or at its end."""
    work = work_of(planned, day)
    left = minutes(work) - length
    if length <= 0 or not work:
        return planned
    if left <= 0:
        return OFF
    (hours,) = planned.hours(day)
    came, went = _minute(work, length).start, _minute(work, left - 1).end
    kept = Interval(came, hours.end) if first else Interval(hours.start, went)
    pauses = (pause for pause in planned.pauses(day) if pause.within(kept) == pause)
    return Planned(*walls(kept), tuple(walls(pause) for pause in pauses))


def _minute(work: Spans, number: int) -> Interval:
    """One minute of her work, counted from 0; a break between is none."""
    for span in work:
        if number < span.minutes:
            return Interval(span.start + number * MINUTE, span.start + (number + 1) * MINUTE)
        number -= span.minutes
    return Interval(work[-1].end, work[-1].end)


def on_leave(day: date, planned: Planned, usual: Planned, leave: int) -> tuple[Concern, ...]:
    """Work planned beyond what a day's leave has left of it; never which kind of leave it is."""
    more = plan_minutes(planned, day) - plan_minutes(usual, day)
    return (Concern(ConcernKind.ON_LEAVE, day, leave, ""),) if leave and more > 0 else ()
