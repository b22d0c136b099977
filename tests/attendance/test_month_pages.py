"""Pages, papers and spreadsheets of the month."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.attendance import queries, service
from factory.attendance.domain.month import MonthGrid
from factory.attendance.routes import month
from factory.db.session import reading, transaction
from factory.kernel.time import Interval, at, month_of, now
from factory.kernel.words import LANGUAGES, say
from factory.people.domain import Worker
from factory.security.domain import Role
from factory.web.spreadsheet import FORMULA, UNSEEN, plain, spreadsheet
from tests.attendance.days import CEDAR, LONG, PLAIN, TODAY, YESTERDAY, come
from tests.conftest import Kept, SignIn
from tests.people.build import make_worker

MONTH = "/days/month/2026-11"
FRIDAY = date(2026, 11, 20)
HIRED = date(2026, 11, 19)


def _pine(session: Session) -> Worker:
    pine = make_worker(session, "Pine", hired=HIRED)
    come(session, pine, *PLAIN, day=HIRED)
    come(session, pine, *PLAIN, day=FRIDAY)
    come(session, pine, *LONG, day=YESTERDAY)
    return pine


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine was here on Friday, and came early and stayed longer yesterday."""
    return kept(_pine)


def _oak(session: Session) -> Worker:
    oak = make_worker(session, "Oak", hired=HIRED)
    come(session, oak, *PLAIN, day=HIRED)
    come(session, oak, *PLAIN, day=YESTERDAY)
    return oak


@pytest.fixture
def oak(pine: Worker, kept: Kept) -> Worker:
    """Oak came, and stayed away on Friday."""
    return kept(_oak)


def grid(app: Flask) -> MonthGrid:
    with app.app_context(), reading() as session:
        return queries.grid(session, month_of(TODAY), at=now())


def cells_of(page: str, worker: Worker) -> dict[str, str]:
    """What stands in her cells, by the address each leads to."""
    found = re.findall(rf'<a href="(/days/[-0-9]+/{worker.number})"[^>]*>([^<]*)</a>', page)
    return {where: text.replace("&nbsp;", "").strip() for where, text in found}


def test_the_months_address_without_a_month_leads_to_the_running_one(sign_in: SignIn) -> None:
    answer = sign_in(Role.SUPERVISOR).get("/days/month")
    assert (answer.status_code, answer.location) == (303, MONTH)


def test_each_cell_shows_her_hours_and_leads_to_her_day(sign_in: SignIn, pine: Worker) -> None:
    page = sign_in(Role.SUPERVISOR).get(MONTH).text
    found = cells_of(page, pine)
    assert found[f"/days/{FRIDAY}/{pine.number}"] == "8:00"
    assert found[f"/days/{YESTERDAY}/{pine.number}"] == "8:00!"
    assert found[f"/days/{TODAY}/{pine.number}"] == ""


def test_a_cell_leads_to_a_page_that_is_there(sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.SUPERVISOR)
    for where in list(cells_of(browser.get(MONTH).text, pine))[:3]:
        assert browser.get(where).status_code == 200


def test_a_cell_says_in_words_what_its_sign_means(sign_in: SignIn, pine: Worker) -> None:
    page = sign_in(Role.SUPERVISOR).get(MONTH).text
    assert 'aria-label="Pine, 23, Mon: 8:00 present, not settled"' in page


def test_the_sums_stand_at_the_end_of_each_row(sign_in: SignIn, oak: Worker) -> None:
    page = sign_in(Role.SUPERVISOR).get(MONTH).text
    assert re.search(r'class="total">24:00<small>1 to settle', page)
    assert re.search(r'class="total">16:00<small>1 to settle', page)
    assert 'class="total">40:00</td>' in page


def test_only_what_is_open_can_be_shown_and_sent_as_an_address(
    sign_in: SignIn, oak: Worker, pine: Worker
) -> None:
    page = sign_in(Role.SUPERVISOR).get(f"{MONTH}?show=open").text
    assert set(cells_of(page, oak)) == {
        f"/days/{FRIDAY}/{oak.number}",
        f"/days/{YESTERDAY}/{oak.number}",
    }
    assert f"/days/{HIRED}/{pine.number}" not in page


def test_hundreds_of_people_are_shown_in_parts_with_the_sums_of_all(
    sign_in: SignIn, oak: Worker, pine: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(month, "AT_ONCE", 1)
    browser, shown = sign_in(Role.SUPERVISOR), dict[str, list[bool]]()
    for part in ("", "part=2", "part=9", "part=x", "part=2&show=open"):
        page = browser.get(f"{MONTH}?{part}").text
        shown[part] = [bool(cells_of(page, worker)) for worker in (pine, oak)]
        assert f">{oak.number}–{oak.number}</a>" in page
        assert 'class="total">40:00</td>' in page or "show=open" in part
    first, second = [True, False], [False, True]
    assert list(shown.values()) == [first, second, second, first, second]


def test_a_month_with_nothing_open_says_so(sign_in: SignIn, pine: Worker) -> None:
    page = sign_in(Role.SUPERVISOR).get("/days/month/2026-12?show=open").text
    assert "Nothing is open in this month." in page


def test_a_month_before_anybody_came_says_so(sign_in: SignIn, pine: Worker) -> None:
    page = sign_in(Role.SUPERVISOR).get("/days/month/2026-08").text
    assert "Nobody is employed in this month." in page


def test_all_that_is_ready_is_closed_with_one_button(
    app: Flask, sign_in: SignIn, oak: Worker
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    page = browser.get(MONTH).text
    assert "Close 5 days that are ready" in page
    assert "1 of them is a day on which somebody was absent." in page
    answer = browser.post(f"{MONTH}/close")
    assert (answer.status_code, answer.location) == (303, MONTH)
    told = browser.get(MONTH).text
    assert "Still to be settled: 1." in told
    assert "Close 5 days" not in told
    assert (grid(app).total.ready, grid(app).total.open) == (0, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_closing_where_nothing_is_ready_is_refused_in_her_language(
    app: Flask, sign_in: SignIn, pine: Worker, language: str
) -> None:
    browser = sign_in(Role.SUPERVISOR)
    answer = browser.post(f"/days/month/2026-12/close?language={language}")
    sentence = "No day of this month is ready to be closed. Please settle first what is open."
    assert answer.status_code == 422
    assert say(sentence, language) in answer.text
    assert grid(app).total.closed == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_month_is_shown_in_three_languages(sign_in: SignIn, oak: Worker, language: str) -> None:
    page = sign_in(Role.SUPERVISOR).get(f"{MONTH}?language={language}", follow_redirects=True).text
    for sentence in ("Hours of the month", "Only what is open", "People there", "absent"):
        assert say(sentence, language) in page


PAGES = (
    "/days/month",
    MONTH,
    f"{MONTH}.pdf",
    f"{MONTH}.csv",
    f"{MONTH}/1",
    f"{MONTH}/1.pdf",
    f"{MONTH}/1.csv",
)


@pytest.mark.parametrize(
    "role", [Role.WORKER, Role.CASHIER, Role.CUTTER, Role.ORDER_MANAGER, Role.KEEPER]
)
@pytest.mark.parametrize("address", PAGES)
def test_others_hours_are_for_whoever_corrects_work_only(
    sign_in: SignIn, pine: Worker, role: Role, address: str
) -> None:
    browser = sign_in(role, name="Willow")
    assert "Pine" not in browser.get(address, follow_redirects=True).text
    assert browser.get(address).status_code in {303, 403}
    assert browser.post(f"{MONTH}/close").status_code in {303, 403}


@pytest.mark.parametrize("month", ["someday", "2026-13", "0001-01", "2026-1"])
@pytest.mark.parametrize("rest", ["", ".pdf", ".csv", "/1", "/1.pdf", "/1.csv"])
def test_a_month_there_is_not_is_not_found(
    sign_in: SignIn, pine: Worker, month: str, rest: str
) -> None:
    assert sign_in(Role.SUPERVISOR).get(f"/days/month/{month}{rest}").status_code == 404


@pytest.mark.parametrize("rest", ["", ".pdf", ".csv"])
def test_a_worker_there_is_not_is_not_found(sign_in: SignIn, pine: Worker, rest: str) -> None:
    assert sign_in(Role.SUPERVISOR).get(f"{MONTH}/999{rest}").status_code == 404


def test_her_sheet_lists_each_day_with_when_she_came_and_went(
    sign_in: SignIn, pine: Worker
) -> None:
    page = sign_in(Role.SUPERVISOR).get(f"{MONTH}/{pine.number}").text
    assert "08:40–18:20" in page
    assert page.count("09:00–18:00") == 2
    assert "present, not settled" in page
    assert f'href="/days/{YESTERDAY}/{pine.number}"' in page


def paper(browser: FlaskClient, address: str) -> tuple[PdfReader, str]:
    answer = browser.get(address)
    assert answer.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.data))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


def test_her_sheet_as_paper_has_name_and_number_and_fits_one_page(
    sign_in: SignIn, pine: Worker
) -> None:
    reader, text = paper(sign_in(Role.SUPERVISOR), f"{MONTH}/{pine.number}.pdf")
    assert len(reader.pages) == 1
    assert f"Pine ({pine.number})" in text
    assert "08:40–18:20" in text
    assert "24:00" in text
    assert "1 day is still to be settled." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_of_31_days_fits_one_page_too(sign_in: SignIn, pine: Worker, language: str) -> None:
    address = f"/days/month/2026-12/{pine.number}.pdf?language={language}"
    reader, _ = paper(sign_in(Role.SUPERVISOR), address)
    assert len(reader.pages) == 1


def test_kinds_of_hours_that_she_has_none_of_have_no_column_on_paper(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    browser, address = sign_in(Role.SUPERVISOR), f"{MONTH}/{pine.number}.pdf"
    assert "Holiday hours" not in paper(browser, address)[1].replace("\n", " ")
    with app.app_context(), transaction() as session:
        come(session, pine, "in 09:00", "out 11:00", day=date(2026, 11, 22))
        sunday = Interval(at(date(2026, 11, 22), "09:00"), at(date(2026, 11, 22), "11:00"))
        service.decide(session, pine, sunday, worked=True, by=CEDAR, at=now())
    assert "Holiday hours" in paper(browser, address)[1].replace("\n", " ")


def test_korean_on_paper_is_text_that_can_be_searched(sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.SUPERVISOR)
    _, sheet = paper(browser, f"{MONTH}/{pine.number}.pdf?language=ko")
    _, hours = paper(browser, f"{MONTH}.pdf?language=ko")
    assert "출근부" in sheet
    assert "나와 있었지만 정하지 않음" in sheet
    assert "월 근로시간" in hours


def test_the_hours_of_all_are_one_row_each_and_their_sum(sign_in: SignIn, oak: Worker) -> None:
    reader, text = paper(sign_in(Role.SUPERVISOR), f"{MONTH}.pdf")
    assert (len(reader.pages), "Holiday hours" in text.replace("\n", " ")) == (1, False)
    for part in ("Pine", "Oak", "24:00", "16:00", "40:00"):
        assert part in text


def table(browser: FlaskClient, address: str) -> list[list[str]]:
    answer = browser.get(address)
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_the_spreadsheet_has_a_column_for_each_day_and_the_sums_behind(
    sign_in: SignIn, oak: Worker, pine: Worker
) -> None:
    head, first, second, total = table(sign_in(Role.SUPERVISOR), f"{MONTH}.csv")
    assert head[:3] == ["Number", "Name", "2026-11-01"]
    assert head[31:34] == ["2026-11-30", "Days worked", "Hours worked"]
    assert first[:2] == [str(pine.number), "Pine"]
    assert first[head.index("2026-11-20")] == "8:00"
    assert (first[33], second[33], total[33]) == ("24:00", "16:00", "40:00")
    assert total[head.index("2026-11-19")] == "16:00"


def test_her_spreadsheet_has_a_row_for_each_day(sign_in: SignIn, pine: Worker) -> None:
    head, *rows = table(sign_in(Role.SUPERVISOR), f"{MONTH}/{pine.number}.csv")
    assert len(rows) == 30
    (row,) = (row for row in rows if row[2] == YESTERDAY.isoformat())
    assert row[head.index("Hours worked")] == "8:00"
    assert row[head.index("Remark")] == "present, not settled"


def test_a_name_that_looks_like_a_formula_stays_a_text(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        make_worker(session, "=1+1", hired=HIRED)
    rows = table(sign_in(Role.SUPERVISOR), f"{MONTH}.csv")
    assert "'=1+1" in [row[1] for row in rows]


@pytest.mark.parametrize("sign", FORMULA)
def test_texts_are_kept_from_being_formulas_and_numbers_stay_numbers(sign: str) -> None:
    assert plain(f"{sign}SUM(A1)") == f"'{sign}SUM(A1)"
    assert (plain(-5), plain("5-"), plain("")) == ("-5", "5-", "")


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_some_leave_out_hides_no_formula(unseen: str) -> None:
    assert plain(f"{unseen}＝SUM(A1)") == f"'{unseen}＝SUM(A1)"
    assert plain(f"{unseen}초롱") == f"{unseen}초롱"


def test_a_spreadsheet_tells_excel_that_it_is_korean() -> None:
    data = spreadsheet([["이름", 1], ["초롱", 2]])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").splitlines() == ["이름,1", "초롱,2"]
