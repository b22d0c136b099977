"""What the pages of days accept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from wtforms import BooleanField, Field, Form, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from factory.attendance.domain.day import SheetDay
from factory.attendance.domain.plan import PlanKind, Planned, read_breaks, write_breaks
from factory.attendance.domain.settle import SpanTooLong
from factory.attendance.domain.slack import (
    LastBeforeFirst,
    RestTooLong,
    Slack,
    WhoseDay,
    WhoseDayIsIt,
)
from factory.attendance.domain.watch import Concern, ConcernKind
from factory.attendance.queries import DayLine
from factory.kernel.time import DAY, Interval, at, days
from factory.kernel.words import mark, say, show_time, translate
from factory.people.domain import Worker
from factory.timeclock.domain import LONGEST_SHIFT
from factory.web.days import ClockTime, DateField, clock_time
from factory.web.forms import BaseForm, EventForm, Several, choices_of

REASON = [Length(max=200)]
EVERYBODY = ""
BREAK = r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d"
BREAKS = re.compile(rf"\s*{BREAK}(\s+{BREAK})*\s*")
FARTHEST = 92 * DAY
"""The longest rest that is entered at once."""


def breaks_typed(_form: Form, field: Field) -> None:
    """Refuse what can't be read as breaks."""
    if not BREAKS.fullmatch(field.data or ""):
        raise ValidationError(translate("Please type breaks such as 12:00-13:00 15:00-15:10."))


class WhyForm(BaseForm):
    """One reason."""

    reason = StringField(mark("Reason"), [InputRequired(), *REASON])


class Spans(Several):
    """Minutes that wait for a word; in another tab somebody may have said it."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' signature
        """Refuse minutes that wait no more."""
        if not set(self.data or ()) <= {value for value, *_ in self.iter_choices()}:
            raise ValidationError(translate(MEANWHILE))


MEANWHILE = mark("Somebody has said what these minutes were. Please look at the day again.")


class SpansForm(EventForm):
    """Minutes of a day: some of those offered, or another time from and to."""

    spans = Spans(mark("Which minutes"), choices=[])
    start = ClockTime(mark("From"), [Optional(), clock_time])
    end = ClockTime(mark("To"), [Optional(), clock_time])
    reason = StringField(mark("Reason"), REASON)

    def choose(self, spans: Iterable[Interval]) -> None:
        """Offer these spans, all of them ticked at first."""
        found = [(_value(span), say(MINUTES_OF, **_shown(span))) for span in spans]
        self.spans.choices = found
        if not self.was_sent:
            self.spans.data = [value for value, _ in found]

    @property
    def why(self) -> str:
        """The reason as it was typed."""
        return self.reason.data or ""

    def to_spans(self, day: date) -> tuple[Interval, ...]:
        """The spans that are meant; `SpanTooLong` where none is."""
        chosen = [_read(value) for value in self.spans.data or []]
        if self.start.data or self.end.data:
            start, end = self.start.data or "", self.end.data or ""
            if not start or not end:
                raise SpanTooLong
            typed = Interval(at(day, start), at(day if end > start else day + DAY, end))
            if typed.end - typed.start > LONGEST_SHIFT:
                raise SpanTooLong
            chosen.append(typed)
        if not chosen:
            raise SpanTooLong
        return tuple(chosen)


MINUTES_OF = mark("{start}–{end} · {minutes} min")


def _shown(span: Interval) -> dict[str, object]:
    return {"start": show_time(span.start), "end": show_time(span.end), "minutes": span.minutes}


def _value(span: Interval) -> str:
    return f"{span.start.isoformat()}/{span.end.isoformat()}"


def _read(value: str) -> Interval:
    start, _, end = value.partition("/")
    return Interval(datetime.fromisoformat(start), datetime.fromisoformat(end))


BESIDE = {ConcernKind.BREAK_DUE: "breaks", ConcernKind.ON_LEAVE: "kind"}
"""Beside which field a concern is told; the others beside the end of the hours."""


class HeedingForm(BaseForm):
    """Hours to come, of which the law's watch may have something to tell first."""

    end: ClockTime
    """Where hours end; each form has this field of its own."""
    known = BooleanField(mark("It is meant all the same"))

    @property
    def asks(self) -> bool:
        """Whether it has to be said that what the watch told is known."""
        return bool(self.known.data or self.known.errors)

    def heeds(self, found: Iterable[Concern], name: str) -> bool:
        """Tell beside each field what the hours would break, until they are meant all the same."""
        told = [each for each in found if not each.kind.is_forbidden]
        if not told or self.known.data:
            return True
        for each in told:
            field = self._fields.get(BESIDE.get(each.kind, "end"), self.end)
            field.errors = [*field.errors, each.said(name)]
        self.known.errors = [translate(mark("Please change the hours, or tick that it is meant."))]
        return False


class DecideForm(SpansForm, HeedingForm):
    """What the supervisor says of somebody's presence, or of overtime to come."""

    worked = HiddenField()

    def offer(self, line: DayLine) -> None:
        """The minutes that wait for a decision."""
        self.choose((*line.sheet.unsettled, *line.sheet.asked))

    @property
    def is_work(self) -> bool:
        """Which button was pressed."""
        return self.worked.data == "yes"


class ClaimForm(SpansForm):
    """She says that she worked."""

    def offer(self, day: SheetDay) -> None:
        """Her minutes that don't count yet."""
        self.choose(not_counted(day))


def not_counted(day: SheetDay) -> tuple[Interval, ...]:
    """Presence of a day that is no work and no break."""
    return tuple(
        span for shift in day.shifts for span in shift.whole.less((*shift.worked, *shift.breaks))
    )


class PlanForm(BaseForm):
    """A plan: hours and breaks."""

    start = ClockTime(mark("From"), [Optional(), clock_time], render_kw={"placeholder": "09:00"})
    end = ClockTime(mark("To"), [Optional(), clock_time], render_kw={"placeholder": "18:00"})
    breaks = StringField(
        mark("Breaks"),
        [Optional(), Length(max=100), breaks_typed],
        render_kw={"placeholder": "12:00-13:00"},
    )

    def planned(self, kind: PlanKind = PlanKind.WORK) -> Planned:
        """The plan as it was typed."""
        breaks = read_breaks(self.breaks.data or "")
        return Planned(self.start.data or "", self.end.data or "", breaks, kind)


class HouseBreaksForm(BaseForm):
    """When the house has its long breaks."""

    breaks = StringField(
        mark("Long breaks of the house"),
        [Optional(), Length(max=100), breaks_typed],
        render_kw={"placeholder": "12:00-13:00"},
        id="house-breaks",
    )

    def to_breaks(self) -> tuple[tuple[str, str], ...]:
        """The breaks as they were typed."""
        return read_breaks(self.breaks.data or "")


class PatternForm(PlanForm):
    """A schedule with a name."""

    name = StringField(mark("Name"), [DataRequired(), Length(max=60)])
    since = DateField(mark("From this day on"), [InputRequired()], id="since-new")


class AssignForm(BaseForm):
    """Who works by which schedule from when on."""

    worker = SelectField(mark("Who"), coerce=int)
    schedule = SelectField(mark("Schedule"), validate_choice=True)
    since = DateField(mark("From this day on"), [InputRequired()])

    def offer(self, workers: Iterable[Worker], names: Iterable[str]) -> None:
        """Whom and what to choose from."""
        self.worker.choices = [(each.number, f"{each.name} ({each.number})") for each in workers]
        own = (EVERYBODY, translate("as agreed in her contract"))
        self.schedule.choices = [*((name, name) for name in names), own]


class DayPlanForm(PlanForm, HeedingForm):
    """One worker's plan for one day."""

    kind = SelectField(mark("What kind of day"), choices=[])
    reason = StringField(mark("Reason"), REASON)

    @classmethod
    def starting_from(cls, planned: Planned | None) -> DayPlanForm:
        """As it was sent, or with the hours that hold so far, of which most are to stay."""
        form: DayPlanForm = cls.sent()
        if not form.was_sent and planned is not None:
            form.start.data, form.end.data = planned.start, planned.end
            form.breaks.data = write_breaks(planned.breaks)
        form.offer()
        return form

    def offer(self) -> None:
        """Working day, free day, or as usual again."""
        own = [(kind.value, translate(kind.label)) for kind in (PlanKind.WORK, PlanKind.OFF)]
        self.kind.choices = [*own, (EVERYBODY, translate("as usual"))]

    def to_plan(self) -> Planned | None:
        """The plan; nothing where the usual one is to hold again."""
        if self.kind.data == EVERYBODY:
            return None
        return self.planned(PlanKind(self.kind.data))


class RestForm(BaseForm):
    """Days on which nobody works, and whose wish that is: it has to be chosen."""

    first = DateField(mark("First day"), [InputRequired()])
    last = DateField(mark("Last day"), [InputRequired()])
    whose = RadioField(
        mark("Whose day is it?"), choices=choices_of(WhoseDay), validate_choice=False
    )
    why = SelectField(mark("Why the factory rests"), choices=choices_of(Slack))
    workers = Several(mark("Who"), coerce=int, choices=[])
    reason = StringField(mark("Her reason, if she wants to say it"), REASON)

    def to_whose(self) -> WhoseDay:
        """Whose day it is; `WhoseDayIsIt` where nothing was chosen."""
        if self.whose.data not in set(WhoseDay):
            raise WhoseDayIsIt
        return WhoseDay(self.whose.data)

    def to_days(self) -> tuple[date, ...]:
        """Every day from the first to the last."""
        first, last = self.first.data, self.last.data
        if first is None or last is None or last < first:
            raise LastBeforeFirst
        if last - first > FARTHEST:
            raise RestTooLong(most=FARTHEST // DAY)
        return tuple(days(first, last))

    def offer(self, workers: Iterable[Worker]) -> None:
        """Whom to choose from; nobody ticked means everybody where the factory rests."""
        self.workers.choices = [(each.number, f"{each.name} ({each.number})") for each in workers]
