"""Builders for the invented season, all by keyword."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import TypeVar

from factory.catalogue.domain import Grade, Station, routing
from factory.catalogue.domain.sheet import read_sheet
from factory.kernel.ids import CodeKind, running_code
from factory.kernel.money import Money
from factory.people.domain import TermsKind
from factory.production.domain.bundles import Bundle, parts
from seed_data.acts import Act, Laid
from seed_data.floor import Route, route
from seed_data.orders import BUNDLE, Make
from seed_data.people import Part, Person
from seed_data.season import House, Season
from seed_data.working_days import half_of, working_days

T = TypeVar("T", bound=Act)


def person(
    *,
    number: int = 1,
    name: str = "초롱",
    part: Part = Part.SEWER,
    kind: TermsKind = TermsKind.HOURLY,
    rate: int = 12_000,
    pace: int = 60,
    stations: tuple[Station, ...] = (Station.PREP,),
    first_day: int = 0,
    last_day: int | None = None,
    weekly_hours: int = 40,
    late: int = 0,
) -> Person:
    return Person(
        number=number,
        name=name,
        part=part,
        kind=kind,
        rate=rate,
        pace=pace,
        stations=stations,
        first_day=first_day,
        last_day=last_day,
        weekly_hours=weekly_hours,
        late_in_the_hundred=late,
    )


def chance(seed: int = 1) -> Random:
    return Random(seed)  # noqa: S311 - invented data


# A house that lives only in memory

COATS = Make("W-2601", ("44", "55", "66", "77", "88"), ("BK", "CA", "GY"), 389_000)
SHEET = Path(__file__).parents[2] / "seed_data" / "women_wool_coat_operations.csv"


def route_of_a_coat() -> Route:
    steps = read_sheet(SHEET.read_text(encoding="utf-8"), Money(180), None).checked()
    return route(routing("uid", COATS.style, 1, steps))


def house(
    *,
    workers: int = 6,
    days: int = 8,
    orders: int = 2,
    until: date = date(2026, 11, 24),
    makes: tuple[Make, ...] = (COATS,),
) -> House:
    kinds = [
        (make.style, colour, size, grade)
        for make in makes
        for colour in make.colours
        for size in make.sizes
        for grade in Grade
    ]
    codes = {kind: running_code(CodeKind.COAT, number) for number, kind in enumerate(kinds, 1)}
    return House(
        workers=workers,
        orders=orders,
        days=working_days(until, days),
        until=half_of(until),
        makes=makes,
        routes={make.style: route_of_a_coat() for make in makes},
        codes=codes,
        prices=dict.fromkeys(codes.values(), 389_000),
    )


@dataclass
class Told:
    """A season that was told to nobody, with everything that happened in it."""

    season: Season
    acts: list[list[Act]]
    bundles: dict[str, Bundle]

    def of(self, kind: type[T]) -> list[T]:
        return [act for day in self.acts for act in day if isinstance(act, kind)]


def told(*, seed: int = 1, at: House | None = None) -> Told:
    """Tell a season without a database; the cutting table bundles as in production."""
    here = at or house()
    found = Told(Season(here, chance(seed)), [], {})
    for turn in range(len(here.days)):
        acts = found.season.day(turn)
        found.acts.append(acts)
        for act in acts:
            if isinstance(act, Laid):
                _bundle(found, act)
    return found


def _bundle(found: Told, act: Laid) -> None:
    order = found.season.order(act.order)
    colours = [colour for colour, _ in act.plies]
    cut = list(parts(enumerate((n for _, n in act.plies), 1), act.lay.marker, BUNDLE))
    made = [
        Bundle(
            code=running_code(CodeKind.BUNDLE, len(found.bundles) + place),
            order=str(act.order),
            line=part.line,
            style=order.make.style,
            colour=colours[part.line - 1],
            size=part.size,
            lay=1,
            number=place,
            of=len(cut),
            place=part.place,
            ply_from=part.ply_from,
            ply_to=part.ply_to,
            quantity=part.quantity,
            routing_uid="uid",
        )
        for place, part in enumerate(cut, 1)
    ]
    found.bundles |= {each.code: each for each in made}
    found.season.heard(act.order, made)
