"""What is typed below zero for pay is refused beside its field, in her language."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from factory.kernel.words import LANGUAGES, speaking, translate
from factory.payroll.domain.known import BILLABLE
from factory.payroll.forms.entering import AttachmentForm, BilledForm, ReportedForm, YearForm
from factory.payroll.forms.leaving import PaidForm
from factory.web.forms import BaseForm

BELOW = "This can't be below zero."
FIELDS: list[tuple[type[BaseForm], str]] = [
    (YearForm, "previous_pay"),
    (YearForm, "exempt_used"),
    (ReportedForm, "pay"),
    (AttachmentForm, "monthly"),
    (PaidForm, "severance"),
    *((BilledForm, f"{who}{code}") for who in ("", "employer_") for code in BILLABLE),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("form", "field"), FIELDS, ids=lambda each: getattr(each, "__name__", each)
)
def test_no_sum_of_these_is_below_zero(form: type[BaseForm], field: str, language: str) -> None:
    with speaking(language):
        typed = form(MultiDict({field: "-5"}))
        assert not typed.validate()
        assert translate(BELOW) in typed[field].errors
        fine = form(MultiDict({field: "0"}))
        fine.validate()
        assert not fine[field].errors
