"""Whether a wish can be asked for, decided without a database: days, halves, limits, balance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory.kernel.errors import Refused
from factory.leave import domain
from factory.leave.domain import (
    Answer,
    HouseRule,
    LeaveDay,
    LeaveKind,
    Part,
    Request,
    Wish,
    counting,
    is_paid,
    refuse_answer,
)
from factory.leave.domain.arising import monday_to_friday
from factory.leave.domain.asking import MOST_DAYS, Standing, checked, part_of
from factory.leave.domain.ledger import Ledger, Taken
from factory.people.domain import Worker
from factory.security.domain import Actor, Role, WorkerId
from tests.leave.build import EIGHT_HOURS, HIRED, MORNING, make_ledger, make_wish

A_DAY = timedelta(days=1)
TODAY, MONDAY, FRIDAY = date(2026, 11, 24), date(2026, 12, 7), date(2026, 12, 11)
PINE = Worker(WorkerId(1), 1, "Pine", "ko_easy", HIRED, None)
EVENTS = (
    HouseRule(LeaveKind.FAMILY_EVENT, "wedding", 3, paid=True),
    HouseRule(LeaveKind.FAMILY_EVENT, "moving", 1),
    HouseRule(LeaveKind.FAMILY_EVENT, "no more", 0),
    HouseRule(LeaveKind.MENSTRUAL, paid=True),
)


def make_standing(*earlier: Request, **changes: Any) -> Standing:
    def with_taken(more: Iterable[Taken]) -> Ledger:
        annual = (r for r in earlier if r.counts and r.wish.kind is LeaveKind.ANNUAL)
        known = [Taken(one.day, one.minutes) for r in annual for one in r.days]
        return make_ledger(TODAY, taken=[*known, *more])

    given: dict[str, Any] = {
        "worker": PINE,
        "minutes": lambda day: EIGHT_HOURS if monday_to_friday(day) else 0,
        "requests": earlier,
        "rules": EVENTS,
        "today": TODAY,
        "locked_until": None,
        "menstrual_days": 1,
        "with_taken": with_taken,
    }
    return Standing(**(given | changes))


def make_request(wish: Wish | None = None, **changes: Any) -> Request:
    made = wish or make_wish()
    given: dict[str, Any] = {
        "id": 1,
        "worker": PINE.id,
        "wish": made,
        "days": (LeaveDay(made.first, part_of(EIGHT_HOURS, made.part), made.part),),
        "asked_at": MORNING,
    } | changes
    return Request(**given)


def refused(wish: Wish, standing: Standing | None = None) -> type[Refused] | None:
    try:
        checked(wish, standing or make_standing())
    except Refused as refusal:
        return type(refusal)
    return None


# Spans


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (MONDAY, MONDAY, 1),
        (MONDAY, FRIDAY, 5),
        (date(2026, 12, 5), date(2026, 12, 13), 5),
        (date(2026, 12, 24), date(2026, 12, 28), 2),
        (date(2026, 12, 31), date(2027, 1, 4), 2),
        (date(2026, 11, 2), date(2026, 11, 3), 2),
    ],
    ids=["a day", "a week", "with weekends", "over Christmas", "over New Year", "afterwards"],
)
def test_only_working_days_take_leave(first: date, last: date, days: int) -> None:
    found = checked(make_wish(first, last), make_standing())
    assert len(found) == days
    assert all(one.minutes == EIGHT_HOURS for one in found)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"first": MONDAY, "last": MONDAY - A_DAY}, domain.LastBeforeFirst),
        ({"last": MONDAY + MOST_DAYS * A_DAY}, domain.TooLongAtOnce),
        ({"first": date(2027, 11, 25)}, domain.TooFarAhead),
        ({"first": date(2027, 11, 24), "last": date(2027, 11, 25)}, domain.TooFarAhead),
        ({"first": date(9998, 1, 4)}, domain.TooFarAhead),
        ({"first": HIRED - A_DAY}, domain.NotHereYet),
        ({"first": date(2026, 12, 5), "last": date(2026, 12, 6)}, domain.DayOffAnyway),
        ({"first": date(2026, 12, 25)}, domain.DayOffAnyway),
    ],
    ids=["backwards", "long", "far", "over the year", "spoilt", "early", "weekend", "holiday"],
)
def test_a_span_that_can_not_be(changes: dict[str, date], refusal: type[Refused]) -> None:
    first = changes.get("first", MONDAY)
    wish = make_wish(first, changes.get("last", first), kind=LeaveKind.UNPAID)
    assert refused(wish) is refusal


def test_a_year_ahead_and_a_quarter_long_are_still_possible() -> None:
    longest = make_wish(MONDAY, MONDAY + (MOST_DAYS - 1) * A_DAY, kind=LeaveKind.UNPAID)
    assert refused(longest) is None
    assert refused(make_wish(date(2027, 11, 24), kind=LeaveKind.UNPAID)) is None


def test_the_last_day_of_work_can_be_leave_and_the_one_after_can_not() -> None:
    going = Worker(WorkerId(1), 1, "Pine", "ko_easy", HIRED, MONDAY)
    assert refused(make_wish(), make_standing(worker=going)) is None
    assert refused(make_wish(MONDAY, MONDAY + A_DAY), make_standing(worker=going)) is (
        domain.GoneByThen
    )


@pytest.mark.parametrize(
    ("locked", "refusal"),
    [
        (None, None),
        (MONDAY - A_DAY, None),
        (MONDAY, domain.DayInLockedPeriod),
        (date(2026, 12, 31), domain.DayInLockedPeriod),
    ],
    ids=["never", "until the day before", "until the day", "until the month's end"],
)
def test_a_day_whose_pay_is_done_is_closed(
    locked: date | None, refusal: type[Refused] | None
) -> None:
    assert refused(make_wish(), make_standing(locked_until=locked)) is refusal


def test_a_weekend_before_a_locked_day_does_not_hide_it() -> None:
    wish = make_wish(date(2026, 12, 5), FRIDAY)
    assert refused(wish, make_standing(locked_until=date(2026, 12, 6))) is None


# Twice, and halves


@pytest.mark.parametrize(
    ("earlier", "asked", "again"),
    [
        (Part.WHOLE, Part.WHOLE, True),
        (Part.WHOLE, Part.FIRST_HALF, True),
        (Part.FIRST_HALF, Part.WHOLE, True),
        (Part.FIRST_HALF, Part.FIRST_HALF, True),
        (Part.FIRST_HALF, Part.SECOND_HALF, False),
        (Part.SECOND_HALF, Part.FIRST_HALF, False),
    ],
    ids=lambda value: value.value if isinstance(value, Part) else None,
)
def test_the_same_hours_are_asked_for_once(earlier: Part, asked: Part, again: bool) -> None:  # noqa: FBT001 - a table
    standing = make_standing(make_request(make_wish(part=earlier)))
    assert refused(make_wish(part=asked), standing) is (domain.AlreadyAsked if again else None)


@pytest.mark.parametrize("answer", list(Answer), ids=str)
def test_only_what_counts_stands_in_the_way(answer: Answer) -> None:
    standing = make_standing(make_request(answer=answer))
    counts = answer in {Answer.OPEN, Answer.GRANTED}
    assert refused(make_wish(), standing) is (domain.AlreadyAsked if counts else None)


def test_the_refusal_names_the_day_that_was_asked_for() -> None:
    with pytest.raises(domain.AlreadyAsked) as found:
        checked(make_wish(date(2026, 12, 4), FRIDAY), make_standing(make_request()))
    assert found.value.values == {"day": MONDAY}


@given(st.integers(1, 480))
def test_two_halves_are_a_whole_to_the_minute(minutes: int) -> None:
    halves = [part_of(minutes, part) for part in (Part.FIRST_HALF, Part.SECOND_HALF)]
    assert sum(halves) == part_of(minutes, Part.WHOLE) == minutes
    assert 0 <= halves[1] - halves[0] <= 1


@pytest.mark.parametrize("kind", [k for k in LeaveKind if k is not LeaveKind.ANNUAL], ids=str)
def test_no_other_leave_is_given_by_halves(kind: LeaveKind) -> None:
    wish = make_wish(kind=kind, part=Part.SECOND_HALF, event="wedding")
    assert refused(wish) is domain.OnlyAnnualByHalves


# Kinds


def test_illness_and_leave_without_pay_need_no_balance() -> None:
    far = make_wish(MONDAY, date(2027, 1, 29), kind=LeaveKind.SICK)
    assert refused(far) is None
    assert refused(make_wish(far.first, far.last, kind=LeaveKind.UNPAID)) is None
    assert refused(make_wish(far.first, far.last)) is domain.NotEnoughLeave


@pytest.mark.parametrize(
    ("event", "last", "refusal"),
    [
        ("wedding", date(2026, 12, 9), None),
        ("wedding", date(2026, 12, 10), domain.EventDaysUp),
        ("moving", MONDAY, None),
        ("moving", date(2026, 12, 8), domain.EventDaysUp),
        ("no more", MONDAY, domain.NotOffered),
        ("birthday", MONDAY, domain.NotOffered),
        ("", MONDAY, domain.WhichEvent),
    ],
)
def test_an_event_has_the_days_of_the_house(
    event: str, last: date, refusal: type[Refused] | None
) -> None:
    assert refused(make_wish(MONDAY, last, kind=LeaveKind.FAMILY_EVENT, event=event)) is refusal


def test_days_off_inside_an_event_are_not_counted() -> None:
    wish = make_wish(date(2026, 12, 11), date(2026, 12, 15), kind=LeaveKind.FAMILY_EVENT)
    asked = Wish(wish.kind, wish.first, wish.last, event="wedding")
    assert len(checked(asked, make_standing())) == 3


@pytest.mark.parametrize(
    ("earlier", "refusal"),
    [
        (None, None),
        (date(2026, 12, 1), domain.OnceAMonth),
        (date(2026, 12, 31), domain.OnceAMonth),
        (date(2026, 11, 30), None),
        (date(2027, 1, 4), None),
    ],
    ids=["none yet", "on the first", "on the last", "the month before", "the month after"],
)
def test_menstrual_leave_is_one_day_of_a_calendar_month(
    earlier: date | None, refusal: type[Refused] | None
) -> None:
    wish = make_wish(kind=LeaveKind.MENSTRUAL)
    known = [make_request(make_wish(earlier, kind=LeaveKind.MENSTRUAL))] if earlier else []
    assert refused(wish, make_standing(*known)) is refusal


def test_menstrual_leave_over_the_end_of_a_month_is_one_day_of_each() -> None:
    wish = make_wish(date(2026, 11, 30), date(2026, 12, 1), kind=LeaveKind.MENSTRUAL)
    assert len(checked(wish, make_standing())) == 2


def test_another_kind_in_the_same_month_is_no_menstrual_leave() -> None:
    earlier = make_request(make_wish(date(2026, 12, 1), kind=LeaveKind.SICK))
    assert refused(make_wish(kind=LeaveKind.MENSTRUAL), make_standing(earlier)) is None


def test_where_the_law_gives_none_it_is_not_offered() -> None:
    wish = make_wish(kind=LeaveKind.MENSTRUAL)
    assert refused(wish, make_standing(menstrual_days=0)) is domain.NotOffered


@pytest.mark.parametrize(
    ("wish", "paid"),
    [
        (make_wish(), True),
        (make_wish(kind=LeaveKind.SICK), False),
        (make_wish(kind=LeaveKind.UNPAID), False),
        (make_wish(kind=LeaveKind.MENSTRUAL), True),
        (make_wish(kind=LeaveKind.FAMILY_EVENT, event="wedding"), True),
        (make_wish(kind=LeaveKind.FAMILY_EVENT, event="moving"), False),
    ],
    ids=["annual", "ill", "unpaid", "as the house has it", "paid event", "unpaid event"],
)
def test_what_is_paid_by_law_and_by_the_house(wish: Wish, paid: bool) -> None:  # noqa: FBT001 - a table
    assert is_paid(wish, EVENTS) is paid


@pytest.mark.parametrize(
    ("kind", "paid", "attended"),
    [
        (LeaveKind.ANNUAL, True, True),
        (LeaveKind.SICK, False, False),
        (LeaveKind.SICK, True, True),
        (LeaveKind.UNPAID, False, False),
        (LeaveKind.MENSTRUAL, False, True),
        (LeaveKind.FAMILY_EVENT, False, True),
    ],
)
def test_what_counts_like_a_day_worked(kind: LeaveKind, paid: bool, attended: bool) -> None:  # noqa: FBT001 - a table
    rules = (HouseRule(kind, paid=paid),)
    found = counting(make_wish(kind=kind), rules)
    assert (found.paid, found.attended) == (paid, attended)
    assert found.annual is (kind is LeaveKind.ANNUAL)


# Balance


@settings(max_examples=40)
@given(first=st.integers(0, 200), length=st.integers(0, 40), taken=st.integers(0, 10))
def test_whatever_is_let_through_is_covered(first: int, length: int, taken: int) -> None:
    start = date(2026, 6, 1) + first * A_DAY
    earlier = [make_request(make_wish(date(2026, 5, 4) + 7 * n * A_DAY)) for n in range(taken)]
    standing = make_standing(*earlier)
    before = standing.with_taken(()).beyond
    try:
        found = checked(make_wish(start, start + length * A_DAY), standing)
    except Refused:
        return
    more = [Taken(one.day, one.minutes) for one in found]
    assert standing.with_taken(more).beyond == before


def test_what_is_left_is_said_in_days_and_never_below_nothing() -> None:
    standing = make_standing(make_request(days=(LeaveDay(date(2026, 1, 20), 480, Part.WHOLE),)))
    wish = make_wish(date(2026, 1, 21))
    with pytest.raises(domain.NotEnoughLeave) as found:
        checked(wish, make_standing(make_request(days=standing.requests[0].days), today=TODAY))
    assert found.value.values["asked"] == "1"


# Answers


@pytest.mark.parametrize(
    ("now", "given_answer", "reason", "by", "refusal"),
    [
        (Answer.OPEN, Answer.GRANTED, "", 2, None),
        (Answer.OPEN, Answer.GRANTED, "", None, None),
        (Answer.OPEN, Answer.REFUSED, "a rush", 2, None),
        (Answer.OPEN, Answer.REFUSED, " ", 2, domain.WhyNot),
        (Answer.OPEN, Answer.GRANTED, "", 1, domain.NotHerOwnAnswer),
        (Answer.GRANTED, Answer.REFUSED, "a rush", 2, None),
        (Answer.GRANTED, Answer.REFUSED, "", 2, domain.WhyNot),
        (Answer.GRANTED, Answer.GRANTED, "", 2, domain.AlreadyAnswered),
        (Answer.REFUSED, Answer.GRANTED, "", 2, domain.AlreadyAnswered),
        (Answer.WITHDRAWN, Answer.GRANTED, "", 2, domain.AlreadyAnswered),
    ],
)
def test_who_answers_what_and_how_often(
    now: Answer,
    given_answer: Answer,
    reason: str,
    by: int | None,
    refusal: type[Refused] | None,
) -> None:
    who = office(None if by is None else WorkerId(by))
    request = make_request(answer=now)
    if refusal is None:
        refuse_answer(request, given_answer, reason, who)
        return
    with pytest.raises(refusal):
        refuse_answer(request, given_answer, reason, who)


def office(worker: WorkerId | None) -> Actor:
    return Actor(name="Willow", worker=worker, roles=frozenset({Role.MANAGER}))


def test_a_request_keeps_the_minute_it_was_asked() -> None:
    assert make_request().asked_at == MORNING
    assert isinstance(MORNING, datetime)
    assert make_request().minutes == EIGHT_HOURS
