"""Consents, who is spared overtime, the four-hour day without a break, and who is too young."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.errors import Refused
from factory.kernel.time import months_later, now
from factory.kernel.words import LANGUAGES, tell
from factory.people import queries, service
from factory.people.domain import Worker
from factory.people.domain.guards import (
    BornLater,
    BreakWish,
    Consent,
    ConsentKind,
    Guards,
    NoWaiverYet,
    Spared,
    SparedBackwards,
    TooYoung,
    checked,
    first_waiver,
    refuse_young,
)
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from tests.conftest import SignIn
from tests.people.build import FIRST, make_worker
from tests.people.test_routes import HIRE

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
NIGHT, HOLIDAY = ConsentKind.NIGHT, ConsentKind.HOLIDAY


def word(kind: ConsentKind = NIGHT, day: date = NOVEMBER, *, given: bool = True) -> Consent:
    return Consent(kind, day, given, "on paper")


def test_a_consent_holds_from_its_day_until_it_is_taken_back() -> None:
    held = Guards((word(), word(day=DECEMBER, given=False)))
    assert not held.consents_to(NIGHT, date(2026, 10, 31))
    assert held.consents_to(NIGHT, NOVEMBER)
    assert held.consents_to(NIGHT, date(2026, 11, 30))
    assert not held.consents_to(NIGHT, DECEMBER)
    assert not held.consents_to(HOLIDAY, NOVEMBER)


def test_of_two_words_for_one_day_the_later_counts() -> None:
    assert not Guards((word(), word(given=False))).consents_to(NIGHT, NOVEMBER)
    assert Guards((word(given=False), word())).consents_to(NIGHT, NOVEMBER)


def test_what_was_ticked_at_hiring_holds_until_she_says_something() -> None:
    held = Guards((word(given=False),), at_hiring=True)
    assert held.consents_to(NIGHT, date(2026, 10, 31))
    assert not held.consents_to(NIGHT, NOVEMBER)
    assert held.consents_to(HOLIDAY, NOVEMBER)


def test_what_was_ticked_at_hiring_says_nothing_of_own_hours() -> None:
    own = ConsentKind.OWN_HOURS
    assert not Guards(at_hiring=True).consents_to(own, NOVEMBER)
    assert Guards((word(own),), at_hiring=True).consents_to(own, DECEMBER)


@pytest.mark.parametrize(
    ("spared", "day", "found"),
    [
        (None, NOVEMBER, False),
        (Spared(NOVEMBER), date(2026, 10, 31), False),
        (Spared(NOVEMBER), date(2027, 12, 31), True),
        (Spared(NOVEMBER, DECEMBER), DECEMBER, True),
        (Spared(NOVEMBER, DECEMBER), date(2026, 12, 2), False),
    ],
)
def test_somebody_is_spared_from_one_day_to_another(
    spared: Spared | None, day: date, *, found: bool
) -> None:
    assert Guards(spared=spared).is_spared(day) is found


def test_a_time_that_ends_before_it_begins_is_refused() -> None:
    assert checked(Spared(NOVEMBER, NOVEMBER)).last == NOVEMBER
    with pytest.raises(SparedBackwards):
        checked(Spared(DECEMBER, NOVEMBER))


def test_the_break_may_be_waived_from_the_day_the_law_allows_it() -> None:
    assert first_waiver() == date(2026, 12, 9)
    held = Guards(wishes=(BreakWish(first_waiver()), BreakWish(date(2027, 1, 1), asked=False)))
    assert not held.waives_break(date(2026, 12, 8))
    assert held.waives_break(date(2026, 12, 9))
    assert not held.waives_break(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("born", "refusal"),
    [
        (date(2008, 9, 1), None),
        (date(2008, 9, 2), TooYoung),
        (date(2010, 1, 1), TooYoung),
        (FIRST, BornLater),
        (date(2062, 5, 5), BornLater),
    ],
)
def test_nobody_under_eighteen_is_taken_on(born: date, refusal: type[Exception] | None) -> None:
    if refusal is None:
        refuse_young(born, FIRST)
        return
    with pytest.raises(refusal):
        refuse_young(born, FIRST)


@given(hired=st.dates(date(2026, 1, 1), date(2040, 1, 1)), age=st.integers(1, 90))
def test_age_is_told_by_the_birthday_and_nothing_else(hired: date, age: int) -> None:
    born = months_later(hired, -12 * age)
    if age >= 18:
        refuse_young(born, hired)
    else:
        with pytest.raises(TooYoung):
            refuse_young(born, hired)


def test_all_that_is_entered_is_read_back(session: Session) -> None:
    pine, cedar = make_worker(session), make_worker(session, "Cedar", night_consent=True)
    told = (word(), word(HOLIDAY, given=False))
    for each in told:
        service.consent(session, pine, each, by=SYSTEM, at=now())
    service.spare(session, pine, Spared(NOVEMBER), by=SYSTEM, at=now())
    service.waive_break(session, pine, BreakWish(first_waiver()), by=SYSTEM, at=now())
    held = queries.guards(session)
    assert held[pine.id] == Guards(told, Spared(NOVEMBER), (BreakWish(first_waiver()),))
    assert held[cedar.id] == Guards(at_hiring=True)
    service.spare_no_more(session, pine, by=SYSTEM, at=now())
    assert queries.guards(session)[pine.id].spared is None


def test_a_waiver_before_its_time_is_refused_and_wanting_the_break_never(session: Session) -> None:
    pine = make_worker(session)
    with pytest.raises(NoWaiverYet):
        service.waive_break(session, pine, BreakWish(date(2026, 12, 8)), by=SYSTEM, at=now())
    back = BreakWish(date(2026, 12, 8), asked=False)
    service.waive_break(session, pine, back, by=SYSTEM, at=now())
    assert not queries.guards(session)[pine.id].waives_break(date(2027, 1, 1))


def test_the_audit_tells_nobody_who_is_spared(session: Session) -> None:
    pine = make_worker(session)
    service.spare(session, pine, Spared(NOVEMBER, DECEMBER), by=SYSTEM, at=now())
    service.consent(session, pine, word(), by=SYSTEM, at=now())
    (second, first, *_) = security.audit(session)
    assert (first.what, first.thing, first.reason) == (second.what, second.thing, second.reason)
    assert "spare" not in first.what


@pytest.mark.parametrize("table", ["consents", "spared", "break_wishes"])
def test_what_was_entered_stays_as_it_is(session: Session, table: str) -> None:
    pine = make_worker(session)
    service.consent(session, pine, word(), by=SYSTEM, at=now())
    service.spare(session, pine, Spared(NOVEMBER), by=SYSTEM, at=now())
    service.waive_break(session, pine, BreakWish(first_waiver()), by=SYSTEM, at=now())
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names of ours


def test_a_birth_date_is_sealed_and_stands_nowhere_else(session: Session) -> None:
    pine = make_worker(session, born=date(1975, 5, 5))
    why: dict[str, Any] = {"reason": "wage statement", "by": SYSTEM, "at": now()}
    assert service.read_sealed(session, pine, "birth_date", **why) == "1975-05-05"
    with pytest.raises(TooYoung):
        make_worker(session, "Cedar", born=date(2010, 5, 5))
    with pytest.raises(TooYoung):
        service.seal(session, pine, {"birth_date": "2010-05-05"}, by=SYSTEM, at=now())


def page_of(app: Flask) -> tuple[Worker, str]:
    with app.app_context(), transaction() as session:
        pine = make_worker(session)
    return pine, f"/people/{pine.number}"


def test_the_manager_keeps_her_word_and_who_is_spared(app: Flask, sign_in: SignIn) -> None:
    (_, at), browser = page_of(app), sign_in(Role.MANAGER)
    assert "has not been asked yet" in browser.get(f"{at}/protection").text
    said = {"kind": "night", "given": "yes", "day": "2026-11-01", "how": "on paper, May"}
    assert browser.post(f"{at}/consent", data=said).status_code == 303
    spared = {"first": "2026-11-01", "last": ""}
    assert browser.post(f"{at}/spare", data=spared).status_code == 303
    wish = {"since": "2026-12-09", "asked": "without"}
    assert browser.post(f"{at}/break-wish", data=wish).status_code == 303
    text_ = browser.get(f"{at}/protection").text
    assert "on paper, May" in text_
    assert "From 1 Nov 2026 (Sun) on." in text_
    assert "9 Dec 2026 (Wed)</time>: Four hours without the break" in text_
    assert browser.post(f"{at}/spare-no-more").status_code == 303
    assert "From 1 Nov 2026 (Sun) on." not in browser.get(f"{at}/protection").text


def test_the_supervisor_reads_no_overtime_and_nothing_else(app: Flask, sign_in: SignIn) -> None:
    pine, at = page_of(app)
    assert "No overtime" not in sign_in(Role.SUPERVISOR).get(at).text
    with app.app_context(), transaction() as session:
        service.spare(session, pine, Spared(NOVEMBER, DECEMBER), by=SYSTEM, at=now())
    browser = sign_in(Role.SUPERVISOR)
    seen = browser.get(at).text
    assert "No overtime" in seen
    assert "Dec 2026" not in seen
    for path in ("protection", "consent", "spare", "spare-no-more", "break-wish"):
        assert browser.post(f"{at}/{path}").status_code in {403, 405}
    assert browser.get(f"{at}/protection").status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "data", "refusal"),
    [
        ("spare", {"first": "2026-12-01", "last": "2026-11-01"}, SparedBackwards()),
        (
            "break-wish",
            {"since": "2026-12-01", "asked": "without"},
            NoWaiverYet(first=date(2026, 12, 9)),
        ),
        ("seal", {"birth_date": "2010-01-01", "phone": "010"}, TooYoung(age=18)),
    ],
    ids=["spare", "break-wish", "seal"],
)
def test_a_refusal_stands_beside_its_field_in_her_language(
    app: Flask,
    sign_in: SignIn,
    language: str,
    path: str,
    data: dict[str, str],
    refusal: Refused,
) -> None:
    (_, at), browser = page_of(app), sign_in(Role.MANAGER)
    answer = browser.post(f"{at}/{path}?language={language}", data=data)
    assert answer.status_code == 422
    assert escape(tell(refusal, language)) in answer.text
    for typed in data.values():
        assert typed in answer.text


def test_how_she_said_it_has_to_be_told(app: Flask, sign_in: SignIn) -> None:
    (_, at), browser = page_of(app), sign_in(Role.MANAGER)
    said = {"kind": "night", "given": "yes", "day": "2026-11-01", "how": ""}
    assert browser.post(f"{at}/consent", data=said).status_code == 422


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_too_young_is_not_taken_on(sign_in: SignIn, language: str) -> None:
    browser = sign_in(Role.MANAGER)
    young = HIRE | {"born": "2009-01-01"}
    answer = browser.post(f"/people/hire?language={language}", data=young)
    assert answer.status_code == 422
    assert tell(TooYoung(age=18), language) in answer.text
    assert "2009-01-01" in answer.text
    assert browser.post("/people/hire", data=HIRE | {"born": ""}).status_code == 422
    assert "Pine" not in browser.get("/people/").text
