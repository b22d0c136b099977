"""Every refusal of the catalogue fills its sentence, in every language, beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from factory.catalogue import queries, service
from factory.catalogue.domain import Grade, Season, read_sizes, routing
from factory.kernel.errors import Refused
from factory.kernel.money import Money
from factory.kernel.words import LANGUAGES, tell
from factory.security.domain import SYSTEM
from tests.catalogue.build import (
    AUTUMN,
    BEGUN,
    BLACK,
    SHEET,
    SIZES,
    make_step,
    make_style,
)

Act = Callable[[Session], object]
DAY = BEGUN.date()


def price(won: int, session: Session, style: str = "W-2601") -> object:
    return service.set_price(session, style, Grade.FIRST, Money(won), DAY, by=SYSTEM, at=BEGUN)


def walk(*steps: object) -> Act:
    return lambda _session: routing("uid", "W-2601", 1, steps)  # type: ignore[arg-type]


def new(**changes: Any) -> Act:
    given: dict[str, Any] = {"number": "W-2602"} | changes
    return lambda session: make_style(session, **given)


ACTS: dict[str, tuple[Act, str | None, str]] = {
    "style unknown": (lambda s: queries.style(s, "W-9"), "style", "W-9"),
    "season unknown": (new(season="27SS"), "season", "27SS"),
    "coat unknown": (lambda s: queries.item(s, "4"), "code", "hang tag"),
    "colour unknown": (lambda s: queries.style(s, "W-2601").colour("BR"), "colour", "BR"),
    "size unknown": (lambda s: queries.style(s, "W-2601").size("99"), "size", "99"),
    "no routing": (lambda s: queries.routing(s, "W-2601"), None, "W-2601"),
    "no price": (
        lambda s: queries.price_on(s, queries.items(s)[0].code, DAY.replace(year=2020)),
        "code",
        "2020",
    ),
    "season twice": (
        lambda s: service.open_season(s, AUTUMN, by=SYSTEM, at=BEGUN),
        "code",
        "26FW",
    ),
    "style twice": (new(number="W-2601"), "number", "W-2601"),
    "colour twice": (
        lambda s: service.add_colour(s, "W-2601", BLACK, by=SYSTEM, at=BEGUN),
        "code",
        "BK",
    ),
    "size twice": (new(sizes=(SIZES[0], SIZES[0])), "sizes", "44"),
    "size misread": (lambda _s: read_sizes("66 88-94-160 more"), "sizes", "66 88-94-160 more"),
    "no colour": (new(colours=()), "colours", "one colour"),
    "no size": (new(sizes=()), "sizes", "one size"),
    "price missing": (lambda s: price(0, s), "price", "one won"),
    "price of an unknown style": (lambda s: price(1, s, "W-9"), "style", "W-9"),
    "price in the past": (
        lambda s: service.set_price(
            s, "W-2601", Grade.FIRST, Money(1), DAY.replace(year=2025), by=SYSTEM, at=BEGUN
        ),
        "since",
        "today",
    ),
    "operation twice": (walk(make_step("S01"), make_step("S01")), None, "S01"),
    "predecessor unknown": (walk(make_step("S01", "S09")), None, "S09"),
    "circle": (walk(make_step("S01", "S02"), make_step("S02", "S01")), None, "S01, S02"),
    "several ends": (walk(make_step("S01"), make_step("S02")), None, "S01, S02"),
    "no operations": (walk(), None, "no operation"),
    "operation unknown": (
        lambda _s: routing("uid", "W-2601", 1, (make_step("S01"),)).step("S09"),
        "operation",
        "S09",
    ),
    "sheet with mistakes": (
        lambda s: service.load_operations(
            s, "W-2601", SHEET.replace("prep", "garden"), None, by=SYSTEM, at=BEGUN
        ),
        "sheet",
        "things in the sheet",
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_every_refusal_fills_its_sentence(session: Session, name: str) -> None:
    act, field, word = ACTS[name]
    make_style(session, sheet=None)
    with pytest.raises(Refused) as refused:
        act(session)
    assert refused.value.field == field
    told = {language: tell(refused.value, language) for language in LANGUAGES}
    assert word in told["en"]
    assert told["ko"] != told["en"]
    assert not any("{" in sentence or "None" in sentence for sentence in told.values())


def test_nothing_is_kept_of_what_was_refused(session: Session) -> None:
    make_style(session, sheet=None)
    before = (queries.styles(session), queries.items(session), queries.prices(session, "W-2601"))
    for act, _, _ in ACTS.values():
        with pytest.raises(Refused), session.begin_nested():
            act(session)
    after = (queries.styles(session), queries.items(session), queries.prices(session, "W-2601"))
    assert after == before
    assert queries.newest_routing(session, "W-2601") is None


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("66", [("66", "")]),
        ("44 82-88-150\n\n 66  88-94-160 \r\n", [("44", "82-88-150"), ("66", "88-94-160")]),
        ("FREE", [("FREE", "")]),
        ("", []),
    ],
)
def test_sizes_are_read_from_lines(text: str, sizes: list[tuple[str, str]]) -> None:
    found = read_sizes(text)
    assert [(size.label, size.ks) for size in found] == sizes
    assert [size.seq for size in found] == list(range(1, len(sizes) + 1))


@pytest.mark.parametrize("text", ["66/77", "66,77", "1 2 3", "가" * 16])
def test_sizes_that_would_break_an_orders_cells_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_sizes(text)


def test_a_season_is_called_in_the_readers_language() -> None:
    season = Season("27SS", "27 봄·여름", "Spring 27")
    assert [season.called(language) for language in LANGUAGES] == [
        "27 봄·여름",
        "27 봄·여름",
        "Spring 27",
    ]
    assert Season("27SS", "봄", "").called("en") == "봄"
