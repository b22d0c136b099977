"""What the pages accept that pay is told by: facts of a person, amounts of a month."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from factory.kernel.money import ZERO, Money
from factory.kernel.words import mark, show, translate
from factory.payroll.domain.case import Insurance
from factory.payroll.domain.entered import Entered, Item
from factory.payroll.domain.known import (
    BILLABLE,
    PERCENTS,
    Attachment,
    Billed,
    PayFacts,
    Reported,
    YearFacts,
)
from factory.payroll.explain import name_of
from factory.people.domain import Worker
from factory.web.days import DateField
from factory.web.forms import BaseForm, Several, Whole, Won, not_below_zero

MOST_PEOPLE, MOST_CHILDREN = 30, 20
FIRST_YEAR, LAST_YEAR = 2020, 2100


def _insurances() -> list[tuple[str, str]]:
    return [(each.value, name_of(each.value)) for each in Insurance]


def _number(text: str | int | None) -> int | None:
    """Whose number was chosen; nobody's at first, so that nothing is entered for another."""
    return int(text) if text else None


def _groups() -> dict[str, list[tuple[str, str]]]:
    """What may be entered, and what people ask for though the law forbids it."""
    groups = (
        (mark("Added to her pay"), [item for item in Item if item.earned]),
        (mark("Taken off"), [item for item in Item if not item.earned and not item.never]),
        (mark("Never taken off"), [item for item in Item if item.never]),
    )
    return {translate(name): [(i.value, show(i)) for i in items] for name, items in groups}


class FactsForm(BaseForm):
    """Her family for tax, her insurances, and her kind of work, from a day on."""

    since = DateField(mark("Holds from"), [InputRequired()])
    family_members = Whole(
        mark("Family members with herself"),
        [InputRequired(), NumberRange(min=1, max=MOST_PEOPLE)],
        default=1,
    )
    children = Whole(
        mark("Of these, children from 8 to 20"),
        [InputRequired(), NumberRange(min=0, max=MOST_CHILDREN)],
        default=0,
    )
    percent = SelectField(
        mark("Tax withheld"),
        choices=lambda: [(str(each), f"{each} %") for each in PERCENTS],
        default="100",
    )
    usual = BooleanField(mark("The usual insurances of her kind of pay"), default=True)
    insured = Several(mark("Otherwise these"), choices=_insurances)
    production_worker = BooleanField(mark("She makes the goods herself, as a production worker"))

    @classmethod
    def after(cls, facts: PayFacts | None) -> Any:
        """The form, beginning with what holds now; from when on is left to be said."""
        if facts is None:
            return cls()
        said = {
            "family_members": facts.family_members,
            "children": facts.children,
            "percent": str(facts.percent),
            "usual": facts.insured is None,
            "insured": sorted(facts.insured or ()),
            "production_worker": facts.production_worker,
        }
        return cls(data=said)

    def to_facts(self) -> PayFacts:
        """The entry as a value."""
        named = frozenset(Insurance(each) for each in self.insured.data or ())
        return PayFacts(
            since=cast("date", self.since.data),
            family_members=self.family_members.data or 1,
            children=self.children.data or 0,
            percent=int(self.percent.data),
            insured=None if self.usual.data else named,
            production_worker=self.production_worker.data,
        )


class YearForm(BaseForm):
    """What is known of a year from elsewhere."""

    year = Whole(mark("Year"), [InputRequired(), NumberRange(min=FIRST_YEAR, max=LAST_YEAR)])
    previous_pay = Won(mark("Total pay of the year before"), [not_below_zero])
    exempt_used = Won(mark("Overtime pay free of tax elsewhere this year"), [not_below_zero])

    def to_year(self) -> YearFacts:
        """The entry as a value."""
        won = (self.previous_pay.data or ZERO, self.exempt_used.data or ZERO)
        return YearFacts(cast("int", self.year.data), *won)


class ReportedForm(BaseForm):
    """Pay that an agency reckons its premium from."""

    insurance = SelectField(mark("Insurance"), choices=_insurances)
    from_month = DateField(mark("From the first of the month"), [InputRequired()])
    pay = Won(mark("Reported pay of a month"), [InputRequired(), not_below_zero])

    def to_reported(self) -> Reported:
        """The entry as a value."""
        since = cast("date", self.from_month.data)
        return Reported(Insurance(self.insurance.data), since, self.pay.data or ZERO)


class AttachmentForm(BaseForm):
    """A court's paper."""

    court = StringField(mark("Court"), [InputRequired(), Length(max=60)])
    number = StringField(mark("Case number"), [InputRequired(), Length(max=40)])
    creditor = StringField(mark("Creditor, by a code"), [InputRequired(), Length(max=20)])
    filed = DateField(mark("Day of the court's order"), [InputRequired()])
    first = DateField(mark("First day"), [InputRequired()])
    until = DateField(mark("Last day (empty: open)"), [Optional()])
    monthly = Won(mark("At most a month (empty: what the law lets)"), [not_below_zero])
    total = Won(mark("Claimed in all (empty: not said)"))

    def to_attachment(self) -> Attachment:
        """The entry as a value."""
        return Attachment(
            court=(self.court.data or "").strip(),
            number=(self.number.data or "").strip(),
            creditor=self.creditor.data or "",
            filed=cast("date", self.filed.data),
            first=cast("date", self.first.data),
            until=self.until.data,
            monthly=self.monthly.data,
            total=self.total.data,
        )


class EntryForm(BaseForm):
    """An amount for somebody's month."""

    worker = SelectField(mark("Whose pay"), [InputRequired()], coerce=_number)
    item = SelectField(mark("What it is"), choices=_groups)
    amount = Won(mark("Amount in won"), [InputRequired()])
    agreed_on = DateField(mark("Day of her written consent"), [Optional()])
    note = StringField(mark("Note"), [Length(max=200)])

    @classmethod
    def offering(cls, workers: tuple[Worker, ...]) -> Any:
        """The form, offering everybody of the month."""
        form = cls.sent()
        named = [(each.number, f"{each.name} · {each.number}") for each in workers]
        form.worker.choices = [("", translate("please choose")), *named]
        return form

    def to_entered(self) -> Entered:
        """The entry as a value."""
        amount = self.amount.data or Money(0)
        note = (self.note.data or "").strip()
        return Entered(Item(self.item.data), amount, self.agreed_on.data, note)


class BilledForm(BaseForm):
    """What agencies billed for somebody's month; an empty line is calculated."""

    national_pension = Won(mark("National pension"), [not_below_zero])
    employer_national_pension = Won(mark("National pension, the employer's part"), [not_below_zero])
    health_insurance = Won(mark("Health insurance"), [not_below_zero])
    employer_health_insurance = Won(mark("Health insurance, the employer's part"), [not_below_zero])
    long_term_care = Won(mark("Long-term care"), [not_below_zero])
    employer_long_term_care = Won(mark("Long-term care, the employer's part"), [not_below_zero])
    employment_insurance = Won(mark("Employment insurance"), [not_below_zero])
    employer_employment_insurance = Won(
        mark("Employment insurance, the employer's part"), [not_below_zero]
    )

    @classmethod
    def after(cls, billed: tuple[Billed, ...]) -> Any:
        """The form with what was typed before."""
        hers = {each.code: each.employee for each in billed}
        ours = {f"employer_{each.code}": each.employer for each in billed}
        return cls.sent(data=hers | ours)

    def to_billed(self) -> tuple[Billed, ...]:
        """The bills; where one part alone is typed the other is the same."""
        found = []
        for code in BILLABLE:
            hers, ours = self[code].data, self[f"employer_{code}"].data
            if hers is not None or ours is not None:
                found.append(Billed(code, _first(hers, ours), _first(ours, hers)))
        return tuple(found)


def _first(won: Money | None, other: Money | None) -> Money:
    return won if won is not None else (other or ZERO)
