"""What the floor's pages accept: scanned papers, pieces, decisions, lays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wtforms import HiddenField, SelectField, StringField, ValidationError
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from factory.kernel.errors import Refused
from factory.kernel.ids import CodeKind, CodeMisread, WrongKindOfCode, is_well_read
from factory.kernel.words import mark, say, tell, translate
from factory.production.domain.cutting import LaidRoll, plies_field, roll_field, size_field
from factory.production.domain.outcomes import Outcome
from factory.production.domain.scans import Defect
from factory.web.forms import BaseForm, Code, EventForm, Hundredths, Whole, choices_of

MOST = 999
FLOOR_PAPERS = (CodeKind.BADGE.value, CodeKind.BUNDLE.value)


class Paper(StringField):
    """A badge or a bundle ticket, as a scanner types it."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' signature
        """Refuse a misread code and any other paper."""
        self.data = (self.data or "").strip()
        if not is_well_read(self.data):
            raise ValidationError(tell(CodeMisread()))
        if not self.data.startswith(FLOOR_PAPERS):
            raise ValidationError(tell(WrongKindOfCode()))

    @property
    def is_badge(self) -> bool:
        """Whether it is somebody's badge."""
        return (self.data or "").startswith(CodeKind.BADGE.value)


class StationForm(EventForm):
    """Something that happens at a station: whatever is wrong stands in one list."""


class ScanForm(StationForm):
    """A paper at a station; `bundle` and `operation` are those of the card that lies open."""

    code = Paper(mark("Badge or bundle ticket"), [InputRequired()])
    bundle = HiddenField()
    operation = HiddenField()

    def confirms(self, bundle: str) -> bool:
        """Whether the ticket of the open card was scanned once more: all of it is done."""
        return bool(self.operation.data) and bundle == self.bundle.data


class AwayForm(StationForm):
    """A ticket that was scanned while the server was away, with whoever scanned her badge last."""

    code = Paper(mark("Badge or bundle ticket"), [InputRequired()])
    badge = HiddenField()
    operation = HiddenField()
    """What she did on the bundle before; it goes first, if it can be done on this one."""
    good = Whole(mark("Pieces done"), [Optional(), NumberRange(min=1, max=MOST)])
    """Left empty for all of them."""


class PiecesForm(StationForm):
    """Pieces done, or one piece with a defect."""

    operation = HiddenField()
    good = Whole(mark("Pieces done"), [Optional(), NumberRange(min=0, max=MOST)])
    defect = HiddenField()

    @classmethod
    def saying(cls, sentences: Iterable[str]) -> PiecesForm:
        """An empty one with what was refused elsewhere on the card."""
        form = cls()
        form.form_errors = list(sentences)
        return form

    def to_defect(self) -> Defect | None:
        """What is wrong with the piece, where one was named."""
        return Defect(self.defect.data) if self.defect.data in set(Defect) else None

    def to_counts(self) -> tuple[int, tuple[tuple[Defect, int], ...]]:
        """Good pieces and rejects; a defect is entered by itself, one piece at a time."""
        defect = self.to_defect()
        return (0, ((defect, 1),)) if defect else (self.good.data or 0, ())


class TapForm(StationForm):
    """What becomes of one rejected coat, in one tap."""

    operation = HiddenField(validators=[InputRequired()])
    outcome = HiddenField(validators=[AnyOf(list(Outcome))])

    def to_outcome(self) -> Outcome:
        """The decision."""
        return Outcome(self.outcome.data or "")


class DecideForm(StationForm):
    """What becomes of rejected pieces."""

    count = Whole(mark("Pieces"), [InputRequired(), NumberRange(min=1, max=MOST)], default=1)
    outcome = SelectField(mark("What becomes of it"), [InputRequired()])
    worker = SelectField(mark("Repaired by"), default="")
    reason = StringField(mark("Reason"), [Length(max=200)])

    def name_workers(self, workers: Iterable[tuple[int, str]]) -> None:
        """Offer those who can have repaired it, and nothing that is decided by a mere tap."""
        self.outcome.choices = [("", translate("please choose")), *choices_of(Outcome)()]
        nobody = translate("nobody is paid for it")
        self.worker.choices = [("", nobody), *((str(number), name) for number, name in workers)]

    def to_outcome(self) -> Outcome:
        """The decision."""
        return Outcome(self.outcome.data)

    def to_worker(self) -> int | None:
        """The number of whoever repaired it."""
        return int(self.worker.data) if self.worker.data else None


class MissingForm(StationForm):
    """Pieces that are missing, or were found again."""

    count = Whole(mark("Pieces"), [InputRequired(), NumberRange(min=1, max=MOST)], default=1)
    reason = StringField(mark("Reason"), [Length(max=200)])
    what = HiddenField()

    @property
    def found(self) -> bool:
        """Whether they were found again."""
        return self.what.data == "found"


class AnewForm(BaseForm):
    """Why pieces are entered anew."""

    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])


class LookUpForm(BaseForm):
    """A bundle's ticket, scanned or typed."""

    code = Code(mark("Bundle ticket"), [InputRequired()], kind=CodeKind.BUNDLE)


class Metres(StringField):
    """A length of cloth typed in metres, kept in whole centimetres."""

    centimetres: int = 0

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was typed."""
        super().process_formdata(valuelist)
        text = (self.data or "").strip().replace(",", ".")
        if not text:
            return  # whether it has to be there is another question
        found = re.fullmatch(r"([0-9]{1,5})(?:\.([0-9]{1,2}))?", text, re.ASCII)
        if re.fullmatch(r"[0-9]{6,}(?:\.[0-9]{1,2})?", text, re.ASCII):
            raise ValidationError(say("At most {most} can be entered here.", most="99,999 m"))
        if found is None:
            raise ValidationError(translate("Please type metres, for example 31.5."))
        self.centimetres = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


class LayForm(BaseForm):
    """A lay as it is planned: garments of each size in a ply, plies of each colour."""

    bundle_size = Whole(
        mark("Plies in a bundle"), [InputRequired(), NumberRange(min=1, max=MOST)], default=10
    )
    seen = HiddenField()
    """The order's last lay when the page was shown."""

    def show(self, last: int) -> None:
        """Remember what she sees now; not while a figure has to be mended first."""
        if not any(field.errors for field in self):
            self.seen.data = str(last)

    def to_seen(self) -> int | None:
        """What she saw when she planned it."""
        seen = self.seen.data or ""
        return int(seen) if re.fullmatch(r"[0-9]{1,6}", seen, re.ASCII) else None

    @staticmethod
    def offered(marker: Mapping[str, int], plies: Mapping[int, int]) -> dict[str, int]:
        """A lay to begin with, as the form's fields."""
        sizes = {size_field(size): count for size, count in marker.items()}
        return sizes | {plies_field(line): count for line, count in plies.items()}

    def marker(self, sizes: Iterable[str]) -> Mapping[str, int]:
        """Garments of each size in one ply."""
        return {size: self[size_field(size)].data or 0 for size in sizes}

    def plies(self, lines: Iterable[int]) -> Mapping[int, int]:
        """Plies of each order line."""
        return {line: self[plies_field(line)].data or 0 for line in lines}


class CutForm(BaseForm):
    """A lay as it was cut: plies really laid, cloth used."""

    metres = Metres(mark("Cloth used, in metres"), [InputRequired()])

    def validate_metres(self, field: Metres) -> None:
        """Cloth that was cut is missing from somewhere."""
        if not self.named and not field.centimetres:
            told = "Please name the rolls above, or say how much cloth was used."
            raise ValidationError(translate(told))

    @property
    def named(self) -> list[int]:
        """The rows in which a roll is named."""
        return [row for row in ROLL_ROWS if f"roll_{row}" in self and self[f"roll_{row}"].data]

    def refuse(self, refusal: Refused) -> None:
        """What is wrong with a roll stands in its row, where rows before it were left empty too."""
        what, _, place = (refusal.field or "").rpartition("_")
        if what in {"roll", "used"} and place.isdecimal():
            refusal.field = roll_field(what, self.named[int(place) - 1])
        super().refuse(refusal)

    def plies(self, lines: Iterable[int]) -> Mapping[int, int]:
        """Plies of each order line."""
        return {line: self[plies_field(line)].data or 0 for line in lines}

    def rolls(self) -> tuple[LaidRoll, ...]:
        """The rolls that were laid, where they were named."""
        return tuple(
            LaidRoll(
                int(self[f"line_{row}"].data),
                int(self[f"roll_{row}"].data),
                self[f"laid_{row}"].data or 0,
                getattr(self[f"used_{row}"], "hundredths", 0),
            )
            for row in self.named
        )


ROLL_ROWS = range(1, 6)
"""Rolls of one lay that can be named; more lie in no lay of heavy cloth."""


def lay_form(sizes: Iterable[str], colours: Mapping[int, str]) -> type[LayForm]:
    """The form for an order's lay: a field a size, a field a line, each named as people say it."""
    fields = {size_field(size): _count(size) for size in sizes}
    fields |= {plies_field(line): _count(name) for line, name in colours.items()}
    return type("LayForm", (LayForm,), fields)


def cut_form(colours: Mapping[int, str], rolls: Iterable[tuple[int, str]] = ()) -> type[CutForm]:
    """The form for what was cut: a field a line, and rows for the rolls where any lie there."""
    fields: dict[str, Any] = {plies_field(line): _count(name) for line, name in colours.items()}
    known = [("", "—"), *((str(number), name) for number, name in rolls)]
    lines = [(str(line), name) for line, name in colours.items()]
    for row in ROLL_ROWS if len(known) > 1 else ():
        fields[f"roll_{row}"] = SelectField(
            mark("Roll of cloth"), choices=lambda: known, default=""
        )
        fields[f"line_{row}"] = SelectField(mark("Colour"), choices=lambda: lines)
        fields[f"laid_{row}"] = _count(mark("Plies"))
        fields[f"used_{row}"] = Hundredths(mark("Metres"))
    if len(known) > 1:
        fields["metres"] = Metres(mark("Cloth used, in metres"))
    return type("CutForm", (CutForm,), fields)


def _count(label: str) -> Whole:
    return Whole(label, [Optional(), NumberRange(min=0, max=MOST)])
