"""Each of a row of people at the door sees her answer at once, however the screen is set."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.browser.scanner import scan
from tests.browser.test_door import AT_ONCE, COMPOSING, NAMES, House, answered

pytestmark = [pytest.mark.endure, pytest.mark.browser]
ROUNDS = 5


def plainly(page: Page, badge: str) -> None:
    scan(page, badge)


def in_a_syllable(page: Page, badge: str) -> None:
    """Scan while the Korean input method holds half a syllable."""
    page.focus("[data-scan]")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "ㅂ", "selectionStart": 1, "selectionEnd": 1})
    page.evaluate(COMPOSING, {"code": badge, "ends": True})


@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("scans", [plainly, in_a_syllable], ids=["plainly", "syllable"])
def test_each_of_a_row_of_people_is_answered_at_once(
    door: House, page: Page, scans: Callable[[Page, str], None], *, large: bool
) -> None:
    if large:
        page.click("form.letters button")
        expect(page.locator("html.big")).to_be_attached()
    for _ in range(ROUNDS):
        for name in NAMES:
            scans(page, door.people[name][1])
            expect(page.locator(".answer.over h1")).to_contain_text(name)
    taken = answered(page)
    assert len(taken) == ROUNDS * len(NAMES)
    usual = [round(median(taken[number :: len(NAMES)])) for number in range(len(NAMES))]
    assert max(usual) < AT_ONCE, "in most of her rounds, whatever else the machine has to do"
    assert len(door.punches()) == len(NAMES)
