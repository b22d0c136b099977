"""Forms with our messages, and fields for money, days, minutes and scanned codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import request
from wtforms import (
    Field,
    FileField,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import Length, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from factory.kernel.errors import Refused
from factory.kernel.fields import YEARS
from factory.kernel.ids import CodeKind, new_id, read_code
from factory.kernel.money import ZERO, Money
from factory.kernel.words import LANGUAGES, mark, say, show, speaking, tell, translate

OLDEST = timedelta(days=14)
MOST_WON = Money(999_999_999_999)


class _Words:
    """WTForms' own messages in the language spoken now."""

    def gettext(self, string: str) -> str:
        return translate(string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return translate(singular if n == 1 else plural)


class BaseForm(Form):
    """What a page accepts. What was typed stays in it, whatever is refused."""

    refusals: tuple[Refused, ...] = ()
    """What was refused after every field held."""

    class Meta:
        """WTForms' settings."""

        locales = ("ko",)

        def get_translations(self, form: Form) -> _Words:  # noqa: ARG002 - WTForms' signature
            """Our catalogues instead of WTForms'."""
            return _Words()

    @classmethod
    def sent(cls, **kwargs: Any) -> Any:
        """The form as this request filled it."""
        return cls(request.form if request.method == "POST" else None, **kwargs)

    @property
    def was_sent(self) -> bool:
        """Whether this request is somebody pressing the button."""
        return request.method == "POST"

    def ok(self) -> bool:
        """Whether the button was pressed and every field holds."""
        return self.was_sent and self.validate()

    def stand_apart(self, name: str) -> None:
        """Give every field an id of this form's own, where several forms stand on one page."""
        for field in self:
            field.id = f"{name}-{field.id}"

    def sentences(self) -> tuple[str, ...]:
        """Everything that is wrong with it."""
        return tuple(str(problem) for problems in self.errors.values() for problem in problems)

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Put a refusal's sentence beside its field (or at the top) instead of raising it."""
        try:
            yield
        except Refused as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal beside its field, or at the top of the form."""
        self.refusals = (*self.refusals, refusal)
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(tell(refusal))
        else:
            field.errors = [*field.errors, tell(refusal)]

    def told_in_each(self) -> dict[str, str]:
        """Everything that is wrong with it in every language: somebody else will read it."""
        return {each: self._told_in(each) for each in LANGUAGES}

    def _told_in(self, chosen: str) -> str:
        with speaking(chosen):
            again = type(self).sent()
            again.validate()
            for refusal in self.refusals:
                again.refuse(refusal)
            return " ".join(again.sentences())


class SecondPerson(BaseForm):
    """Who comes and says that she knows: her name or number, and her secret."""

    second = StringField(
        mark("Second person: name or number"),
        [Length(max=60)],
        render_kw={"autocomplete": "off"},
    )
    pin = PasswordField(
        mark("Her password or PIN"),
        [Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    code = StringField(
        mark("Code of her telephone, if she signs in with one"),
        [Length(max=40)],
        render_kw={"autocomplete": "off"},
    )


class EventForm(BaseForm):
    """Something that gets its id and its time where it begins, so that twice is once."""

    event_id = HiddenField()
    at = HiddenField()

    def to_event_id(self) -> str:
        """The id from the browser, or a new one without scripts."""
        return event_id(self.event_id.data)

    def to_moment(self, now: datetime) -> datetime:
        """When it happened, by the browser's clock; now without scripts."""
        try:
            found = datetime.fromisoformat(self.at.data or "")
        except ValueError:
            return now
        return found if found.tzinfo is not None and found > now - OLDEST else now


class Upload(FileField):
    """A file; a text that is sent in its place counts as none."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take what can be read."""
        super().process_formdata([each for each in valuelist if hasattr(each, "stream")])


class Won(Field):
    """Whole won, typed with or without commas and the sign."""

    widget = TextInput()
    data: Money | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data.won:,}" if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed."""
        if not valuelist:
            return
        text = re.sub(r"[\s,원₩]", "", valuelist[0])
        if not text:
            self.data = None
        elif re.fullmatch(r"-?[0-9]{1,12}", text, re.ASCII):
            self.data = Money(int(text))
        elif re.fullmatch(r"-?[0-9]+", text, re.ASCII):
            self.data = None
            raise ValidationError(say("At most {most} can be entered here.", most=MOST_WON))
        else:
            self.data = None
            raise ValidationError(translate("Please type whole won, for example 189,000."))


MOST = 10**12
"""Beyond it lies a slip of the finger, or somebody who tries what breaks."""


class Whole(IntegerField):
    """A whole number; what is none is told once, whatever bounds it has besides."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed; nothing here is counted in more than thousands of millions."""
        super().process_formdata(valuelist)
        if self.data is not None and abs(self.data) > MOST:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' signature
        """Ask nothing more of what could not be read; whether it may be empty, others say."""
        if self.process_errors and any(str(text).strip() for text in self.raw_data or ()):
            raise StopValidation


LENGTH = r"([0-9]{1,3}):([0-5]?[0-9])|([0-9]{1,4})"
"""Hours and minutes with a colon, or minutes alone."""


class Minutes(StringField):
    """A length of time typed as `1:30` or as minutes."""

    minutes: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed."""
        super().process_formdata(valuelist)
        text = (self.data or "").strip()
        found = re.fullmatch(LENGTH, text, re.ASCII)
        if text and not found:
            raise ValidationError(translate("Please type minutes, or hours and minutes as 1:30."))
        if found:
            self.minutes = int(found[1] or 0) * 60 + int(found[2] or found[3])


class Hundredths(StringField):
    """An amount with at most two decimals, kept in whole hundredths: metres as centimetres."""

    hundredths: int = 0

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed."""
        super().process_formdata(valuelist)
        text = (self.data or "").strip().replace(",", ".")
        found = re.fullmatch(r"([0-9]{1,5})(?:\.([0-9]{1,2}))?", text or "0", re.ASCII)
        if found is None:
            raise ValidationError(translate("Please type an amount, for example 31.5."))
        self.hundredths = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


class Code(StringField):
    """A code of digits as a scanner types it."""

    def __init__(
        self, label: str = "", validators: Any = None, *, kind: CodeKind, **kw: Any
    ) -> None:
        super().__init__(label, validators, **kw)
        self.kind = kind

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' signature
        """Refuse a misread code and the wrong paper."""
        try:
            self.data = read_code(self.data or "", self.kind)
        except Refused as refusal:
            raise ValidationError(tell(refusal)) from None


class Box(CheckboxInput):
    """One box of several; that some are to be ticked does not mean that this one is."""

    validation_attrs: list[str] = []  # noqa: RUF012 - as in WTForms


class Several(SelectMultipleField):
    """Any of a short list, each with a box of its own to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = Box()


def event_id(typed: str | None) -> str:
    """An id as the browser gives it; a new one where it is none."""
    try:
        return str(UUID(typed or ""))
    except ValueError:
        return new_id()


def not_below_zero(_form: Form, field: Field) -> None:
    """Refuse an amount below zero."""
    if field.data is not None and field.data < ZERO:
        raise ValidationError(translate("This can't be below zero."))


def choices_of(words: type[StrEnum]) -> Callable[[], list[tuple[str, str]]]:
    """What a select field offers: every word with its label, in the language of that moment."""
    return lambda: [(word.value, show(word)) for word in words]


def as_day(text: str) -> date | None:
    """A day from an address or a field (`2026-11-23`), if it is one of our time."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day.year in YEARS else None
