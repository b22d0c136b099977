"""Builders of seasons and styles."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from factory.catalogue import queries, service
from factory.catalogue.domain import (
    USUAL,
    CareLabel,
    Colour,
    Maker,
    NewStyle,
    Operation,
    Part,
    Season,
    Size,
    Station,
    Step,
    Style,
    care_label,
    read_shares,
)
from factory.catalogue.domain.measures import Measure
from factory.catalogue.forms.care import fibre_names
from factory.kernel.money import Money
from factory.kernel.time import at
from factory.security.domain import SYSTEM

SHEET = (Path(__file__).parents[2] / "seed_data" / "women_wool_coat_operations.csv").read_text(
    encoding="utf-8"
)
"""45 operations of a women's wool coat."""
BEGUN = at(date(2026, 9, 1), "09:00")
RATE = Money(180)
"""Demo rate: won a minute."""
AUTUMN = Season("26FW", "26 가을·겨울", "Autumn and winter 26")
SIZES = (
    Size(1, "44", "82-88-150"),
    Size(2, "55", "85-91-155"),
    Size(3, "66", "88-94-160"),
    Size(4, "77", "91-97-165"),
    Size(5, "88", "94-100-170"),
)
BLACK = Colour("BK", "검정", "black", "#20242c")
CAMEL = Colour("CA", "카멜", "camel", "#b98a57")
GREY = Colour("GY", "회색", "grey", "#8a8d91")


def new_style(**changes: Any) -> NewStyle:
    given: dict[str, Any] = {
        "number": "W-2601",
        "name": "여성 울 코트",
        "name_en": "Women's wool coat",
        "season": AUTUMN.code,
        "sizes": SIZES,
        "colours": (BLACK, CAMEL, GREY),
        "price": Money(189_000),
        "second_price": Money(120_000),
    }
    return NewStyle(**(given | changes))


def make_season(session: Session, season: Season = AUTUMN) -> Season:
    """The season, opened unless it is open already."""
    if season in queries.seasons(session):
        return season
    return service.open_season(session, season, by=SYSTEM, at=BEGUN)


def make_style(
    session: Session, *, at: datetime = BEGUN, sheet: str | None = SHEET, **changes: Any
) -> Style:
    """A style with its coats, prices and (unless `sheet` is None) its operations."""
    make_season(session)
    style = service.add_style(session, new_style(**changes), by=SYSTEM, at=at)
    if sheet is not None:
        service.load_operations(session, style.number, sheet, RATE, by=SYSTEM, at=at)
    return style


def make_care(
    session: Session, style: str = "W-2601", *, shell: str = "모 80, 나일론 20"
) -> CareLabel:
    """What the label of a style says, lining and care as usual."""
    names = fibre_names()
    parts = {Part.SHELL: read_shares(shell, names)}
    parts[Part.LINING] = read_shares("폴리에스터 100", names)
    maker = Maker(name="보기 의류", address="보기로 1", phone="02-000-0000")
    label = care_label(parts, {care.group: care for care in USUAL}, maker)
    return service.describe_care(session, style, label, by=SYSTEM, at=BEGUN)


def make_measure(name: str, first: int, more: int, tolerance: int = 10) -> Measure:
    """A measure that grows by so much from size to size, in millimetres."""
    lengths = tuple((size.label, first + more * place) for place, size in enumerate(SIZES))
    return Measure(name, lengths, tolerance)


MEASURES = (make_measure("total_length", 1_040, 10), make_measure("chest", 1_020, 30, 15))


def make_measures(
    session: Session, *measures: Measure, style: str = "W-2601"
) -> tuple[Measure, ...]:
    """The finished measures of a style."""
    given = measures or MEASURES
    return service.set_measures(session, style, given, by=SYSTEM, at=BEGUN)


def make_step(code: str, *before: str, **changes: Any) -> Step:
    """A step of one minute, after others."""
    given: dict[str, Any] = {"station": Station.PREP, "name": "박기", "name_en": "Sew"}
    given |= {"machine": "SNLS", "sam": 100, "rate": RATE} | changes
    sam, rate = given.pop("sam"), given.pop("rate")
    return Step(Operation(code, **given), sam, rate, before)
