"""What the page of the sewn-in label accepts: fibres as text, care by choice, who made it."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from factory.catalogue.domain import (
    USUAL,
    Care,
    CareGroup,
    CareLabel,
    Fibre,
    Maker,
    Part,
    Share,
    care_label,
    of_group,
    read_shares,
)
from factory.catalogue.forms import as_text
from factory.kernel.errors import Refused
from factory.kernel.words import LANGUAGES, mark, show, translate
from factory.web.forms import BaseForm


def fibre_names() -> dict[str, Fibre]:
    """Each fibre by its name in every language, in small letters."""
    return {
        name.casefold(): fibre
        for fibre in Fibre
        for name in (fibre.value, *(show(fibre, spoken) for spoken in LANGUAGES))
    }


def made_of(shares: Iterable[Share]) -> str:
    """Shares as they are typed and read: wool 80, nylon 20."""
    return ", ".join(f"{show(share.fibre)} {share.percent}" for share in shares)


def part_field(part: Part) -> StringField:
    """What a part of a coat is made of."""
    return StringField(part.label, [Length(max=120)], filters=[as_text])


def care_field(group: CareGroup, usual: Care | None) -> SelectField:
    """One of the symbols of a group, in words; or none, where none is usual."""
    choices = [(care.value, care.label) for care in of_group(group)]
    if usual is None:
        choices = [("", mark("no symbol")), *choices]
    return SelectField(
        group.label,
        choices=lambda: [(value, translate(label)) for value, label in choices],
        default=usual.value if usual else "",
    )


class CareForm(BaseForm):
    """What stands on the label that is sewn in."""

    shell = part_field(Part.SHELL)
    trim = part_field(Part.TRIM)
    lining = part_field(Part.LINING)
    filling = part_field(Part.FILLING)
    wash = care_field(CareGroup.WASH, USUAL[0])
    bleach = care_field(CareGroup.BLEACH, USUAL[1])
    iron = care_field(CareGroup.IRON, USUAL[2])
    clean = care_field(CareGroup.CLEAN, USUAL[3])
    wring = care_field(CareGroup.WRING, None)
    dry = care_field(CareGroup.DRY, USUAL[4])
    maker = StringField(mark("Made by"), [InputRequired(), Length(max=60)], filters=[as_text])
    address = StringField(mark("Address"), [InputRequired(), Length(max=120)], filters=[as_text])
    phone = StringField(mark("Telephone"), [InputRequired(), Length(max=30)], filters=[as_text])

    @classmethod
    def of(cls, label: CareLabel | None, maker: Maker | None) -> CareForm:
        """The form as this request filled it; unfilled, it shows the label that holds."""
        form: CareForm = cls.sent()
        if not form.was_sent:
            form._show(label, label.maker if label else maker)
        return form

    def _show(self, label: CareLabel | None, maker: Maker | None) -> None:
        if label is not None:
            for part in Part:
                self[part.value].data = made_of(label.of(part))
            self.wring.data = ""
            for care in label.care:
                self[care.group.value].data = care.value
        if maker is not None:
            self.maker.data, self.address.data = maker.name, maker.address
            self.phone.data = maker.phone

    def to_label(self) -> CareLabel:
        """The label as a value; what is wrong with a part is told beside that part."""
        return care_label(
            {part: self._shares(part) for part in Part},
            {group: Care(self[group.value].data) for group in self._said()},
            Maker(
                name=self.maker.data or "",
                address=self.address.data or "",
                phone=self.phone.data or "",
            ),
        )

    def _said(self) -> tuple[CareGroup, ...]:
        return tuple(group for group in CareGroup if group.always or self[group.value].data)

    def _shares(self, part: Part) -> tuple[Share, ...]:
        try:
            return read_shares(self[part.value].data or "", fibre_names())
        except Refused as refusal:
            refusal.field = part.value
            raise
