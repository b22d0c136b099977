"""Her own page on her telephone and at a shared screen."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from time_machine import Traveller

from factory.attendance import service as attendance
from factory.db.session import transaction
from factory.kernel.time import Interval, at, now
from factory.kernel.words import LANGUAGES, tell, translate
from factory.mine.domain import OnYourOwnTelephone
from factory.mine.exports import TABLES, table
from factory.mine.queries import looks
from factory.payroll import service as payroll
from factory.payroll.domain.known import PayFacts
from factory.people.domain import Worker
from factory.security import sessions
from factory.security.domain import SYSTEM, Role
from factory.security.service import record
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.leave.build import make_house
from tests.mine.build import DARK, WHY, WILLOW, at_her_phone, look, make_pine
from tests.people.build import make_worker
from tests.timeclock.build import YESTERDAY, make_punch

PAGES = ("/mine/", "/mine/looked", "/mine/data.zip")


@pytest.fixture
def pine(client: FlaskClient, kept: Kept) -> Worker:
    """Somebody with something on every line of her page."""
    del client
    return kept(make_pine, came="07:30")


@pytest.fixture
def phone(app: Flask, client: FlaskClient, pine: Worker) -> FlaskClient:
    """Pine's own telephone."""
    return at_her_phone(app, client, pine)


@pytest.mark.parametrize("address", PAGES)
def test_whoever_is_not_signed_in_is_asked_to(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("role", [Role.MANAGER, Role.SUPERVISOR, Role.KEEPER, Role.CLOCK_TERMINAL])
def test_nobody_has_a_page_of_her_own_without_a_pin(
    sign_in: SignIn, pine: Worker, role: Role, address: str
) -> None:
    answer = sign_in(role).get(address)
    assert (answer.status_code, answer.location.split("?")[0]) == (303, "/pin")
    assert pine.name not in answer.text


@pytest.mark.parametrize("address", PAGES)
def test_a_badge_alone_does_not_open_it(
    app: Flask, sign_in: SignIn, pine: Worker, address: str
) -> None:
    door = sign_in(Role.CLOCK_TERMINAL)
    cookie = door.get_cookie("didim_session")
    assert cookie is not None
    with app.app_context(), transaction() as session:
        sessions.act_as(session, cookie.value, pine.id, name=pine.name)
    assert door.get(address).location.split("?")[0] == "/pin"


def test_the_start_page_leads_to_it(phone: FlaskClient) -> None:
    assert 'href="/mine/"' in phone.get("/").text


def test_it_shows_hours_pay_leave_questions_and_looks(phone: FlaskClient) -> None:
    text = phone.get("/mine/?language=en").text
    for shown in ("07:30–18:00", "Here since 07:30", "Earned so far", DARK, WHY, "Willow"):
        assert shown in text
    assert "minutes there that do not count yet" in text


def test_it_leads_from_what_is_missing_to_its_correction(
    app: Flask, client: FlaskClient, kept: Kept
) -> None:
    worker = kept(make_worker, "Pine")
    kept(lambda session: make_punch(session, worker, "in", "09:00", day=YESTERDAY))
    phone, way = at_her_phone(app, client, worker), "/clock/ask?day=2026-11-23&amp;kind=out"
    for page in ("/mine/", "/days/mine"):
        assert f'href="{way}"' in phone.get(page).text
    assert 'value="2026-11-23"' in phone.get(way.replace("&amp;", "&")).text


def test_each_span_she_may_claim_has_a_box_with_its_words_beside_it(phone: FlaskClient) -> None:
    page = phone.get(f"/days/mine/{YESTERDAY}?language=en").text
    assert '<label class="tick" for="spans-0">' in page
    assert "<ul" not in page.split("<form")[-2]


@pytest.mark.parametrize("way", ["/days/hours", "/pay/mine", "/pay/mine/pieces", "/leave/"])
def test_it_leads_to_every_page_of_hers(phone: FlaskClient, way: str) -> None:
    assert f'href="{way}"' in phone.get("/mine/").text
    assert phone.get(way, follow_redirects=True).status_code == 200


def test_she_chooses_language_letters_and_pin_from_it(phone: FlaskClient) -> None:
    text = phone.get("/mine/").text
    for way in ("/language", "/letters", "/settings/pin"):
        assert f'"{way}"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_her_language(phone: FlaskClient, language: str) -> None:
    text = phone.get(f"/mine/?language={language}").text
    assert translate("Earned so far this month", language) in text
    assert translate("Who looked", language) in text


def test_at_a_shared_screen_it_opens_by_pin_and_hides_itself(sign_in: SignIn, pine: Worker) -> None:
    door = sign_in(Role.CLOCK_TERMINAL)
    door.post("/pin", data={"number": str(pine.number), "pin": PIN})
    text = door.get("/mine/").text
    assert "data-hide" in text
    assert 'class="kiosk"' in text
    assert "data.zip" not in text


def test_at_a_shared_screen_nothing_is_saved(sign_in: SignIn, pine: Worker) -> None:
    door = sign_in(Role.FLOOR_TERMINAL)
    door.post("/pin", data={"number": str(pine.number), "pin": PIN})
    answer = door.get("/mine/data.zip")
    assert answer.status_code == 422
    assert answer.mimetype == "text/html"
    assert tell(OnYourOwnTelephone(), "ko_easy") in answer.text


def test_all_of_the_looks_stand_on_their_own_page(
    app: Flask, phone: FlaskClient, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        for number in range(5):
            look(session, pine, f"reason number {number}")
    text = phone.get("/mine/looked").text
    assert all(f"reason number {number}" in text for number in range(5))
    assert "reason number 0" not in phone.get("/mine/").text


def test_what_is_sealed_is_named_and_not_shown(phone: FlaskClient) -> None:
    text = phone.get("/mine/looked?language=en").text
    assert "Legal name" in text
    assert "Sealed Name" not in text


def packed(phone: FlaskClient) -> dict[str, str]:
    answer = phone.get("/mine/data.zip?language=en")
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as found:
        return {name: found.read(name).decode("utf-8-sig") for name in found.namelist()}


def test_her_file_holds_json_and_tables(phone: FlaskClient, pine: Worker) -> None:
    found = packed(phone)
    assert set(found) == {"data.json", *TABLES}
    kept = json.loads(found["data.json"])
    assert (kept["worker"]["number"], kept["worker"]["name"]) == (pine.number, pine.name)
    assert kept["corrections"][0]["reason"] == DARK
    assert kept["sealed"] == ["legal_name"]


def test_her_file_has_nothing_sealed_and_nobody_else_in_it(app: Flask, phone: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        oak = make_worker(session, "Oak")
        look(session, oak, "about Oak alone")
    text = "\n".join(packed(phone).values())
    assert "Sealed Name" not in text
    assert "Oak" not in text


def test_her_file_holds_what_she_said_was_work_and_what_pay_knows_of_her(
    app: Flask, phone: FlaskClient, pine: Worker
) -> None:
    span = Interval(at(YESTERDAY, "07:30"), at(YESTERDAY, "08:00"))
    with app.app_context(), transaction() as session:
        attendance.claim(session, pine, span, "mended a seam 5521", by=SYSTEM, at=now())
        facts = PayFacts(date(2026, 9, 1), family_members=3)
        payroll.set_facts(session, pine, facts, by=SYSTEM, at=now())
    kept = json.loads(packed(phone)["data.json"])
    assert "mended a seam 5521" in [each["reason"] for each in kept["said"]]
    assert [each["family_members"] for each in kept["known"]] == [3]


@pytest.mark.parametrize("language", ["ko", "ko_easy"])
def test_the_tables_of_her_file_are_headed_in_her_language(
    phone: FlaskClient, language: str
) -> None:
    answer = phone.get(f"/mine/data.zip?language={language}")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as found:
        heads = [found.read(name).decode("utf-8-sig").splitlines()[0] for name in TABLES]
    assert not any(re.search("[A-Za-z]", head) for head in heads), heads
    assert not any("제조연월" in head or "수당" in head for head in heads), heads


def test_the_tables_of_her_file_read_in_a_spreadsheet(phone: FlaskClient) -> None:
    found = packed(phone)
    hours = list(csv.reader(io.StringIO(found["hours.csv"])))
    assert hours[0][:3] == ["Day", "From", "To"]
    assert hours[1][:3] == ["2026-11-23", "07:30", "18:00"]
    looked = list(csv.reader(io.StringIO(found["looked.csv"])))
    assert ["Willow", "read vault", "Legal name", WHY] in [row[1:] for row in looked]
    corrections = list(csv.reader(io.StringIO(found["corrections.csv"])))
    assert corrections[1][2:4] == [DARK, "not answered yet"]


def test_no_cell_is_a_formula() -> None:
    assert table([["=1+1", "-5", -5, None, "plain"]]).decode("utf-8-sig") == (
        "'=1+1,'-5,-5,,plain\r\n"
    )


def test_her_file_is_named_by_her_number_alone(phone: FlaskClient, pine: Worker) -> None:
    named = phone.get("/mine/data.zip").headers["Content-Disposition"]
    assert named == f"attachment; filename=didim-{pine.number}.zip"


def test_somebody_elses_session_gives_somebody_elses_page(
    app: Flask, phone: FlaskClient, pine: Worker
) -> None:
    assert DARK in phone.get("/mine/").text
    with app.app_context(), transaction() as session:
        oak = make_worker(session, "Oak")
    text = at_her_phone(app, phone, oak).get(f"/mine/?worker={pine.id}&number={pine.number}").text
    assert (oak.name in text, pine.name in text, DARK in text) == (True, False, False)


def test_her_visit_ends_by_itself(phone: FlaskClient, clock: Traveller) -> None:
    clock.shift(16 * 60)
    assert phone.get("/mine/").location.split("?")[0] == "/sign-in"


def test_she_sees_what_is_left_of_her_week_among_five(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), transaction() as session:
        pine = make_house(session)
        make_punch(session, pine, "in", "09:00")
    phone = at_her_phone(app, client, pine)
    text = phone.get("/mine/?language=en").text
    assert "Left until 52" in text
    assert "You may work" in text
    assert "The shift that is going on is counted up to now." in text
    lacking = "less is left than it says."
    assert lacking not in text
    with app.app_context(), transaction() as session:
        make_punch(session, pine, "in", "09:00", day=YESTERDAY)
    assert lacking in phone.get("/mine/?language=en").text


@pytest.mark.parametrize("file", ["2026-11.pdf", "2026-11.csv", "2026-11/1.pdf", "2026-11/1.csv"])
def test_she_sees_who_took_her_hours_away_as_a_file(
    app: Flask, sign_in: SignIn, pine: Worker, file: str
) -> None:
    with app.app_context(), transaction() as session:
        oak = make_worker(session, "Oak", hired=YESTERDAY)
    assert sign_in(Role.SUPERVISOR).get(f"/days/month/{file}").status_code == 200
    told = "<span>export hours · Nov 2026</span>"
    assert told in at_her_phone(app, app.test_client(), pine).get("/mine/looked?language=en").text
    hers = at_her_phone(app, app.test_client(), oak).get("/mine/looked?language=en").text
    assert (told in hers) is ("/1" not in file)


def test_she_sees_papers_of_a_months_pay_in_which_she_is_named_by_her_chosen_name(
    session: Session, pine: Worker
) -> None:
    for month in ("2026-10", "2026-12"):
        record(session, WILLOW, "draw_paper", f"pay run {month}", at=now())
    record(session, WILLOW, "approve_pay", "pay run 2026-10", at=now())
    found = [(each.what, each.thing) for each in looks(session, pine)]
    assert ("draw_paper", "pay run 2026-10") in found
    assert ("draw_paper", "pay run 2026-12") not in found
    assert ("approve_pay", "pay run 2026-10") not in found
