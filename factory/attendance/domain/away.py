"""Leave and plans: what a day's plan is without the leave, and work planned on a day of leave."""

from __future__ import annotations

from datetime import date, datetime

from factory.attendance.domain.plan import OFF, Planned
from factory.attendance.domain.spans import Spans, minutes
from factory.attendance.domain.watch import Concern, ConcernKind, plan_minutes, work_of
from factory.kernel.time import MINUTE, Interval, local


def less_leave(planned: Planned, day: date, length: int, *, first: bool) -> Planned:
    """The plan without so many minutes of leave, at the beginning of her work or at its end."""
    work = work_of(planned, day)
    left = minutes(work) - length
    if length <= 0 or not work:
        return planned
    if left <= 0:
        return OFF
    cut, (hours,) = _after(work, length if first else left), planned.hours(day)
    kept = Interval(cut, hours.end) if first else Interval(hours.start, cut)
    pauses = (pause for pause in planned.pauses(day) if pause.within(kept) == pause)
    return Planned(*_walls(kept), tuple(_walls(pause) for pause in pauses))


def _after(work: Spans, length: int) -> datetime:
    """When so many minutes of work have gone by."""
    for span in work:
        if length <= span.minutes:
            return span.start + length * MINUTE
        length -= span.minutes
    return work[-1].end


def _walls(span: Interval) -> tuple[str, str]:
    return f"{local(span.start):%H:%M}", f"{local(span.end):%H:%M}"


def on_leave(day: date, planned: Planned, usual: Planned, leave: int) -> tuple[Concern, ...]:
    """Work planned beyond what a day's leave has left of it; never which kind of leave it is."""
    more = plan_minutes(planned, day) - plan_minutes(usual, day)
    return (Concern(ConcernKind.ON_LEAVE, day, leave, ""),) if leave and more > 0 else ()
