"""Invented people of a factory: what they are called, how they are paid, what they do how fast.

Names are plants and plain words. Pace is in the hundred of the standard time (SAM).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import cycle, islice
from random import Random

from factory.catalogue.domain import Station
from factory.people.domain import TermsKind

NAMES = (
    *("초롱", "소나무", "달래", "보리", "단비", "새벽", "여울", "가람", "바다", "이슬"),
    *("다솜", "하늘", "나래", "머루", "다래", "쑥부쟁이", "찔레", "채송화", "봉선화", "수수"),
    *("오디", "매화", "싸리", "고사리", "느티", "은방울", "물푸레", "산딸기", "라일락", "연꽃"),
    *("솔잎", "구름", "노을", "샛별", "미리내", "가을", "햇살", "마루", "시내", "들국화"),
    *("동백", "목련", "백합", "난초", "국화", "나팔꽃", "제비꽃", "민들레", "해바라기", "코스모스"),
    *("참나리", "원추리", "도라지", "더덕", "냉이", "씀바귀", "앵두", "살구", "자두", "모과"),
)
"""Enough for the largest simulated house."""
PIN = "2580"


class Part(StrEnum):
    """What somebody does most of the day."""

    SEWER = "sewer"
    CUTTER = "cutter"
    SHOP = "shop"
    HELPER = "helper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the simulated house; days are counted from the season's first, 0."""

    number: int
    name: str
    part: Part
    kind: TermsKind
    rate: int
    """Won an hour or a month; nothing for piece pay."""
    pace: int = 0
    """In the hundred of the standard time; 0 for who makes no coats."""
    stations: tuple[Station, ...] = ()
    """Where she works, the first one most."""
    first_day: int = 0
    last_day: int | None = None
    weekly_hours: int = 40
    late_in_the_hundred: int = 5
    language: str = "ko_easy"

    @property
    def makes_coats(self) -> bool:
        """Whether she works on bundles."""
        return self.pace > 0

    def is_here(self, day: int) -> bool:
        """Whether she is employed on a day of the season."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


SEATS: tuple[tuple[Station, ...], ...] = (
    (Station.ASSEMBLY, Station.LINING, Station.PREP),
    (Station.PREP, Station.FUSE, Station.ASSEMBLY),
    (Station.PRESS, Station.FUSE, Station.FINISH),
    (Station.FINISH, Station.QC, Station.PACK, Station.PRESS),
    (Station.ASSEMBLY, Station.PREP),
    (Station.LINING, Station.PREP, Station.ASSEMBLY),
    (Station.PREP, Station.ASSEMBLY),
    (Station.ASSEMBLY, Station.LINING),
    (Station.PREP, Station.LINING),
    (Station.ASSEMBLY, Station.PREP),
    (Station.FUSE, Station.PRESS, Station.PREP),
    (Station.QC, Station.PACK, Station.FINISH, Station.ASSEMBLY),
    (Station.PREP, Station.ASSEMBLY),
    (Station.ASSEMBLY, Station.PREP),
    (Station.LINING, Station.FINISH, Station.PACK),
    (Station.PRESS, Station.FINISH, Station.FUSE),
)
"""The seats of a sewing room in the order in which they are filled, about as the work is spread."""
EVERYWHERE = tuple(station for station in Station if station is not Station.CUT)
OTHERS = (
    *(Part.CUTTER, Part.SHOP, Part.HELPER, Part.HELPER, Part.CUTTER),
    *(Part.HELPER, Part.SHOP, Part.HELPER, Part.HELPER, Part.CUTTER),
)
FEW = 5
"""So few who make coats have to know every station."""


def crew(workers: int, days: int, chance: Random) -> tuple[Person, ...]:
    """Everybody who works here at some time of the season, by number."""
    parts = list(_parts(workers))
    seats = _seats(parts.count(Part.SEWER))
    starts = _starts(parts, days)
    people = [
        _person(number, part, next(seats) if part is Part.SEWER else (), start, chance)
        for number, (part, start) in enumerate(zip(parts, starts, strict=True), 1)
    ]
    return tuple(_with_one_who_leaves(people, days))


def _parts(workers: int) -> Iterator[Part]:
    """Three of five sew; the others cut, sell, or help with samples, trimmings and alterations."""
    found = list(islice(cycle(OTHERS), workers * 2 // 5)) if workers > FEW else []
    yield from [Part.SEWER] * (workers - len(found))
    yield from found


def _seats(sewers: int) -> Iterator[tuple[Station, ...]]:
    return iter([EVERYWHERE] * sewers) if sewers <= FEW else cycle(SEATS)


def _starts(parts: list[Part], days: int) -> list[int]:
    """Most are here from the start; every fourth who sews comes later, one of them late."""
    starts = [0] * len(parts)
    later = [place for place, part in enumerate(parts) if part is Part.SEWER][FEW::4]
    for turn, place in enumerate(later):
        starts[place] = days * (turn + 1) // (2 * len(later) + 2)
    if later:
        starts[later[-1]] = days * 7 // 10
    return starts


def _person(
    number: int, part: Part, stations: tuple[Station, ...], start: int, chance: Random
) -> Person:
    kind, rate, pace = _terms(number, part, chance)
    short = part is Part.SEWER and kind is TermsKind.HOURLY and number % 8 == FEW
    return Person(
        number=number,
        name=NAMES[number - 1],
        part=part,
        kind=kind,
        rate=rate,
        pace=pace,
        stations=stations,
        first_day=start,
        weekly_hours=25 if short else 40,
        late_in_the_hundred=chance.choice((1, 2, 4, 6, 12)),
        language=chance.choice(("ko_easy", "ko_easy", "ko_easy", "ko")),
    )


def _terms(number: int, part: Part, chance: Random) -> tuple[TermsKind, int, int]:
    """By the piece every third who sews, by the month every fifth, the others by the hour."""
    if part is Part.SHOP:
        return TermsKind.MONTHLY, 2_600_000 + 50_000 * chance.randrange(5), 0
    if part is Part.CUTTER:
        return TermsKind.MONTHLY, 3_000_000 + 50_000 * chance.randrange(7), 0
    if part is Part.HELPER:
        return TermsKind.HOURLY, 10_400 + 100 * chance.randrange(6), 0
    if number % 3 == 0:
        return TermsKind.PIECE, 0, chance.randrange(92, 116)
    if number % 5 == 1:
        return (
            TermsKind.MONTHLY,
            2_500_000 + 50_000 * chance.randrange(12),
            chance.randrange(50, 68),
        )
    return TermsKind.HOURLY, 10_500 + 100 * chance.randrange(25), chance.randrange(44, 64)


def _with_one_who_leaves(people: list[Person], days: int) -> Iterator[Person]:
    """The seventh, where there are more than a handful, leaves when half the season is over."""
    for person in people:
        if person.number == FEW + 2 and len(people) > FEW + 2:
            yield _leaving(person, days * 55 // 100)
        else:
            yield person


def _leaving(person: Person, day: int) -> Person:
    return replace(person, first_day=0, last_day=max(day, 1))
