"""Leave that lapses is paid, unless it was urged in writing, both times on the law's days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.kernel.errors import Refused
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.leave import queries, service
from factory.leave.domain.arising import Why
from factory.leave.domain.ledger import Grant
from factory.leave.domain.promotion import (
    AskedOutOfTime,
    NamedBeforeAsked,
    NamedTooLate,
    NothingLapses,
    NotYetDone,
    Promotion,
    Round,
    checked,
    lapsed,
    lapsing,
    window,
)
from factory.people.domain import Worker
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from tests.conftest import Kept, SignIn
from tests.leave.build import EIGHT_HOURS, HIRED, make_house, make_ledger
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
YEAR_END = date(2026, 12, 31)
FIRST_YEAR_ENDS = date(2027, 1, 4)
"""The last day of the first year of whoever was hired on 5 January 2026."""
LATER = date(2028, 1, 1)


# The law's days


@pytest.mark.parametrize(
    ("which", "first", "last", "named"),
    [
        (Round.YEAR, "2026-07-01", "2026-07-10", "2026-10-31"),
        (Round.FIRST, "2026-10-01", "2026-10-10", "2026-11-30"),
        (Round.LATE, "2026-12-01", "2026-12-05", "2026-12-21"),
    ],
)
def test_asking_and_naming_count_on_the_laws_days(
    which: Round, first: str, last: str, named: str
) -> None:
    found = window(which, YEAR_END)
    assert tuple(map(str, (found.first, found.last, found.name_until))) == (first, last, named)


@given(expires=st.dates(date(2026, 3, 1), date(2035, 12, 31)), which=st.sampled_from(Round))
def test_there_is_always_time_to_answer_before_days_are_named(expires: date, which: Round) -> None:
    found = window(which, expires)
    assert found.first <= found.last < found.name_until < expires
    assert (found.name_until - found.last).days >= 10


ASKED, NAMED = date(2026, 7, 3), date(2026, 10, 20)
DONE = Promotion(Round.YEAR, YEAR_END, ASKED, NAMED)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"asked_on": date(2026, 6, 30)}, AskedOutOfTime),
        ({"asked_on": date(2026, 7, 11)}, AskedOutOfTime),
        ({"named_on": date(2026, 11, 1)}, NamedTooLate),
        ({"named_on": ASKED}, NamedBeforeAsked),
    ],
    ids=["too early", "too late", "named too late", "named before asked"],
)
def test_a_step_out_of_its_time_counts_for_nothing(
    change: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal) as refused:
        checked(replace(DONE, **change), LATER)
    assert "{" not in tell(refused.value, "ko_easy")
    assert refused.value.field in {"asked_on", "named_on"}


@pytest.mark.parametrize("today", [date(2026, 7, 2), date(2026, 10, 19)])
def test_nothing_is_entered_before_it_is_done(today: date) -> None:
    with pytest.raises(NotYetDone):
        checked(DONE, today)


def test_both_steps_in_their_time_hold() -> None:
    assert checked(DONE, LATER) == DONE
    alone = replace(DONE, named_on=None)
    assert checked(alone, ASKED) == alone


# What it frees


def grant(why: Why, day: date, expires: date = YEAR_END, minutes: int = 480) -> Grant:
    return Grant(day, minutes, why, expires)


def test_one_step_alone_frees_nothing() -> None:
    year = grant(Why.YEAR, date(2026, 1, 1))
    assert DONE.frees(year)
    assert not replace(DONE, named_on=None).frees(year)
    assert not DONE.frees(replace(year, expires=date(2027, 12, 31)))


@pytest.mark.parametrize(
    ("which", "day", "freed"),
    [
        (Round.FIRST, date(2026, 9, 1), True),
        (Round.FIRST, date(2026, 11, 1), False),
        (Round.LATE, date(2026, 11, 1), True),
        (Round.YEAR, date(2026, 9, 1), False),
    ],
)
def test_the_first_years_days_are_freed_by_their_own_asking(
    which: Round, day: date, *, freed: bool
) -> None:
    asked = date(2026, 10, 2) if which is not Round.LATE else date(2026, 12, 2)
    done = Promotion(which, YEAR_END, asked, asked + timedelta(days=15))
    assert done.frees(grant(Why.FULL_MONTH, day)) is freed


def test_what_lapsed_unused_is_found_by_its_last_day() -> None:
    kept = make_ledger(date(2027, 1, 31))
    found = lapsed(kept, date(2027, 1, 1), date(2027, 1, 31), ())
    assert {each.expires for each in found} == {FIRST_YEAR_ENDS}
    assert sum(each.rest for each in found) == 11 * EIGHT_HOURS
    assert lapsed(kept, date(2027, 1, 5), date(2027, 1, 31), ()) == ()


def test_what_was_urged_twice_is_not_paid_and_what_arose_later_is() -> None:
    kept = make_ledger(date(2027, 1, 31))
    done = Promotion(Round.FIRST, FIRST_YEAR_ENDS, date(2026, 10, 6), date(2026, 11, 20))
    found = lapsed(kept, date(2027, 1, 1), date(2027, 1, 31), [done])
    assert [each.day for each in found] == [date(2026, 11, 5), date(2026, 12, 5)]
    late = Promotion(Round.LATE, FIRST_YEAR_ENDS, date(2026, 12, 5), date(2026, 12, 20))
    assert lapsed(kept, date(2027, 1, 1), date(2027, 1, 31), [done, late]) == ()


def test_what_lapses_next_stands_with_the_laws_days() -> None:
    found = lapsing(make_ledger(date(2026, 12, 10)), ())
    assert [(each.round, each.minutes) for each in found] == [
        (Round.FIRST, 9 * EIGHT_HOURS),
        (Round.LATE, 2 * EIGHT_HOURS),
    ]
    asked = Promotion(Round.FIRST, FIRST_YEAR_ENDS, date(2026, 10, 5))
    (first, late) = lapsing(make_ledger(date(2026, 12, 10)), [asked])
    assert (first.promotion, late.promotion) == (asked, None)
    assert first.window == window(Round.FIRST, FIRST_YEAR_ENDS)


# Through the services


STEP = Promotion(Round.FIRST, FIRST_YEAR_ENDS, date(2026, 10, 6), date(2026, 11, 20))


def promote(session: Session, pine: Worker, step: Promotion = STEP) -> None:
    service.promote(session, pine, step, by=SYSTEM, at=now())


def test_days_that_lapsed_are_paid_with_the_month_after(session: Session) -> None:
    pine = make_house(session)
    for month, days in ((date(2027, 1, 1), None), (date(2027, 2, 1), 11), (date(2027, 3, 1), None)):
        assert queries.lapsed_before(session, month, [pine]).get(pine.id) == days


def test_a_step_is_kept_with_who_entered_it(session: Session) -> None:
    pine = make_house(session)
    promote(session, pine, replace(STEP, named_on=None))
    promote(session, pine)
    assert queries.promotions_of(session, pine.id) == (STEP,)
    assert queries.lapsed_before(session, date(2027, 2, 1), [pine]) == {pine.id: 2}
    entry = next(each for each in security.audit(session) if each.what == "urge_leave")
    assert entry.thing == f"worker {pine.number}"


def test_nothing_is_urged_that_does_not_lapse(session: Session) -> None:
    pine = make_house(session)
    with pytest.raises(NothingLapses):
        promote(session, pine, replace(STEP, expires=date(2027, 3, 3)))


def test_whoever_leaves_on_the_last_day_has_it_paid_at_leaving(session: Session) -> None:
    pine = make_house(session)
    gone = replace(pine, left=FIRST_YEAR_ENDS)
    stays = replace(pine, left=FIRST_YEAR_ENDS + timedelta(days=1))
    february = date(2027, 2, 1)
    assert queries.lapsed_before(session, february, [gone]) == {}
    assert queries.lapsed_before(session, february, [stays]) == {pine.id: 11}


def test_what_the_office_gave_lapses_a_year_later(session: Session) -> None:
    pine = make_house(session)
    service.enter(session, pine, date(2026, 11, 24), 480, "thanks", by=SYSTEM, at=now())
    december = queries.lapsed_before(session, date(2027, 12, 1), [pine])
    assert december == {pine.id: 1}


def test_under_five_people_nothing_arises_and_nothing_is_paid(session: Session) -> None:
    pine = make_worker(session, hired=HIRED, terms=make_terms(since=HIRED))
    assert queries.lapsed_before(session, date(2027, 2, 1), [pine]) == {}


# On the screen


@pytest.fixture
def pine(kept: Kept) -> Worker:
    return kept(make_house)


def test_the_office_enters_both_steps_on_her_page(
    sign_in: SignIn, pine: Worker, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime.fromisoformat("2026-11-24T10:00:00+09:00"))
    browser, at = sign_in(Role.MANAGER), f"/leave/people/{pine.number}"
    page = browser.get(at).text
    assert "Leave that lapses" in page
    assert "paid if it lapses" in page
    sent = {"which": f"first {FIRST_YEAR_ENDS}", "asked_on": "2026-10-20", "named_on": ""}
    for language in ("en", "ko", "ko_easy"):
        refused = browser.post(f"{at}/urge?language={language}", data=sent)
        held = window(Round.FIRST, FIRST_YEAR_ENDS)
        told = AskedOutOfTime(first=held.first, last=held.last)
        assert refused.status_code == 422
        assert tell(told, language) in refused.text
    browser.get("/?language=en")
    good = sent | {"asked_on": "2026-10-06", "named_on": "2026-11-20"}
    assert browser.post(f"{at}/urge", data=good).status_code == 303
    assert "both steps are taken: not paid" in browser.get(at).text
    assert browser.post(f"{at}/urge", data=good | {"which": "year 2030-01-01"}).status_code == 422


def test_others_enter_no_step(sign_in: SignIn, pine: Worker) -> None:
    assert sign_in(Role.SUPERVISOR).post(f"/leave/people/{pine.number}/urge").status_code == 403
