"""Kinds of leave, what is asked and answered, and what is refused about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from factory.kernel.errors import Refused
from factory.kernel.words import mark
from factory.security.domain import Actor, Permission, WorkerId


class LeaveKind(StrEnum):
    """What leave is for; seen by herself and by whoever runs pay, nobody else."""

    ANNUAL = "annual"
    SICK = "sick"
    UNPAID = "unpaid"
    MENSTRUAL = "menstrual"
    FAMILY_EVENT = "family_event"

    @property
    def label(self) -> str:
        """The kind as people say it."""
        return _KINDS[self]


_KINDS = {
    LeaveKind.ANNUAL: mark("Annual leave"),
    LeaveKind.SICK: mark("Ill"),
    LeaveKind.UNPAID: mark("Leave without pay"),
    LeaveKind.MENSTRUAL: mark("Menstrual leave"),
    LeaveKind.FAMILY_EVENT: mark("Family event"),
}
NOT_ATTENDED = frozenset({LeaveKind.SICK, LeaveKind.UNPAID})
"""Days that count as missed where they are not paid; all others count as attended, like work.

Illness of her own is not among the times that the Labor Standards Act, art. 60(6) counts as
attended; that menstrual leave and family events are is the house's reading, in her favour.
"""


class Part(StrEnum):
    """How much of a day."""

    WHOLE = "whole"
    FIRST_HALF = "first_half"
    SECOND_HALF = "second_half"

    @property
    def label(self) -> str:
        """The part as people say it."""
        return _PARTS[self]

    def meets(self, other: Part) -> bool:
        """Whether both take some of the same hours."""
        return self is other or Part.WHOLE in {self, other}


_PARTS = {
    Part.WHOLE: mark("the whole day"),
    Part.FIRST_HALF: mark("the first half of the day"),
    Part.SECOND_HALF: mark("the second half of the day"),
}


class Answer(StrEnum):
    """What became of a request."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The answer as people say it."""
        return _ANSWERS[self]


_ANSWERS = {
    Answer.OPEN: mark("not answered yet"),
    Answer.GRANTED: mark("granted"),
    Answer.REFUSED: mark("not granted"),
    Answer.WITHDRAWN: mark("taken back by her"),
}
COUNTING = frozenset({Answer.OPEN, Answer.GRANTED})
"""Requests that take up her days."""


class LastBeforeFirst(Refused):
    """The last day can't be before the first one."""

    field = "last"


class TooLongAtOnce(Refused):
    """Please ask for at most {most} days at once."""

    field = "last"


class TooFarAhead(Refused):
    """Please ask at most a year ahead, until {until}."""

    field = "first"


class NotHereYet(Refused):
    """Your first day here is {hired}. Please choose a day from then on."""

    field = "first"


class GoneByThen(Refused):
    """Your last day here is {left}. Please choose days until then."""

    field = "last"


class DayOffAnyway(Refused):
    """You need not work on {day}, so it takes no leave. Please choose a working day."""

    field = "first"


class AlreadyAsked(Refused):
    """You have asked for {day} already. Please choose another day, or take that request back."""

    field = "first"


class DayInLockedPeriod(Refused):
    """The pay for {day} is done already. Please ask the office, it can go into the next pay."""

    field = "first"


class NotEnoughLeave(Refused):
    """You have {left} days of annual leave left, and this takes {asked}."""

    field = "last"


class OnlyAnnualByHalves(Refused):
    """Only annual leave can be half a day. Please choose the whole day."""

    field = "part"


class HalfOfOneDay(Refused):
    """Half a day can only be asked for one day at a time."""

    field = "last"


class NotOffered(Refused):
    """This leave is not given here. Please choose another kind."""

    field = "kind"


class OnceAMonth(Refused):
    """This leave is for {days} days of a month. You have asked for it in that month already."""

    field = "first"


class MoreThanAMonthGives(Refused):
    """A month has {days} of this leave at most. Please choose fewer days."""

    field = "last"


class WhichEvent(Refused):
    """Please choose what the family event is."""

    field = "event"


class EventDaysUp(Refused):
    """For this event the house gives {days} working days at most."""

    field = "last"


class AlreadyAnswered(Refused):
    """This request is answered already: {answer}."""

    field = "answer"


class GrantedStays(Refused):
    """This leave is granted. She can take it back herself, and the office can change it."""

    field = "answer"


class OfficeSaysNo(Refused):
    """Whoever leads the shift can only grant leave. Please tell the office why she is needed."""

    field = "answer"


class HersAlone(Refused):
    """Nobody but herself can take this leave back."""

    field = "answer"


class NotHerOwnAnswer(Refused):
    """Nobody answers her own request. Please ask another supervisor."""

    field = "answer"


class WhyNot(Refused):
    """Please say why not. She reads it."""

    field = "reason"


class OursNotHers(Refused):
    """If we close on these days, she needs no leave. Please mark the days as “we rest” instead."""

    field = "answer"


class BegunAlready(Refused):
    """This leave has begun already. Please ask the office to change it."""


class EventNameMissing(Refused):
    """Please give the event a name, and the days the house gives for it."""

    field = "event"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for."""

    kind: LeaveKind | None
    """None where it was not opened: it is sealed, as the note and the event are."""
    first: date
    last: date
    part: Part = Part.WHOLE
    note: str = ""
    """What she says about it, if she likes; for herself and whoever runs pay."""
    event: str = ""
    """Which family event, by the name the house gave it."""


@dataclass(frozen=True, slots=True)
class LeaveDay:
    """A working day on which somebody is away, and for how many minutes of it."""

    day: date
    minutes: int
    part: Part


@dataclass(frozen=True, slots=True)
class Counting:
    """What of leave hours and pay are reckoned with."""

    paid: bool
    annual: bool
    """Whether it takes from her annual leave."""
    attended: bool
    """Whether its days count like days worked."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request for leave with its working days and what became of it."""

    id: int
    worker: WorkerId
    wish: Wish
    days: tuple[LeaveDay, ...]
    asked_at: datetime
    counts_as: Counting | None = None
    """None where it was not opened: it is sealed, as the wish is."""
    answer: Answer = Answer.OPEN
    answered_by: str = ""
    reason: str = ""
    """Why it was not granted; empty where it was not opened."""

    @property
    def minutes(self) -> int:
        """Minutes away altogether."""
        return sum(day.minutes for day in self.days)

    @property
    def counts(self) -> bool:
        """Whether it takes up her days: granted, or not answered yet."""
        return self.answer in COUNTING

    @property
    def holds(self) -> bool:
        """Whether she may be away: it is granted, or the law gives it because she asks (art. 73).

        Only her own page says so before somebody has answered: in the tables, on the list of
        whoever answers and in the entries her day of art. 73 is like every other one.
        """
        asked = self.answer is Answer.OPEN and self.wish.kind is LeaveKind.MENSTRUAL
        return asked or self.answer is Answer.GRANTED


@dataclass(frozen=True, slots=True)
class HouseRule:
    """What this house gives beside the law: days for an event, and whether a kind is paid."""

    kind: LeaveKind
    event: str = ""
    days: int = 0
    """Working days at most for an event; 0 where nothing is limited."""
    paid: bool = False


def is_paid(wish: Wish, rules: tuple[HouseRule, ...]) -> bool:
    """Whether days of leave are paid: annual leave by law, all else as the house has it."""
    if wish.kind is LeaveKind.ANNUAL:
        return True
    return any(rule.paid for rule in rules if (rule.kind, rule.event) == (wish.kind, wish.event))


def counting(wish: Wish, rules: tuple[HouseRule, ...]) -> Counting:
    """What days of leave count as; paid ones count like days worked."""
    paid = is_paid(wish, rules)
    attended = paid or wish.kind not in NOT_ATTENDED
    return Counting(paid, wish.kind is LeaveKind.ANNUAL, attended)


def refuse_answer(request: Request, answer: Answer, reason: str, by: Actor) -> None:
    """Refuse an answer twice, of one's own request, or a refusal without a reason.

    To say no and to change what was granted is the office's, of every kind alike: a leave that
    nobody but herself can take back must not be told from the others by whoever may not know
    its kind.
    """
    if by.worker == request.worker:
        raise NotHerOwnAnswer
    if not by.may(Permission.RUN_PAYROLL):
        _refuse_shift(request, answer)
    if request.wish.kind is LeaveKind.MENSTRUAL and answer is Answer.REFUSED:
        raise HersAlone  # Labor Standards Act, art. 73: it is given because she asks
    if request.answer is not Answer.OPEN and (request.answer, answer) != _TAKEN_BACK:
        raise AlreadyAnswered(answer=request.answer)
    if answer is Answer.REFUSED and not reason.strip():
        raise WhyNot


def _refuse_shift(request: Request, answer: Answer) -> None:
    """What whoever leads the shift leaves to the office."""
    if request.answer is Answer.GRANTED:
        raise GrantedStays
    if answer is Answer.REFUSED:
        raise OfficeSaysNo


_TAKEN_BACK = (Answer.GRANTED, Answer.REFUSED)
"""What was granted can be taken back, with a reason."""
