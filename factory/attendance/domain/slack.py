"""Days on which the factory rests: its own reasons, and days somebody asked for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.time import months_later
from factory.kernel.words import mark


class Slack(StrEnum):
    """Why the factory closes a day (shutdown pay, Labor Standards Act, art. 46)."""

    NO_ORDERS = "no_orders"
    NO_CLOTH = "no_cloth"
    NO_POWER = "no_power"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The reason as people say it."""
        return _REASONS[self]


_REASONS = {
    Slack.NO_ORDERS: mark("there are no orders"),
    Slack.NO_CLOTH: mark("there is no cloth"),
    Slack.NO_POWER: mark("there is no power"),
    Slack.OTHER: mark("another reason of the factory"),
}


class WhoseDay(StrEnum):
    """Whose wish a free day is; the supervisor has to choose."""

    OURS = "ours"
    HERS = "hers"

    @property
    def label(self) -> str:
        """Whose day, in words."""
        return _WHOSE[self]


_WHOSE = {
    WhoseDay.OURS: mark("The factory rests. She is paid for it (shutdown pay)."),
    WhoseDay.HERS: mark("She asked for the day herself."),
}


class TooFarToPlan(Refused):
    """Nothing is planned for days after {until}. Please look at the year again."""

    field = "last"


AHEAD = 12
"""Months ahead that days are planned or rested."""


def refuse_too_far(day: date, today: date) -> None:
    """A slip of the hand in the year must not rest a day that nobody thinks of."""
    if day > (until := months_later(today, AHEAD)):
        raise TooFarToPlan(until=until)


class WhoAsked(Refused):
    """Please tick who asked for the day."""

    field = "workers"


class NobodyConcerned(Refused):
    """Nobody is to work on the days chosen."""


class SheCame(Refused):
    """{name} came on {day}. The day can't be closed for her."""


class WhoseDayIsIt(Refused):
    """Please choose: does the factory rest, or did she ask for the day?"""

    field = "whose"


class RestTooLong(Refused):
    """Please choose at most {most} days at once."""

    field = "last"


class LastBeforeFirst(Refused):
    """The last day can't be before the first one."""

    field = "last"
