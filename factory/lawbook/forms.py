"""What the pages of the law book accept."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from wtforms import Field, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from factory.kernel.errors import Refused
from factory.kernel.words import mark, tell
from factory.law.articles import cite
from factory.law.book import Decreed, Entered, Figure
from factory.law.shown import english_of, parts_of, unit_of
from factory.lawbook import domain
from factory.lawbook.domain import LONGEST
from factory.web.days import DateField
from factory.web.forms import BaseForm

VALUE = "value"


class Amount(StringField):
    """A number in the unit of its figure; a ratio in per cent."""

    def __init__(self, label: str = "", validators: Any = None, *, unit: str, **kw: Any) -> None:
        super().__init__(label, validators, **kw)
        self.unit = unit

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: ARG002, FBT001 - WTForms' signature
        """Say beside the field what can't be read."""
        if validation_stopped:
            return
        try:
            domain.amount(self.data or "", self.unit)
        except Refused as refusal:
            raise ValidationError(tell(refusal)) from None


class FigureForm(BaseForm):
    """A new value of a figure, with where it is written."""

    figure: Figure
    since = DateField(mark("Holds from"), [InputRequired()])
    article = StringField(mark("Article of the law"), [InputRequired(), Length(max=LONGEST)])
    source = StringField(mark("Where it is written"), [InputRequired(), Length(max=LONGEST)])

    @classmethod
    def of(cls, figure: Figure) -> Any:
        """The form as this request filled it, with a field for each part of the figure."""
        fields: dict[str, Any] = {_name(part): _field(figure, part) for part in parts_of(figure)}
        form = cast("type[BaseForm]", type("OneFigure", (cls,), {**fields, "figure": figure}))
        return form.sent(data={"article": cite(figure.article)})

    @property
    def amounts(self) -> list[Field]:
        """The fields of the parts."""
        return [self[_name(part)] for part in parts_of(self.figure)]

    def to_figure(self, today: date) -> Entered:
        """The value with its source, read today."""
        typed = {part: str(self[_name(part)].data) for part in parts_of(self.figure)}
        return Entered(
            name=self.figure.name,
            since=cast("date", self.since.data),
            value=domain.read_value(self.figure, typed),
            article=self._article(),
            source=(self.source.data or "").strip(),
            checked=today,
        )

    def _article(self) -> str:
        """The article as it was typed; left as it stood, as every language cites it."""
        typed = (self.article.data or "").strip()
        return self.figure.article if typed == cite(self.figure.article) else typed


def _name(part: str) -> str:
    return f"{VALUE}_{part}" if part else VALUE


def _field(figure: Figure, part: str) -> Any:
    label = english_of(figure, part) if part else mark("New value")
    return Amount(label, [InputRequired()], unit=unit_of(figure, part))


class HolidayForm(BaseForm):
    """A public holiday decreed since the law book was printed."""

    day = DateField(mark("Day"), [InputRequired()])
    name = StringField(mark("What it is called"), [InputRequired(), Length(max=60)])
    source = StringField(mark("Where it is written"), [InputRequired(), Length(max=LONGEST)])

    def to_day(self) -> Decreed:
        """The day with its name and source."""
        name, source = (self.name.data or "").strip(), (self.source.data or "").strip()
        return Decreed(cast("date", self.day.data), name, source)


class WhyForm(BaseForm):
    """Why something is not approved, or is to be taken back."""

    reason = StringField(mark("Reason"), [InputRequired(), Length(max=LONGEST)])
