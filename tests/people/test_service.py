"""Hire, terms, badges, leaving."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from factory.kernel.errors import NotFound
from factory.kernel.ids import CodeKind, CodeMisread, WrongKindOfCode, is_well_read, running_code
from factory.kernel.money import Money
from factory.kernel.time import DAY, at, now, today
from factory.people import queries, service
from factory.people.domain import (
    AlreadyLeft,
    BadgeOver,
    BadgeUnknown,
    BadgeVoid,
    LeftBeforeHired,
    RateMissing,
    ShiftBackwards,
    TermsKind,
    TermsOverlap,
    WeekTooLong,
    checked,
    terms_on,
)
from factory.security import queries as security_queries
from factory.security import service as security
from factory.security.domain import SYSTEM
from tests.cast import PIN
from tests.people.build import FIRST, make_terms, make_worker

LATER = date(2026, 11, 1)


def test_whoever_begins_has_a_number_a_badge_and_a_pin(session: Session) -> None:
    pine, cedar = make_worker(session), make_worker(session, "Cedar")
    assert cedar.number == pine.number + 1
    badge = queries.badges(session)[pine.id]
    assert is_well_read(badge)
    assert str(pine.number) not in badge[1:3] or len(badge) == 12
    assert service.worker_with_badge(session, badge, at=now()) == pine
    assert security.check_secret(session, str(pine.number), PIN, at=now()) is not None
    assert queries.worker_numbered(session, pine.number) == pine
    assert queries.names(session)[cedar.id] == "Cedar"


def test_a_lost_badge_holds_no_more(session: Session) -> None:
    pine = make_worker(session)
    old = queries.badges(session)[pine.id]
    new = service.issue_badge(session, pine, by=SYSTEM, at=now())
    with pytest.raises(BadgeVoid):
        service.worker_with_badge(session, old, at=now())
    assert service.worker_with_badge(session, new, at=now()) == pine


def test_unknown_misread_and_other_papers_are_refused(session: Session) -> None:
    for code, refusal in (
        (running_code(CodeKind.BADGE, 1, length=12), BadgeUnknown),
        ("104839572617", CodeMisread),
        (running_code(CodeKind.BUNDLE, 12), WrongKindOfCode),
    ):
        with pytest.raises(refusal):
            service.worker_with_badge(session, code, at=now())


def test_terms_hold_from_their_day_on(session: Session) -> None:
    pine = make_worker(session)
    more = make_terms(since=LATER, rate=Money(13000))
    service.change_terms(session, pine, more, by=SYSTEM, at=now())
    history = queries.terms_of(session, pine.id)
    assert terms_on(history, date(2026, 8, 31)) is None
    assert queries.terms_on(session, pine.id, date(2026, 10, 31)) == make_terms()
    assert queries.terms_on(session, pine.id, LATER) == more
    with pytest.raises(TermsOverlap):
        service.change_terms(session, pine, more, by=SYSTEM, at=now())


def test_leaving_ends_badge_and_sign_in(session: Session) -> None:
    pine = make_worker(session)
    badge = queries.badges(session)[pine.id]
    with pytest.raises(LeftBeforeHired):
        service.leave(session, pine, date(2026, 8, 1), by=SYSTEM, at=now())
    service.leave(session, pine, LATER, by=SYSTEM, at=now())
    gone = queries.worker(session, pine.id)
    assert not gone.is_here(date(2026, 11, 2))
    assert gone not in queries.workers(session, date(2026, 11, 2))
    with pytest.raises(BadgeVoid):
        service.worker_with_badge(session, badge, at=now())
    with pytest.raises(AlreadyLeft):
        service.leave(session, gone, LATER, by=SYSTEM, at=now())
    with pytest.raises(AlreadyLeft):
        service.issue_badge(session, gone, by=SYSTEM, at=now())


def test_badge_and_pin_hold_through_a_last_day_to_come_and_the_night_after_it(
    session: Session,
) -> None:
    pine, last = make_worker(session), today() + 3 * DAY
    badge, number = queries.badges(session)[pine.id], str(pine.number)
    service.leave(session, pine, last, by=SYSTEM, at=now())
    leaving = queries.worker(session, pine.id)
    for holds in (now(), at(last, "23:59"), at(last + DAY, "05:59")):
        assert service.worker_with_badge(session, badge, at=holds) == leaving
        assert service.badge_holder(session, badge, at=holds) == pine.id
        assert security.check_secret(session, number, PIN, at=holds) is not None
    over = at(last + DAY, "06:00")
    for holder in (service.worker_with_badge, service.badge_holder):
        with pytest.raises(BadgeOver):
            holder(session, badge, at=over)
    assert security.check_secret(session, number, PIN, at=over) is None
    assert queries.badges(session, last) == {pine.id: badge}
    assert queries.badges(session, last + DAY) == {}


def test_a_badge_lost_before_the_last_day_is_replaced(session: Session) -> None:
    pine = make_worker(session)
    old = queries.badges(session)[pine.id]
    service.leave(session, pine, today() + DAY, by=SYSTEM, at=now())
    leaving = queries.worker(session, pine.id)
    new = service.issue_badge(session, leaving, by=SYSTEM, at=now())
    assert service.badge_holder(session, new, at=now()) == pine.id
    with pytest.raises(BadgeVoid):
        service.badge_holder(session, old, at=now())


def test_another_last_day_moves_the_end_of_badge_and_pin(session: Session) -> None:
    pine = make_worker(session)
    badge, number = queries.badges(session)[pine.id], str(pine.number)
    service.leave(session, pine, today() + DAY, by=SYSTEM, at=now())

    def works(moment: datetime) -> bool:
        held = security.check_secret(session, number, PIN, at=moment) is not None
        try:
            service.badge_holder(session, badge, at=moment)
        except BadgeOver:
            assert not held
        return held

    for last, seen in ((today() + 9 * DAY, True), (today() - 2 * DAY, False), (None, True)):
        leaving = queries.worker(session, pine.id)
        service.set_last_day(session, leaving, last, "typed wrongly", by=SYSTEM, at=now())
        assert works(now()) is seen
    assert works(now() + 90 * DAY)


def test_an_account_that_somebody_closed_is_not_opened_by_her_leaving(session: Session) -> None:
    pine = make_worker(session)
    account = security_queries.account(session, str(pine.number))
    assert account is not None
    security.close_account(session, account.id, by=SYSTEM, at=now())
    service.leave(session, pine, today() + DAY, by=SYSTEM, at=now())
    leaving = queries.worker(session, pine.id)
    service.set_last_day(session, leaving, None, "she stays", by=SYSTEM, at=now())
    assert security.check_secret(session, str(pine.number), PIN, at=now()) is None


def test_skills_are_noted_once(session: Session) -> None:
    pine = make_worker(session, skills=frozenset({"S11"}))
    service.learn(session, pine.id, "S11")
    service.learn(session, pine.id, "S03")
    assert queries.skills(session, pine.id) == ("S03", "S11")


def test_an_unknown_number_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.worker_numbered(session, 999)


def test_terms_that_cant_be_agreed_are_refused() -> None:
    with pytest.raises(RateMissing):
        checked(make_terms(rate=Money(0)))
    with pytest.raises(ShiftBackwards):
        checked(make_terms(shift_end="08:00"))
    with pytest.raises(WeekTooLong):
        checked(make_terms(weekly_hours=53))
    assert checked(make_terms(kind=TermsKind.PIECE, rate=Money(0))).since == FIRST


def test_skills_are_ticked_and_unticked_and_what_was_not_on_offer_stays(session: Session) -> None:
    pine = make_worker(session, skills=frozenset({"S11", "OLD"}))
    known = service.set_skills(
        session, pine, ["S03", "WRONG"], offered=["S03", "S11"], by=SYSTEM, at=now()
    )
    assert known == queries.skills(session, pine.id) == ("OLD", "S03")
    (entry, *_) = security_queries.audit(session)
    assert (entry.what, entry.thing) == ("set_skills", f"worker {pine.number}")
