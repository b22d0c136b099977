"""Papers that somebody takes with her: what they certify, and what they cost in openings."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.db.session import transaction
from factory.kernel.money import Money
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, say, speaking, tell
from factory.payroll import service
from factory.payroll.domain.certificates import (
    Certificate,
    NoChangeYet,
    NoPayslipsYet,
    Wish,
    change,
)
from factory.people import service as people
from factory.people.domain import Worker
from factory.printing.service import pdf_of
from factory.security import queries as security
from factory.security.domain import SYSTEM, ReasonNeeded, Role
from factory.till import service as till
from printers.sheet import Sheet
from tests.conftest import Kept, SignIn
from tests.payroll.build import WILLOW
from tests.payroll.closed import PINE_LEGAL, close_month, slip_of, two_people
from tests.people.build import make_terms, make_worker
from tests.till.build import SHOP

pytestmark = pytest.mark.usefixtures("clock")
SEPTEMBER, LATER = date(2026, 9, 1), date(2026, 11, 2)
WHY = "For the bank"


def text_of(sheet: Sheet) -> str:
    pages = PdfReader(io.BytesIO(pdf_of(sheet))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def certify(session: Session, worker: Worker, kind: Certificate, **given: object) -> Sheet:
    wish = replace(Wish(kind, WHY), **given)  # type: ignore[arg-type]
    return service.certify(session, worker, wish, by=WILLOW, at=now())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_of_employment_says_who_since_when_and_what_for(
    session: Session, language: str
) -> None:
    pine, _ = two_people(session)
    with speaking(language):
        text = text_of(certify(session, pine, Certificate.EMPLOYMENT, work="sewing coats"))
        for expected in (PINE_LEGAL, "1968-03-15", "1 Mill Lane", "sewing coats", WHY):
            assert expected in text
        assert say("We certify that she is employed here.") in text


def test_of_somebody_who_left_it_says_until_when(session: Session) -> None:
    pine, _ = two_people(session)
    people.leave(session, pine, date(2026, 11, 20), by=SYSTEM, at=now())
    with speaking("en"):
        text = text_of(certify(session, pine, Certificate.EMPLOYMENT))
    assert "20 Nov 2026" in text
    assert "she worked here in this time" in text


def test_a_certificate_of_wages_adds_up_what_was_approved(session: Session) -> None:
    pine, _ = two_people(session)
    close_month(session, {pine: slip_of(1_000_000, income_tax=10_000)}, SEPTEMBER)
    with speaking("en"):
        text = text_of(certify(session, pine, Certificate.WAGES))
        short = text_of(certify(session, pine, Certificate.WAGES, months=1))
    for expected in ("Sep 2026", "Oct 2026", "₩3,000,000", "₩119,520", "₩2,880,480", "₩1,500,000"):
        assert expected in text
    assert text.index("Sep 2026") < text.index("Oct 2026")
    assert "Sep 2026" not in short


def test_without_payslips_there_is_nothing_to_certify_and_nothing_is_opened(
    session: Session,
) -> None:
    ash = make_worker(session, "Ash")
    with pytest.raises(NoPayslipsYet):
        certify(session, ash, Certificate.WAGES)
    assert "read_vault" not in {each.what for each in security.audit(session)}


def test_a_change_of_terms_shows_what_held_and_what_holds(session: Session) -> None:
    pine, _ = two_people(session)
    terms = make_terms(since=LATER, rate=Money(13_000))
    people.change_terms(session, pine, terms, by=SYSTEM, at=now())
    with speaking("en"):
        text = text_of(certify(session, pine, Certificate.CHANGE))
    for expected in ("₩12,000", "₩13,000", "From 2 Nov 2026 (Mon) on", "as before", PINE_LEGAL):
        assert expected in text


def test_each_change_has_its_paper_and_no_change_has_none() -> None:
    history = tuple(
        make_terms(since=day, rate=Money(rate))
        for day, rate in ((SEPTEMBER, 11_000), (date(2026, 10, 1), 12_000), (LATER, 13_000))
    )
    assert change(history, None) == (history[1], history[2])
    assert change(history, date(2026, 10, 1)) == (history[0], history[1])
    for wrong, since in ((history[:1], None), (history, SEPTEMBER), ((), None)):
        with pytest.raises(NoChangeYet):
            change(wrong, since)


def test_each_paper_needs_its_purpose_and_leaves_an_entry(session: Session) -> None:
    pine, _ = two_people(session)
    with pytest.raises(ReasonNeeded):
        certify(session, pine, Certificate.EMPLOYMENT, reason=" ")
    certify(session, pine, Certificate.EMPLOYMENT)
    entries = security.audit(session)
    (drawn,) = [each for each in entries if each.what == "certify"]
    assert (drawn.thing, drawn.reason) == (f"worker {pine.number}", WHY)
    opened = [each.reason for each in entries if each.what == "read_vault"]
    assert opened == [WHY] * 3


def test_the_house_stands_on_it_as_on_receipts_and_else_a_line_to_write_on(
    session: Session,
) -> None:
    pine, _ = two_people(session)
    with speaking("ko"):
        empty = text_of(certify(session, pine, Certificate.EMPLOYMENT))
    till.describe_shop(session, SHOP, by=SYSTEM, at=now())
    with speaking("ko"):
        papers = [text_of(certify(session, pine, kind)) for kind in list(Certificate)[:2]]
    for told in (SHOP.name, SHOP.registration, SHOP.representative, SHOP.address, SHOP.phone):
        assert told not in empty
        assert all(told in paper for paper in papers)


# On the screen


def _pine(session: Session) -> Worker:
    found, _ = two_people(session)
    people.change_terms(session, found, make_terms(since=LATER), by=SYSTEM, at=now())
    return found


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine with a closed October and other terms from November on."""
    return kept(_pine)


@pytest.mark.parametrize("kind", list(Certificate))
def test_each_comes_as_pdf_under_a_name_without_hers(
    sign_in: SignIn, pine: Worker, kind: Certificate
) -> None:
    client, address = sign_in(Role.MANAGER), f"/pay/certificates/{pine.number}"
    assert "2 Nov 2026" in client.get(address).get_data(as_text=True)
    data = {"certificate": kind.value, "reason": WHY, "months": "3", "since": "2026-11-02"}
    answer = client.post(address, data=data)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert f"{kind.value}-{pine.number}.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(("chosen", "spoken"), [("ko", "ko"), ("en", "en"), ("", "ko")])
def test_it_is_drawn_up_in_the_language_that_the_bank_reads(
    sign_in: SignIn, pine: Worker, chosen: str, spoken: str
) -> None:
    client, address = sign_in(Role.MANAGER), f"/pay/certificates/{pine.number}"
    data = {"certificate": "employment", "reason": WHY, "months": "3"}
    answer = client.post(
        f"{address}?language=ko_easy", data=data | ({"language": chosen} if chosen else {})
    )
    text = " ".join(PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())
    with speaking(spoken):
        assert say("Certificate of employment") in text
        assert say("We certify that she is employed here.") in text


@pytest.mark.parametrize(
    ("data", "field", "refusal"),
    [
        ({"certificate": "employment", "reason": ""}, "reason", ReasonNeeded()),
        ({"certificate": "wages", "reason": WHY}, "months", NoPayslipsYet()),
        ({"certificate": "change", "reason": WHY}, "since", NoChangeYet()),
    ],
)
def test_what_cannot_be_certified_says_why_beside_its_field(
    app: Flask, sign_in: SignIn, data: dict[str, str], field: str, refusal: Exception
) -> None:
    with app.app_context(), transaction() as session:
        ash = make_worker(session, "Ash")
    given = {"months": "3", "since": "", **data}
    answer = sign_in(Role.MANAGER).post(f"/pay/certificates/{ash.number}", data=given)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert tell(refusal, "en") in text  # type: ignore[arg-type]
    assert field == "since" or f'id="{field}-wrong"' in text


def test_nobody_without_the_vault_draws_them_up(sign_in: SignIn, pine: Worker) -> None:
    answer = sign_in(Role.SUPERVISOR).get(f"/pay/certificates/{pine.number}")
    assert answer.status_code == 403
