"""Entering, approving by a second person, refusing and taking back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.law.book import RateNotPublished, law_book
from factory.lawbook import domain, queries, service
from factory.lawbook.domain import State
from factory.security import queries as security
from tests.lawbook.build import (
    CARE,
    CEDAR,
    FRIDAY,
    WILLOW,
    bring,
    decree,
    figure,
    holiday,
    morning,
)

NEW_YEAR = date(2027, 1, 1)


def test_a_house_that_entered_nothing_reads_the_book_as_printed(session: Session) -> None:
    assert queries.book(session) is law_book()
    assert queries.decreed(session) == ()
    assert queries.entries(session) == ()


def test_an_entry_holds_once_a_second_person_approved_it(session: Session) -> None:
    number = service.enter(session, figure(), by=WILLOW, at=morning())
    with pytest.raises(RateNotPublished):
        queries.book(session).on(NEW_YEAR).figure(CARE)
    assert [each.id for each in queries.waiting(session)] == [number]
    service.approve(session, number, by=CEDAR, at=morning("2026-12-22"))
    found = queries.book(session).on(NEW_YEAR).figure(CARE)
    assert (found.number, found.checked) == (Fraction("0.132"), date(2026, 12, 22))
    assert (found.article, found.source) == (figure().article, "notice of 2026-12-20")
    assert queries.waiting(session) == ()


def test_whoever_entered_it_does_not_approve_it(session: Session) -> None:
    number = service.enter(session, figure(), by=WILLOW, at=morning())
    with pytest.raises(domain.SecondPersonWanted):
        service.approve(session, number, by=WILLOW, at=morning())
    assert queries.entry(session, number).state is State.WAITING


def test_a_figure_of_parts_comes_back_as_it_was_entered(session: Session) -> None:
    name = "social_insurance.pension_base"
    parts = {"least": Fraction(420000), "most": Fraction(6800000), "step": Fraction(1000)}
    bring(session, figure(name, "2027-07-01", parts))
    assert queries.book(session).on(date(2027, 7, 1)).figure(name).table == parts
    assert queries.book(session).on(date(2027, 6, 30)).figure(name).table["most"] == 6590000


def test_a_decreed_day_is_a_public_holiday_with_its_name(session: Session) -> None:
    decree(session)
    book = queries.book(session)
    assert book.holiday(FRIDAY) == "by-election"
    assert book.is_public_holiday(FRIDAY)
    assert not law_book().is_public_holiday(FRIDAY)
    assert queries.decreed(session) == (holiday(),)


def test_the_same_day_is_not_entered_twice(session: Session) -> None:
    service.enter(session, holiday(), by=WILLOW, at=morning())
    with pytest.raises(domain.DayWaitsAlready):
        service.enter(session, holiday(), by=CEDAR, at=morning())


def test_a_day_of_the_book_is_not_entered(session: Session) -> None:
    with pytest.raises(domain.HolidayAlready):
        service.enter(session, holiday(date(2026, 12, 25)), by=WILLOW, at=morning())
    decree(session)
    with pytest.raises(domain.HolidayAlready):
        service.enter(session, holiday(), by=WILLOW, at=morning())


def test_what_is_not_approved_never_holds_and_may_be_entered_anew(session: Session) -> None:
    number = service.enter(session, figure(), by=WILLOW, at=morning())
    service.refuse(session, number, " the notice says 13.30 ", by=CEDAR, at=morning())
    found = queries.entry(session, number)
    assert (found.state, found.reason) == (State.REFUSED, "the notice says 13.30")
    with pytest.raises(domain.AnsweredAlready):
        service.approve(session, number, by=CEDAR, at=morning())
    bring(session, figure(value="0.1330"))
    assert queries.book(session).on(NEW_YEAR).number(CARE) == Fraction("0.133")


def test_refusing_and_taking_back_need_a_reason(session: Session) -> None:
    number = service.enter(session, holiday(), by=WILLOW, at=morning())
    with pytest.raises(domain.WhyNot):
        service.refuse(session, number, " ", by=CEDAR, at=morning())
    service.approve(session, number, by=CEDAR, at=morning())
    with pytest.raises(domain.WhyNot):
        service.take_back(session, number, "", by=CEDAR, at=morning())


def test_taking_back_needs_a_second_person_as_well(session: Session) -> None:
    number = decree(session)
    asked = service.take_back(session, number, "the decree was withdrawn", by=CEDAR, at=morning())
    assert queries.book(session).is_public_holiday(FRIDAY)
    with pytest.raises(domain.SecondPersonWanted):
        service.approve(session, asked, by=CEDAR, at=morning())
    service.approve(session, asked, by=WILLOW, at=morning())
    assert queries.decreed(session) == ()
    assert not queries.book(session).is_public_holiday(FRIDAY)
    assert queries.entry(session, number).state is State.TAKEN_BACK
    with pytest.raises(domain.NotHeld):
        service.take_back(session, number, "again", by=CEDAR, at=morning())


def test_a_taking_back_that_is_refused_leaves_it_standing(session: Session) -> None:
    number = decree(session)
    asked = service.take_back(session, number, "a mistake?", by=CEDAR, at=morning())
    with pytest.raises(domain.GoesAlready):
        service.take_back(session, number, "a mistake?", by=WILLOW, at=morning())
    service.refuse(session, asked, "it was none", by=WILLOW, at=morning())
    assert queries.entry(session, number).state is State.HOLDS
    assert queries.book(session).is_public_holiday(FRIDAY)


def test_a_day_taken_back_may_be_decreed_again(session: Session) -> None:
    first = decree(session)
    asked = service.take_back(session, first, "withdrawn", by=CEDAR, at=morning())
    service.approve(session, asked, by=WILLOW, at=morning())
    decree(session)
    assert queries.book(session).is_public_holiday(FRIDAY)


def test_everything_done_to_the_book_is_logged(session: Session) -> None:
    number = bring(session, figure())
    service.take_back(session, number, "wrong notice", by=CEDAR, at=morning())
    found = [(each.actor, each.what) for each in security.audit(session)]
    assert set(found) >= {
        ("Willow", "enter_law"),
        ("Cedar", "approve_law"),
        ("Cedar", "take_law_back"),
    }


def test_the_history_keeps_everything_newest_first(session: Session) -> None:
    one, two = bring(session, figure()), decree(session)
    assert [each.id for each in queries.entries(session)] == [two, one]
    with pytest.raises(NotFound):
        queries.entry(session, two + 1)


def test_the_same_entries_give_the_same_book(session: Session) -> None:
    decree(session)
    one = queries.book(session)
    session.info.pop(queries.BOOK)
    assert queries.book(session) is one
