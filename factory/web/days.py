"""Fields for days and times of day, as people type them."""

from __future__ import annotations

import re

from wtforms import DateField as AnyDateField
from wtforms import Field, Form, StringField, ValidationError

from factory.kernel.words import translate

CENTURIES = range(1900, 2200)
"""Of days that somebody who works here, or her contract, can reach into."""
CLOCK_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
QUICK_TIME = re.compile(r"([0-9]{1,2})[:.]?([0-9]{2})", re.ASCII)


class DateField(AnyDateField):
    """A day of our centuries; a year mistyped by a digit is no day."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed."""
        super().process_formdata(valuelist)
        if self.data is not None and self.data.year not in CENTURIES:
            self.data = None
            raise ValueError(translate("Not a valid date value."))


class ClockTime(StringField):
    """A time of day as clocks show it; `9:05` and the digits alone are understood as well."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed, without the blanks around it."""
        super().process_formdata(valuelist)
        self.data = (self.data or "").strip()
        found = QUICK_TIME.fullmatch(self.data)
        if found and CLOCK_TIME.fullmatch(whole := f"{found[1]:0>2}:{found[2]}"):
            self.data = whole


def clock_time(_form: Form, field: Field) -> None:
    """Refuse what is no time of day as clocks show it (`18:00`)."""
    if not CLOCK_TIME.fullmatch(field.data or ""):
        raise ValidationError(translate("Please type a time such as 18:00."))
