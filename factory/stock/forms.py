"""What the pages of the rail accept."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import StringField
from wtforms.validators import InputRequired, Length, NumberRange

from factory.kernel.ids import CodeKind
from factory.kernel.words import mark
from factory.web.forms import BaseForm, Code, EventForm, Whole

MOST = 100_000


class CodeForm(BaseForm):
    """The code on a hang tag."""

    code = Code(mark("Hang tag"), [InputRequired()], kind=CodeKind.COAT)


class MovingForm(CodeForm, EventForm):
    """Coats that move by hand; the entry got its id where it began."""

    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])

    @classmethod
    def asked(cls) -> Any:
        """The form as it was sent; before that, as the address fills it."""
        return cls.sent() if request.method == "POST" else cls(request.args)


class CountForm(MovingForm):
    """Somebody counted."""

    counted = Whole(
        mark("Coats counted"),
        [InputRequired(), NumberRange(max=MOST)],
        render_kw={"inputmode": "numeric"},
    )


class PlaceForm(BaseForm):
    """Where coats hang."""

    place = StringField(mark("Where it hangs"), [Length(max=20)])


class ScrapForm(MovingForm):
    """Coats beyond use."""

    quantity = Whole(
        mark("How many"),
        [InputRequired(), NumberRange(max=MOST)],
        default=1,
        render_kw={"inputmode": "numeric"},
    )
