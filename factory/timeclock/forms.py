"""What the clock and its correction pages accept."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from wtforms import HiddenField, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from factory.kernel.fields import YEARS
from factory.kernel.ids import CodeKind
from factory.kernel.time import DAY, day_of
from factory.kernel.time import at as moment_at
from factory.kernel.words import mark, say, translate
from factory.law.book import FIRST_DAY
from factory.timeclock.domain import PunchKind
from factory.timeclock.domain.door import NothingToUndo, Stamp, stamp
from factory.web.days import ClockTime, DateField, clock_time
from factory.web.forms import BaseForm, Code, EventForm, choices_of

UNKNOWN_KIND = mark("The clock does not know this kind of entry: {kind}.")
NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)


class BadgeOrNumber(Code):
    """A badge as a scanner types it, or the few digits of her number."""

    @property
    def is_number(self) -> bool:
        """Whether it is her number, which goes with the PIN."""
        return NUMBER.fullmatch((self.data or "").strip()) is not None

    def pre_validate(self, form: Any) -> None:
        """Refuse a misread badge; a number is looked up together with the PIN."""
        if not self.is_number:
            super().pre_validate(form)


class BadgeForm(EventForm):
    """A badge, or number and PIN, at the door; where it began, it got its id and its time."""

    code = BadgeOrNumber(mark("Badge or number"), [InputRequired()], kind=CodeKind.BADGE)
    pin = PasswordField(
        mark("PIN"),
        [Length(max=8)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    kind = HiddenField()
    undo = HiddenField()
    """Filled where the last punch is to be taken back."""
    device_now = HiddenField()
    """The terminal's present time, when it sends."""

    def validate_pin(self, field: PasswordField) -> None:
        """Ask for the PIN where a number was typed."""
        if self.code.is_number and not field.data:
            raise ValidationError(translate("Please type your PIN too."))

    def validate_kind(self, field: HiddenField) -> None:
        """Refuse a kind that the clock does not know; it must not be taken for another one."""
        if field.data and field.data not in set(PunchKind):
            raise ValidationError(say(UNKNOWN_KIND, kind=field.data[:20]))

    def to_kind(self) -> PunchKind | None:
        """Which punch it is, if that was said."""
        return PunchKind(self.kind.data) if self.kind.data in set(PunchKind) else None

    def to_stamp(self, received: datetime, *, waited: bool) -> Stamp:
        """Whose clock counts, and what both said."""
        said, sent = _moment(self.at.data), _moment(self.device_now.data)
        return stamp(said, sent=sent, received=received, waited=waited)

    def said_at(self, received: datetime) -> datetime:
        """When it happened, by the clock of whoever sent it."""
        return _moment(self.at.data) or received


class MeantForm(EventForm):
    """What she meant instead of what was understood, or that it was nothing."""

    punch = HiddenField(validators=[InputRequired()])
    kind = HiddenField()

    def to_kind(self) -> PunchKind:
        """What she meant."""
        if self.kind.data not in set(PunchKind):
            raise NothingToUndo
        return PunchKind(self.kind.data)


class ForgottenForm(BaseForm):
    """When she went home on a day when she did not scan."""

    punch = HiddenField(validators=[InputRequired()])
    """The punch of today that she was asked with."""
    time = ClockTime(
        mark("When did you go?"),
        [InputRequired(), clock_time],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )

    def to_moment(self, start: datetime) -> datetime:
        """The first such time after she came."""
        day = day_of(start)
        found = moment_at(day, self.time.data or "")
        return found if found > start else moment_at(day + DAY, self.time.data or "")


class AskForm(BaseForm):
    """A punch that she forgot, for the supervisor to approve."""

    day = DateField(mark("Day"), [InputRequired()])
    kind = SelectField(mark("What was forgotten"), choices=choices_of(PunchKind))
    time = ClockTime(
        mark("Time"), [InputRequired(), clock_time], render_kw={"placeholder": "18:00"}
    )
    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])

    def to_moment(self) -> datetime:
        """The time on that day."""
        return moment_at(self.day.data or FIRST_DAY, self.time.data or "")


class CorrectForm(BaseForm):
    """A punch that was forgotten."""

    kind = SelectField(mark("What was forgotten"), choices=choices_of(PunchKind))
    time = ClockTime(
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


def _moment(text: str | None) -> datetime | None:
    """A moment as a browser writes it, if it is one of our time."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo is not None and found.year in YEARS else None
