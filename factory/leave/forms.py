"""What the pages of leave accept."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from factory.kernel.words import mark, say, show, show_day, translate
from factory.leave.domain import Answer, HouseRule, LeaveKind, Part, Wish
from factory.leave.domain.promotion import Lapsing, Promotion, Round
from factory.leave.domain.swaps import Swap
from factory.web.days import DateField
from factory.web.forms import BaseForm, Minutes, Whole, choices_of

EVENT = ":"
"""Between the kind and the event in a choice."""
EVENT_DAY, EVENT_DAYS = mark("{event} (1 day)"), mark("{event} (up to {days} days)")


class AskForm(BaseForm):
    """A wish for leave; with no last day it is one day."""

    kind = SelectField(mark("What kind of leave"))
    first = DateField(mark("First day of leave"), [InputRequired()])
    last = DateField(mark("Last day of leave"), [Optional()])
    part = SelectField(mark("How much of the day"), choices=choices_of(Part))
    note = StringField(mark("A word to the office, if you like"), [Length(max=200)])

    @classmethod
    def offering(cls, kinds: tuple[LeaveKind, ...], rules: tuple[HouseRule, ...]) -> Any:
        """The form as this request filled it, with what is offered to her."""
        form = cls.sent()
        form.kind.choices = [(kind.value, show(kind)) for kind in kinds] + [
            (f"{rule.kind}{EVENT}{rule.event}", _event(rule))
            for rule in rules
            if rule.event and rule.days
        ]
        return form

    def to_wish(self) -> Wish:
        """The wish as a value."""
        kind, _, event = (self.kind.data or "").partition(EVENT)
        first = cast("date", self.first.data)
        return Wish(
            kind=LeaveKind(kind),
            first=first,
            last=self.last.data or first,
            part=Part(self.part.data),
            note=(self.note.data or "").strip(),
            event=event,
        )


def _event(rule: HouseRule) -> str:
    told = EVENT_DAY if rule.days == 1 else EVENT_DAYS
    return say(told, event=rule.event, days=rule.days)


ANSWERS = {
    Answer.GRANTED: mark("She may be away"),
    Answer.REFUSED: mark("She is needed here"),
    Answer.OPEN: mark("We close on these days ourselves"),
}


_NO = Answer.REFUSED.value


class AnswerForm(BaseForm):
    """What whoever leads the shift says to a request."""

    answer = SelectField(
        mark("Your answer"),
        choices=lambda: [(answer.value, translate(said)) for answer, said in ANSWERS.items()],
    )
    reason = StringField(mark("Why not, if not"), [Length(max=200)])

    @classmethod
    def offering(cls, *, office: bool) -> Any:
        """The form; to say no is the office's."""
        form = cls.sent()
        if not office:
            form.answer.choices = [each for each in form.answer.choices if each[0] != _NO]
            del form.reason
        return form

    def to_answer(self) -> Answer:
        """The answer as a value."""
        return Answer(self.answer.data)


class SwapForm(BaseForm):
    """A public holiday swapped by written agreement."""

    holiday = DateField(mark("Public holiday that is worked"), [InputRequired()])
    day = DateField(mark("Working day that is rested instead"), [InputRequired()])
    agreed_with = StringField(
        mark("Agreed with (chosen name of the workers' representative)"),
        [DataRequired(), Length(max=60)],
    )
    agreed_on = DateField(mark("Agreement signed on"), [InputRequired()])

    def to_swap(self) -> Swap:
        """The agreement as a value."""
        holiday, day, agreed_on = (
            cast("date", each.data) for each in (self.holiday, self.day, self.agreed_on)
        )
        return Swap(holiday, day, (self.agreed_with.data or "").strip(), agreed_on)


RULED = (LeaveKind.FAMILY_EVENT, LeaveKind.SICK, LeaveKind.MENSTRUAL)
"""Kinds for which the house may give more than the law."""


class HouseForm(BaseForm):
    """What the house gives beside the law."""

    kind = SelectField(
        mark("What kind of leave"), choices=lambda: [(k.value, show(k)) for k in RULED]
    )
    event = StringField(mark("Event, for a family event"), [Length(max=60)])
    days = Whole(mark("Working days at most"), [Optional(), NumberRange(min=0, max=30)], default=0)
    paid = BooleanField(mark("These days are paid"))

    def to_rule(self) -> HouseRule:
        """The rule as a value; an event's name belongs to family events alone."""
        kind = LeaveKind(self.kind.data)
        if kind is not LeaveKind.FAMILY_EVENT:
            return HouseRule(kind, paid=bool(self.paid.data))
        event = " ".join((self.event.data or "").split())
        return HouseRule(kind, event, self.days.data or 0, bool(self.paid.data))


class PromotionForm(BaseForm):
    """A written step for leave that lapses."""

    which = SelectField(mark("Which leave"), default="")
    asked_on = DateField(mark("She was asked in writing on"), [InputRequired()])
    named_on = DateField(mark("Days were named in writing on (empty: not yet)"), [Optional()])

    @classmethod
    def offering(cls, listed: tuple[Lapsing, ...]) -> Any:
        """The form, offering what lapses next."""
        form = cls.sent()
        form.which.choices = [
            (f"{each.round} {each.expires}", f"{show(each.round)} · {show_day(each.expires)}")
            for each in listed
        ]
        return form

    def to_promotion(self) -> Promotion:
        """What was done as a value."""
        round_, _, expires = self.which.data.partition(" ")
        asked_on = cast("date", self.asked_on.data)
        return Promotion(Round(round_), date.fromisoformat(expires), asked_on, self.named_on.data)


class EntryForm(BaseForm):
    """Leave that the office enters."""

    minutes = Minutes(mark("How long (hours and minutes)"), [InputRequired()])
    used = BooleanField(mark("It was used before, take it off"))
    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])

    def to_minutes(self) -> int:
        """Minutes given, or below zero those used."""
        length = self.minutes.minutes or 0
        return -length if self.used.data else length
