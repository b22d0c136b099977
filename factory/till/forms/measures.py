"""What the page of measures accepts: centimetres, each may be left out."""

from __future__ import annotations

from collections.abc import Iterable

from factory.kernel.words import mark
from factory.till.domain.measures import Measure, Measured
from factory.web.forms import BaseForm, Hundredths

CM = {"inputmode": "decimal", "autocomplete": "off", "size": "6"}


class MeasuresForm(BaseForm):
    """The tape from top to bottom."""

    height = Hundredths(mark("Height"), render_kw=CM)
    bust = Hundredths(mark("Bust"), render_kw=CM)
    waist = Hundredths(mark("Waist"), render_kw=CM)
    hip = Hundredths(mark("Hip"), render_kw=CM)
    shoulder = Hundredths(mark("Shoulder width"), render_kw=CM)
    sleeve = Hundredths(mark("Sleeve length"), render_kw=CM)
    back = Hundredths(mark("Back length"), render_kw=CM)
    length = Hundredths(mark("Coat length"), render_kw=CM)

    @classmethod
    def of(cls, held: Iterable[Measured]) -> MeasuresForm:
        """The form with what was measured before."""
        return cls(data={each.what.value: each.shown.removesuffix(" cm") for each in held})

    def to_measures(self) -> dict[Measure, int]:
        """Millimetres of what was typed."""
        typed = {field.name: field for field in self if isinstance(field, Hundredths)}
        return {what: (typed[what.value].hundredths + 5) // 10 for what in Measure}
