"""What is accepted where faults are named, answered and decided."""

from __future__ import annotations

from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length

from factory.kernel.words import mark
from factory.production.domain.faults import Cause
from factory.production.domain.scans import Defect
from factory.production.forms import StationForm
from factory.web.forms import BaseForm, choices_of


class CauseForm(StationForm):
    """Where a fault comes from, in one tap: a step, or another cause."""

    scan = HiddenField(validators=[InputRequired()])
    defect = HiddenField(validators=[AnyOf(list(Defect))])
    step = HiddenField()
    cause = HiddenField()

    def to_defect(self) -> Defect:
        """What is wrong with the piece."""
        return Defect(self.defect.data or "")

    def to_cause(self) -> Cause:
        """What made it; a step that was tapped is the work itself."""
        return Cause(self.cause.data) if self.cause.data in set(Cause) else Cause.WORK


class WordForm(BaseForm):
    """What she says about a fault in her work."""

    word = TextAreaField(mark("How it was, in your words"), [InputRequired(), Length(max=300)])


class JudgeForm(BaseForm):
    """What the supervisor decides."""

    cause = SelectField(mark("Where it comes from"), choices=choices_of(Cause))
    reason = TextAreaField(mark("Reason"), [InputRequired(), Length(max=200)])

    def to_cause(self) -> Cause:
        """The cause that stands."""
        return Cause(self.cause.data)
