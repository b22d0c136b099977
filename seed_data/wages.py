"""When pay is made in a season: the month before, some days before the day on which it is paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from factory.kernel.time import at, months_later
from factory.law.book import law_book
from factory.payroll.domain.entered import Item
from factory.payroll.domain.run import last_day
from seed_data.acts import Act, Declared, Elected, Granted, Paid
from seed_data.people import Person

PAY_IS_MADE = 6
"""The day of the month; by then every day of the month before is closed."""
FEAST, FOR_THE_FEAST = "Chuseok", 200_000
IN_ADVANCE, WHO, FROM_DAY, WORKED = 200_000, 4, 18, 10
"""Who asks for part of what she has earned, once: late in a month, after so many days here."""


def wages(people: Sequence[Person], days: Sequence[date], turn: int) -> Iterator[Act]:
    """What newcomers declare, whom the workers elect on the second day, advances, and pay."""
    day = days[turn]
    for person in people:
        if person.first_day == turn:
            moment = at(day, "08:50") + timedelta(seconds=person.number)
            yield Declared(at=moment, person=person, day=day)
    here = [person for person in people if person.is_here(turn) and person.last_day is None]
    if turn == 1 and len(here) > 1:
        yield Elected(at=at(day, "12:40"), person=here[1], day=day)
    yield from _advance(here, days, turn)
    before = months_later(day.replace(day=1), -1)
    if not any(each.replace(day=1) == before for each in days[:turn]):
        return
    if day.day >= PAY_IS_MADE and (days[turn - 1].month != day.month or _is_first(days, turn)):
        yield from _feast(people, days, before, day)
        yield Paid(at=at(day, "16:20"), month=before)


def _is_first(days: Sequence[date], turn: int) -> bool:
    """Whether no earlier day of this month was late enough."""
    return days[turn - 1].day < PAY_IS_MADE


def _advance(here: Sequence[Person], days: Sequence[date], turn: int) -> Iterator[Act]:
    """On the first day that is late enough, once she has worked for it in this month."""
    for person in here:
        if person.number == WHO and turn == _day_of_advance(person, days):
            yield Granted(
                at=at(days[turn], "17:10"),
                person=person,
                month=days[turn].replace(day=1),
                item=Item.ADVANCE,
                won=IN_ADVANCE,
            )


def _day_of_advance(person: Person, days: Sequence[date]) -> int | None:
    late = (
        turn
        for turn in range(person.first_day + WORKED, len(days))
        if days[turn].day >= FROM_DAY and days[turn - WORKED].month == days[turn].month
    )
    return next(late, None)


def _feast(
    people: Sequence[Person], days: Sequence[date], month: date, today: date
) -> Iterator[Act]:
    """The house gives something for the feast, to everybody who was here on it."""
    feast = next((day for day in _days_of(month) if law_book().holiday(day) == FEAST), None)
    turns = [turn for turn, day in enumerate(days) if feast is not None and day <= feast]
    for person in people:
        if turns and person.is_here(turns[-1]):
            moment = at(today, "16:00") + timedelta(seconds=person.number)
            won, item = FOR_THE_FEAST, Item.CHUSEOK
            yield Granted(at=moment, person=person, month=month, item=item, won=won)


def _days_of(month: date) -> Iterator[date]:
    return map(date.fromordinal, range(month.toordinal(), last_day(month).toordinal() + 1))
