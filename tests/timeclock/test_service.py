"""Punches are kept once; corrections are counter-entries; presence is what the punches say."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.time import at, now
from factory.people import queries as people
from factory.people.domain import BadgeUnknown, Worker
from factory.security.domain import SYSTEM, Actor, Role
from factory.timeclock import queries, service
from factory.timeclock.domain import (
    AlreadyTakenBack,
    Flag,
    FromTheFuture,
    NotYourOwn,
    PunchKind,
    WhyIsMissing,
)
from tests.people.build import make_worker

pytestmark = pytest.mark.usefixtures("clock")
TODAY = date(2026, 11, 24)
CEDAR = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))


def punch(
    session: Session, worker: Worker, kind: str, clock: str, event_id: str = "", day: date = TODAY
) -> service.Kept:
    return service.punch(
        session,
        people.badges(session)[worker.id],
        PunchKind(kind),
        at=at(day, clock),
        event_id=event_id or new_id(),
        received=now(),
    )


def test_a_punch_is_kept_once(session: Session) -> None:
    pine, event = make_worker(session), new_id()
    assert not punch(session, pine, "in", "08:52", event).again
    assert punch(session, pine, "out", "09:00", event).again
    (present,) = queries.present(session, at=now())
    assert (present.name, present.on_break) == ("Pine", False)
    assert queries.recomputed(session) == ()


def test_whoever_forgot_to_go_home_is_not_there_the_next_day(session: Session) -> None:
    punch(session, make_worker(session), "in", "08:52")
    came = at(TODAY, "08:52")
    assert len(queries.present(session, at=came + timedelta(hours=15))) == 1
    assert queries.present(session, at=came + timedelta(hours=16)) == ()


def test_a_late_punch_completes_the_shift_and_changes_no_presence(session: Session) -> None:
    pine = make_worker(session)
    yesterday = date(2026, 11, 23)
    punch(session, pine, "in", "08:52")
    punch(session, pine, "out", "18:00", day=yesterday)
    punch(session, pine, "in", "09:00", day=yesterday)
    (shift,) = queries.shifts(session, pine.id, yesterday, yesterday)
    assert shift.worked_minutes == 540
    assert len(queries.present(session, at=now())) == 1
    assert queries.recomputed(session) == ()


def test_unknown_badges_and_the_future_are_refused_and_nothing_is_kept(session: Session) -> None:
    pine = make_worker(session)
    with pytest.raises(FromTheFuture):
        punch(session, pine, "in", "11:00")
    with pytest.raises(BadgeUnknown):
        service.punch(
            session, "104839572616", PunchKind.IN, at=now(), event_id=new_id(), received=now()
        )
    assert queries.present(session, at=now()) == ()


def test_a_forgotten_punch_is_entered_with_its_reason(session: Session) -> None:
    pine, yesterday = make_worker(session), date(2026, 11, 23)
    punch(session, pine, "in", "09:00", day=yesterday)
    assert queries.paired(session, pine.id, yesterday, yesterday).flags == (
        (yesterday, Flag.MISSING_OUT),
    )
    service.correct(
        session, pine, PunchKind.OUT, at(yesterday, "18:00"), "forgot", by=CEDAR, at=now()
    )
    found = queries.paired(session, pine.id, yesterday, yesterday)
    assert (found.flags, [shift.worked_minutes for shift in found.shifts]) == ((), [540])
    assert queries.punches(session, pine.id, yesterday)[-1].entered_by == "Cedar"


def test_a_wrong_punch_is_taken_back_once(session: Session) -> None:
    pine = make_worker(session)
    punch(session, pine, "in", "08:00")
    punch(session, pine, "out", "08:01")
    came, went = queries.punches(session, pine.id, TODAY)
    wrong = went.id
    service.take_back(session, pine, wrong, "mistake", by=CEDAR, at=now())
    assert len(queries.present(session, at=now())) == 1
    assert queries.recomputed(session) == ()
    with pytest.raises(AlreadyTakenBack):
        service.take_back(session, pine, wrong, "mistake", by=CEDAR, at=now())
    service.take_back(session, pine, came.id, "mistake", by=CEDAR, at=now())
    assert queries.present(session, at=now()) == ()
    assert queries.last_kind(session, pine.id) is None


def test_nobody_corrects_her_own_hours_or_without_a_reason(session: Session) -> None:
    pine = make_worker(session)
    own = Actor(name="Pine", worker=pine.id)
    moment = at(TODAY, "09:00")
    with pytest.raises(NotYourOwn):
        service.correct(session, pine, PunchKind.IN, moment, "forgot", by=own, at=now())
    with pytest.raises(WhyIsMissing):
        service.correct(session, pine, PunchKind.IN, moment, " ", by=CEDAR, at=now())
    with pytest.raises(NotFound):
        service.take_back(session, pine, 999, "why not", by=CEDAR, at=now())


def test_the_open_shift_of_the_month_is_known(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    punch(session, pine, "in", "08:52")
    found = queries.paired(session, pine.id, date(2026, 11, 1), TODAY)
    assert isinstance(found.open_since, datetime)
    assert found.shifts == ()
    assert SYSTEM.may("clock")


def test_a_shift_that_may_be_going_on_is_not_missing_its_end(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    punch(session, pine, "in", "06:00")
    punch(session, pine, "in", "09:00")
    month = date(2026, 11, 1)
    assert len(queries.missing(session, pine.id, month, TODAY, at=now())) == 1
    clock.shift(86400)
    assert len(queries.missing(session, pine.id, month, TODAY, at=now())) == 2
    yesterday = date(2026, 11, 23)
    assert queries.missing(session, pine.id, month, yesterday, at=now()) == ()
