"""What her page and her file hold: all of hers and nothing of anybody else."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session
from time_machine import Traveller

from factory.kernel.ids import new_id
from factory.kernel.money import Money
from factory.kernel.time import at, now
from factory.leave import service as leave
from factory.leave.domain import Answer
from factory.mine import queries
from factory.mine.domain import LOOKING
from factory.payroll import service as payroll
from factory.people import service as hiring
from factory.people.domain import Worker
from factory.security.domain import SYSTEM
from factory.timeclock import service as timeclock
from tests.leave.build import ask as ask_leave
from tests.leave.build import make_house
from tests.mine.build import (
    CEDAR,
    DARK,
    WHY,
    WILLOW,
    ask,
    herself,
    look,
    make_day,
    make_pine,
)
from tests.people.build import make_terms, make_worker
from tests.production.floor import make_floor, sew
from tests.timeclock.build import TODAY, YESTERDAY, make_punch


def her_page(session: Session, worker: Worker) -> queries.HerPage:
    return queries.her_page(session, worker, at=now())


def test_a_page_of_somebody_who_begins_today_is_empty_and_works(
    session: Session, clock: Traveller
) -> None:
    pine = make_worker(session, hired=TODAY, terms=make_terms(since=TODAY))
    found = her_page(session, pine)
    assert (found.week, found.asked, found.missing, found.unsettled) == ((), (), (), ())
    assert (found.worked, found.done_today, found.there_since) == (0, 0, None)
    assert found.entry is not None
    assert found.entry.slip.gross == 0


def test_who_has_not_begun_has_no_pay_yet(session: Session, clock: Traveller) -> None:
    later = date(2026, 12, 1)
    pine = make_worker(session, hired=later, terms=make_terms(since=later))
    assert her_page(session, pine).entry is None


def test_she_sees_her_week_and_that_she_is_here(session: Session, clock: Traveller) -> None:
    pine = make_pine(session)
    found = her_page(session, pine)
    assert [day.date for day in found.week] == [YESTERDAY]
    assert found.worked == 8 * 60
    assert found.there_since == at(TODAY, "09:00")


def test_last_weeks_days_are_in_the_weeks_and_not_in_this_one(
    session: Session, clock: Traveller
) -> None:
    pine = make_worker(session)
    make_day(session, pine, day=date(2026, 11, 18))
    make_day(session, pine, day=YESTERDAY)
    found = her_page(session, pine)
    assert [week.monday for week in found.weeks] == [date(2026, 11, 23), date(2026, 11, 16)]
    assert [day.date for day in found.week] == [YESTERDAY]


def test_a_forgotten_going_and_minutes_not_settled_are_told(
    session: Session, clock: Traveller
) -> None:
    pine = make_pine(session, came="07:30")
    make_day(session, pine, "09:00", "18:00", day=date(2026, 11, 19))
    found = her_page(session, pine)
    assert [day.date for day in found.unsettled] == [YESTERDAY]
    assert found.missing == ()


def test_she_sees_what_became_of_her_question(session: Session, clock: Traveller) -> None:
    pine = make_worker(session)
    number = ask(session, pine)
    assert her_page(session, pine).asked[0].answer is None
    timeclock.refuse_correction(session, number, "you left at five", by=CEDAR, at=now())
    (asked,) = her_page(session, pine).asked
    assert asked.answer is not None
    assert (asked.answer.granted, asked.answer.reason) == (False, "you left at five")


def test_earned_so_far_is_the_months_pay(session: Session, clock: Traveller) -> None:
    pine = make_worker(session, terms=make_terms(rate=Money(20_000)))
    make_day(session, pine, day=YESTERDAY)
    entry = her_page(session, pine).entry
    assert entry is not None
    assert entry.slip.gross >= 8 * 20_000


def test_pieces_of_today_are_hers(session: Session, clock: Traveller) -> None:
    floor = make_floor(session)
    oak = make_worker(session, "Oak")
    sew(session, floor, "C06", good=6)
    sew(session, floor, "C06", good=4, worker=oak.id)
    assert her_page(session, floor.pine).done_today == 6
    assert her_page(session, oak).done_today == 4


def test_she_sees_who_opened_what_and_why(session: Session, clock: Traveller) -> None:
    pine = make_worker(session)
    look(session, pine)
    newest = queries.looks(session, pine)[0]
    assert (newest.actor, newest.what, newest.reason) == ("Willow", "read_vault", WHY)
    assert newest.field == "legal_name"
    assert newest.what in LOOKING


def test_changes_of_her_terms_badge_and_skills_are_hers_to_see(
    session: Session, clock: Traveller
) -> None:
    pine = make_worker(session)
    more = make_terms(since=date(2026, 12, 1))
    hiring.change_terms(session, pine, more, by=WILLOW, at=now())
    hiring.issue_badge(session, pine, by=WILLOW, at=now())
    hiring.set_skills(session, pine, ["C06"], offered=["C06"], by=CEDAR, at=now())
    done = [(each.actor, each.what) for each in queries.looks(session, pine)]
    wanted = {("Willow", "change_terms"), ("Willow", "issue_badge"), ("Cedar", "set_skills")}
    assert wanted <= set(done)


def test_printing_her_payslip_is_told_unless_she_did_it(session: Session, clock: Traveller) -> None:
    pine, month = make_worker(session), date(2026, 11, 1)
    payroll.print_slip(session, pine, month, event_id=new_id(), by=herself(pine), at=now())
    assert "print_payslip" not in [each.what for each in queries.looks(session, pine)]
    payroll.print_slip(session, pine, month, event_id=new_id(), by=WILLOW, at=now())
    newest = queries.looks(session, pine)[0]
    assert (newest.actor, newest.what) == ("Willow", "print_payslip")


def test_looking_at_her_payslip_is_told(session: Session, clock: Traveller) -> None:
    pine = make_worker(session)
    entry = payroll.look(session, pine, date(2026, 11, 1), by=WILLOW, at=now())
    newest = queries.looks(session, pine)[0]
    assert entry.number == pine.number
    assert (newest.actor, newest.what, newest.what in LOOKING) == ("Willow", "see_payslip", True)


def test_an_answer_to_her_leave_is_told_and_her_asking_is_not(
    session: Session, clock: Traveller
) -> None:
    pine = make_house(session)
    request = ask_leave(session, pine, by=herself(pine))
    assert "ask_leave" not in [each.what for each in queries.looks(session, pine)]

    leave.answer(session, request.id, Answer.GRANTED, by=CEDAR, at=now())
    assert queries.looks(session, pine)[0].what == "grant_leave"


def test_what_was_done_with_somebody_else_is_not_told(session: Session, clock: Traveller) -> None:
    pine, oak = make_worker(session), make_worker(session, "Oak")
    before = queries.looks(session, pine)
    look(session, oak, "a letter about Oak")
    ask(session, oak)
    payroll.print_slip(session, oak, date(2026, 11, 1), event_id=new_id(), by=WILLOW, at=now())
    assert queries.looks(session, pine) == before


def test_number_seven_does_not_see_what_is_of_number_seventeen(
    session: Session, clock: Traveller
) -> None:
    everybody = [make_worker(session, f"Tree {each}") for each in range(11)]
    first, eleventh = everybody[0], everybody[10]
    assert str(eleventh.number).endswith(str(first.number))
    month = date(2026, 11, 1)
    payroll.print_slip(session, eleventh, month, event_id=new_id(), by=WILLOW, at=now())
    assert "print_payslip" not in [each.what for each in queries.looks(session, first)]


def test_the_page_shows_the_newest_few_of_many_looks(session: Session, clock: Traveller) -> None:
    pine = make_worker(session)
    for number in range(5):
        look(session, pine, f"reason {number}")
    shown = her_page(session, pine).looks
    assert len(shown) == queries.FEW
    assert shown == queries.looks(session, pine)[: queries.FEW]


def test_her_file_holds_all_of_hers(session: Session, clock: Traveller) -> None:
    pine = make_pine(session)
    data = queries.own_data(session, pine, at=now())
    assert [day.date for day in data.days if day.shifts] == [YESTERDAY]
    assert [each.reason for each in data.corrections] == [DARK]
    assert data.sealed == ("legal_name",)
    assert [month for month, _ in data.payslips] == [date(2026, 11, 1)]
    assert data.terms[0].rate == Money(12_000)
    assert WHY in [each.reason for each in data.looks]


def test_her_file_has_pieces_by_month(session: Session, clock: Traveller) -> None:
    floor = make_floor(session)
    sew(session, floor, "C06", good=6)
    data = queries.own_data(session, floor.pine, at=now())
    ((month, pieces),) = data.pieces
    assert (month, [each.count for each in pieces]) == (date(2026, 11, 1), [6])


def test_what_the_program_did_itself_is_told_too(session: Session, clock: Traveller) -> None:
    pine = make_worker(session)
    assert (SYSTEM.name, "hire") in [(e.actor, e.what) for e in queries.looks(session, pine)]


def test_what_is_left_of_her_week_counts_the_shift_that_is_going_on(
    session: Session, clock: Traveller
) -> None:
    pine = make_house(session)
    make_day(session, pine, day=YESTERDAY)
    make_punch(session, pine, "in", "08:30")
    found = her_page(session, pine)
    assert found.limit.minutes == 52 * 60
    assert found.watched.week.worked - found.worked >= 60
    assert found.to_limit == 52 * 60 - found.watched.week.worked


def test_among_fewer_than_five_the_law_sets_no_limit(session: Session, clock: Traveller) -> None:
    pine = make_pine(session)
    found = her_page(session, pine)
    assert (found.watched.week.limit, found.to_limit) == (None, 0)
