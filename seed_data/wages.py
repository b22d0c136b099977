"""When pay is made in a season: the month before, some days before the day on which it is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from factory.kernel.time import at, months_later
from seed_data.acts import Act, Elected, Paid
from seed_data.people import Person

PAY_IS_MADE = 6
"""The day of the month; by then every day of the month before is closed."""


def wages(people: Sequence[Person], days: Sequence[date], turn: int) -> Iterator[Act]:
    """Whom the workers elect on the second day, and the pay of the month before, once a month."""
    day = days[turn]
    here = [person for person in people if person.is_here(turn) and person.last_day is None]
    if turn == 1 and len(here) > 1:
        yield Elected(at=at(day, "12:40"), person=here[1], day=day)
    before = months_later(day.replace(day=1), -1)
    if not any(each.replace(day=1) == before for each in days[:turn]):
        return
    if day.day >= PAY_IS_MADE and (days[turn - 1].month != day.month or _is_first(days, turn)):
        yield Paid(at=at(day, "16:20"), month=before)


def _is_first(days: Sequence[date], turn: int) -> bool:
    """Whether no earlier day of this month was late enough."""
    return days[turn - 1].day < PAY_IS_MADE
