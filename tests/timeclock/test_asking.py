"""Corrections are asked for, answered by another, and both are kept; closed days stay closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.time import at, now
from factory.people import queries as people
from factory.people.domain import Worker
from factory.security.domain import Actor, WorkerId
from factory.timeclock import queries, records, service
from factory.timeclock.domain import NotYourOwn, Punch, PunchKind, WhyIsMissing
from factory.timeclock.domain.asking import (
    AlreadyAnswered,
    AlreadyAsked,
    Asked,
    NotHereThen,
    NotYet,
    PeriodClosed,
    TooLongAgo,
    misplaced,
    refuse_closed,
)
from tests.people.build import make_worker
from tests.timeclock.build import CEDAR, TODAY, YESTERDAY, make_punch, make_scan

pytestmark = pytest.mark.usefixtures("clock")


def hers(worker: Worker) -> Actor:
    return Actor(name=worker.name, worker=worker.id)


def ask(session: Session, worker: Worker, clock: str = "18:10", day: date = YESTERDAY) -> Asked:
    moment = at(day, clock)
    return service.ask_correction(
        session, worker, PunchKind.OUT, moment, "forgot", by=hers(worker), at=now()
    )


def test_what_was_asked_counts_once_it_is_approved(session: Session) -> None:
    pine = make_worker(session)
    make_punch(session, pine, "in", "09:00", day=YESTERDAY)
    asked = ask(session, pine)
    assert queries.shifts(session, pine.id, YESTERDAY, YESTERDAY) == ()
    (line,) = queries.asked(session, open_only=True)
    assert (line.asked, line.name, line.number) == (asked, "Pine", pine.number)
    done = service.approve_correction(session, asked.id, by=CEDAR, at=now())
    assert done.answer is not None
    assert (done.answer.granted, done.answer.by) == (True, "Cedar")
    (shift,) = queries.shifts(session, pine.id, YESTERDAY, YESTERDAY)
    assert shift.worked_minutes == 550
    assert queries.asked(session, open_only=True) == ()
    assert [line.asked for line in queries.asked(session, open_only=False)] == [done]
    assert queries.recomputed(session) == ()


def test_what_was_refused_stays_with_its_reason_and_she_can_read_it(session: Session) -> None:
    pine, hazel = make_worker(session), make_worker(session, "Hazel")
    make_punch(session, pine, "in", "09:00", day=YESTERDAY)
    asked = ask(session, pine)
    with pytest.raises(WhyIsMissing):
        service.refuse_correction(session, asked.id, " ", by=CEDAR, at=now())
    service.refuse_correction(session, asked.id, "She went at five.", by=CEDAR, at=now())
    (mine,) = queries.asked_by(session, pine.id)
    assert mine.answer is not None
    assert (mine.answer.granted, mine.answer.reason) == (False, "She went at five.")
    assert queries.asked_by(session, hazel.id) == ()
    assert queries.shifts(session, pine.id, YESTERDAY, YESTERDAY) == ()


def test_nobody_answers_her_own_request_and_nobody_answers_twice(session: Session) -> None:
    pine = make_worker(session)
    asked = ask(session, pine)
    own = Actor(name="Pine", worker=pine.id)
    with pytest.raises(NotYourOwn):
        service.approve_correction(session, asked.id, by=own, at=now())
    with pytest.raises(NotYourOwn):
        service.refuse_correction(session, asked.id, "no", by=own, at=now())
    service.approve_correction(session, asked.id, by=CEDAR, at=now())
    with pytest.raises(AlreadyAnswered):
        service.approve_correction(session, asked.id, by=CEDAR, at=now())
    with pytest.raises(AlreadyAnswered):
        service.refuse_correction(session, asked.id, "no", by=CEDAR, at=now())
    with pytest.raises(NotFound):
        service.approve_correction(session, 999, by=CEDAR, at=now())


def test_what_can_not_be_asked_for(session: Session) -> None:
    pine = make_worker(session)
    with pytest.raises(NotYet):
        ask(session, pine, "18:00", TODAY)
    with pytest.raises(TooLongAgo):
        ask(session, pine, day=TODAY - timedelta(days=63))
    with pytest.raises(WhyIsMissing):
        service.ask_correction(session, pine, PunchKind.OUT, now(), " ", by=hers(pine), at=now())
    ask(session, pine)
    with pytest.raises(AlreadyAsked):
        ask(session, pine, "18:30")


def test_after_a_refusal_she_may_ask_again(session: Session) -> None:
    pine = make_worker(session)
    service.refuse_correction(session, ask(session, pine).id, "no", by=CEDAR, at=now())
    assert ask(session, pine, "17:30").answer is None


def test_a_closed_day_is_corrected_by_nobody_and_a_terminals_punch_is_kept(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    waiting, kept = ask(session, pine), make_punch(session, pine, "in", "09:00", day=YESTERDAY)
    service.lock(session, YESTERDAY, by=CEDAR, at=now())
    moment = at(YESTERDAY, "18:00")
    for refused in (
        lambda: ask(session, pine, "17:00"),
        lambda: service.approve_correction(session, waiting.id, by=CEDAR, at=now()),
        lambda: service.correct(session, pine, PunchKind.OUT, moment, "forgot", by=CEDAR, at=now()),
        lambda: service.take_back(session, pine, punch_id(session), "no", by=CEDAR, at=now()),
    ):
        with pytest.raises(PeriodClosed) as refusal:
            refused()
        assert refusal.value.values["until"] == YESTERDAY
    assert kept.punch.at == at(YESTERDAY, "09:00")
    service.refuse_correction(session, waiting.id, "next pay", by=CEDAR, at=now())
    late = service.punch(
        session,
        people.badges(session)[pine.id],
        PunchKind.OUT,
        at=moment,
        event_id=new_id(),
        received=now() + timedelta(seconds=1),
    )
    assert not late.again
    (line,) = queries.late_punches(session)
    assert (line.name, line.kind, line.at) == ("Pine", PunchKind.OUT, moment)
    for _ in range(2):
        service.note_seen(session, line.id, by=CEDAR, at=now())
    assert queries.late_punches(session) == ()
    with pytest.raises(NotFound):
        service.note_seen(session, 999, by=CEDAR, at=now())


def punch_id(session: Session) -> int:
    (only,) = people.workers(session)
    return queries.punches(session, only.id, YESTERDAY)[0].id


def test_nothing_is_entered_for_a_day_before_her_first(session: Session) -> None:
    pine = make_worker(session, hired=TODAY)
    early = at(TODAY - timedelta(days=1), "09:00")
    with pytest.raises(NotHereThen) as refusal:
        service.correct(session, pine, PunchKind.IN, early, "forgot", by=CEDAR, at=now())
    assert refusal.value.values == {"name": pine.name, "day": TODAY - timedelta(days=1)}
    with pytest.raises(NotHereThen):
        service.ask_correction(session, pine, PunchKind.IN, early, "forgot", by=CEDAR, at=now())


def test_days_are_closed_further_and_never_opened(session: Session) -> None:
    assert queries.locked_until(session) is None
    assert queries.late_punches(session) == ()
    for day, until in ((YESTERDAY, YESTERDAY), (date(2026, 10, 31), YESTERDAY), (TODAY, TODAY)):
        service.lock(session, day, by=CEDAR, at=now())
        assert queries.locked_until(session) == until


def test_what_came_before_a_day_was_closed_is_not_late(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    service.lock(session, date(2026, 10, 31), by=CEDAR, at=now())
    make_punch(session, pine, "in", "09:00")
    clock.shift(timedelta(days=20))
    service.lock(session, date(2026, 11, 30), by=CEDAR, at=now())
    assert queries.late_punches(session) == ()


def test_what_comes_on_a_day_that_was_closed_before_it_was_over_is_late(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    make_punch(session, pine, "in", "09:00")
    service.lock(session, TODAY, by=CEDAR, at=now())
    assert queries.late_punches(session) == ()
    clock.shift(timedelta(hours=8))
    going = at(TODAY, "18:00")
    badge = people.badges(session)[pine.id]
    service.punch(session, badge, PunchKind.OUT, at=going, event_id=new_id(), received=now())
    (late,) = queries.late_punches(session)
    assert (late.kind, late.at) == (PunchKind.OUT, going)
    service.note_seen(session, late.id, by=CEDAR, at=now())
    assert queries.late_punches(session) == ()


def test_of_punches_that_came_in_time_none_is_read_to_find_the_late_ones(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    for day in (YESTERDAY, TODAY):
        make_punch(session, pine, "in", "09:00", day=day)
    service.lock(session, YESTERDAY, by=CEDAR, at=now())
    assert records.later_punches(session) == []
    going, badge = at(YESTERDAY, "18:00"), people.badges(session)[pine.id]
    service.punch(session, badge, PunchKind.OUT, at=going, event_id=new_id(), received=now())
    assert [row.kind for row in records.later_punches(session)] == [PunchKind.OUT]


def test_a_closed_night_stays_as_it_is_after_midnight_too(session: Session) -> None:
    pine, cedar = make_worker(session), make_worker(session, "Maple")
    make_punch(session, pine, "in", "20:00", day=YESTERDAY)
    make_punch(session, pine, "out", "02:00")
    service.lock(session, YESTERDAY, by=CEDAR, at=now())
    by: dict[str, Any] = {"by": CEDAR, "at": now()}
    went = queries.punches(session, pine.id, TODAY)[0].id
    for refused in (
        lambda: service.correct(session, pine, PunchKind.OUT, at(TODAY, "01:00"), "left", **by),
        lambda: service.take_back(session, pine, went, "no", **by),
        lambda: ask(session, pine, "01:30", TODAY),
    ):
        with pytest.raises(PeriodClosed):
            refused()
    service.correct(session, pine, PunchKind.IN, at(TODAY, "07:00"), "forgot", **by)
    service.correct(session, cedar, PunchKind.OUT, at(TODAY, "02:00"), "forgot", **by)


@pytest.mark.parametrize(
    ("day", "until", "closed"),
    [
        (TODAY, None, False),
        (TODAY, YESTERDAY, False),
        (YESTERDAY, YESTERDAY, True),
        (YESTERDAY, TODAY, True),
    ],
)
def test_up_to_its_last_day_a_period_is_closed(
    day: date, until: date | None, *, closed: bool
) -> None:
    if not closed:
        refuse_closed(day, until)
        return
    with pytest.raises(PeriodClosed):
        refuse_closed(day, until)


def test_her_forgotten_going_is_asked_once_when_she_next_comes(session: Session) -> None:
    pine = make_worker(session)
    make_punch(session, pine, "in", "09:00", day=YESTERDAY)
    assert make_scan(session, pine, "08:50").punch.kind is PunchKind.IN
    found = queries.forgotten_going(session, pine.id, now())
    assert found is not None
    assert (found.day, found.usual_end) == (YESTERDAY, at(YESTERDAY, "18:00"))
    ask(session, pine)
    assert queries.forgotten_going(session, pine.id, now()) is None


def test_who_went_after_midnight_is_not_asked_again(session: Session) -> None:
    pine = make_worker(session)
    make_punch(session, pine, "in", "15:00", day=YESTERDAY)
    make_scan(session, pine, "09:00")
    assert queries.forgotten_going(session, pine.id, now()) is not None
    ask(session, pine, "00:30", TODAY)
    assert queries.forgotten_going(session, pine.id, now()) is None


def test_a_time_to_come_is_a_slip_of_the_hand_and_no_fault_of_the_clock(session: Session) -> None:
    pine, moment = make_worker(session), at(TODAY, "10:06")
    for refused in (
        lambda: ask(session, pine, "10:06", TODAY),
        lambda: service.correct(session, pine, PunchKind.OUT, moment, "forgot", by=CEDAR, at=now()),
    ):
        with pytest.raises(NotYet) as refusal:
            refused()
        assert refusal.value.field == "time"
    assert ask(session, pine, "10:05", TODAY).answer is None


def test_what_was_forgotten_in_a_closed_month_is_not_asked_at_the_door(session: Session) -> None:
    pine = make_worker(session)
    make_punch(session, pine, "in", "09:00", day=YESTERDAY)
    make_scan(session, pine, "08:50")
    service.lock(session, YESTERDAY, by=CEDAR, at=now())
    assert queries.forgotten_going(session, pine.id, now()) is None
    assert queries.forgotten_going(session, WorkerId(pine.id), now()) is None


def asked_of(kind: PunchKind, clock: str, number: int = 1) -> Asked:
    return Asked(number, WorkerId(1), kind, at(YESTERDAY, clock), "forgot", now())


def punched(*punches: tuple[PunchKind, str]) -> list[Punch]:
    return [Punch(WorkerId(1), kind, at(YESTERDAY, clock)) for kind, clock in punches]


IN, OUT, EAT = PunchKind.IN, PunchKind.OUT, PunchKind.BREAK_START


@pytest.mark.parametrize(
    ("asked", "punches", "wrong"),
    [
        (asked_of(OUT, "18:00"), punched((IN, "09:00")), False),
        (asked_of(IN, "09:00"), punched((OUT, "18:00")), False),
        (asked_of(OUT, "18:00"), [], True),
        (asked_of(OUT, "08:00"), punched((IN, "09:00")), True),
        (asked_of(OUT, "19:00"), punched((IN, "09:00"), (OUT, "18:00")), True),
        (asked_of(IN, "09:00"), punched((IN, "08:00"), (OUT, "18:00")), True),
        (asked_of(EAT, "12:00"), punched((IN, "09:00"), (OUT, "18:00")), False),
        (asked_of(EAT, "19:00"), punched((IN, "09:00"), (OUT, "18:00")), True),
    ],
    ids=[
        "a going after a coming",
        "a coming before a going",
        "a going alone",
        "a going before she came",
        "a second going",
        "a second coming",
        "a break in the shift",
        "a break after it",
    ],
)
def test_a_request_that_makes_no_whole_shift_is_told(
    asked: Asked, punches: list[Punch], *, wrong: bool
) -> None:
    assert misplaced(asked, punches, [asked]) is wrong


def test_a_coming_and_a_going_asked_for_together_make_a_whole_shift() -> None:
    both = [asked_of(IN, "09:00"), asked_of(OUT, "18:00", 2)]
    assert not any(misplaced(each, [], both) for each in both)
