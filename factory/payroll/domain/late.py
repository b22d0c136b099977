"""What somebody types of a closed month, as what is said of it; what can't be is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from factory.kernel.errors import Refused
from factory.kernel.money import ZERO, Money
from factory.kernel.time import DAY, Interval, at, day_of
from factory.kernel.words import show_time
from factory.payroll.domain.correction import Late, LateDecision, LatePunch, LateTerms
from factory.people.domain import Terms, TermsKind
from factory.timeclock.domain import PunchKind

HOUR = 60
LONGEST_NIGHT = 12 * HOUR
"""Minutes up to which an end before the start is taken for one on the next day."""


class NoRateGiven(Refused):
    """Please enter the new rate in won, above zero."""

    field = "rate"


class PaidByPieces(Refused):
    """She is paid by the piece: what counts is the rate of each operation, not one of hers."""

    field = "rate"


class NoAmountGiven(Refused):
    """Please enter how many won the bonus is, above zero."""

    field = "amount"


class NoDayGiven(Refused):
    """Please choose the day."""

    field = "day"


class NoTimesGiven(Refused):
    """Please enter from when to when."""

    field = "start"


class OverNightTooLong(Refused):
    """{start} to {end} would be {length} hours, into the next day. Look at the times again."""

    field = "end"


class BreakOutside(Refused):
    """The break has to lie within {start}–{end}."""

    field = "pause"


class ThereAlready(Refused):
    """The clock knows {name} from {start} to {end} on this day. Take a time outside of that."""

    field = "start"


def span_of(day: date | None, start: str, end: str) -> Interval:
    """From one time of a day to another; an end before the start is on the next day."""
    if day is None:
        raise NoDayGiven
    if not start or not end or start == end:
        raise NoTimesGiven
    found = Interval(at(day, start), at(day if end > start else day + DAY, end))
    if end < start and found.minutes > LONGEST_NIGHT:
        length = f"{found.minutes // HOUR}:{found.minutes % HOUR:02d}"
        raise OverNightTooLong(start=start, end=end, length=length)
    return found


def pause_of(shift: Interval, start: str, end: str) -> Interval | None:
    """The break of a shift; what is before the shift's start by the clock is on the next day."""
    if not (start or end):
        return None
    first = day_of(shift.start)
    moments = [at(first, text) for text in (start, end) if text]
    begin, over = (moments[0], moments[-1])
    found = Interval(*(each if each >= shift.start else each + DAY for each in (begin, over)))
    if not found.minutes or found.within(shift) != found:
        raise BreakOutside(start=show_time(shift.start), end=show_time(shift.end))
    return found


def came(shift: Interval, pause: Interval | None) -> tuple[Late, ...]:
    """She came and went, and all of it but the break was work."""
    breaks = [] if pause is None else [pause]
    punches = [LatePunch(PunchKind.IN, shift.start)]
    for each in breaks:
        punches.append(LatePunch(PunchKind.BREAK_START, each.start))
        punches.append(LatePunch(PunchKind.BREAK_END, each.end))
    punches.append(LatePunch(PunchKind.OUT, shift.end))
    return (*punches, *(LateDecision(part, worked=True) for part in shift.less(breaks)))


def other_rate(terms: Terms, since: date, rate: Money | None) -> LateTerms:
    """The same terms with another rate from a day on."""
    if terms.kind is TermsKind.PIECE:
        raise PaidByPieces
    if rate is None or rate <= ZERO:
        raise NoRateGiven
    return LateTerms(replace(terms, since=since, rate=rate))


def refuse_there(name: str, said: Iterable[Late], known: Iterable[Interval]) -> None:
    """Nobody comes while she is there: `ThereAlready`."""
    there = tuple(known)
    for shift in (each for span in _shifts_of(said) for each in there if span.overlap(each)):
        raise ThereAlready(name=name, start=show_time(shift.start), end=show_time(shift.end))


def _shifts_of(said: Iterable[Late]) -> Iterator[Interval]:
    """From each coming to the going that follows it."""
    began: datetime | None = None
    for each in said:
        if isinstance(each, LatePunch) and each.kind is PunchKind.IN:
            began = each.moment
        elif isinstance(each, LatePunch) and each.kind is PunchKind.OUT and began is not None:
            yield Interval(began, each.moment)
            began = None
