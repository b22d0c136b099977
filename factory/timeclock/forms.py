"""What the clock and its correction pages accept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from factory.kernel.ids import CodeKind, new_id
from factory.kernel.time import at as moment_at
from factory.kernel.words import mark
from factory.timeclock.domain import PunchKind
from factory.web.forms import BaseForm, Code, choices_of, clock_time

OLDEST = timedelta(days=14)


class BadgeForm(BaseForm):
    """A badge at the clock; where it began, it got its id and its time."""

    code = Code(mark("Badge"), [InputRequired()], kind=CodeKind.BADGE)
    kind = HiddenField()
    event_id = HiddenField()
    at = HiddenField()

    def to_kind(self) -> PunchKind | None:
        """What the button said, if one was pressed."""
        return PunchKind(self.kind.data) if self.kind.data in set(PunchKind) else None

    def to_event_id(self) -> str:
        """The id from the browser, or a new one without scripts."""
        try:
            return str(UUID(self.event_id.data or ""))
        except ValueError:
            return new_id()

    def to_moment(self, now: datetime) -> datetime:
        """When it happened, by the browser's clock; now without scripts."""
        try:
            found = datetime.fromisoformat(self.at.data or "")
        except ValueError:
            return now
        return found if found.tzinfo is not None and found > now - OLDEST else now


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
