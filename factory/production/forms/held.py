"""What is accepted where bundles are split, put together, held up and let go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from factory.kernel.errors import Refused
from factory.kernel.words import language, mark
from factory.materials.domain import Roll, in_units
from factory.production.domain.found import MOST_FOUND
from factory.production.domain.help import Trouble
from factory.production.domain.holds import HoldKind
from factory.production.forms import MOST, StationForm
from factory.production.service import NewHold
from factory.web.forms import EventForm, Hundredths, Whole

if TYPE_CHECKING:
    from factory.production.queries.track import Whole as WholeBundle

REASON = mark("Reason")


class SplitForm(EventForm):
    """A bundle in two parts."""

    count = Whole(mark("Pieces in the first part"), [InputRequired(), NumberRange(1, MOST)])
    plies = Whole(mark("Plies in the first part, if others are gone"), [Optional()])
    reason = StringField(REASON, [Length(max=200)])


class FoundForm(EventForm):
    """Pieces that a bundle holds beyond its ticket."""

    more = Whole(mark("Pieces more"), [InputRequired(), NumberRange(1, MOST_FOUND)])
    reason = StringField(REASON, [InputRequired(), Length(max=200)])


class MergeForm(EventForm):
    """Tickets of bundles that are put together, scanned one after the other."""

    others = StringField(mark("The other tickets"), [InputRequired(), Length(max=200)])
    reason = StringField(REASON, [Length(max=200)])

    @property
    def codes(self) -> tuple[str, ...]:
        """The scanned codes."""
        return tuple((self.others.data or "").replace(",", " ").split())


class HoldForm(EventForm):
    """Why a bundle does not go on; each kind asks for what it needs."""

    note = StringField(mark("What is the matter"), [Length(max=200)])
    operation: SelectField
    party: StringField
    ply: Whole

    def name_operations(self, found: WholeBundle) -> None:
        """Offer the work that can be sent out now."""
        if "operation" in self:
            ready = {code for code, _ in found.state.ready}
            self.operation.choices = [
                (step.code, step.operation.called(language()))
                for step, _ in found.steps
                if step.code in ready
            ]

    def to_hold(self, bundle: str, kind: HoldKind) -> NewHold:
        """What was typed, as a value."""
        return NewHold(
            bundle=bundle,
            kind=kind,
            operation=self.operation.data if "operation" in self else None,
            ply=self.ply.data if "ply" in self else None,
            party=(self.party.data or "") if "party" in self else "",
            note=self.note.data or "",
        )


class NeedleForm(HoldForm):
    """A needle broke."""

    party = StringField(mark("Machine"), [Length(max=60)])


class OutsideForm(HoldForm):
    """Work that is done outside the house."""

    operation = SelectField(mark("Operation"), choices=[])
    party = StringField(mark("Who does it"), [Length(max=60)])


class RecutForm(HoldForm):
    """A panel is cut again, from a remnant of the same shade."""

    ply = Whole(mark("Ply number"), [InputRequired(), NumberRange(1, MOST)])
    party = StringField(mark("Which panel"), [Length(max=60)])


FORMS = {HoldKind.NEEDLE: NeedleForm, HoldKind.OUTSIDE: OutsideForm, HoldKind.RECUT: RecutForm}


def hold_form(kind: HoldKind) -> type[HoldForm]:
    """The form for a kind."""
    return FORMS.get(kind, HoldForm)


class SettleForm(EventForm):
    """How it was settled."""

    good: Whole
    lost: Whole
    complete = BooleanField(mark("Every piece of the needle is found"))
    roll = SelectField(mark("From which remnant"), choices=[], default="")
    metres = Hundredths(mark("Cloth used, in metres"), [Optional()])
    note = StringField(mark("Note"), [Length(max=200)])

    def refuse(self, refusal: Refused) -> None:
        """A remnant that is too short is told where the metres stand."""
        if refusal.field == "amount":
            refusal.field = "metres"
        super().refuse(refusal)

    def name_rolls(self, rolls: Iterable[Roll]) -> None:
        """Offer the remnants from which the panel can be cut."""
        named = ((str(r.number), f"{r.name} · {r.shade} · {in_units(r.left)} m") for r in rolls)
        self.roll.choices = [("", "—"), *named]

    def to_cloth(self) -> tuple[int, int] | None:
        """The roll and the hundredths of a metre that were taken from it."""
        return (int(self.roll.data), self.metres.hundredths) if self.roll.data else None


class BackForm(SettleForm):
    """What came back from outside: how many were done there is said, also where none were."""

    good = Whole(mark("Pieces done outside"), [InputRequired(), NumberRange(0, MOST)])
    lost = Whole(mark("Pieces missing"), [InputRequired(), NumberRange(0, MOST)])


def settle_form(kind: HoldKind) -> type[SettleForm]:
    """The form that settles a kind."""
    return BackForm if kind is HoldKind.OUTSIDE else SettleForm


class HelpForm(StationForm):
    """A call for help, in one tap."""

    trouble = HiddenField(validators=[AnyOf(list(Trouble))])

    def to_trouble(self) -> Trouble:
        """What is the matter."""
        return Trouble(self.trouble.data or "")
