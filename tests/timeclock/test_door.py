"""What a scan at the door means: its kind, whose clock counts, the same scan, undo."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from factory.kernel.ids import new_id
from factory.kernel.time import at, now
from factory.people.domain import Terms
from factory.security.domain import WorkerId
from factory.timeclock import queries, records, service
from factory.timeclock.domain import FromTheFuture, Punch, PunchKind
from factory.timeclock.domain.asking import PeriodClosed
from factory.timeclock.domain.door import (
    LONG_BREAKS,
    AgeUnknown,
    BreakTurnedRound,
    NothingToUndo,
    Stamp,
    TooLongAShift,
    Walls,
    forgotten,
    is_same_scan,
    other_kinds,
    stamp,
    usual_kind,
)
from tests.people.build import make_terms, make_worker
from tests.timeclock.build import CEDAR, TODAY, YESTERDAY, make_punch, make_scan

PINE = WorkerId(1)
NOON = at(TODAY, "12:00")
TERMS = make_terms()


def last(kind: str, clock: str, day: date = TODAY) -> Punch:
    return Punch(PINE, PunchKind(kind), at(day, clock))


@pytest.mark.parametrize(
    ("before", "clock", "kind"),
    [
        (None, "08:52", "in"),
        (last("out", "18:00", YESTERDAY), "08:52", "in"),
        (last("in", "08:52"), "18:02", "out"),
        (last("in", "08:52"), "15:00", "out"),
        (last("in", "08:52"), "11:49", "out"),
        (last("in", "08:52"), "11:50", "break_start"),
        (last("in", "08:52"), "12:59", "break_start"),
        (last("in", "08:52"), "13:00", "out"),
        (last("break_end", "11:55"), "12:30", "out"),
        (last("break_end", "10:15"), "12:01", "break_start"),
        (last("break_start", "12:01"), "12:58", "break_end"),
        (last("break_start", "12:01"), "16:00", "break_end"),
        (last("break_start", "12:01"), "18:05", "out"),
        (last("break_start", "17:30"), "18:05", "break_end"),
        (last("in", "08:52", YESTERDAY), "08:50", "in"),
        (last("break_start", "12:00", YESTERDAY), "08:50", "in"),
        (last("in", "20:00", YESTERDAY), "05:00", "out"),
    ],
    ids=str,
)
def test_the_door_knows_what_a_scan_says(before: Punch | None, clock: str, kind: str) -> None:
    assert usual_kind(before, at(TODAY, clock), TERMS) == PunchKind(kind)


@pytest.mark.parametrize(
    ("breaks", "clock", "kind"),
    [
        ((("11:30", "12:30"), ("17:30", "18:00")), "11:21", "break_start"),
        ((("11:30", "12:30"), ("17:30", "18:00")), "17:40", "break_start"),
        ((("11:30", "12:30"), ("17:30", "18:00")), "12:40", "out"),
        ((), "12:01", "out"),
    ],
)
def test_the_house_says_when_it_goes_to_eat(breaks: Walls, clock: str, kind: str) -> None:
    assert usual_kind(last("in", "08:52"), at(TODAY, clock), TERMS, breaks) == kind


def test_the_newest_word_of_the_house_holds_and_a_break_turned_round_is_refused(
    session: Session,
) -> None:
    assert queries.house_breaks(session) == LONG_BREAKS
    for breaks in ((("11:00", "12:00"),), (("17:30", "18:00"), ("11:30", "12:30"))):
        service.set_house_breaks(session, breaks, by=CEDAR, at=now())
    with pytest.raises(BreakTurnedRound):
        service.set_house_breaks(session, (("13:00", "12:00"),), by=CEDAR, at=now())
    assert queries.house_breaks(session) == (("11:30", "12:30"), ("17:30", "18:00"))
    service.set_house_breaks(session, (), by=CEDAR, at=now())
    assert queries.house_breaks(session) == ()


def test_without_terms_a_break_always_ends() -> None:
    assert usual_kind(last("break_start", "12:01"), at(TODAY, "19:00"), None) == "break_end"


@pytest.mark.parametrize(
    ("kind", "before", "meant"),
    [
        ("in", None, ()),
        ("in", "out", ()),
        ("out", "in", ("break_start",)),
        ("out", "break_start", ("break_end",)),
        ("break_start", "in", ("out",)),
        ("break_end", "break_start", ("out",)),
    ],
)
def test_what_she_may_have_meant_instead_is_one_touch_away(
    kind: str, before: str | None, meant: tuple[str, ...]
) -> None:
    known = PunchKind(before) if before else None
    assert other_kinds(PunchKind(kind), known) == tuple(PunchKind(each) for each in meant)


@pytest.mark.parametrize(
    ("seconds", "same"), [(0, True), (59, True), (-59, True), (60, False), (-60, False)]
)
def test_a_second_scan_within_a_minute_is_the_same_one(seconds: int, *, same: bool) -> None:
    assert is_same_scan(last("in", "12:00"), NOON + timedelta(seconds=seconds)) is same
    assert not is_same_scan(None, NOON)


@pytest.mark.parametrize("ahead", [-120, -1, 0, 3, 120])
def test_a_clock_that_is_nearly_right_counts(ahead: int) -> None:
    off = timedelta(seconds=ahead)
    told = stamp(NOON + off, sent=NOON + off, received=NOON)
    assert (told.at, told.device_at, told.offset) == (NOON + off, NOON + off, ahead)


@pytest.mark.parametrize("ahead", [-7 * 365 * 86400, -600, -121, 121, 86400])
def test_a_wrong_clock_is_noticed_and_set_right(ahead: int) -> None:
    off = timedelta(seconds=ahead)
    told = stamp(NOON - timedelta(hours=1) + off, sent=NOON + off, received=NOON)
    assert told.at == NOON - timedelta(hours=1)
    assert (told.offset, told.received) == (ahead, NOON)
    assert told.device_at == NOON - timedelta(hours=1) + off


def test_without_the_terminals_present_time_only_recent_entries_are_believed() -> None:
    day = timedelta(days=1)
    assert stamp(NOON - 3 * day, sent=None, received=NOON).at == NOON - 3 * day
    assert stamp(NOON - 15 * day, sent=None, received=NOON).at == NOON
    assert stamp(None, sent=None, received=NOON).at == NOON
    kept = stamp(NOON - 3 * day, sent=None, received=NOON, waited=True)
    assert kept.at == NOON - 3 * day
    for unknown in (NOON - 15 * day, None):
        with pytest.raises(AgeUnknown):
            stamp(unknown, sent=None, received=NOON, waited=True)
    assert stamp(NOON - 15 * day, sent=NOON, received=NOON, waited=True).at == NOON - 15 * day


@given(st.integers(-(10**8), 10**8), st.integers(0, 10**7))
def test_whatever_a_terminals_clock_says_the_time_that_counts_is_near_the_true_one(
    ahead: int, waited: int
) -> None:
    off, true = timedelta(seconds=ahead), NOON - timedelta(seconds=waited)
    told = stamp(true + off, sent=NOON + off, received=NOON)
    assert abs(told.at - true) <= timedelta(minutes=2)


def days(*punches: tuple[str, str, date]) -> list[Punch]:
    return [last(kind, clock, day) for kind, clock, day in punches]


def test_a_forgotten_going_is_found_and_the_usual_end_is_offered() -> None:
    found = forgotten(days(("in", "08:52", YESTERDAY), ("in", "08:50", TODAY)), (TERMS,))
    assert found is not None
    assert (found.day, found.usual_end) == (YESTERDAY, at(YESTERDAY, "18:00"))


def test_a_time_typed_wrong_does_not_make_a_shift_of_a_day_and_a_night() -> None:
    found = forgotten(days(("in", "08:50", YESTERDAY), ("in", "08:45", TODAY)), (TERMS,))
    assert found is not None
    found.refuse_too_long(at(TODAY, "00:50"))
    with pytest.raises(TooLongAShift) as refusal:
        found.refuse_too_long(at(TODAY, "08:30"))
    assert (refusal.value.field, refusal.value.values["hours"]) == ("time", 16)


@pytest.mark.parametrize(
    ("terms", "came", "end"), [((), "08:00", "17:00"), ((TERMS,), "14:30", "18:00")]
)
def test_the_end_that_is_offered_lies_after_her_coming(
    terms: tuple[Terms, ...], came: str, end: str
) -> None:
    found = forgotten(days(("in", came, YESTERDAY), ("in", "08:50", TODAY)), terms)
    assert found is not None
    assert found.usual_end == at(YESTERDAY, end)
    late = forgotten(days(("in", "19:00", YESTERDAY), ("in", "08:50", TODAY)), (TERMS,))
    assert late is not None
    assert late.usual_end > late.start


def test_whole_days_and_the_shift_she_is_in_are_not_forgotten() -> None:
    whole = days(("in", "09:00", YESTERDAY), ("out", "18:00", YESTERDAY), ("in", "08:50", TODAY))
    assert forgotten(whole, (TERMS,)) is None
    assert forgotten(whole[-1:], (TERMS,)) is None
    assert forgotten([], (TERMS,)) is None


# At the door, on both databases


@pytest.mark.usefixtures("clock")
def test_one_badge_makes_a_whole_day(session: Session) -> None:
    pine = make_worker(session)
    clocks = ("08:52", "12:01", "12:58", "18:02")
    kinds = [make_scan(session, pine, clock).punch.kind for clock in clocks]
    assert kinds == ["in", "break_start", "break_end", "out"]
    (shift,) = queries.shifts(session, pine.id, TODAY, TODAY)
    assert (shift.present_minutes, shift.break_minutes) == (9 * 60 + 10, 57)


@pytest.mark.usefixtures("clock")
def test_a_hand_that_scans_twice_is_in_once(session: Session) -> None:
    pine = make_worker(session)
    first = make_scan(session, pine, "08:52")
    second = make_scan(session, pine, told=stamp_at(first.punch.at + timedelta(seconds=40)))
    assert second.again
    assert (second.punch, second.event_id) == (first.punch, first.event_id)
    assert not make_scan(session, pine, "08:53", kind=PunchKind.OUT).again
    assert queries.recomputed(session) == ()


def stamp_at(moment: datetime) -> Stamp:
    return stamp(moment, sent=moment, received=moment)


@pytest.mark.usefixtures("clock")
def test_the_same_entry_sent_twice_is_kept_once(session: Session) -> None:
    pine, event = make_worker(session), new_id()
    assert not make_scan(session, pine, "08:52", event_id=event).again
    assert make_scan(session, pine, "09:52", event_id=event).again
    assert len(queries.present(session, at=now())) == 1


@pytest.mark.usefixtures("clock")
def test_entries_that_waited_are_understood_by_their_own_time(session: Session) -> None:
    pine = make_worker(session)
    make_scan(session, pine, "18:02")
    assert make_scan(session, pine, "08:52", day=YESTERDAY).punch.kind is PunchKind.IN
    assert make_scan(session, pine, "18:00", day=YESTERDAY).punch.kind is PunchKind.OUT


@pytest.mark.usefixtures("clock")
def test_both_clocks_are_kept_beside_the_time_that_counts(session: Session) -> None:
    pine, event = make_worker(session), new_id()
    ahead = timedelta(minutes=7)
    told = stamp(now() - timedelta(hours=1) + ahead, sent=now() + ahead, received=now())
    make_scan(session, pine, told=told, event_id=event)
    row = records.find_punch(session, event)
    assert row is not None
    assert row.at == now() - timedelta(hours=1)
    assert (row.device_at, row.received_at) == (row.at + ahead, now())
    (wrong,) = queries.wrong_clocks(session, now() - timedelta(days=1))
    assert (wrong.terminal, wrong.minutes, wrong.offset) == ("Door", 7, 420)
    make_scan(session, pine)
    assert queries.wrong_clocks(session, now() - timedelta(days=1)) == ()


@pytest.mark.usefixtures("clock")
def test_a_future_that_no_clock_explains_is_refused(session: Session) -> None:
    pine, hour = make_worker(session), timedelta(hours=1)
    with pytest.raises(FromTheFuture):
        make_scan(session, pine, told=stamp(now() + hour, sent=now(), received=now()))


def test_she_takes_her_last_punch_back_for_five_minutes(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    make_scan(session, pine, "08:52", day=YESTERDAY)
    kept = make_scan(session, pine)
    clock.shift(300)
    assert service.undo(session, kept.event_id, at=now()) == kept.punch
    session.flush()
    assert queries.recomputed(session) == ()
    for event in (kept.event_id, new_id()):
        with pytest.raises(NothingToUndo):
            service.undo(session, event, at=now())
    again = make_scan(session, pine)
    clock.shift(301)
    with pytest.raises(NothingToUndo):
        service.undo(session, again.event_id, at=now())
    with pytest.raises(NothingToUndo):
        service.undo_last(session, pine.id, at=now())


def test_with_her_badge_she_takes_back_what_was_last_and_only_her_own(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine, cedar = make_worker(session), make_worker(session, "Cedar")
    first = make_scan(session, pine)
    make_scan(session, cedar)
    clock.shift(90)
    second = make_scan(session, pine)
    with pytest.raises(NothingToUndo):
        service.undo(session, first.event_id, at=now())
    assert service.undo_last(session, pine.id, at=now()) == second.punch
    assert [each.name for each in queries.present(session, at=now())] == ["Pine", "Cedar"]


def test_what_a_supervisor_entered_is_not_hers_to_take_back(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    service.correct(session, pine, PunchKind.IN, now(), "badge forgotten", by=CEDAR, at=now())
    with pytest.raises(NothingToUndo):
        service.undo_last(session, pine.id, at=now())


def test_she_says_that_she_only_goes_to_eat(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine, event = make_worker(session), new_id()
    make_scan(session, pine, "08:52")
    clock.move_to(at(TODAY, "15:00"))
    gone = make_scan(session, pine)
    assert gone.punch.kind is PunchKind.OUT
    clock.shift(20)
    for again in (False, True):
        meant = service.instead(
            session, gone.event_id, PunchKind.BREAK_START, event_id=event, at=now()
        )
        session.flush()
        assert (meant.punch.kind, meant.punch.at) == (PunchKind.BREAK_START, at(TODAY, "15:00"))
        assert meant.again is again
    assert [each.on_break for each in queries.present(session, at=now())] == [True]
    with pytest.raises(NothingToUndo):
        service.instead(session, new_id(), PunchKind.OUT, event_id=new_id(), at=now())


def test_on_a_closed_day_nothing_is_taken_back(
    session: Session, clock: time_machine.Traveller
) -> None:
    pine = make_worker(session)
    service.lock(session, TODAY, by=CEDAR, at=now())
    kept = make_scan(session, pine)
    with pytest.raises(PeriodClosed):
        service.undo(session, kept.event_id, at=now())
    assert make_punch(session, pine, "out", "09:30").punch.kind is PunchKind.OUT
