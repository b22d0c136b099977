"""Asking, answering, taking back: what is granted, and each refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound, Refused
from factory.kernel.time import now
from factory.kernel.words import tell
from factory.leave import domain, queries, service
from factory.leave.domain import Answer, HouseRule, LeaveKind, Part
from factory.leave.domain.entering import WhyEntered
from factory.leave.domain.ledger import Exclusion
from factory.leave.records import LeaveAnswerRow, LeaveRequestRow
from factory.people import queries as people_queries
from factory.people import service as people
from factory.people.domain import Worker
from factory.security import queries as security
from factory.security.domain import SYSTEM, Actor, Role
from factory.timeclock import service as timeclock
from tests.conftest import Kept
from tests.leave.build import (
    EIGHT_HOURS,
    HIRED,
    ask,
    grant,
    make_house,
    make_wish,
    paid,
)
from tests.people.build import make_terms, make_worker

MONDAY, FRIDAY = date(2026, 12, 7), date(2026, 12, 11)
CEDAR = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))
WEDDING = HouseRule(LeaveKind.FAMILY_EVENT, "wedding", days=3, paid=True)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, hired in January, in a house of five."""
    return kept(make_house)


def test_a_week_of_leave_takes_its_five_working_days(session: Session, pine: Worker) -> None:
    asked = ask(session, pine, make_wish(date(2026, 12, 5), date(2026, 12, 13)))
    assert [one.day.day for one in asked.days] == [7, 8, 9, 10, 11]
    assert asked.minutes == 5 * EIGHT_HOURS
    assert (asked.answer, paid(session, asked)) == (Answer.OPEN, True)


def test_a_public_holiday_inside_takes_no_leave(session: Session, pine: Worker) -> None:
    asked = ask(session, pine, make_wish(date(2026, 12, 24), date(2026, 12, 28)))
    assert [one.day.day for one in asked.days] == [24, 28]


def test_what_is_asked_is_taken_off_at_once_and_comes_back_when_it_is_not_granted(
    session: Session, pine: Worker
) -> None:
    before = queries.ledger(session, pine.id, date(2026, 11, 24)).left
    asked = ask(session, pine)
    assert queries.ledger(session, pine.id, date(2026, 11, 24)).left == before - EIGHT_HOURS
    service.answer(session, asked.id, Answer.REFUSED, "too many away", by=SYSTEM, at=now())
    assert queries.ledger(session, pine.id, date(2026, 11, 24)).left == before
    (kept,) = queries.requests_of(session, pine.id)
    assert (kept.answered_by, kept.reason) == (SYSTEM.name, "too many away")


def test_only_what_was_granted_is_leave(session: Session, pine: Worker) -> None:
    asked = ask(session, pine)
    assert queries.on_leave(session, MONDAY, FRIDAY) == ()
    service.answer(session, asked.id, Answer.GRANTED, by=CEDAR, at=now())
    (leave,) = queries.on_leave(session, MONDAY, FRIDAY)
    assert (leave.worker, leave.day, leave.minutes) == (pine.id, MONDAY, EIGHT_HOURS)
    assert (leave.paid, leave.attended) == (True, True)
    assert queries.on_leave(session, FRIDAY, FRIDAY) == ()


def test_two_halves_make_a_day(session: Session, pine: Worker) -> None:
    grant(session, pine, make_wish(part=Part.FIRST_HALF))
    grant(session, pine, make_wish(part=Part.SECOND_HALF))
    assert queries.paid_minutes(session, pine.id, MONDAY, MONDAY) == {MONDAY: EIGHT_HOURS}
    with pytest.raises(domain.AlreadyAsked):
        ask(session, pine, make_wish(part=Part.FIRST_HALF))


def test_short_contracts_take_short_days(session: Session, pine: Worker) -> None:
    short = make_terms(since=HIRED, weekly_hours=25, shift_end="14:30")
    oak = make_worker(session, "Oak", hired=HIRED, terms=short)
    assert ask(session, oak).minutes == 300
    halves = [
        ask(session, oak, make_wish(FRIDAY, part=part)).minutes
        for part in (Part.FIRST_HALF, Part.SECOND_HALF)
    ]
    assert halves == [150, 150]


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"first": FRIDAY, "last": MONDAY}, domain.LastBeforeFirst, "last"),
        ({"last": date(2027, 3, 9)}, domain.TooLongAtOnce, "last"),
        ({"first": date(2026, 1, 2)}, domain.NotHereYet, "first"),
        ({"first": date(2026, 12, 6)}, domain.DayOffAnyway, "first"),
        ({"first": date(2026, 12, 25)}, domain.DayOffAnyway, "first"),
        ({"last": date(2026, 12, 23)}, domain.NotEnoughLeave, "last"),
        ({"kind": LeaveKind.SICK, "part": Part.FIRST_HALF}, domain.OnlyAnnualByHalves, "part"),
        ({"last": FRIDAY, "part": Part.FIRST_HALF}, domain.HalfOfOneDay, "last"),
        ({"kind": LeaveKind.FAMILY_EVENT}, domain.WhichEvent, "event"),
        ({"kind": LeaveKind.FAMILY_EVENT, "event": "moving"}, domain.NotOffered, "kind"),
        (
            {"kind": LeaveKind.FAMILY_EVENT, "event": "wedding", "last": FRIDAY},
            domain.EventDaysUp,
            "last",
        ),
        ({"kind": LeaveKind.MENSTRUAL, "last": FRIDAY}, domain.MoreThanAMonthGives, "last"),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_what_can_not_be_is_refused_beside_its_field(
    session: Session, pine: Worker, changes: dict[str, Any], refusal: type[Refused], field: str
) -> None:
    service.set_house_rule(session, WEDDING, by=SYSTEM, at=now())
    first = changes.get("first", MONDAY)
    wish = make_wish(**({"first": first, "last": first} | changes))
    with pytest.raises(refusal) as refused:
        ask(session, pine, wish)
    assert refused.value.field == field
    assert session.scalar(select(func.count()).select_from(LeaveRequestRow)) == 0
    for language in ("ko", "ko_easy"):
        assert tell(refused.value, language) != tell(refused.value, "en")


def test_the_refusal_says_how_much_is_left(session: Session, pine: Worker) -> None:
    grant(session, pine)
    with pytest.raises(domain.NotEnoughLeave) as refused:
        ask(session, pine, make_wish(date(2026, 12, 8), date(2026, 12, 23)))
    assert refused.value.values == {"left": "10", "asked": "12"}


def test_leave_asked_for_later_is_kept_from_being_used_twice(
    session: Session, pine: Worker
) -> None:
    grant(session, pine, make_wish(date(2026, 12, 14), date(2026, 12, 28)))
    with pytest.raises(domain.NotEnoughLeave):
        ask(session, pine, make_wish(date(2026, 11, 30), date(2026, 12, 1)))


def test_where_the_pay_is_done_leave_changes_no_more(session: Session, pine: Worker) -> None:
    earlier = ask(session, pine, make_wish(date(2026, 10, 30)))
    timeclock.lock(session, date(2026, 10, 31), by=SYSTEM, at=now())
    with pytest.raises(domain.DayInLockedPeriod) as refused:
        ask(session, pine, make_wish(date(2026, 10, 29), date(2026, 11, 2)))
    assert refused.value.field == "first"
    with pytest.raises(domain.DayInLockedPeriod):
        service.answer(session, earlier.id, Answer.GRANTED, by=CEDAR, at=now())
    with pytest.raises(domain.DayInLockedPeriod):
        service.withdraw(session, pine, earlier.id, by=SYSTEM, at=now())
    assert ask(session, pine, make_wish(date(2026, 11, 2))).counts


def test_nobody_takes_leave_after_her_last_day(session: Session, pine: Worker) -> None:
    people.leave(session, pine, MONDAY, by=SYSTEM, at=now())
    gone = people_queries.worker(session, pine.id)
    with pytest.raises(domain.GoneByThen) as refused:
        ask(session, gone, make_wish(MONDAY, FRIDAY))
    assert refused.value.field == "last"
    assert ask(session, gone).minutes == EIGHT_HOURS


def test_a_small_house_owes_none_and_the_ledger_says_so(session: Session) -> None:
    pine = make_worker(session, hired=HIRED, terms=make_terms(since=HIRED))
    kept = queries.ledger(session, pine.id, date(2026, 11, 24))
    assert (kept.left, kept.exclusion) == (0, Exclusion.SMALL_WORKPLACE)
    with pytest.raises(domain.NotEnoughLeave):
        ask(session, pine)
    with pytest.raises(domain.NotOffered):
        ask(session, pine, make_wish(kind=LeaveKind.MENSTRUAL))


def test_under_fifteen_hours_a_week_none_is_owed(session: Session, pine: Worker) -> None:
    few = make_terms(since=HIRED, weekly_hours=14, shift_end="14:00")
    oak = make_worker(session, "Oak", hired=HIRED, terms=few)
    kept = queries.ledger(session, oak.id, date(2026, 11, 24))
    assert (kept.arisen, kept.exclusion) == (0, Exclusion.SHORT_WEEK)


# Answers


def test_nobody_answers_her_own_request(session: Session, pine: Worker) -> None:
    asked = ask(session, pine)
    herself = Actor(name="Pine", roles=frozenset({Role.SUPERVISOR}), worker=pine.id)
    with pytest.raises(domain.NotHerOwnAnswer):
        service.answer(session, asked.id, Answer.GRANTED, by=herself, at=now())


def test_a_refusal_needs_its_reason(session: Session, pine: Worker) -> None:
    asked = ask(session, pine)
    with pytest.raises(domain.WhyNot):
        service.answer(session, asked.id, Answer.REFUSED, " ", by=SYSTEM, at=now())


def test_what_is_answered_is_answered_but_a_grant_can_be_taken_back(
    session: Session, pine: Worker
) -> None:
    granted = grant(session, pine)
    with pytest.raises(domain.AlreadyAnswered):
        service.answer(session, granted.id, Answer.GRANTED, by=SYSTEM, at=now())
    service.answer(session, granted.id, Answer.REFUSED, "a rush order", by=SYSTEM, at=now())
    assert queries.on_leave(session, MONDAY, MONDAY) == ()
    with pytest.raises(domain.AlreadyAnswered):
        service.answer(session, granted.id, Answer.GRANTED, by=CEDAR, at=now())


def test_a_day_the_factory_closes_is_no_leave_of_hers(session: Session, pine: Worker) -> None:
    asked = ask(session, pine)
    with pytest.raises(domain.OursNotHers):
        service.answer(session, asked.id, Answer.OPEN, by=CEDAR, at=now())
    assert queries.request(session, asked.id).answer is Answer.OPEN


def test_both_answers_are_kept(session: Session, pine: Worker) -> None:
    granted = grant(session, pine)
    service.answer(session, granted.id, Answer.REFUSED, "a rush order", by=SYSTEM, at=now())
    rows = session.scalars(select(LeaveAnswerRow).order_by(LeaveAnswerRow.id)).all()
    assert [row.answer for row in rows] == [Answer.GRANTED, Answer.REFUSED]
    what = [entry.what for entry in security.audit(session)]
    assert {"ask_leave", "grant_leave", "refuse_leave"} <= set(what)


def test_she_takes_back_what_has_not_begun(session: Session, pine: Worker) -> None:
    granted = grant(session, pine)
    taken = service.withdraw(session, pine, granted.id, by=SYSTEM, at=now())
    assert taken.answer is Answer.WITHDRAWN
    with pytest.raises(domain.AlreadyAnswered):
        service.withdraw(session, pine, granted.id, by=SYSTEM, at=now())


def test_what_has_begun_is_changed_by_the_office(session: Session, pine: Worker) -> None:
    granted = grant(session, pine, make_wish(date(2026, 11, 24), date(2026, 11, 25)))
    with pytest.raises(domain.BegunAlready):
        service.withdraw(session, pine, granted.id, by=SYSTEM, at=now())


def test_nobody_takes_back_anothers_request(session: Session, pine: Worker) -> None:
    granted = grant(session, pine)
    cedar = next(w for w in people_queries.workers(session) if w.name == "Cedar")
    with pytest.raises(NotFound):
        service.withdraw(session, cedar, granted.id, by=SYSTEM, at=now())


# Other kinds


def test_an_event_has_the_days_and_the_pay_the_house_gives(session: Session, pine: Worker) -> None:
    service.set_house_rule(session, WEDDING, by=SYSTEM, at=now())
    event = make_wish(MONDAY, date(2026, 12, 9), kind=LeaveKind.FAMILY_EVENT, event="wedding")
    assert paid(session, ask(session, pine, event))
    service.set_house_rule(session, replace(WEDDING, days=1), by=SYSTEM, at=now())
    assert [rule.days for rule in queries.house_rules(session)] == [1]
    with pytest.raises(domain.EventDaysUp):
        ask(session, pine, make_wish(FRIDAY, date(2026, 12, 14), kind=event.kind, event="wedding"))


def test_illness_is_paid_only_where_the_house_pays_it(session: Session, pine: Worker) -> None:
    assert not paid(session, ask(session, pine, make_wish(kind=LeaveKind.SICK)))
    service.set_house_rule(session, HouseRule(LeaveKind.SICK, paid=True), by=SYSTEM, at=now())
    assert paid(session, ask(session, pine, make_wish(FRIDAY, kind=LeaveKind.SICK)))


def test_a_day_ill_without_pay_costs_that_months_day(session: Session, pine: Worker) -> None:
    before = queries.ledger(session, pine.id, date(2026, 11, 24)).arisen
    ill = make_wish(date(2026, 10, 20), kind=LeaveKind.SICK)
    grant(session, pine, ill)
    assert queries.ledger(session, pine.id, date(2026, 11, 24)).arisen == before - EIGHT_HOURS
    assert queries.ledger(session, pine.id, date(2026, 11, 24)).used == 0


def test_annual_leave_counts_as_attended(session: Session, pine: Worker) -> None:
    before = queries.ledger(session, pine.id, date(2026, 12, 10)).arisen
    grant(session, pine, make_wish(date(2026, 12, 1), date(2026, 12, 3)))
    assert queries.ledger(session, pine.id, date(2026, 12, 10)).arisen == before


# Missed days, and what the office enters


def test_a_missed_day_is_noted_and_can_turn_out_not_to_be_one(
    session: Session, pine: Worker
) -> None:
    day, on = date(2026, 10, 20), date(2026, 11, 24)
    before = queries.ledger(session, pine.id, on).arisen
    for _ in range(2):
        service.note_day(session, pine.id, day, missed=True, by=CEDAR, at=now())
    assert queries.missed(session, pine.id) == {day}
    assert queries.ledger(session, pine.id, on).arisen == before - EIGHT_HOURS
    service.note_day(session, pine.id, day, missed=False, by=CEDAR, at=now())
    assert queries.ledger(session, pine.id, on).arisen == before


def test_the_office_enters_what_was_used_before_or_is_given_more(
    session: Session, pine: Worker
) -> None:
    on = date(2026, 11, 24)
    before = queries.ledger(session, pine.id, on).left
    service.enter(session, pine, on, 960, "ten years", by=SYSTEM, at=now())
    service.enter(session, pine, on, -480, "used in spring", by=SYSTEM, at=now())
    kept = queries.ledger(session, pine.id, on)
    assert kept.left == before + 480
    assert "ten years" in {one.reason for one in kept.grants}
    with pytest.raises(WhyEntered):
        service.enter(session, pine, on, 480, " ", by=SYSTEM, at=now())


# Lists


def test_whoever_answers_sees_when_and_how_long_and_who_else_is_away(
    session: Session, pine: Worker
) -> None:
    cedar = next(w for w in people_queries.workers(session) if w.name == "Cedar")
    grant(session, cedar, make_wish(date(2026, 12, 8), kind=LeaveKind.SICK))
    ask(session, pine, make_wish(MONDAY, FRIDAY, note="to the doctor"))
    (asked,) = queries.requests(session, since=date(2026, 11, 24))
    assert (asked.worker.name, asked.days) == ("Pine", 5)
    assert asked.others == ("Cedar",)
    assert "doctor" not in repr(asked)
    assert not any(hasattr(asked, name) for name in ("kind", "wish", "paid"))
    everything = queries.requests(session, open_only=False, since=date(2026, 11, 24))
    assert [each.worker.name for each in everything] == ["Cedar", "Pine"]


def test_what_nobody_answered_in_time_stays_on_the_list(session: Session, pine: Worker) -> None:
    late = ask(session, pine, make_wish(date(2026, 11, 2)))
    past = grant(session, pine, make_wish(date(2026, 11, 3)))
    coming = grant(session, pine)
    numbers = [each.id for each in queries.requests(session, since=date(2026, 11, 24))]
    assert numbers == [late.id]
    everything = queries.requests(session, open_only=False, since=date(2026, 11, 24))
    assert [each.id for each in everything] == [late.id, coming.id]
    assert past.id not in numbers


def test_the_teams_month_says_who_is_away_and_never_why(session: Session, pine: Worker) -> None:
    grant(session, pine, make_wish(kind=LeaveKind.MENSTRUAL))
    ask(session, pine, make_wish(FRIDAY, part=Part.FIRST_HALF))
    month = queries.team_month(session, date(2026, 12, 15))
    assert (month.days[0].day, len(month.days)) == (1, 31)
    assert {date(2026, 12, 6), date(2026, 12, 25)} <= month.off
    row = next(row for row in month.rows if row.worker.id == pine.id)
    assert {day.day: (away.part, away.open) for day, away in row.away.items()} == {
        7: (Part.WHOLE, False),
        11: (Part.FIRST_HALF, True),
    }
    assert "menstrual" not in repr(month)


def test_whoever_left_before_the_month_is_not_in_it(session: Session, pine: Worker) -> None:
    people.leave(session, pine, date(2026, 11, 24), by=SYSTEM, at=now())
    names = [row.worker.name for row in queries.team_month(session, MONDAY).rows]
    assert names == ["Cedar", "Hazel", "Birch", "Maple"]


def test_an_unknown_request_is_not_found(session: Session, pine: Worker) -> None:
    del pine
    for look in (queries.request, queries.asked):
        with pytest.raises(NotFound):
            look(session, 999)


def test_asking_again_after_a_refusal_is_allowed(session: Session, pine: Worker) -> None:
    asked = ask(session, pine)
    with pytest.raises(domain.AlreadyAsked):
        ask(session, pine, make_wish(MONDAY - timedelta(days=3), FRIDAY))
    service.answer(session, asked.id, Answer.REFUSED, "stock taking", by=SYSTEM, at=now())
    assert ask(session, pine).answer is Answer.OPEN
