"""The catalogue's pages for everybody: labels, links that lead somewhere, every language."""

from __future__ import annotations

import pytest

from factory.security.domain import Role
from tests.catalogue.build import SHEET, make_style
from tests.catalogue.links import links
from tests.conftest import Kept, SignIn
from tests.web.reading import faults

LANGUAGES = ("ko", "ko_easy", "en")
PATHS = (
    "/styles/",
    "/styles/new",
    "/styles/seasons/new",
    "/styles/W-2601",
    "/styles/W-2601/colours",
    "/styles/W-2601/prices",
    "/styles/W-2601/operations",
)


@pytest.fixture
def style(kept: Kept) -> None:
    """The wool coat, in the database."""
    kept(make_style)


@pytest.mark.parametrize("path", PATHS[1:3] + PATHS[4:])
def test_a_refused_page_can_be_read_by_everybody(sign_in: SignIn, style: None, path: str) -> None:
    browser = sign_in(Role.MANAGER)
    for language in LANGUAGES:
        browser.set_cookie("didim_language", language)
        answer = browser.post(path, data={})
        assert answer.status_code == 422
        assert faults(answer.text) == []
        assert 'role="alert"' in answer.text


def test_the_preview_can_be_read_by_everybody(sign_in: SignIn, style: None) -> None:
    browser = sign_in(Role.MANAGER)
    for language in LANGUAGES:
        browser.set_cookie("didim_language", language)
        faster = SHEET.replace("SNLS,3.60,E", "SNLS,3.40,E")
        assert faults(browser.post("/styles/W-2601/operations", data={"sheet": faster}).text) == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ORDER_MANAGER, Role.SUPERVISOR, Role.CASHIER])
def test_every_link_leads_somewhere_for_whoever_sees_it(
    sign_in: SignIn, style: None, role: Role
) -> None:
    browser = sign_in(role)
    for path in ("/styles/", "/styles/W-2601"):
        for link in links(browser.get(path).text):
            assert browser.get(link).status_code in {200, 303}, f"{path} → {link}"


def test_the_start_page_leads_to_the_styles_for_those_who_may(sign_in: SignIn) -> None:
    assert 'href="/styles/"' in sign_in(Role.CUTTER).get("/").text
    assert 'href="/styles/"' not in sign_in(Role.WORKER).get("/").text
