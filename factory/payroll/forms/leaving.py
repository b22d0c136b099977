"""What the page of somebody who leaves accepts."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from factory.kernel.words import mark
from factory.web.forms import BaseForm, Won


class PaidForm(BaseForm):
    """Everything was paid."""

    paid_on = DateField(mark("Paid on"), [InputRequired()])
    severance = Won(mark("Severance reckoned elsewhere"))
    reason = StringField(mark("Why nobody else can approve"), [Length(max=300)])

    def to_paid(self) -> tuple[date, dict[str, Any]]:
        """The day; the severance that was reckoned elsewhere, and the reason."""
        told = {"severance": self.severance.data, "reason": self.reason.data or ""}
        return cast("date", self.paid_on.data), told
