"""The grid reads everybody's month at once; all that is ready is closed from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.month import Cell, Mark, MonthRow, NothingReady
from factory.attendance.domain.slack import Slack
from factory.db.session import db
from factory.kernel.time import DAY, Interval, Period, at, month_of, now
from factory.kernel.words import LANGUAGES, tell
from factory.lawbook import queries as lawbook
from factory.leave import service as leave
from factory.leave.domain import Answer, LeaveKind, Part, Wish
from factory.people import service as people
from factory.people.domain import WEEK, Worker
from factory.security.domain import SYSTEM
from factory.timeclock import service as clock
from tests.attendance.days import CEDAR, LONG, PLAIN, YESTERDAY, come, herself
from tests.people.build import make_terms, make_worker

pytestmark = pytest.mark.usefixtures("clock")
NOVEMBER = month_of(date(2026, 11, 1))
MONDAY = date(2026, 11, 16)
SIX_DAYS = make_terms(work_days=WEEK[:6])


def hers(session: Session, worker: Worker, month: Period = NOVEMBER) -> MonthRow:
    return queries.hers(session, worker, month, at=now())


def cell(session: Session, worker: Worker, on: date) -> Cell:
    (found,) = (each for each in hers(session, worker).cells if each.day.date == on)
    return found


def mark(session: Session, worker: Worker, on: date) -> Mark:
    return cell(session, worker, on).mark


def pine_and_oak(session: Session) -> tuple[Worker, Worker]:
    return make_worker(session, "Pine"), make_worker(session, "Oak")


def test_everybody_employed_in_the_month_is_in_the_grid_by_number(session: Session) -> None:
    make_worker(session, "Pine")
    make_worker(session, "Later", hired=date(2026, 12, 1))
    make_worker(session, "New", hired=date(2026, 11, 30))
    gone = make_worker(session, "Gone")
    people.leave(session, gone, date(2026, 10, 31), by=SYSTEM, at=now())
    found = queries.grid(session, NOVEMBER, at=now())
    assert [row.worker.name for row in found.rows] == ["Pine", "New"]
    assert (found.days[0], found.days[-1]) == (date(2026, 11, 1), date(2026, 11, 30))


def test_days_before_she_came_are_not_hers(session: Session) -> None:
    pine = make_worker(session, "Pine", hired=MONDAY)
    assert mark(session, pine, date(2026, 11, 13)) is Mark.NOT_HERE
    assert mark(session, pine, MONDAY) is Mark.ABSENT


def test_a_whole_day_counts_its_hours(session: Session) -> None:
    pine = make_worker(session, "Pine")
    come(session, pine, *PLAIN, day=MONDAY)
    found = cell(session, pine, MONDAY)
    assert (found.mark, found.day.worked, found.ready) == (Mark.WORKED, 480, True)


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (LONG, Mark.UNSETTLED),
        (PLAIN[:3], Mark.MISSING),
        (("out 18:00",), Mark.MISSING),
        ((), Mark.ABSENT),
    ],
)
def test_what_is_open_marks_the_day(
    session: Session, entries: tuple[str, ...], found: Mark
) -> None:
    pine = make_worker(session, "Pine")
    come(session, pine, *entries, day=MONDAY)
    assert mark(session, pine, MONDAY) is found


def test_whoever_is_there_now_is_still_there_and_lacks_nothing(session: Session) -> None:
    pine = make_worker(session, "Pine")
    come(session, pine, "in 09:00", day=date(2026, 11, 24))
    found = cell(session, pine, date(2026, 11, 24))
    assert (found.mark, found.day.flags) == (Mark.RUNNING, ())


def test_a_shift_without_an_end_the_day_before_is_a_forgotten_punch(session: Session) -> None:
    pine = make_worker(session, "Pine")
    come(session, pine, "in 09:00", day=YESTERDAY)
    assert mark(session, pine, YESTERDAY) is Mark.MISSING


def test_the_rest_of_the_month_is_to_come(session: Session) -> None:
    pine = make_worker(session, "Pine")
    assert mark(session, pine, date(2026, 11, 25)) is Mark.TO_COME
    assert mark(session, pine, date(2026, 11, 28)) is Mark.FREE


def test_a_public_holiday_is_one_for_five_or_more(session: Session) -> None:
    october = month_of(date(2026, 10, 1))
    pine = make_worker(session, "Pine")
    small = [c for c in hers(session, pine, october).cells if c.day.date == date(2026, 10, 9)]
    for name in ("Oak", "Elm", "Ash", "Fir"):
        make_worker(session, name)
    large = [c for c in hers(session, pine, october).cells if c.day.date == date(2026, 10, 9)]
    assert (small[0].mark, large[0].mark) == (Mark.ABSENT, Mark.HOLIDAY)
    assert date(2026, 10, 9) in queries.grid(session, october, at=now()).off


def test_sundays_are_shaded(session: Session) -> None:
    make_worker(session, "Pine")
    off = queries.grid(session, NOVEMBER, at=now()).off
    assert sorted(day.day for day in off) == [1, 8, 15, 22, 29]


def test_a_house_without_anybody_has_an_empty_grid(session: Session) -> None:
    found = queries.grid(session, NOVEMBER, at=now())
    assert (found.rows, found.total.days, found.ready_days()) == ((), 0, ())


def test_a_day_the_factory_rests_is_not_her_absence(session: Session) -> None:
    pine = make_worker(session, "Pine")
    service.close_for_us(session, [MONDAY], Slack.NO_CLOTH, by=CEDAR, at=now())
    assert mark(session, pine, MONDAY) is Mark.SHUTDOWN
    assert hers(session, pine).sums.shutdowns == 1


def test_a_day_she_asked_for_is_shown_as_that(session: Session) -> None:
    pine = make_worker(session, "Pine")
    service.take_off(session, pine, MONDAY, "a wedding", by=CEDAR, at=now())
    assert mark(session, pine, MONDAY) is Mark.ASKED_OFF


def granted(session: Session, worker: Worker, on: date, part: Part = Part.WHOLE) -> None:
    kind = LeaveKind.UNPAID if part is Part.WHOLE else LeaveKind.ANNUAL
    asked = leave.ask(session, worker, Wish(kind, on, on, part), by=herself(worker), at=now())
    leave.answer(session, asked.id, Answer.GRANTED, by=CEDAR, at=now())


def test_leave_is_shown_without_its_kind(session: Session) -> None:
    pine = make_worker(session, "Pine")
    granted(session, pine, date(2026, 11, 26))
    found = cell(session, pine, date(2026, 11, 26))
    assert (found.mark, found.leave) == (Mark.LEAVE, 480)
    assert "kind" not in Cell.__dataclass_fields__


def test_hours_beyond_the_weeks_forty_are_overtime_of_the_day_they_fall_on(
    session: Session,
) -> None:
    pine = make_worker(session, "Pine", terms=SIX_DAYS)
    for day in range(16, 22):
        come(session, pine, *PLAIN, day=date(2026, 11, day))
    found = {each.day.date.day: each.overtime for each in hers(session, pine).cells}
    assert (found[20], found[21]) == (0, 480)


def test_the_week_that_begins_in_the_month_before_is_counted_whole(session: Session) -> None:
    """Monday 28 September to Saturday 3 October: the sixth day is beyond forty hours."""
    pine = make_worker(session, "Pine", terms=SIX_DAYS)
    for day in (date(2026, 9, 28), date(2026, 9, 29), date(2026, 9, 30)):
        come(session, pine, *PLAIN, day=day)
    for number in (1, 2, 3):
        come(session, pine, *PLAIN, day=date(2026, 10, number))
    found = hers(session, pine, month_of(date(2026, 10, 1)))
    assert (found.sums.days, found.sums.overtime) == (3, 480)


def test_a_closed_day_shows_what_was_approved_and_that_something_came_after(
    session: Session,
) -> None:
    pine = make_worker(session, "Pine")
    come(session, pine, *PLAIN, day=YESTERDAY)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    assert cell(session, pine, YESTERDAY).closed
    service.decide(
        session,
        pine,
        Interval(at(YESTERDAY, "17:00"), at(YESTERDAY, "18:00")),
        "went home early",
        worked=False,
        by=CEDAR,
        at=now(),
    )
    come(session, pine, "in 19:00", "out 20:00", day=YESTERDAY)
    found = cell(session, pine, YESTERDAY)
    assert (found.mark, found.closed, found.day.worked) == (Mark.CHANGED, False, 480)


def test_all_that_is_ready_is_closed_at_once_and_the_rest_waits(session: Session) -> None:
    pine, oak = pine_and_oak(session)
    for day in (date(2026, 11, 19), date(2026, 11, 20)):
        come(session, pine, *PLAIN, day=day)
        come(session, oak, *PLAIN, day=day)
    come(session, oak, "in 09:00", day=YESTERDAY)
    before = queries.grid(session, NOVEMBER, at=now()).total
    done = service.close_month(session, NOVEMBER, by=CEDAR, at=now())
    after = queries.grid(session, NOVEMBER, at=now())
    assert (after.total.ready, after.total.open, done.waiting) == (0, 1, 1)
    assert before.ready <= done.days == after.total.closed
    assert mark(session, oak, YESTERDAY) is Mark.MISSING


def test_a_month_with_nothing_ready_is_refused_with_its_sentence(session: Session) -> None:
    pine = make_worker(session, "Pine", hired=YESTERDAY)
    come(session, pine, "in 09:00", day=YESTERDAY)
    with pytest.raises(NothingReady) as refused:
        service.close_month(session, NOVEMBER, by=CEDAR, at=now())
    told = {tell(refused.value, language) for language in LANGUAGES}
    assert len(told) == len(LANGUAGES)


def test_today_is_not_closed_with_the_month(session: Session) -> None:
    pine = make_worker(session, "Pine", hired=YESTERDAY)
    come(session, pine, *PLAIN, day=YESTERDAY)
    come(session, pine, "in 09:00", "out 09:30", day=date(2026, 11, 24))
    service.close_month(session, NOVEMBER, by=CEDAR, at=now())
    assert not cell(session, pine, date(2026, 11, 24)).closed


def test_days_whose_pay_is_locked_are_left_alone(session: Session) -> None:
    pine = make_worker(session, "Pine")
    come(session, pine, *PLAIN, day=date(2026, 11, 10))
    come(session, pine, *PLAIN, day=MONDAY)
    clock.lock(session, date(2026, 11, 15), by=SYSTEM, at=now())
    service.close_month(session, NOVEMBER, by=CEDAR, at=now())
    assert not cell(session, pine, date(2026, 11, 10)).closed
    assert cell(session, pine, MONDAY).closed


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database inside the block."""
    sent: list[str] = []

    def note(*given: object) -> None:
        sent.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def test_the_grid_of_many_takes_as_many_statements_as_that_of_one(session: Session) -> None:
    def statements() -> int:
        session.flush()
        session.info.pop(lawbook.BOOK, None)
        with counted() as sent:
            queries.grid(session, NOVEMBER, at=now())
        return len(sent)

    tuesday = MONDAY + DAY
    come(session, make_worker(session, "Pine"), *PLAIN, day=MONDAY)
    service.close_day(session, MONDAY, by=CEDAR, at=now())
    few = statements()
    for name in ("Oak", "Elm", "Ash", "Fir", "Yew"):
        come(session, make_worker(session, name), *PLAIN, day=tuesday)
    service.close_day(session, MONDAY, by=CEDAR, at=now())
    service.close_day(session, tuesday, by=CEDAR, at=now())
    assert statements() <= few <= 30


def bare(row: MonthRow) -> MonthRow:
    """The same without shifts, which the grid does not read of closed days."""
    cells = (replace(cell, day=replace(cell.day, shifts=())) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def test_her_own_row_is_the_one_of_the_grid(session: Session) -> None:
    pine, oak = pine_and_oak(session)
    for worker in (pine, oak):
        come(session, worker, *LONG, day=MONDAY)
        come(session, worker, *PLAIN, day=YESTERDAY)
    service.close_day(session, YESTERDAY, by=CEDAR, at=now())
    rows = queries.grid(session, NOVEMBER, at=now()).rows
    assert [*map(bare, rows)] == [bare(hers(session, pine)), bare(hers(session, oak))]
