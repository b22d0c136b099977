"""What everybody is told of what is kept of her: as a page for all, and on paper to be signed."""

from __future__ import annotations

import io
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, speaking, translate
from factory.people import service
from factory.people.documents.notice import notice
from factory.people.domain import Worker
from factory.people.domain.keeping import GROUNDS
from factory.people.domain.privacy import KEPT, NEVER, RIGHTS, WHO
from factory.people.forms import FIELDS
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role, WorkerId
from printers.pages import composed
from tests.business.build import SAMPLE
from tests.conftest import SignIn
from tests.people.build import FIRST, make_worker

PINE = Worker(WorkerId(1), 7, "Pine", "ko", FIRST, None)
EVERYTHING = [text for each in KEPT for text in (each.what, each.why, each.long)]
EVERYTHING += [*NEVER, *WHO, *RIGHTS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_may_read_it_in_her_language_signed_in_or_not(
    client: FlaskClient, language: str
) -> None:
    page = unescape(client.get(f"/privacy?language={language}").text)
    with speaking(language):
        assert [text for text in EVERYTHING if translate(text) not in page] == []


def test_the_page_of_signing_in_leads_to_it(client: FlaskClient) -> None:
    assert 'href="/privacy"' in client.get("/sign-in").text


def test_every_text_of_the_vault_has_its_time() -> None:
    assert set(GROUNDS) == set(FIELDS)


@pytest.fixture
def pine(app: Flask, client: FlaskClient) -> Worker:
    """Pine, of whom the vault knows the legal name."""
    del client
    with app.app_context(), transaction() as session:
        made = make_worker(session, language="ko")
        service.seal(session, made, {"legal_name": "Pine Legal"}, by=SYSTEM, at=now())
        return made


def test_the_paper_is_in_the_language_she_reads_and_opens_nothing(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    answer = sign_in(Role.MANAGER).post(f"/people/{pine.number}/notice.pdf")
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    squeezed = "".join(text.split())
    assert "개인정보수집·이용안내" in squeezed
    assert "Pine" in squeezed
    assert "지문" in squeezed
    assert "Legal" not in text
    with app.app_context(), reading() as session:
        newest = security.audit(session)[0]
    assert (newest.what, newest.thing) == ("draw_notice", f"worker {pine.number}")


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.KEEPER, Role.CLOCK_TERMINAL])
def test_only_who_manages_people_draws_it_up(sign_in: SignIn, pine: Worker, role: Role) -> None:
    assert sign_in(role).post(f"/people/{pine.number}/notice.pdf").status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_is_one_page_to_be_signed(language: str) -> None:
    with speaking(language):
        assert len(composed(notice(PINE, FIRST, SAMPLE)).pages) == 1
