"""What the pages about pay accept."""

from __future__ import annotations

from datetime import date, datetime

from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from factory.kernel.money import ZERO
from factory.kernel.time import Interval
from factory.kernel.words import mark, show_day, translate
from factory.payroll.domain.approval import Approval, How
from factory.payroll.domain.certificates import Certificate, Wish
from factory.payroll.domain.correction import (
    Late,
    LateAmount,
    LateDay,
    LateDecision,
    What,
    WhatWasIt,
)
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.late import NoAmountGiven, came, other_rate, pause_of, span_of
from factory.payroll.domain.papers import Paper, Shape
from factory.payroll.domain.transfer import BankForm
from factory.people.domain import Terms, Worker
from factory.security import kiosk
from factory.web.days import ClockTime, DateField, clock_time
from factory.web.forms import BaseForm, EventForm, SecondPerson, Whole, Won, as_day, choices_of
from factory.web.i18n import NAMES


class PrintForm(EventForm):
    """Print; where it was pressed it got its id, so that pressing twice is one paper."""


class ApproveForm(BaseForm):
    """Approve what is shown: as the second person, with the representative, or alone."""

    shown = HiddenField()
    how = RadioField(mark("Who approves"), choices=choices_of(How), default=How.SECOND.value)
    number = StringField(mark("Number of the representative"), [Length(max=20)])
    pin = PasswordField(
        mark("Her PIN"),
        [Length(max=8)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    reason = StringField(mark("Why nobody else can approve"), [Length(max=300)])

    def to_approval(self, *, at: datetime) -> Approval:
        """What was said; the representative's PIN is checked here."""
        how, elected = How(self.how.data), None
        if how is How.REPRESENTATIVE:
            number = (self.number.data or "").strip()
            elected = kiosk.check_pin(number, self.pin.data or "", at=at)
        return Approval(
            shown=self.shown.data or "",
            how=how,
            reason=self.reason.data or "",
            representative=elected,
        )


class RepresentativeForm(BaseForm):
    """Whom the workers elected, and when."""

    worker = SelectField(mark("Who was elected"), coerce=int)
    elected_on = DateField(mark("Day of the election"), [InputRequired()])

    def offer(self, workers: tuple[Worker, ...]) -> None:
        """Whom to choose from."""
        self.worker.choices = [(each.number, f"{each.name} ({each.number})") for each in workers]


class PaperForm(SecondPerson):
    """Which paper of a month, in which shape, by which names and why."""

    paper = SelectField(mark("Which paper"), choices=choices_of(Paper))
    shape = SelectField(mark("As what"), choices=choices_of(Shape))
    legal = BooleanField(mark("With legal names"))
    reason = StringField(mark("Reason"), [Length(max=200)])


class TransferForm(SecondPerson):
    """Whose form the file for the bank has, and why it is made."""

    form = SelectField(mark("Form of the file"), choices=choices_of(BankForm))
    reason = StringField(mark("Reason"), [Length(max=200)])
    again = BooleanField(mark("The bank paid nothing by the earlier file"))

    def to_wish(self) -> tuple[BankForm, str]:
        """The form and the reason."""
        return BankForm(self.form.data), self.reason.data or ""


OFFICIAL = ("ko", "en")
"""Languages of papers that banks and offices read; plain words in brackets would puzzle them."""


class CertificateForm(BaseForm):
    """Which paper she takes with her, and what for."""

    certificate = SelectField(mark("Which paper"), choices=choices_of(Certificate))
    reason = StringField(mark("What it is for"), [Length(max=200)])
    work = StringField(mark("Work to be done"), [Length(max=60)])
    months = Whole(mark("How many months"), [NumberRange(min=1, max=36)], default=3)
    since = SelectField(mark("Which change"), default="")
    language = SelectField(
        mark("Language"), choices=lambda: [(each, NAMES[each]) for each in OFFICIAL], default="ko"
    )

    def offer(self, history: tuple[Terms, ...]) -> None:
        """The changes of her terms, the newest first."""
        changes = [(each.since.isoformat(), show_day(each.since)) for each in history[1:]]
        self.since.choices = [("", translate("the newest")), *reversed(changes)]

    def to_wish(self) -> Wish:
        """What is wanted."""
        return Wish(
            Certificate(self.certificate.data),
            self.reason.data or "",
            (self.work.data or "").strip(),
            self.months.data or 3,
            as_day(self.since.data or ""),
        )


class CorrectForm(BaseForm):
    """What is said of a closed month, and why."""

    what = RadioField(mark("What is corrected"), choices=choices_of(What), validate_choice=False)
    day = DateField(mark("Day"), [Optional()])
    start = ClockTime(mark("From"), [Optional(), clock_time])
    end = ClockTime(mark("To"), [Optional(), clock_time])
    pause = ClockTime(mark("Break from"), [Optional(), clock_time])
    back = ClockTime(mark("Break to"), [Optional(), clock_time])
    rate = Won(mark("New rate in won"))
    item = SelectField(mark("Which bonus"), choices=[], validate_choice=False)
    amount = Won(mark("Won"))
    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])

    def offer(self) -> None:
        """The bonuses to choose from."""
        earned = (item for item in Item if item.earned)
        self.item.choices = [(item.value, translate(item.label)) for item in earned]

    def to_late(self, month: date, terms: Terms | None) -> tuple[Late, ...]:
        """What was said; `WhatWasIt` where something of it is missing."""
        match self.what.data:
            case What.CAME.value:
                shift = self._span()
                pause, back = self.pause.data or "", self.back.data or ""
                return came(shift, pause_of(shift, pause, back))
            case What.WORK.value | What.NOT_WORK.value:
                return (LateDecision(self._span(), worked=self.what.data == What.WORK.value),)
            case What.RATE.value if terms is not None:
                return (other_rate(terms, self.day.data or month, self.rate.data),)
            case What.BONUS.value if self.item.data in set(Item):
                if self.amount.data is None or self.amount.data <= ZERO:
                    raise NoAmountGiven
                return (LateAmount(month, Entered(Item(self.item.data), self.amount.data)),)
            case What.AGAIN.value:
                return tuple(LateDay(day) for day in [self.day.data] if day is not None)
            case _:
                raise WhatWasIt

    def _span(self) -> Interval:
        return span_of(self.day.data, self.start.data or "", self.end.data or "")
