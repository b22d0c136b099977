"""The rail's pages for everybody: labels, links that lead somewhere, every language."""

from __future__ import annotations

import pytest

from factory.security.domain import Role
from tests.catalogue.build import BEGUN
from tests.catalogue.links import links
from tests.conftest import Kept, SignIn
from tests.stock.build import make_stock
from tests.web.reading import faults

LANGUAGES = ("ko", "ko_easy", "en")


@pytest.fixture
def code(kept: Kept) -> str:
    """Ten black coats in 66."""
    return kept(make_stock, quantity=10, at=BEGUN)


@pytest.mark.parametrize("path", ["look", "count", "scrap"])
def test_a_refused_page_can_be_read_by_everybody(sign_in: SignIn, code: str, path: str) -> None:
    browser = sign_in(Role.MANAGER)
    for language in LANGUAGES:
        browser.set_cookie("didim_language", language)
        answer = browser.post(f"/stock/{path}", data={"code": "1"})
        assert answer.status_code == 422
        assert 'aria-describedby="code-wrong"' in answer.text
        assert faults(answer.text) == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ORDER_MANAGER, Role.CASHIER, Role.CUTTER])
def test_every_link_leads_somewhere_for_whoever_sees_it(
    sign_in: SignIn, code: str, role: Role
) -> None:
    browser = sign_in(role)
    for path in ("/stock/", f"/stock/coats/{code}"):
        for link in links(browser.get(path).text):
            assert browser.get(link).status_code in {200, 303}, f"{path} → {link}"


def test_the_start_page_leads_to_the_rail_for_those_who_may(sign_in: SignIn) -> None:
    start = sign_in(Role.CASHIER).get("/").text
    assert 'href="/stock/"' in start
    assert 'href="/stock/count"' not in start
    assert 'href="/stock/count"' in sign_in(Role.ORDER_MANAGER).get("/").text
