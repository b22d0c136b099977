"""Days are settled, closed and opened again; nothing that was said is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.approved import (
    DayOpen,
    DayToCome,
    NotApproved,
    NothingToClose,
    State,
    WhyOpened,
)
from factory.attendance.domain.day import Flag
from factory.attendance.domain.plan import OFF, PlanKind, Planned
from factory.attendance.domain.settle import (
    EvidenceKind,
    NobodyThere,
    NothingUnspoken,
    NotThere,
    SpanTooLong,
    StillToCome,
    WhyNotWork,
)
from factory.attendance.domain.slack import NobodyConcerned, SheCame, Slack, TooFarToPlan, WhoAsked
from factory.attendance.queries import Assigned
from factory.kernel.time import Interval, at, now
from factory.people.domain import Worker
from factory.timeclock import service as clock
from factory.timeclock.domain import NotYourOwn, PunchKind
from factory.timeclock.domain.asking import PeriodClosed
from tests.attendance.days import (
    CEDAR,
    LONG,
    PLAIN,
    TODAY,
    YESTERDAY,
    come,
    herself,
    somebody,
)
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")


def wall(start: str, end: str, day: date = YESTERDAY) -> Interval:
    return Interval(at(day, start), at(day, end))


def line(session: Session, worker: Worker, day: date = YESTERDAY) -> queries.DayLine:
    return queries.line(session, worker, day, at=now())


def decide(session: Session, worker: Worker, span: Interval, *, worked: bool) -> None:
    service.decide(session, worker, span, "swept the floor", worked=worked, by=CEDAR, at=now())


def test_minutes_outside_her_terms_are_present_until_they_are_settled(session: Session) -> None:
    pine = somebody(session, "Pine", *LONG)
    found = line(session, pine)
    assert (found.sheet.present, found.sheet.worked, found.state) == (580, 480, State.OPEN)
    assert found.sheet.unsettled == (wall("08:40", "09:00"), wall("18:00", "18:20"))


def test_nobodys_day_is_closed_while_something_of_it_is_open(session: Session) -> None:
    somebody(session, "Pine", *LONG)
    with pytest.raises(DayOpen) as refused:
        service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert refused.value.values["names"] == ("Pine",)


def test_the_rest_that_is_ready_is_closed(session: Session) -> None:
    somebody(session, "Pine", *LONG)
    oak = somebody(session, "Oak", *PLAIN)
    done = service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert done.waiting == ("Pine",)
    (day,) = done.days
    assert (day.worker, day.worked, day.version, day.by) == (oak.id, 480, 1, "Cedar")
    assert queries.approved(session, oak.id, YESTERDAY, TODAY) == (day,)
    with pytest.raises(DayOpen):
        service.close_day(session, YESTERDAY, by=CEDAR, at=now())


def test_a_decision_for_work_makes_overtime_of_it(session: Session) -> None:
    pine = somebody(session, "Pine", *LONG)
    decide(session, pine, wall("18:00", "18:20"), worked=True)
    decide(session, pine, wall("08:40", "09:00"), worked=False)
    (day,) = service.close_day(session, YESTERDAY, by=CEDAR, at=now()).days
    assert (day.present, day.worked, day.overtime) == (580, 500, 20)
    (shift,) = day.shifts
    assert (shift.start, shift.end) == (at(YESTERDAY, "09:00"), at(YESTERDAY, "18:20"))
    assert shift.breaks == (wall("12:00", "13:00"),)


def test_her_claim_counts_until_somebody_decides_and_opens_it_again_afterwards(
    session: Session,
) -> None:
    pine = somebody(session, "Pine", "in 09:00", "break 12:00", "back 13:00", "out 18:20")
    evening = wall("18:00", "18:20")
    service.claim(session, pine, evening, "mended a seam", by=herself(pine), at=now())
    assert line(session, pine).sheet.worked == 500
    service.decide(
        session, pine, evening, "waited", worked=False, by=CEDAR, at=now() + timedelta(minutes=1)
    )
    settled = line(session, pine)
    assert (settled.sheet.worked, settled.state) == (480, State.READY)
    later = now() + timedelta(minutes=2)
    service.claim(session, pine, evening, "no, I sewed", by=herself(pine), at=later)
    found = line(session, pine)
    assert (found.sheet.worked, found.state) == (480, State.OPEN)
    kinds = [each.kind for each in found.evidence]
    assert kinds == [EvidenceKind.CLAIM, EvidenceKind.APPROVAL, EvidenceKind.CLAIM]


def test_the_same_claim_sent_again_changes_nothing(session: Session) -> None:
    pine = somebody(session, "Pine", *LONG)
    for _ in range(2):
        service.claim(
            session, pine, wall("18:00", "18:20"), event_id="e1", by=herself(pine), at=now()
        )
    assert session.scalar(text("SELECT count(*) FROM work_claims")) == 1


@pytest.mark.parametrize(
    ("span", "refusal"),
    [
        (wall("20:00", "21:00"), NotThere),
        (wall("18:00", "17:00"), SpanTooLong),
        (Interval(at(YESTERDAY, "09:00"), at(TODAY, "09:01")), SpanTooLong),
        (wall("09:00", "19:00", TODAY), StillToCome),
    ],
)
def test_a_claim_that_cannot_be_is_refused(
    session: Session, span: Interval, refusal: type[Exception]
) -> None:
    pine = somebody(session, "Pine", *LONG)
    with pytest.raises(refusal):
        service.claim(session, pine, span, by=herself(pine), at=now())


def test_nobody_decides_about_herself_and_no_without_a_reason(session: Session) -> None:
    pine = somebody(session, "Pine", *LONG)
    span = wall("18:00", "18:20")
    with pytest.raises(NotYourOwn):
        service.decide(session, pine, span, worked=True, by=herself(pine), at=now())
    with pytest.raises(WhyNotWork):
        service.decide(session, pine, span, " ", worked=False, by=CEDAR, at=now())
    service.decide(session, pine, span, worked=True, by=CEDAR, at=now())
    assert line(session, pine).sheet.worked == 500


def test_forgotten_punches_keep_a_day_open(session: Session) -> None:
    pine = somebody(session, "Pine", "in 09:00")
    assert line(session, pine).sheet.flags == (Flag.MISSING_OUT,)
    with pytest.raises(DayOpen):
        service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    clock.correct(
        session, pine, PunchKind.OUT, at(YESTERDAY, "18:00"), "forgot", by=CEDAR, at=now()
    )
    (day,) = service.close_day(session, YESTERDAY, by=CEDAR, at=now()).days
    assert day.worked == 540


def test_whoever_is_still_there_has_nothing_to_settle_yet(session: Session) -> None:
    pine = make_worker(session)
    come(session, pine, "in 08:50", day=TODAY)
    found = line(session, pine, TODAY)
    assert (found.state, found.there_since) == (State.RUNNING, at(TODAY, "08:50"))
    assert found.sheet.flags == ()
    with pytest.raises(DayOpen):
        service.close_day(session, TODAY, by=CEDAR, at=now())


def test_a_day_to_come_is_not_closed(session: Session) -> None:
    with pytest.raises(DayToCome):
        service.close_day(session, TODAY + timedelta(days=1), by=CEDAR, at=now())


def test_of_minutes_without_presence_nothing_can_be_decided(session: Session) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    with pytest.raises(NobodyThere) as refusal:
        decide(session, pine, wall("19:00", "20:00"), worked=True)
    assert refusal.value.field == "start"
    come(session, pine, "in 07:00", day=TODAY)
    decide(session, pine, wall("08:00", "09:00", TODAY), worked=False)  # she is still there


def test_what_is_still_to_come_may_be_called_work_before(session: Session) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    decide(session, pine, wall("18:00", "20:00", TODAY), worked=True)
    assert [each.worked for each in queries.load(session, TODAY, TODAY).spoken[pine.id]] == [True]


def test_a_punch_that_arrives_late_shows_that_the_day_changed(session: Session) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert line(session, pine).state is State.APPROVED
    come(session, pine, "in 20:00", "out 21:00")
    assert line(session, pine).state is State.CHANGED
    decide(session, pine, wall("20:00", "21:00"), worked=True)
    (day,) = service.close_day(session, YESTERDAY, by=CEDAR, at=now()).days
    assert (day.version, day.worked, len(day.shifts)) == (2, 540, 2)
    assert line(session, pine).state is State.APPROVED


def test_a_correction_and_its_reversal_restore_the_day(session: Session) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    before = line(session, pine).sheet
    clock.correct(session, pine, PunchKind.OUT, at(YESTERDAY, "17:00"), "x", by=CEDAR, at=now())
    assert line(session, pine).sheet != before
    number = session.scalar(text("SELECT max(id) FROM punches"))
    clock.take_back(session, pine, number, "was right before", by=CEDAR, at=now())
    assert line(session, pine).sheet == before


def test_an_approved_day_is_opened_again_with_a_reason_and_stays_recorded(
    session: Session,
) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    with pytest.raises(NotApproved):
        service.reopen(session, pine, YESTERDAY, "wrong", by=CEDAR, at=now())
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    with pytest.raises(WhyOpened):
        service.reopen(session, pine, YESTERDAY, "  ", by=CEDAR, at=now())
    service.reopen(session, pine, YESTERDAY, "wrong shift", by=CEDAR, at=now())
    assert queries.approved(session, pine.id, YESTERDAY, YESTERDAY) == ()
    assert line(session, pine).state is State.READY
    (again,) = service.close_day(session, YESTERDAY, by=CEDAR, at=now()).days
    assert again.version == 3


def test_a_schedule_gives_hours_and_breaks_from_its_day_on(session: Session) -> None:
    pine = somebody(session, "Pine", "in 08:00", "out 17:00")
    early = Planned("08:00", "17:00", (("12:00", "13:00"),))
    service.set_pattern(session, "early", early, YESTERDAY, by=CEDAR, at=now())
    service.assign(session, pine, "early", YESTERDAY, by=CEDAR, at=now())
    found = line(session, pine)
    assert (found.planned, found.sheet.worked, found.state) == (early, 480, State.READY)
    assert queries.assigned(session, TODAY) == (Assigned("early", pine.id, YESTERDAY),)
    assert queries.assigned(session, date(2026, 11, 20)) == (Assigned("early", pine.id, YESTERDAY),)
    service.assign(session, pine, None, TODAY, by=CEDAR, at=now())
    assert queries.assigned(session, TODAY) == ()
    planned = line(session, pine, TODAY).planned
    assert planned is not None
    assert planned.start == "09:00"


def test_a_changed_schedule_leaves_earlier_days_as_they_were(session: Session) -> None:
    pine = make_worker(session)
    old, new = Planned("08:00", "17:00"), Planned("10:00", "19:00")
    service.set_pattern(session, "early", old, date(2026, 11, 1), by=CEDAR, at=now())
    service.set_pattern(session, "early", new, TODAY, by=CEDAR, at=now())
    service.assign(session, pine, "early", date(2026, 11, 1), by=CEDAR, at=now())
    assert line(session, pine, YESTERDAY).planned == old
    assert line(session, pine, TODAY).planned == new
    assert queries.patterns(session, TODAY) == {"early": new}
    assert queries.patterns(session, YESTERDAY) == {"early": old}


def test_one_day_can_be_planned_otherwise_and_back(session: Session) -> None:
    pine = make_worker(session)
    short = Planned("09:00", "13:00")
    service.plan_day(session, pine, TODAY, short, "dentist", by=CEDAR, at=now())
    assert line(session, pine, TODAY).planned == short
    service.plan_day(session, pine, TODAY, None, by=CEDAR, at=now())
    assert line(session, pine, TODAY).planned == Planned("09:00", "18:00")


def test_a_scheduled_free_day_has_nobody_missing(session: Session) -> None:
    pine = make_worker(session)
    saturday = date(2026, 11, 21)
    assert line(session, pine, saturday).is_blank
    assert not line(session, pine, saturday).stays_away
    assert line(session, pine, YESTERDAY).stays_away


def test_when_the_factory_rests_nobody_is_absent(session: Session) -> None:
    pine, oak = make_worker(session, "Pine"), make_worker(session, "Oak")
    days = [date(2026, 11, day) for day in (19, 20, 21)]
    closed = service.close_for_us(session, days, Slack.NO_ORDERS, [pine], by=CEDAR, at=now())
    assert closed == 2
    assert queries.shutdowns(session, pine.id, days[0], days[2]) == tuple(days[:2])
    assert queries.absences(session, pine.id, days[0], days[2]) == ()
    assert queries.shutdowns(session, oak.id, days[0], days[2]) == ()
    assert queries.absences(session, oak.id, days[0], days[2]) == tuple(days[:2])
    assert service.close_for_us(session, days, Slack.NO_POWER, by=CEDAR, at=now()) == 2


def test_a_day_she_asked_for_is_no_shutdown(session: Session) -> None:
    pine = make_worker(session)
    service.take_off(session, pine, YESTERDAY, "a wedding", by=CEDAR, at=now())
    planned = line(session, pine).planned
    assert planned is not None
    assert planned.kind is PlanKind.ASKED_OFF
    assert queries.shutdowns(session, pine.id, YESTERDAY, YESTERDAY) == ()
    assert queries.absences(session, pine.id, YESTERDAY, YESTERDAY) == (YESTERDAY,)


def test_whoever_came_is_not_told_that_the_factory_rested(session: Session) -> None:
    somebody(session, "Pine", *PLAIN)
    with pytest.raises(SheCame):
        service.close_for_us(session, [YESTERDAY], Slack.NO_CLOTH, by=CEDAR, at=now())


def test_a_day_asked_for_wants_to_know_by_whom(session: Session) -> None:
    make_worker(session)
    with pytest.raises(WhoAsked) as refusal:
        service.ask_off(session, [YESTERDAY], [], "", by=CEDAR, at=now())
    assert refusal.value.field == "workers"


def test_a_day_off_can_not_be_closed_by_the_factory(session: Session) -> None:
    make_worker(session)
    with pytest.raises(NobodyConcerned):
        service.close_for_us(session, [date(2026, 11, 22)], Slack.NO_CLOTH, by=CEDAR, at=now())


def test_nothing_of_a_locked_month_changes(session: Session) -> None:
    pine = somebody(session, "Pine", *LONG)
    clock.lock(session, YESTERDAY, by=CEDAR, at=now())
    span = wall("18:00", "18:20")
    with pytest.raises(PeriodClosed):
        decide(session, pine, span, worked=True)
    with pytest.raises(PeriodClosed):
        service.claim(session, pine, span, by=herself(pine), at=now())
    with pytest.raises(PeriodClosed):
        service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    with pytest.raises(PeriodClosed):
        service.plan_day(session, pine, YESTERDAY, None, by=CEDAR, at=now())
    with pytest.raises(PeriodClosed):
        service.set_pattern(
            session, "early", Planned("08:00", "17:00"), YESTERDAY, by=CEDAR, at=now()
        )


def test_a_night_shift_over_the_first_day_of_a_list_flags_nothing(session: Session) -> None:
    pine = make_worker(session, terms=make_terms(shift_start="18:00", shift_end="23:00"))
    come(session, pine, "in 18:00", day=YESTERDAY)
    come(session, pine, "out 02:00", day=TODAY)
    sheet = queries.sheet(session, pine.id, TODAY, TODAY)
    assert sheet.days == ()
    (night,) = queries.sheet(session, pine.id, YESTERDAY, YESTERDAY).days
    assert (night.worked, night.present) == (300, 480)
    assert [week.worked for week in sheet.weeks] == [300]


def test_everybodys_month_is_read_at_once(session: Session) -> None:
    pine = somebody(session, "Pine", *PLAIN)
    somebody(session, "Oak", *LONG)
    found = queries.month(session, date(2026, 11, 1), date(2026, 11, 30))
    assert [(worker.name, len(sheet.days)) for worker, sheet in found] == [("Pine", 1), ("Oak", 1)]
    assert found[0][1] == queries.sheet(session, pine.id, date(2026, 11, 1), date(2026, 11, 30))


def test_how_far_the_days_are_is_counted(session: Session) -> None:
    somebody(session, "Pine", *LONG)
    somebody(session, "Oak", *PLAIN)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    found = queries.state_of_days(session, YESTERDAY, TODAY, at=now())
    assert found == {YESTERDAY: (2, 1)}


def test_nothing_is_closed_twice_and_the_sentence_says_so(session: Session) -> None:
    somebody(session, "Pine", *PLAIN)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    with pytest.raises(NothingToClose):
        service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert service.close_ready(session, YESTERDAY, by=CEDAR, at=now()).days == ()


def test_where_nobody_has_minutes_left_none_are_called_presence(session: Session) -> None:
    somebody(session, "Pine", *PLAIN)
    with pytest.raises(NothingUnspoken):
        service.settle_rest(session, YESTERDAY, "waited", by=CEDAR, at=now())


def test_a_slip_of_the_hand_in_the_year_is_refused(session: Session) -> None:
    pine, far = make_worker(session), date(2030, 11, 25)
    with pytest.raises(TooFarToPlan) as refusal:
        service.close_for_us(session, [far], Slack.NO_CLOTH, by=CEDAR, at=now())
    assert refusal.value.values == {"until": date(2027, 11, 24)}
    with pytest.raises(TooFarToPlan):
        service.ask_off(session, [far], [pine], "", by=CEDAR, at=now())
    with pytest.raises(TooFarToPlan):
        service.plan_day(session, pine, far, OFF, by=CEDAR, at=now())
    with pytest.raises(TooFarToPlan):
        service.set_pattern(session, "early", Planned("08:00", "17:00"), far, by=CEDAR, at=now())
    with pytest.raises(TooFarToPlan):
        service.assign(session, pine, None, far, by=CEDAR, at=now())
    service.close_for_us(session, [date(2027, 11, 24)], Slack.NO_CLOTH, by=CEDAR, at=now())
