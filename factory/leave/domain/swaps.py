"""A public holiday swapped with a working day (Labor Standards Act, art. 55(2)).

1 May is a holiday by a law of its own that names the day: practice reads it as one that can't be
swapped, whoever agrees. No text of a law says so in these words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from factory.kernel.errors import Refused
from factory.law.book import LawBook, law_book
from factory.law.calendar import is_labour_day


class NoHolidayToSwap(Refused):
    """{day} is no public holiday that falls on a working day."""

    field = "holiday"


class LabourDayStays(Refused):
    """1 May stays a day off for everybody. Please choose another holiday."""

    field = "holiday"


class NoDayToSwap(Refused):
    """{day} is no working day, so nobody would rest for the holiday. Please choose another day."""

    field = "day"


class AgreedTooLate(Refused):
    """The agreement has to be signed before both days. It says {agreed}."""

    field = "agreed_on"


class NotYetAgreed(Refused):
    """{day} is still to come. Please enter what was done, when it is done."""

    field = "agreed_on"


class SwappedAlready(Refused):
    """{day} is part of another agreement already."""

    field = "holiday"


class SwapInLockedPeriod(Refused):
    """The pay for {day} is done already. Please ask the office, it can go into the next pay."""

    field = "holiday"


@dataclass(frozen=True, slots=True)
class Swap:
    """All work on a public holiday and rest on another day, by written agreement."""

    holiday: date
    day: date
    """The working day that becomes the paid day off."""
    agreed_with: str
    """The workers' representative, by the chosen name."""
    agreed_on: date


def checked(
    swap: Swap,
    others: tuple[Swap, ...],
    works: Callable[[date], bool],
    law: LawBook | None = None,
) -> Swap:
    """A swap that can stand, or the refusal that says why not.

    `works` says whether anybody's contract has work on such a day of the week.
    """
    if is_labour_day(swap.holiday):
        raise LabourDayStays
    holiday = (law or law_book()).is_public_holiday
    if not holiday(swap.holiday) or not works(swap.holiday):
        raise NoHolidayToSwap(day=swap.holiday)
    if holiday(swap.day) or not works(swap.day):
        raise NoDayToSwap(day=swap.day)
    if swap.agreed_on >= min(swap.holiday, swap.day):
        raise AgreedTooLate(agreed=swap.agreed_on)
    known = {day for other in others for day in (other.holiday, other.day)}
    for day in (swap.holiday, swap.day):
        if day in known:
            raise SwappedAlready(day=day)
    return swap


def refuse_unsigned(swap: Swap, today: date) -> None:
    """An agreement holds from the day it was signed; one to come is none yet."""
    if swap.agreed_on > today:
        raise NotYetAgreed(day=swap.agreed_on)


def refuse_locked(swap: Swap, until: date | None) -> None:
    """Whether a day was a holiday changes no more once its pay was approved."""
    first = min(swap.holiday, swap.day)
    if until is not None and first <= until:
        raise SwapInLockedPeriod(day=first)


def is_off(day: date, swaps: tuple[Swap, ...], *, small: bool, law: LawBook | None = None) -> bool:
    """Whether a day is a paid day off for all: a public holiday that stays, or one moved to it.

    The holidays are those of the book as printed where no other is given.
    Where fewer than five people work only 1 May is (art. 11); nothing is swapped there.
    """
    if small:
        return is_labour_day(day)
    if any(swap.day == day for swap in swaps):
        return True
    holiday = (law or law_book()).is_public_holiday(day)
    return holiday and all(swap.holiday != day for swap in swaps)
