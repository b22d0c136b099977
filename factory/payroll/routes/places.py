"""Where each matter of a month is settled."""

from __future__ import annotations

from typing import Any

from flask import url_for

from factory.payroll.domain.matters import Matter, MatterKind

K = MatterKind
NUMBER = ("number",)
HERS = ("people.person", NUMBER)
TERMS = ("people.terms", NUMBER)
FACTS = ("payroll.facts", NUMBER)
CONSENT = ("people.protection", NUMBER)
SHEET = ("attendance.sheet", ("month", "number"))
LEAVER = ("payroll.leaver", NUMBER)
PLACES: dict[MatterKind, tuple[str, tuple[str, ...]]] = {
    K.WORKED_AFTER: LEAVER,
    K.NOT_PUBLISHED: ("lawbook.book", ()),
    K.ENTERED_OTHERWISE: ("production.enter_anew", ("month", "number")),
    K.BELOW_ZERO: ("payroll.payslip", ("month", "number")),
    K.BELOW_MINIMUM: TERMS,
    K.OVER_52: SHEET,
    K.PART_TIME_OVER_12: SHEET,
    K.NIGHT_CONSENT: CONSENT,
    K.HOLIDAY_CONSENT: CONSENT,
    K.FREELANCE: TERMS,
    K.DAY_LABOUR: TERMS,
    K.NO_ACCOUNT: ("people.account", NUMBER),
    K.NO_TAX_FACTS: FACTS,
    K.TURNS_60: FACTS,
    K.TURNS_65: FACTS,
    K.PENSION_PAST: FACTS,
    K.EMPLOYMENT_PAST: FACTS,
    K.SHORT_INSURED: FACTS,
    K.SHORT_EMPLOYMENT: FACTS,
    K.EMPLOYMENT_DUE: FACTS,
    K.LEFT_OWED: LEAVER,
    K.LEFT_OWES: LEAVER,
}
"""The page for each kind, and which parts its address asks for; others are settled on her page."""


def place_of(matter: Matter, month: str, before: str | None) -> str:
    """The address of the page on which a matter is settled."""
    if matter.kind is K.CLOSED_CHANGED:
        closed = f"{matter.days[0]:%Y-%m}" if matter.days else before
        return url_for("payroll.correct", month=closed, number=matter.number)
    endpoint, parts = PLACES.get(matter.kind, HERS)
    known: dict[str, Any] = {"month": month, "number": matter.number}
    return url_for(endpoint, **{part: known[part] for part in parts})
