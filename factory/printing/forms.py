"""What the pages of printers accept."""

from __future__ import annotations

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from factory.kernel.words import mark, say, translate
from factory.printing.asking import RULERS
from factory.printing.domain import VIRTUAL, Purpose
from factory.printing.fleet import NewPrinter, Seen
from factory.printing.queries import PrinterLine
from factory.web.forms import BaseForm, Several, Whole, choices_of
from printers.profiles import FARTHEST, PROFILES, TENTHS, UNKNOWN, WIDTHS, Profile


class PrinterForm(BaseForm):
    """A printer: name, place, model, address, papers."""

    name = StringField(mark("Name of the printer"), [InputRequired(), Length(max=60)])
    place = StringField(mark("Where it stands"), [Length(max=100)])
    profile = SelectField(
        mark("Model"),
        choices=lambda: [(model.name, translate(model.label)) for model in PROFILES.values()],
        default=UNKNOWN.name,
    )
    target = StringField(mark("Address"), [InputRequired(), Length(max=200)], default=VIRTUAL)
    purposes = Several(mark("Papers it prints"), choices=choices_of(Purpose))
    active = BooleanField(mark("In use"))

    @classmethod
    def of(cls, printer: PrinterLine | None = None) -> PrinterForm:
        """The form as this request filled it; unfilled, it shows the printer or a new one."""
        form: PrinterForm = cls.sent(obj=printer)
        if not form.was_sent:
            form.active.data = printer is None or printer.active
            form.purposes.data = [word.value for word in printer.purposes] if printer else []
        return form

    def to_printer(self) -> NewPrinter:
        """The printer as it was described."""
        return NewPrinter(
            name=(self.name.data or "").strip(),
            place=(self.place.data or "").strip(),
            profile=self.profile.data,
            target=(self.target.data or "").strip(),
            purposes=tuple(Purpose(word) for word in self.purposes.data or ()),
            active=bool(self.active.data),
        )


class RestForm(BaseForm):
    """How many papers of a batch came out."""

    done = Whole(mark("How many came out?"), [InputRequired(), NumberRange(0, 2000)], default=0)


def _to_the_side() -> list[tuple[str, str]]:
    return _millimetres(mark("{mm} mm further left"), mark("{mm} mm further right"))


def _up_and_down() -> list[tuple[str, str]]:
    return _millimetres(mark("{mm} mm further up"), mark("{mm} mm further down"))


def _millimetres(less: str, more: str) -> list[tuple[str, str]]:
    """By half millimetres, as tenths; in the middle is where they are."""
    found = []
    for tenths in range(-FARTHEST, FARTHEST + 1, TENTHS // 2):
        words = less if tenths < 0 else more
        text = say(words, mm=f"{abs(tenths) / TENTHS:g}") if tenths else say("as it is")
        found.append((str(tenths), text))
    return found


class PlaceForm(BaseForm):
    """Where a printer's labels begin, as the label with the ruler showed."""

    across = SelectField(mark("To the side"), choices=_to_the_side, default="0")
    down = SelectField(mark("Up or down"), choices=_up_and_down, default="0")

    @classmethod
    def of(cls, profile: Profile) -> PlaceForm:
        """The form as this request filled it; unfilled, it shows how it is."""
        form: PlaceForm = cls.sent()
        if not form.was_sent:
            form.across.data, form.down.data = str(profile.across), str(profile.down)
        return form

    def to_place(self) -> tuple[int, int]:
        """Tenths of a millimetre to the right and down."""
        return int(self.across.data), int(self.down.data)


class SeenForm(BaseForm):
    """What somebody saw on the page that asks what a printer can."""

    common = BooleanField(mark("Line 1 reads well"))
    rare = BooleanField(mark("Line 2 reads well"))
    dots = SelectField(
        mark("The last line of which both ends are there"),
        [InputRequired()],
        choices=lambda: [("", "–"), *zip(map(str, WIDTHS), RULERS, strict=True)],
    )
    cut = BooleanField(mark("The page was cut off by itself"))

    def to_seen(self) -> Seen:
        """The answers."""
        return Seen(
            common=bool(self.common.data),
            rare=bool(self.rare.data),
            dots=int(self.dots.data),
            cut=bool(self.cut.data),
        )
