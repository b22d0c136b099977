"""The station: two scans and one tap, and each mistake with its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import time_machine
from flask import Flask

import factory
from factory.db.session import reading, transaction
from factory.kernel.ids import CodeKind, badge_code, new_id, running_code
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES
from factory.people import queries as people
from factory.production import queries
from factory.production.domain.scans import Defect
from factory.security.domain import Role
from factory.timeclock import service as timeclock
from factory.timeclock.domain import PunchKind
from tests.conftest import SignIn
from tests.people.build import make_worker
from tests.production.floor import At, Floor, done, enter, scan, sew, signed

NO_BUNDLE = running_code(CodeKind.BUNDLE, 999)


def test_a_screen_is_told_once_where_it_stands(sign_in: SignIn, floor: Floor) -> None:
    browser = sign_in(Role.FLOOR_TERMINAL)
    assert browser.get("/station/").location == "/station/place"
    page = browser.get("/station/place").text
    assert 'value="fuse"' in page
    assert 'value="everywhere"' in page
    assert 'value="cut"' not in page
    assert browser.post("/station/place", data={"place": "moon"}).status_code == 200
    assert browser.post("/station/place", data={"place": "fuse"}).location == "/station/"
    assert "Please scan your badge" in browser.get("/station/").text


def test_two_scans_and_one_tap(app: Flask, at: At, floor: Floor) -> None:
    browser = at("fuse")
    assert "이름표를 찍어 주세요" in browser.get("/station/").text
    page = scan(browser, floor.badge)
    assert '<strong class="acting">Pine</strong>' in page
    assert "묶음표를 찍어 주세요" in page
    card = scan(browser, floor.code)
    assert "일 C06" in card
    assert "10장 다 했어요" in card
    answer = enter(browser, f"/station/{floor.code}", operation="C06", good="10")
    assert "일 C06 10장, 적었어요" in answer
    assert 'data-return="/station/"' in answer
    assert "다음 자리: " in answer
    assert done(app, floor, "C06") == 10


def test_the_bundle_may_come_before_the_badge(at: At, floor: Floor) -> None:
    browser = at("fuse")
    waiting = scan(browser, floor.code)
    assert "누가 한 일인가요?" in waiting
    assert f'name="bundle" value="{floor.code}"' in waiting
    assert "10장 다 했어요" in scan(browser, floor.badge, bundle=floor.code)


def test_the_ticket_once_more_means_that_all_is_done(app: Flask, at: At, floor: Floor) -> None:
    browser = at("fuse")
    scan(browser, floor.badge)
    card = scan(browser, floor.code)
    assert 'name="operation" value="C06"' in card
    answer = scan(browser, floor.code, bundle=floor.code, operation="C06")
    assert "적었어요" in answer
    assert done(app, floor, "C06") == 10


def test_another_badge_takes_over(app: Flask, at: At, floor: Floor) -> None:
    with app.app_context(), transaction() as session:
        cedar = make_worker(session, name="Cedar")
        badge = people.badges(session)[cedar.id]
    browser = at("fuse")
    scan(browser, floor.badge)
    card = scan(browser, badge, bundle=floor.code)
    assert '<strong class="acting">Cedar</strong>' in card
    assert "10장 다 했어요" in card


def test_fewer_pieces_leave_the_rest_to_be_done(app: Flask, at: At, floor: Floor) -> None:
    browser = at("fuse")
    scan(browser, floor.badge)
    browser.post(f"/station/{floor.code}", data={"operation": "C06", "good": "8"})
    assert done(app, floor, "C06") == 8
    assert "2장 다 했어요" in scan(browser, floor.code)


def test_a_defect_takes_two_taps_and_leads_back_to_the_card(
    app: Flask, at: At, floor: Floor
) -> None:
    browser = at("fuse")
    scan(browser, floor.badge)
    card = scan(browser, floor.code)
    assert '<button name="defect" value="stain"' in card
    answer = enter(browser, f"/station/{floor.code}", operation="C06", defect="stain")
    assert "불량 1장(때 묻음)" in answer
    assert f'data-return="/station/{floor.code}"' in answer
    assert "9장 다 했어요" in browser.get(f"/station/{floor.code}").text
    assert done(app, floor, "C06") == 0


def test_each_defect_is_offered_with_a_picture_of_it(at: At, floor: Floor) -> None:
    """Whoever does not read the word yet knows the fault by its picture, and no two are alike."""
    browser = at("fuse")
    scan(browser, floor.badge)
    scan(browser, floor.code)
    card = browser.get(f"/station/{floor.code}").text
    drawn = (Path(factory.__file__).parent / "static" / "icons.svg").read_text(encoding="utf-8")
    pictures = set()
    for defect in Defect:
        assert f"icons.svg#defect-{defect.value}" in card
        found = re.search(rf'<symbol id="defect-{defect.value}"[^>]*>(.*)</symbol>', drawn)
        assert found is not None, defect
        pictures.add(found[1])
    assert len(pictures) == len(Defect)


def test_several_kinds_of_work_are_asked_for_and_remembered(
    app: Flask, at: At, floor: Floor, clock: time_machine.Traveller
) -> None:
    with app.app_context(), transaction() as session:
        sew(session, floor, "C06")
        sew(session, floor, "C06", bundle=floor.bundles[1].code)
    clock.shift(60)
    browser = at("prep")
    scan(browser, floor.badge)
    question = scan(browser, floor.code)
    assert "어떤 일을 했나요?" in question
    assert "일 S01 · 10장" in question
    card = browser.get(f"/station/{floor.code}?operation=S02").text
    assert "10장 다 했어요" in card
    assert "일 S01 · 10장" in card
    browser.post(f"/station/{floor.code}", data={"operation": "S02", "good": "10"})
    again = scan(browser, floor.bundles[1].code)
    assert 'name="operation" value="S02"' in again


def test_everywhere_offers_whatever_can_be_done(at: At, floor: Floor) -> None:
    browser = at("everywhere")
    scan(browser, floor.badge)
    card = scan(browser, floor.code)
    assert "일 C06 · 10장" in card
    assert "일 S20 · 10장" in card


def test_the_supervisor_taps_the_name_of_whoever_did_it(
    app: Flask, sign_in: SignIn, floor: Floor
) -> None:
    with app.app_context(), transaction() as session:
        timeclock.punch(
            session, floor.badge, PunchKind.IN, at=now(), event_id=new_id(), received=now()
        )
    browser = sign_in(Role.SUPERVISOR)
    browser.post("/station/place", data={"place": "fuse"})
    waiting = scan(browser, floor.code)
    assert "Without a badge: tap the name" in waiting
    assert f'value="{floor.pine.number}">Pine</button>' in waiting
    tap = {"number": str(floor.pine.number), "bundle": floor.code}
    card = browser.post("/station/worker", data=tap, follow_redirects=True).text
    assert "Pine</button>" in browser.get("/station/").text
    assert '<strong class="acting">Pine</strong>' in card
    browser.post(f"/station/{floor.code}", data={"operation": "C06", "good": "10"})
    with app.app_context(), reading() as session:
        who = {scan.operation: scan.worker for scan in queries.scans_of(session, floor.code)}
    assert who["C06"] == floor.pine.id


@pytest.mark.parametrize("number", ["", "99", "x", "٣"])
def test_a_tap_on_nobody_is_refused(sign_in: SignIn, floor: Floor, number: str) -> None:
    browser = sign_in(Role.SUPERVISOR)
    assert browser.post("/station/worker", data={"number": number}).status_code == 404


def test_only_the_supervisor_goes_without_badges(at: At, floor: Floor) -> None:
    browser = at("fuse")
    assert "/station/worker" not in browser.get("/station/").text
    number = str(floor.pine.number)
    assert browser.post("/station/worker", data={"number": number}).status_code == 403


def test_the_last_step_says_that_the_tags_are_printed(app: Flask, at: At, floor: Floor) -> None:
    with app.app_context(), transaction() as session:
        sew(session, floor, "C06", "S01", "S02", "S20", "S11", "F05")
    browser = signed(at("pack"), floor)
    answer = enter(browser, f"/station/{floor.code}", operation="F07", good="10")
    assert "The hang tags come out of the printer" in answer


# What is refused


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "code", [badge_code(1), "20000121", NO_BUNDLE, "30000129", "", "abc"], ids=str
)
def test_a_paper_that_is_not_known_gets_a_sentence_and_stays_typed(
    at: At, floor: Floor, language: str, code: str
) -> None:
    browser = at("fuse")
    browser.post("/language", data={"language": language})
    answer = browser.post("/station/", data={"code": code})
    assert answer.status_code == 422
    assert f'value="{code}"' in answer.text
    assert 'class="errors" role="alert"' in answer.text
    sentence = problem(answer.text)
    assert any("가" <= sign <= "힣" for sign in sentence) is (language != "en"), sentence


def problem(page: str) -> str:
    """The sentence beside the field."""
    found = re.search(r'role="alert"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert found is not None
    return re.sub(r"<.*?>", "", found[1]).strip()


DONE = {
    "ko": "이 묶음은 Pine 님이 10:00에 끝냈어요. 다른 묶음을 찍어 주세요.",
    "ko_easy": "Pine 님이 10:00에",
    "en": "Pine finished this bundle at 10:00. Please scan another bundle.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bundle_that_is_done_is_refused_with_who_and_when(
    app: Flask, at: At, floor: Floor, language: str
) -> None:
    with app.app_context(), transaction() as session:
        sew(session, floor, "C06")
    browser = signed(at("fuse"), floor, language)
    answer = browser.post("/station/", data={"code": floor.code})
    assert answer.status_code == 422
    assert DONE[language] in problem(answer.text)
    assert f'value="{floor.code}"' in answer.text
    assert done(app, floor, "C06") == 10


@pytest.mark.parametrize(
    ("language", "name"), [("ko", "일 C06"), ("ko_easy", "일 C06"), ("en", "work C06")]
)
def test_a_bundle_that_is_not_here_yet_is_refused_with_what_comes_first(
    app: Flask, at: At, floor: Floor, language: str, name: str
) -> None:
    browser = signed(at("prep"), floor, language)
    answer = browser.post("/station/", data={"code": floor.code})
    assert answer.status_code == 422
    assert name in problem(answer.text)
    assert done(app, floor, "S01") == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [("ko", "10장까지만"), ("ko_easy", "10장까지만"), ("en", "Only 10 can be entered")],
)
def test_more_than_the_bundle_has_is_refused_and_stays_typed(
    app: Flask, at: At, floor: Floor, language: str, words: str
) -> None:
    browser = signed(at("fuse"), floor, language)
    answer = browser.post(f"/station/{floor.code}", data={"operation": "C06", "good": "12"})
    assert answer.status_code == 422
    assert words in problem(answer.text)
    assert 'value="12"' in answer.text
    assert done(app, floor, "C06") == 0


@pytest.mark.parametrize("good", ["0", "-3", "many", ""])
def test_what_is_no_number_of_pieces_is_refused(
    app: Flask, at: At, floor: Floor, good: str
) -> None:
    browser = at("fuse")
    scan(browser, floor.badge)
    answer = browser.post(f"/station/{floor.code}", data={"operation": "C06", "good": good})
    assert answer.status_code == 422
    assert problem(answer.text)
    assert done(app, floor, "C06") == 0


def test_work_before_its_turn_is_refused_even_when_it_is_sent(
    app: Flask, at: At, floor: Floor
) -> None:
    browser = signed(at("everywhere"), floor)
    answer = browser.post(f"/station/{floor.code}", data={"operation": "S11", "good": "10"})
    assert answer.status_code == 422
    assert "First comes: work C06, work S20" in problem(answer.text)
    unknown = browser.post(f"/station/{floor.code}", data={"operation": "X99", "good": "10"})
    assert unknown.status_code == 422
    assert done(app, floor, "S11") == 0


def test_nobody_enters_pieces_without_a_badge(app: Flask, at: At, floor: Floor) -> None:
    browser = at("fuse")
    browser.post("/language", data={"language": "en"})
    answer = browser.post(f"/station/{floor.code}", data={"operation": "C06", "good": "10"})
    assert answer.status_code == 422
    assert "scan your badge first" in problem(answer.text)
    assert done(app, floor, "C06") == 0


def test_a_bundle_that_is_not_there_has_no_card(at: At, floor: Floor) -> None:
    browser = at("fuse")
    assert browser.get(f"/station/{NO_BUNDLE}").status_code == 404
    assert browser.get("/station/20000121").status_code == 422


def test_only_those_who_log_pieces_come_to_the_station(sign_in: SignIn, floor: Floor) -> None:
    browser = sign_in(Role.CASHIER)
    assert browser.get("/station/").status_code == 403
    assert browser.post(f"/station/{floor.code}", data={"good": "1"}).status_code == 403
