"""What the catalogue's pages accept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from flask import request
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import ColorInput

from factory.catalogue.domain import (
    Colour,
    ColourUnnamed,
    Grade,
    NewStyle,
    Price,
    Season,
    read_sizes,
)
from factory.kernel.money import ZERO, Money
from factory.kernel.words import language, mark, translate
from factory.web.days import DateField
from factory.web.forms import BaseForm, Several, Upload, Won, choices_of
from factory.web.sheets import SheetFile

CODE = re.compile(r"[A-Z0-9]{1,10}")
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
SWATCH = re.compile(r"#[0-9a-f]{6}")
CAPITALS = mark("Please use capital letters A to Z and digits only.")
WOMEN = "44 82-88-150\n55 85-91-155\n66 88-94-160\n77 91-97-165\n88 94-100-170"
"""The usual run of women's coats, everyday label and KS label."""
LONGEST_SHEET = 100_000
DIGITS = {"inputmode": "numeric"}


def as_code(typed: str | None) -> str:
    """What was typed, without spaces around it and in capitals."""
    return (typed or "").strip().upper()


def as_text(typed: str | None) -> str:
    """What was typed, without spaces around it."""
    return (typed or "").strip()


def shaped(pattern: re.Pattern[str], sentence: str) -> Callable[[object, Field], None]:
    """Refuse what does not have this shape; what was left empty is not looked at."""

    def check(_form: object, field: Field) -> None:
        if field.data and not pattern.fullmatch(field.data):
            raise ValidationError(translate(sentence))

    return check


def swatch_field() -> StringField:
    """A colour chosen by eye."""
    return StringField(
        mark("How it looks"),
        [shaped(SWATCH, mark("Please choose a colour."))],
        default="#27407a",
        filters=[lambda typed: (typed or "").lower()],
        widget=ColorInput(),
    )


class NamesForm(BaseForm):
    """A name in both languages."""

    name = StringField(mark("Name in Korean"), [InputRequired(), Length(max=40)], filters=[as_text])
    name_en = StringField(
        mark("Name in English"), [InputRequired(), Length(max=40)], filters=[as_text]
    )


class SeasonForm(NamesForm):
    """A season begins."""

    code = StringField(mark("Code"), [InputRequired(), shaped(CODE, CAPITALS)], filters=[as_code])

    def to_season(self) -> Season:
        """The season as a value."""
        return Season(self.code.data or "", self.name.data or "", self.name_en.data or "")


class ColourForm(NamesForm):
    """A colour more."""

    code = StringField(mark("Code"), [InputRequired(), shaped(CODE, CAPITALS)], filters=[as_code])
    swatch = swatch_field()

    def to_colour(self) -> Colour:
        """The colour as a value."""
        data = self.data
        return Colour(data["code"], data["name"], data["name_en"], data["swatch"])


class StyleForm(NamesForm):
    """A style begins."""

    number = StringField(
        mark("Style number"), [InputRequired(), shaped(NUMBER, CAPITALS)], filters=[as_code]
    )
    season = SelectField(mark("Season"), choices=list)
    sizes = TextAreaField(
        mark("Sizes it is made in"),
        [InputRequired(), Length(max=600)],
        default=WOMEN,
        render_kw={"rows": 6},
    )
    colours = Several(mark("Colours"), choices=list)
    colour_code = StringField(mark("Code"), [shaped(CODE, CAPITALS)], filters=[as_code])
    colour_name = StringField(mark("Name in Korean"), [Length(max=40)], filters=[as_text])
    colour_name_en = StringField(mark("Name in English"), [Length(max=40)], filters=[as_text])
    colour_swatch = swatch_field()
    price = Won(mark("Price, tax included"), [InputRequired()], render_kw=DIGITS)
    second_price = Won(mark("Price of second grade"), [InputRequired()], render_kw=DIGITS)

    def offer(self, seasons: Iterable[Season], colours: Iterable[Colour]) -> None:
        """Let her choose among these."""
        spoken = language()
        self.season.choices = [(s.code, f"{s.code} · {s.called(spoken)}") for s in seasons]
        self.colours.choices = [(c.code, f"{c.called(spoken)} ({c.code})") for c in colours]

    def to_style(self, known: Iterable[Colour]) -> NewStyle:
        """The entry as a value."""
        data = self.data
        return NewStyle(
            number=data["number"],
            name=data["name"],
            name_en=data["name_en"],
            season=data["season"],
            sizes=read_sizes(data["sizes"]),
            colours=(*(c for c in known if c.code in data["colours"]), *self._new_colour()),
            price=data["price"] or ZERO,
            second_price=data["second_price"] or ZERO,
        )

    def _new_colour(self) -> tuple[Colour, ...]:
        """The colour that was not in the list, if its code was typed."""
        typed = (self.colour_code, self.colour_name, self.colour_name_en, self.colour_swatch)
        code, name, name_en, swatch = (field.data or "" for field in typed)
        if not code:
            return ()
        if not (name and name_en):
            raise ColourUnnamed
        return (Colour(code, name, name_en, swatch),)


class PriceForm(BaseForm):
    """Another price from a day on."""

    grade = SelectField(mark("Grade"), choices=choices_of(Grade))
    price = Won(mark("Price, tax included"), [InputRequired()], render_kw=DIGITS)
    since = DateField(mark("Holds from"), [InputRequired()])

    def to_price(self) -> Price:
        """The price as a value."""
        since = cast("date", self.since.data)
        return Price(Grade(self.grade.data), since, self.price.data or ZERO)


class PictureForm(BaseForm):
    """A photo or a sketch."""

    picture = Upload(
        mark("Picture"), render_kw={"accept": "image/jpeg,image/png,image/webp", "required": True}
    )

    @classmethod
    def sent(cls, **kwargs: Any) -> Any:
        """The form with its file."""
        return cls(CombinedMultiDict([request.files, request.form]), **kwargs)

    def to_bytes(self) -> bytes:
        """What was sent; nothing where no file was chosen."""
        if not self.picture.data:
            return b""
        with self.picture.data.stream as sent:
            return bytes(sent.read())


class SheetForm(SheetFile):
    """A sheet of operations: a file, or the same pasted or changed on the page."""

    sheet = TextAreaField(
        mark("Or the sheet itself"),
        [Length(max=LONGEST_SHEET)],
        render_kw={"rows": 10, "spellcheck": "false", "wrap": "off"},
    )
    rate_per_minute = Won(mark("Won a minute"), [Optional()], render_kw=DIGITS)

    def to_text(self) -> str:
        """The sheet, from the file or from the page."""
        return self.sheet.data or ""

    @property
    def takes_over(self) -> bool:
        """Whether she pressed the button that takes the sheet over."""
        return request.form.get("step") == "take"

    def to_rate(self) -> Money | None:
        """Won a minute, where it was given."""
        rate: Money | None = self.rate_per_minute.data
        return rate
