"""What the manager entered in the law book holds for contracts, birth dates and breaks too."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from factory.kernel.time import now
from factory.law.book import Entered, law_book
from factory.lawbook import service as lawbook
from factory.people import service
from factory.people.domain import Worker
from factory.people.domain.contract import Wish
from factory.people.domain.guards import (
    BreakWish,
    NoWaiverYet,
    TooYoung,
    first_waiver,
    refuse_young,
)
from factory.people.domain.minimum import (
    BelowMinimum,
    NoContractBelowMinimum,
    refuse_below_minimum,
)
from factory.security.domain import SYSTEM, Role
from tests.conftest import Kept, SignIn
from tests.payroll.build import ASPEN, WILLOW
from tests.people.build import FIRST, make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
NEXT = date(2028, 1, 1)


def entered(name: str, value: Fraction | tuple[tuple[str, Fraction], ...], since: date) -> Entered:
    return Entered(name, since, value, "Minimum Wage Act, art. 10", "Notice", since)


MORE = entered("wages.minimum_hourly", Fraction(12_500), NEXT)
BOOK = law_book().with_entries([MORE])


def test_the_minimum_that_was_entered_is_the_minimum() -> None:
    terms = make_terms(since=NEXT)
    refuse_below_minimum(make_terms(), date(2026, 11, 2), book=BOOK)
    with pytest.raises(BelowMinimum):
        refuse_below_minimum(terms, NEXT, book=BOOK)


def test_the_youngest_age_is_that_of_the_book() -> None:
    older = law_book().with_entries([entered("working_time.youngest", Fraction(19), FIRST)])
    born = date(FIRST.year - 18, 1, 1)
    refuse_young(born, FIRST)
    with pytest.raises(TooYoung):
        refuse_young(born, FIRST, older)


def test_the_first_day_without_a_break_is_that_of_the_book() -> None:
    assert first_waiver(BOOK) == first_waiver() == date(2026, 12, 9)


def hold(session: Session, new: Entered) -> None:
    number = lawbook.enter(session, new, by=WILLOW, at=now())
    lawbook.approve(session, number, by=ASPEN, at=now())


def test_a_contract_is_drawn_up_by_what_was_entered(session: Session) -> None:
    pine = make_worker(session)
    service.change_terms(session, pine, make_terms(since=NEXT), by=SYSTEM, at=now())
    hold(session, MORE)
    with pytest.raises(NoContractBelowMinimum):
        service.draw_contract(session, pine, NEXT, Wish("here", "sewing"), by=SYSTEM, at=now())
    found = service.draw_contract(session, pine, FIRST, Wish("here", "sewing"), by=SYSTEM, at=now())
    assert found.terms.since == FIRST


def test_a_wish_before_the_law_allows_it_is_refused_as_before(session: Session) -> None:
    pine = make_worker(session)
    with pytest.raises(NoWaiverYet):
        service.waive_break(session, pine, BreakWish(date(2026, 12, 8)), by=SYSTEM, at=now())


def _pine(session: Session) -> Worker:
    hold(session, MORE)
    return make_worker(session)


@pytest.fixture
def pine(kept: Kept) -> Worker:
    return kept(_pine)


def test_the_form_of_terms_holds_a_wage_against_what_was_entered(
    sign_in: SignIn, pine: Worker
) -> None:
    browser = sign_in(Role.MANAGER)
    sent = {
        "since": NEXT.isoformat(),
        "kind": "hourly",
        "rate": "12,000",
        "weekly_hours": "40",
        "work_days": ["mon", "tue", "wed", "thu", "fri"],
        "rest_day": "sun",
        "shift_start": "09:00",
        "shift_end": "18:00",
    }
    at = f"/people/{pine.number}/terms"
    refused = browser.post(at, data=sent)
    assert refused.status_code == 422
    assert "12,500" in refused.text
    assert browser.post(at, data=sent | {"rate": "12,500"}).status_code == 303
