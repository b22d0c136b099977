"""What the page of measures accepts: centimetres, each may be left out."""

from __future__ import annotations

from collections.abc import Iterable

from factory.till.domain.measures import Measure, Measured
from factory.web.forms import BaseForm, Hundredths

CM = {"inputmode": "decimal", "autocomplete": "off", "size": "6"}


class MeasuresForm(BaseForm):
    """The tape from top to bottom."""

    height = Hundredths(Measure.HEIGHT.label, render_kw=CM)
    bust = Hundredths(Measure.BUST.label, render_kw=CM)
    waist = Hundredths(Measure.WAIST.label, render_kw=CM)
    hip = Hundredths(Measure.HIP.label, render_kw=CM)
    shoulder = Hundredths(Measure.SHOULDER.label, render_kw=CM)
    sleeve = Hundredths(Measure.SLEEVE.label, render_kw=CM)
    back = Hundredths(Measure.BACK.label, render_kw=CM)
    length = Hundredths(Measure.LENGTH.label, render_kw=CM)

    @classmethod
    def of(cls, held: Iterable[Measured]) -> MeasuresForm:
        """The form with what was measured before."""
        return cls(data={each.what.value: each.shown.removesuffix(" cm") for each in held})

    def to_measures(self) -> dict[Measure, int]:
        """Millimetres of what was typed."""
        typed = {field.name: field for field in self if isinstance(field, Hundredths)}
        return {what: (typed[what.value].hundredths + 5) // 10 for what in Measure}
