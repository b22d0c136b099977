"""Seasons, styles, coats and prices, as the services keep them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from factory.catalogue import queries, service
from factory.catalogue.domain import (
    CoatUnknown,
    Colour,
    ColourTwice,
    ColourUnknown,
    Grade,
    NewStyle,
    NoColour,
    NoOperations,
    NoPriceYet,
    NoRouting,
    NoSize,
    PriceInThePast,
    PriceMissing,
    Season,
    SeasonTwice,
    SeasonUnknown,
    SizeTwice,
    SizeUnknown,
    StyleTwice,
    checked_style,
)
from factory.catalogue.domain.sheet import SheetHasMistakes
from factory.kernel.errors import NotFound
from factory.kernel.ids import CodeKind, is_well_read, read_code
from factory.kernel.money import Money
from factory.security import queries as security
from factory.security.domain import SYSTEM
from tests.catalogue.build import (
    AUTUMN,
    BEGUN,
    BLACK,
    RATE,
    SHEET,
    SIZES,
    make_season,
    make_step,
    make_style,
    new_style,
)

FIRST_DAY = date(2026, 9, 1)
LATER = date(2026, 11, 1)
BROWN = Colour("BR", "밤색", "brown", "#5b4030")


def test_a_style_has_a_coat_for_each_colour_size_and_grade(session: Session) -> None:
    style = make_style(session)
    found = queries.items(session, style.number)
    assert len(found) == 3 * 5 * 2
    assert len({(item.colour, item.size, item.grade) for item in found}) == 30
    for item in found:
        assert is_well_read(item.code)
        assert read_code(item.code, CodeKind.COAT) == item.code
        assert len(item.code) == 8
        assert queries.item(session, item.code) == item
        assert queries.item_of(session, style.number, item.colour, item.size, item.grade) == item


def test_a_style_is_found_as_it_was_entered(session: Session) -> None:
    style = make_style(session)
    assert queries.style(session, "W-2601") == style
    assert [size.label for size in style.sizes] == ["44", "55", "66", "77", "88"]
    assert style.size("66").ks == "88-94-160"
    assert style.colour("BK") == BLACK
    assert style.called("en") == "Women's wool coat"
    assert style.called("ko_easy") == "여성 울 코트"
    assert style.colour("CA").called("en") == "camel"


def test_styles_are_listed_by_season(session: Session) -> None:
    spring = make_season(session, Season("27SS", "27 봄·여름", "Spring 27"))
    make_style(session, sheet=None)
    make_style(session, sheet=None, number="W-2701", season=spring.code)
    assert [style.number for style in queries.styles(session)] == ["W-2601", "W-2701"]
    assert [style.number for style in queries.styles(session, "27SS")] == ["W-2701"]
    assert queries.seasons(session) == (spring, AUTUMN)
    assert spring.called("en") == "Spring 27"


def test_two_styles_never_share_a_code(session: Session) -> None:
    make_style(session, sheet=None)
    make_style(session, sheet=None, number="W-2602")
    codes = [item.code for item in queries.items(session)]
    assert len(codes) == len(set(codes)) == 60
    assert len(queries.items(session, "W-2602")) == 30


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"colours": ()}, NoColour),
        ({"sizes": ()}, NoSize),
        ({"colours": (BLACK, BLACK)}, ColourTwice),
        ({"sizes": (*SIZES, SIZES[0])}, SizeTwice),
        ({"price": Money(0)}, PriceMissing),
        ({"second_price": Money(-1)}, PriceMissing),
    ],
)
def test_a_style_that_lacks_something_is_refused(
    changes: dict[str, object], refusal: type[Exception]
) -> None:
    entry: NewStyle = new_style(**changes)
    with pytest.raises(refusal):
        checked_style(entry)


def test_a_number_is_used_once_and_a_season_has_to_be_open(session: Session) -> None:
    make_style(session, sheet=None)
    with pytest.raises(StyleTwice):
        make_style(session, sheet=None)
    with pytest.raises(SeasonUnknown):
        make_style(session, number="W-2701", season="27SS")
    with pytest.raises(SeasonTwice):
        service.open_season(session, AUTUMN, by=SYSTEM, at=BEGUN)


def test_what_is_not_there_is_refused_by_name(session: Session) -> None:
    style = make_style(session, sheet=None)
    with pytest.raises(NotFound):
        queries.style(session, "W-9999")
    with pytest.raises(CoatUnknown):
        queries.item(session, "49999999")
    with pytest.raises(ColourUnknown):
        style.colour("BR")
    with pytest.raises(SizeUnknown):
        style.size("99")
    with pytest.raises(SizeUnknown):
        queries.item_of(session, style.number, "BK", "99", Grade.FIRST)
    with pytest.raises(ColourUnknown):
        queries.item_of(session, style.number, "BR", "66", Grade.FIRST)
    with pytest.raises(NotFound):
        queries.item_of(session, "W-9999", "BK", "66", Grade.FIRST)


def test_a_colour_more_brings_its_coats(session: Session) -> None:
    make_style(session, sheet=None)
    style = service.add_colour(session, "W-2601", BROWN, by=SYSTEM, at=BEGUN)
    assert queries.style(session, "W-2601") == style
    assert style.colours[-1] == BROWN
    assert len(queries.items(session)) == 40
    with pytest.raises(ColourTwice):
        service.add_colour(session, "W-2601", BROWN, by=SYSTEM, at=BEGUN)


def test_a_price_holds_from_its_day_on(session: Session) -> None:
    make_style(session, sheet=None)
    coat = queries.item_of(session, "W-2601", "BK", "66", Grade.FIRST).code
    second = queries.item_of(session, "W-2601", "BK", "66", Grade.SECOND).code
    service.set_price(session, "W-2601", Grade.FIRST, Money(149_000), LATER, by=SYSTEM, at=BEGUN)
    assert queries.price_on(session, coat, FIRST_DAY) == Money(189_000)
    assert queries.price_on(session, coat, LATER - timedelta(days=1)) == Money(189_000)
    found = queries.prices_on(session, [coat, second, coat], LATER)
    assert found == {coat: Money(149_000), second: Money(120_000)}
    assert queries.prices(session, "W-2601")[0].since == LATER


def test_of_two_prices_from_one_day_the_later_entry_holds(session: Session) -> None:
    make_style(session, sheet=None)
    coat = queries.items(session)[0].code
    for won in (170_000, 175_000):
        service.set_price(session, "W-2601", Grade.FIRST, Money(won), LATER, by=SYSTEM, at=BEGUN)
    assert queries.price_on(session, coat, LATER) == Money(175_000)


def test_prices_that_cant_be_are_refused(session: Session) -> None:
    make_style(session, sheet=None)
    coat = queries.items(session)[0].code
    yesterday = FIRST_DAY - timedelta(days=1)
    for price, since, refusal in (
        (Money(0), LATER, PriceMissing),
        (Money(1000), yesterday, PriceInThePast),
    ):
        with pytest.raises(refusal):
            service.set_price(session, "W-2601", Grade.FIRST, price, since, by=SYSTEM, at=BEGUN)
    with pytest.raises(NotFound):
        service.set_price(session, "W-9", Grade.FIRST, RATE, LATER, by=SYSTEM, at=BEGUN)
    with pytest.raises(NoPriceYet):
        queries.price_on(session, coat, yesterday)
    with pytest.raises(CoatUnknown):
        queries.prices_on(session, [coat, "49999999"], LATER)
    assert queries.prices_on(session, [], LATER) == {}


def test_a_new_way_of_work_leaves_the_old_one_as_it_was(session: Session) -> None:
    style = make_style(session)
    old = queries.routing(session, style.number)
    steps = (make_step("S01"), make_step("S02", "S01"))
    new = service.revise_routing(session, style.number, steps, by=SYSTEM, at=BEGUN)
    assert (old.version, new.version) == (1, 2)
    assert queries.routing(session, style.number) == new
    assert queries.routing_by_uid(session, old.uid) == old
    assert len(old.steps) == 45
    with pytest.raises(NoOperations):
        service.revise_routing(session, style.number, (), by=SYSTEM, at=BEGUN)


def test_a_way_of_work_is_read_from_the_database_as_it_was_kept(session: Session) -> None:
    style = make_style(session)
    known = queries.routing(session, style.number)
    queries._routings.clear()
    session.expire_all()
    read = queries.routing(session, style.number)
    assert read == known
    assert read is not known
    assert queries.routing(session, style.number) is read


def test_memory_of_ways_of_work_stays_small(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_REMEMBERED", 1)
    queries._routings.clear()
    make_style(session)
    one = queries.routing(session, "W-2601")
    make_style(session, number="W-2602", sheet=SHEET)
    queries.routing(session, "W-2602")
    assert one.uid not in queries._routings
    assert queries.routing_by_uid(session, one.uid) == one


def test_the_same_steps_make_no_new_version(session: Session) -> None:
    style = make_style(session)
    first = queries.routing(session, style.number)
    again = service.load_operations(session, style.number, SHEET, None, by=SYSTEM, at=BEGUN)
    assert again == first
    faster = SHEET.replace("SNLS,1.40,E", "SNLS,1.35,E", 1)
    changed = service.load_operations(session, style.number, faster, None, by=SYSTEM, at=BEGUN)
    assert (changed.version, changed.step("S02").sam) == (2, 135)
    assert changed.step("S02").rate == first.step("S02").rate


def test_a_sheet_with_mistakes_changes_nothing(session: Session) -> None:
    style = make_style(session)
    before = queries.routing(session, style.number)
    with pytest.raises(SheetHasMistakes):
        service.load_operations(session, style.number, SHEET + SHEET, RATE, by=SYSTEM, at=BEGUN)
    assert queries.routing(session, style.number) == before


def test_a_style_without_operations_says_so(session: Session) -> None:
    make_style(session, sheet=None)
    with pytest.raises(NoRouting):
        queries.routing(session, "W-2601")
    with pytest.raises(NotFound):
        queries.routing_by_uid(session, str(uuid4()))
    with pytest.raises(NotFound):
        service.load_operations(session, "W-9", SHEET, RATE, by=SYSTEM, at=BEGUN)


def test_operations_of_all_styles_are_listed_once(session: Session) -> None:
    make_style(session)
    make_style(session, number="W-2602")
    make_style(session, number="W-2603", sheet=None)
    found = queries.operations(session)
    assert len(found) == 45
    assert found[0].code == "C01"


def test_every_change_is_in_the_audit(session: Session) -> None:
    make_style(session)
    service.add_colour(session, "W-2601", BROWN, by=SYSTEM, at=BEGUN)
    service.set_price(session, "W-2601", Grade.SECOND, RATE, LATER, by=SYSTEM, at=BEGUN)
    done = [line.what for line in security.audit(session, security.Sought(thing="style W-2601"))]
    assert sorted(done) == ["add_colour", "add_style", "revise_routing", "set_price"]


@pytest.mark.parametrize(
    "table", ["items", "prices", "routings", "routing_steps", "style_sizes", "style_colours"]
)
def test_what_was_kept_is_never_changed(session: Session, table: str) -> None:
    make_style(session)
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own table names
