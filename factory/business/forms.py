"""What the page of the business accepts."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from factory.business.domain import Business
from factory.kernel.words import mark
from factory.web.forms import BaseForm


class BusinessForm(BaseForm):
    """How papers name the business; only the name has to be there."""

    name = StringField(mark("Business name"), [InputRequired(), Length(max=60)])
    registration = StringField(mark("Business registration number"), [Length(max=12)])
    representative = StringField(mark("Representative"), [Length(max=60)])
    address = StringField(mark("Employer's address"), [Length(max=120)])
    phone = StringField(mark("Telephone"), [Length(max=40)])
    officer = StringField(mark("In charge of personal data"), [Length(max=60)])
    officer_contact = StringField(mark("How to reach her"), [Length(max=60)])

    def to_business(self) -> Business:
        """The business as a value."""
        return Business(**{field.name: (field.data or "").strip() for field in self})
