"""Prices by day: whatever was entered, in whatever order, one rule tells which holds."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.catalogue import queries, service
from factory.catalogue.domain import Grade
from factory.kernel.money import Money
from factory.security.domain import SYSTEM
from tests.catalogue.build import BEGUN, SIZES, make_style, new_style

FIRST_DAY = date(2026, 9, 1)
ENTRIES = st.lists(
    st.tuples(st.sampled_from(Grade), st.integers(1, 10**6), st.integers(0, 40)), max_size=8
)


def expected(entries: list[tuple[Grade, int, int]], grade: Grade, day: date) -> Money:
    """The rule in plain words: the latest day that has come; of one day, the latest entry."""
    begun = new_style()
    first = begun.price if grade is Grade.FIRST else begun.second_price
    holds = (FIRST_DAY, first)
    for kind, won, after in entries:
        since = FIRST_DAY + timedelta(days=after)
        if kind is grade and holds[0] <= since <= day:
            holds = (since, Money(won))
    return holds[1]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(entries=ENTRIES, after=st.integers(0, 45))
def test_the_latest_day_that_has_come_holds_and_of_one_day_the_latest_entry(
    session: Session, entries: list[tuple[Grade, int, int]], after: int
) -> None:
    day = FIRST_DAY + timedelta(days=after)
    with session.begin_nested() as attempt:
        make_style(session, sheet=None, sizes=SIZES[:1])
        for grade, won, since in entries:
            begins = FIRST_DAY + timedelta(days=since)
            service.set_price(session, "W-2601", grade, Money(won), begins, by=SYSTEM, at=BEGUN)
        items = queries.items(session)
        found = queries.prices_on(session, [item.code for item in items], day)
        for item in items:
            assert found[item.code] == expected(entries, item.grade, day)
        by_grade = queries.prices_of(session, "W-2601", day)
        assert by_grade == {grade: expected(entries, grade, day) for grade in Grade}
        attempt.rollback()


def test_prices_of_two_styles_do_not_touch_each_other(session: Session) -> None:
    make_style(session, sheet=None)
    make_style(session, sheet=None, number="W-2602", price=Money(239_000))
    later = FIRST_DAY + timedelta(days=1)
    service.set_price(session, "W-2602", Grade.FIRST, Money(99_000), later, by=SYSTEM, at=BEGUN)
    prices = {line.style.number: line.price for line in queries.style_lines(session, later)}
    assert prices == {"W-2601": Money(189_000), "W-2602": Money(99_000)}


def test_a_style_has_no_price_before_it_began(session: Session) -> None:
    make_style(session, sheet=None)
    before = FIRST_DAY - timedelta(days=1)
    assert queries.prices_of(session, "W-2601", before) == {}
    assert [line.price for line in queries.style_lines(session, before)] == [None]
