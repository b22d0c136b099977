"""What the page of somebody who leaves accepts."""

from __future__ import annotations

from datetime import date
from typing import cast

from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from factory.kernel.words import mark
from factory.web.forms import BaseForm


class PaidForm(BaseForm):
    """Everything was paid."""

    paid_on = DateField(mark("Paid on"), [InputRequired()])
    reason = StringField(mark("Why nobody else can approve"), [Length(max=300)])

    def to_paid(self) -> tuple[date, str]:
        """The day and the reason."""
        return cast("date", self.paid_on.data), self.reason.data or ""
