"""What the pages of cloth and trims accept."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from factory.kernel.money import ZERO, Money
from factory.kernel.words import language, mark, say, translate
from factory.materials.domain import (
    BomItem,
    Kind,
    Material,
    NewRoll,
    Price,
    RollInspection,
    Unit,
    Use,
)
from factory.web.forms import (
    BaseForm,
    EventForm,
    Hundredths,
    Whole,
    Won,
    choices_of,
    not_below_zero,
)

MOST_EACH = Money(10_000_000)
NUMBER = r"[A-Za-z0-9][A-Za-z0-9-]{0,19}"


def not_too_dear(_form: BaseForm, field: Won) -> None:
    """Refuse a price that nobody means, such as that of the whole roll of a year."""
    if (field.data or ZERO) > MOST_EACH:
        raise ValidationError(say("At most {most} can be entered here.", most=MOST_EACH))


class MaterialForm(BaseForm):
    """A new cloth or trim."""

    number = StringField(
        mark("Number"),
        [InputRequired(), Regexp(f"^{NUMBER}$", message=mark("Only letters, digits and hyphens."))],
    )
    name = StringField(mark("Name"), [InputRequired(), Length(max=60)])
    name_en = StringField(mark("Name in English"), [Length(max=60)])
    use = SelectField(mark("What it is for"), choices=choices_of(Use))
    unit = SelectField(mark("Counted in"), choices=choices_of(Unit))

    def to_material(self) -> Material:
        """What was typed, as a value."""
        return Material(
            (self.number.data or "").upper(),
            (self.name.data or "").strip(),
            (self.name_en.data or "").strip(),
            Unit(self.unit.data),
            Use(self.use.data),
        )


class PriceForm(BaseForm):
    """What a metre or piece of a roll was bought for."""

    price = Won(mark("Price of a metre or piece, without VAT"), [not_below_zero, not_too_dear])
    document = StringField(mark("Number on the supplier's invoice"), [Length(max=40)])

    def to_price(self) -> Price | None:
        """What was typed, as a value; nothing where nobody knows it yet."""
        if self.price.data is None:
            return None
        return Price(self.price.data, (self.document.data or "").strip())


class RollForm(EventForm, PriceForm):
    """A roll or a box that came in."""

    material = SelectField(mark("Material"), choices=[])
    amount = Hundredths(mark("How much"), [InputRequired()])
    shade = StringField(mark("Shade (dye lot)"), [Length(max=20)])
    width = Whole(mark("Width in centimetres"), [Optional(), NumberRange(0, 999)])
    owner = SelectField(mark("Whose it is"), choices=[])
    note = StringField(mark("Note"), [Length(max=200)])

    def name(self, materials: Iterable[Material], owners: Iterable[str], ours: str) -> None:
        """Offer what there is."""
        spoken = language()
        self.material.choices = [(m.number, f"{m.number} {m.called(spoken)}") for m in materials]
        self.owner.choices = [("", ours), *((name, name) for name in owners)]

    def to_roll(self) -> NewRoll:
        """What was typed, as a value."""
        return NewRoll(
            material=self.material.data,
            amount=self.amount.hundredths,
            shade=(self.shade.data or "").strip(),
            width=self.width.data or 0,
            owner=self.owner.data or "",
            note=(self.note.data or "").strip(),
            price=self.to_price(),
        )


class MoveForm(EventForm):
    """A roll is measured, waste goes, or a customer's cloth goes back."""

    kind = SelectField(
        mark("What happened"),
        choices=lambda: [
            (kind, label)
            for kind, label in choices_of(Kind)()
            if kind in {Kind.COUNTED, Kind.WASTE, Kind.SENT_BACK}
        ],
    )
    amount = Hundredths(mark("How much"), [InputRequired()])
    reason = StringField(mark("Reason"), [InputRequired(), Length(max=200)])


class InspectForm(BaseForm):
    """A roll on the inspection table: faults by how long they are."""

    metres = Hundredths(mark("Looked at, in metres"), [InputRequired()])
    one = Whole(mark("Faults up to 7.5 cm"), [Optional(), NumberRange(0, 999)])
    two = Whole(mark("Faults up to 15 cm"), [Optional(), NumberRange(0, 999)])
    three = Whole(mark("Faults up to 23 cm"), [Optional(), NumberRange(0, 999)])
    four = Whole(mark("Longer ones, and holes"), [Optional(), NumberRange(0, 999)])
    passed = SelectField(
        mark("What becomes of it"),
        choices=lambda: [("yes", translate("It is cut")), ("no", translate("It is not cut"))],
    )
    note = StringField(mark("Note"), [Length(max=200)])

    def to_inspection(self) -> RollInspection:
        """What was typed, as a value."""
        one, two, three, four = (
            each.data or 0 for each in (self.one, self.two, self.three, self.four)
        )
        metres, note = self.metres.hundredths, (self.note.data or "").strip()
        return RollInspection(metres, (one, two, three, four), self.passed.data == "yes", note)


class BomForm(BaseForm):
    """What one coat takes of a material."""

    material = SelectField(mark("Material"), choices=[])
    colour = SelectField(mark("Colour"), choices=[])
    size = SelectField(mark("Size"), choices=[])
    each = Hundredths(mark("For one coat"), [InputRequired()])
    wastage = Whole(mark("Waste in the hundred"), [Optional(), NumberRange(0, 50)], default=3)

    def to_item(self, style: str) -> BomItem:
        """What was typed, as a value."""
        return BomItem(
            style,
            self.colour.data or "",
            self.size.data or "",
            self.material.data,
            self.each.hundredths,
            self.wastage.data or 0,
        )
