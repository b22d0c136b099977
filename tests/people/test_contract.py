"""The employment contract: every item of article 17, and whose name stands on it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, speaking, tell
from factory.people import service
from factory.people.documents.contract import BLANK, LINE
from factory.people.documents.contract import contract as paper_of
from factory.people.domain import WEEK, TermsKind, Worker
from factory.people.domain.contract import (
    Contract,
    EndsBeforeItBegins,
    Identity,
    NoRoomForTheBreak,
    NoTermsYet,
    Wish,
    contract,
    daily_minutes,
)
from factory.printing.service import pdf_of
from factory.security import queries as security
from factory.security.domain import SYSTEM, Actor, NotTheirs, ReasonNeeded, Role, WorkerId
from printers.sheet import Sheet, Table
from tests.people.build import FIRST, make_terms, make_worker

PINE = Worker(WorkerId(1), 7, "Pine", "ko_easy", FIRST, None)
WISH = Wish(place="Sample Street 1", work="Sewing coats")


EMPLOYED = [kind for kind in TermsKind if kind is not TermsKind.FREELANCE]
RATES = {TermsKind.MONTHLY: 2_500_000, TermsKind.DAILY: 96_000}
"""Won, above the minimum; by the hour it is 12,000."""


def made(wish: Wish = WISH, employees: int = 12, **terms: Any) -> Contract:
    rate = RATES.get(terms.get("kind", TermsKind.HOURLY), 12_000)
    terms = {"rate": Money(rate)} | terms
    return contract(
        PINE, make_terms(**terms), wish, Identity(), employees=employees, on=date(2026, 11, 24)
    )


def items(sheet: Sheet) -> dict[str, str]:
    (table,) = (block for block in sheet.blocks if isinstance(block, Table))
    return {row[0].split(". ", 1)[1]: row[1] for row in table.rows}


def english(found: Contract) -> dict[str, str]:
    with speaking("en"):
        return items(paper_of(found))


def text_of(sheet: Sheet) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_of(sheet))).pages)


# What the law demands


@pytest.mark.parametrize("kind", EMPLOYED)
def test_every_item_the_law_demands_is_there(kind: TermsKind) -> None:
    found = english(made(kind=kind))
    assert list(found) == [
        "Contract period",
        "Place of work",
        "Work to be done",
        "Contracted working hours",
        "Breaks",
        "Days of work",
        "Weekly day of rest",
        "Public holidays",
        "Annual paid leave",
        "Wage and its parts",
        "How it is calculated",
        "Pay day and period",
        "How it is paid",
        "Social insurance",
        "Night and holiday work",
        "Delivery of the contract",
        "Everything else",
    ]
    assert all(found.values())


def test_the_terms_stand_in_words() -> None:
    found = english(made())
    assert found["Contract period"] == "From 1 Sep 2026 (Tue) on, without an end"
    assert found["Place of work"] == "Sample Street 1"
    assert found["Work to be done"] == "Sewing coats"
    told = "From 09:00 to 18:00, 8 hours a day, 40 hours a week"
    assert found["Contracted working hours"] == told
    assert found["Breaks"].startswith("60 minutes a day")
    assert found["Days of work"] == "Monday, Tuesday, Wednesday, Thursday, Friday"
    assert found["Weekly day of rest"].startswith("Sunday; paid")
    assert found["Wage and its parts"].startswith("Basic pay: ₩12,000 an hour. Weekly holiday pay")
    assert "50 % more" in found["How it is calculated"]
    assert "beyond 8 hours: 100 % more" in found["How it is calculated"]
    assert "10th of the next month" in found["Pay day and period"]


@pytest.mark.parametrize(
    ("kind", "rate"),
    [
        (TermsKind.HOURLY, "₩12,000 an hour"),
        (TermsKind.DAILY, "₩96,000 a day"),
        (TermsKind.MONTHLY, "₩2,500,000 a month"),
        (TermsKind.PIECE, "At least the minimum wage for all hours worked"),
    ],
)
def test_each_kind_of_pay_says_how_it_is_reckoned(kind: TermsKind, rate: str) -> None:
    assert rate in english(made(kind=kind))["Wage and its parts"]


def test_a_fixed_time_ends_on_its_day_and_not_before_it_began() -> None:
    ends = Wish("here", "sewing", date(2027, 8, 31))
    assert english(made(ends))["Contract period"].endswith("to 31 Aug 2027 (Tue)")
    with pytest.raises(EndsBeforeItBegins):
        made(Wish("here", "sewing", date(2026, 8, 31)))


def test_a_small_workplace_owes_less_and_promises_no_more() -> None:
    found = english(made(employees=4))
    assert found["Public holidays"] == "1 May is a paid holiday."
    assert BLANK in found["Annual paid leave"]
    assert "%" not in found["How it is calculated"]
    assert "Night and holiday work" not in found


def test_under_fifteen_hours_the_rest_day_is_unpaid() -> None:
    found = english(made(weekly_hours=14, shift_end="13:00"))
    assert found["Weekly day of rest"].startswith("Sunday; unpaid")
    assert "Weekly holiday pay" not in found["Wage and its parts"]
    assert found["Social insurance"].startswith("Employment insurance and industrial")
    assert "2 hours 48 minutes a day" in found["Contracted working hours"]


def test_overtime_of_a_part_timer_begins_beyond_her_own_hours_as_it_is_paid() -> None:
    short: dict[str, Any] = {"weekly_hours": 20, "shift_end": "13:30"}
    told = english(made(**short))["How it is calculated"]
    assert told.startswith("Overtime (beyond the 4 hours agreed for a day, on other days,")
    others: list[dict[str, Any]] = [{"weekly_hours": 40}, short | {"kind": TermsKind.DAILY}]
    for other in others:
        assert "beyond 8 hours a day or 40" in english(made(**other))["How it is calculated"]
    assert "Overtime" not in english(made(employees=4, **short))["How it is calculated"]


def test_without_fixed_hours_no_break_is_promised() -> None:
    found = english(made(weekly_hours=0, kind=TermsKind.DAILY))
    assert found["Contracted working hours"].startswith("Without fixed hours")
    assert "Breaks" not in found


# Breaks (Labor Standards Act, art. 54)


@pytest.mark.parametrize(
    ("start", "end", "hours", "expected"),
    [
        ("09:00", "18:00", 40, 60),
        ("09:00", "19:00", 40, 120),
        ("09:00", "13:30", 20, 30),
        ("09:00", "12:00", 15, 0),
        ("08:30", "17:00", 39, 42),
    ],
)
def test_the_break_is_what_the_shift_leaves(
    start: str, end: str, hours: int, expected: int
) -> None:
    found = made(shift_start=start, shift_end=end, weekly_hours=hours)
    assert found.break_minutes == expected


@pytest.mark.parametrize(
    ("end", "hours"), [("17:00", 40), ("17:59", 40), ("13:00", 20), ("13:29", 20), ("11:59", 15)]
)
def test_a_shift_without_room_for_the_break_is_refused(end: str, hours: int) -> None:
    with pytest.raises(NoRoomForTheBreak):
        made(shift_end=end, weekly_hours=hours)


@given(
    hours=st.integers(0, 52),
    days=st.sets(st.sampled_from(WEEK[:6]), min_size=1),
    span=st.integers(1, 14 * 60),
)
def test_work_and_break_fill_the_shift_and_the_law_is_kept(
    hours: int, days: set[str], span: int
) -> None:
    end = f"{6 + span // 60:02d}:{span % 60:02d}"
    terms: dict[str, Any] = {
        "weekly_hours": hours,
        "work_days": tuple(sorted(days)),
        "shift_start": "06:00",
    }
    daily = daily_minutes(make_terms(**terms))
    least = 60 if daily >= 480 else 30 if daily >= 240 else 0
    try:
        found = made(**terms, shift_end=end)
    except NoRoomForTheBreak:
        assert span - daily < least
    else:
        assert found.break_minutes >= least
        assert not daily or found.daily_minutes + found.break_minutes == span


# The paper


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EMPLOYED)
def test_the_paper_is_one_page_in_every_language(language: str, kind: TermsKind) -> None:
    with speaking(language):
        data = pdf_of(paper_of(made(kind=kind)))
    assert len(PdfReader(BytesIO(data)).pages) == 1


def test_the_legal_word_stands_first_and_plain_words_in_brackets() -> None:
    with speaking("ko_easy"):
        sheet = paper_of(made())
    assert sheet.title == "근로계약서 (일하기로 한 약속)"
    assert "소정근로시간 (일하기로 한 시간)" in items(sheet)
    assert "근로기준법 제17조" in sheet.small_print


def test_without_a_reason_lines_stay_blank_and_with_one_the_name_stands_there() -> None:
    blank = made()
    assert text_of(paper_of(blank)).count(LINE) == 8
    named = contract(
        PINE,
        make_terms(),
        WISH,
        Identity("Invented Name", "Sample Street 9"),
        employees=12,
        on=date(2026, 11, 24),
    )
    text = text_of(paper_of(named))
    assert text.count(LINE) == 6
    assert "Invented Name" in text
    assert "Sample Street 9" in text


# Drawing it up


def test_drawing_it_up_leaves_an_entry_and_opens_nothing(session: Session) -> None:
    pine = make_worker(session)
    service.seal(session, pine, {"legal_name": "Invented Name"}, by=SYSTEM, at=now())
    found = service.draw_contract(session, pine, FIRST, WISH, by=SYSTEM, at=now())
    assert found.identity == Identity()
    assert found.small
    (entry, *_) = security.audit(session)
    assert (entry.what, entry.thing) == ("draw_contract", f"worker {pine.number}")
    assert not [line for line in security.audit(session) if line.what == "read_vault"]


def test_the_legal_name_needs_a_reason_that_she_can_see(session: Session) -> None:
    pine = make_worker(session)
    sealed = {"legal_name": "Invented Name", "address": "Sample Street 9", "phone": "000"}
    service.seal(session, pine, sealed, by=SYSTEM, at=now())
    with pytest.raises(ReasonNeeded):
        service.draw_contract(session, pine, FIRST, WISH, named=True, by=SYSTEM, at=now())
    found = service.draw_contract(
        session, pine, FIRST, WISH, named=True, reason="new contract", by=SYSTEM, at=now()
    )
    assert found.identity == Identity("Invented Name", "Sample Street 9")
    read = [line for line in security.audit(session) if line.what == "read_vault"]
    assert [line.reason for line in read] == ["new contract"] * 2
    cedar = Actor(name="Cedar", roles=frozenset({Role.SUPERVISOR}))
    with pytest.raises(NotTheirs):
        service.draw_contract(
            session, pine, FIRST, WISH, named=True, reason="curious", by=cedar, at=now()
        )


def test_what_is_not_sealed_is_filled_in_by_hand(session: Session) -> None:
    pine = make_worker(session)
    service.seal(session, pine, {"address": "Sample Street 9"}, by=SYSTEM, at=now())
    found = service.draw_contract(
        session, pine, FIRST, WISH, named=True, reason="new contract", by=SYSTEM, at=now()
    )
    assert found.identity == Identity("", "Sample Street 9")


def test_the_terms_of_the_chosen_day_are_used(session: Session) -> None:
    pine = make_worker(session)
    later = make_terms(since=date(2026, 11, 1), rate=Money(13000))
    service.change_terms(session, pine, later, by=SYSTEM, at=now())
    for day, rate in ((FIRST, 12000), (date(2026, 11, 1), 13000)):
        found = service.draw_contract(session, pine, day, WISH, by=SYSTEM, at=now())
        assert found.terms.rate == Money(rate)
    with pytest.raises(NoTermsYet):
        service.draw_contract(session, pine, date(2026, 8, 1), WISH, by=SYSTEM, at=now())


# What is refused is said in every language


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ("do not fit 09:00–17:00", "can't end before it begins", "No terms hold on")),
        ("ko", ("09:00–17:00에는 8:00 일하고", "먼저 끝날 수 없어요", "맞는 조건이 없어요")),
        ("ko_easy", ("60분을 쉴 수 없어요", "먼저 끝날 수 없어요", "맞는 약속이 없어요")),
    ],
)
def test_each_refusal_helps_in_her_language(language: str, sentences: tuple[str, ...]) -> None:
    refusals = (
        NoRoomForTheBreak(hours="8:00", minutes=60, start="09:00", end="17:00"),
        EndsBeforeItBegins(since=FIRST),
        NoTermsYet(day=FIRST),
    )
    for refusal, sentence in zip(refusals, sentences, strict=True):
        assert sentence in tell(refusal, language)
