"""What the pages of sign-in, accounts, terminals and one's own settings accept."""

from __future__ import annotations

from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from factory.kernel.words import mark
from factory.security.domain import DeviceRole, Role
from factory.web.forms import BaseForm, Several, choices_of

_SIGN_IN_LETTERS = 60
_ONCE = {"autocomplete": "one-time-code", "autocapitalize": "none"}


class SignInForm(BaseForm):
    """Name and password, or number and PIN."""

    name = StringField(
        mark("Name or number"),
        [InputRequired(), Length(max=_SIGN_IN_LETTERS)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        mark("Password or PIN"),
        [InputRequired(), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(BaseForm):
    """A code of a telephone, or one from paper."""

    code = StringField(
        mark("Code of your telephone"),
        [InputRequired(), Length(max=40)],
        render_kw=_ONCE,
    )


class AskedForm(BaseForm):
    """The same where nothing else stands on the page."""

    code = StringField(
        mark("Code of your telephone"),
        [InputRequired(), Length(max=40)],
        render_kw=_ONCE | {"autofocus": True},
    )


class BeginForm(BaseForm):
    """One's own secret, before a telephone is taken in."""

    old = PasswordField(
        mark("Password or PIN"),
        [InputRequired(), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class DemandForm(BaseForm):
    """Whether the house demands a telephone of managers and keepers."""

    wanted = BooleanField(mark("Managers and keepers need a telephone besides their password"))


class VisitorsForm(BaseForm):
    """The end of a visit: number and PIN at a shared screen, elsewhere one's own secret."""

    number = StringField(
        mark("Your number"),
        [Length(max=10)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    pin = PasswordField(
        mark("PIN or password"),
        [InputRequired(), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
    code = StringField(mark("Code of your telephone"), [Length(max=40)], render_kw=_ONCE)


class PinForm(BaseForm):
    """Number and PIN at a shared screen."""

    number = StringField(
        mark("Your number"),
        [InputRequired(), Length(max=10)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    pin = PasswordField(
        mark("PIN"),
        [InputRequired(), Length(max=8)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )


class NewPinForm(BaseForm):
    """A worker chooses a new PIN."""

    old = PasswordField(mark("PIN until now"), [InputRequired(), Length(max=8)])
    pin = PasswordField(
        mark("New PIN"),
        [InputRequired(), Length(max=8)],
        render_kw={"inputmode": "numeric", "autocomplete": "new-password"},
    )


class NewPasswordForm(BaseForm):
    """Somebody in the office chooses a new password."""

    old = PasswordField(mark("Password until now"), [InputRequired(), Length(max=200)])
    password = PasswordField(
        mark("New password"),
        [InputRequired(), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )


class AccountForm(BaseForm):
    """A new account for the office or a terminal."""

    name = StringField(mark("Sign-in name"), [InputRequired(), Length(max=_SIGN_IN_LETTERS)])
    shown = StringField(mark("Name shown"), [Length(max=_SIGN_IN_LETTERS)])
    password = PasswordField(
        mark("Password"),
        [InputRequired(), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )
    roles = Several(mark("Roles"), [InputRequired()], choices=choices_of(Role))


class RolesForm(BaseForm):
    """Other roles for an account."""

    roles = Several(mark("Roles"), choices=choices_of(Role))


class DeviceForm(BaseForm):
    """A new terminal."""

    name = StringField(mark("Name of the terminal"), [InputRequired(), Length(max=60)])
    role = SelectField(mark("What it sends"), choices=choices_of(DeviceRole))
