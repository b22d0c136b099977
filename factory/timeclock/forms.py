"""What the clock and its correction pages accept."""

from __future__ import annotations

from datetime import date, datetime

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from factory.kernel.ids import CodeKind
from factory.kernel.time import at as moment_at
from factory.kernel.words import mark
from factory.timeclock.domain import PunchKind
from factory.web.forms import BaseForm, Code, EventForm, choices_of, clock_time


class BadgeForm(EventForm):
    """A badge at the clock; where it began, it got its id and its time."""

    code = Code(mark("Badge"), [InputRequired()], kind=CodeKind.BADGE)
    kind = HiddenField()

    def to_kind(self) -> PunchKind | None:
        """What the button said, if one was pressed."""
        return PunchKind(self.kind.data) if self.kind.data in set(PunchKind) else None


class CorrectForm(BaseForm):
    """A punch that was forgotten."""

    kind = SelectField(mark("What was forgotten"), choices=choices_of(PunchKind))
    time = StringField(
        mark("Time"),
        [InputRequired(), clock_time],
        render_kw={"placeholder": "18:00"},
    )
    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])

    def to_moment(self, day: date) -> datetime:
        """The time on that day."""
        return moment_at(day, self.time.data or "")


class ReasonForm(BaseForm):
    """Why a punch is taken back."""

    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])
