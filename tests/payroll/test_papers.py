"""Papers of a closed month for the office: what stands on them, and by which names."""

from __future__ import annotations

import csv
import io

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.kernel.time import now, today
from factory.kernel.words import LANGUAGES, say, speaking, tell
from factory.payroll import documents, exports, queries, service
from factory.payroll.domain.handed import NotApprovedYet
from factory.payroll.domain.known import PayFacts
from factory.payroll.domain.papers import MonthOfPay, Paper
from factory.payroll.service.papers import Names
from factory.people import service as people_service
from factory.printing.service import pdf_of
from factory.security import queries as security
from factory.security.domain import ReasonNeeded, Role
from printers.sheet import Sheet
from tests.conftest import Kept, SignIn
from tests.payroll.build import NOVEMBER, OCTOBER, WILLOW
from tests.payroll.closed import MAPLE_LEGAL, PINE_LEGAL, two_people
from tests.payroll.second import SECOND, cedar

pytestmark = pytest.mark.usefixtures("clock")
WHY = Names(legal=True, reason="The inspector asked for it", second="Cedar")


def drawn(session: Session, paper: Paper = Paper.LEDGER, names: Names | None = None) -> MonthOfPay:
    chosen = names or Names()
    return service.month_of_pay(session, OCTOBER, paper, chosen, by=WILLOW, at=now())


def text_of(sheet: Sheet) -> str:
    pages = PdfReader(io.BytesIO(pdf_of(sheet))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def table_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_has_what_article_27_of_the_decree_wants(
    session: Session, language: str
) -> None:
    two_people(session)
    with speaking(language):
        text = text_of(documents.wage_ledger(drawn(session)))
        named = ("Pine", "Maple", say("Hired on"), say("Pay stands on"), "12,000")
        hours = (say("Overtime hours"), "176:00", "10:00", "1:30")
        won = ("2,000,000", "19,520", "109,520", "4,400,000", "303,800", "4,096,200")
    for expected in (*named, *hours, *won):
        assert expected in text


def test_papers_name_by_chosen_name_unless_legal_names_are_asked_for(session: Session) -> None:
    two_people(session)
    with speaking("en"):
        for make in (documents.wage_ledger, documents.pay_list, documents.summary):
            text = text_of(make(drawn(session)))
            assert PINE_LEGAL not in text
        legal = text_of(documents.wage_ledger(drawn(session, names=WHY)))
    assert PINE_LEGAL in legal
    assert "1968-03-15" in legal
    assert "Pine" not in legal


def test_legal_names_need_a_reason_that_each_of_them_can_see(session: Session) -> None:
    two_people(session)
    with pytest.raises(ReasonNeeded):
        drawn(session, names=Names(legal=True, reason="  "))
    drawn(session, names=WHY)
    entries = security.audit(session)
    opened = [each for each in entries if each.what == "read_vault"]
    assert len(opened) == 4
    assert {each.reason for each in opened} == {WHY.reason}
    (paper,) = [each for each in entries if each.what == "draw_paper"]
    assert (paper.thing, paper.reason) == ("pay run 2026-10", WHY.reason)


def test_ledger_and_register_say_what_she_does_once_it_is_entered(session: Session) -> None:
    pine, maple = two_people(session)
    for worker, makes in ((pine, True), (maple, False)):
        facts = PayFacts(since=OCTOBER, production_worker=makes)
        service.set_facts(session, worker, facts, by=WILLOW, at=now())
    people = service.register(session, WHY, by=WILLOW, at=now())
    with speaking("en"):
        papers = (
            documents.wage_ledger(drawn(session)),
            documents.workers_register(people, today()),
        )
        for text in map(text_of, papers):
            assert "making things" in text
            assert "office, shop and other work" in text


def test_the_pay_list_adds_up(session: Session) -> None:
    two_people(session)
    with speaking("en"):
        found = drawn(session, Paper.LIST)
        text = text_of(documents.pay_list(found))
        rows = table_of(exports.list_csv(found))
    assert "₩4,096,200" in text
    assert rows[0] == ["Number", "Name", "Total pay", "Taken off", "Paid out"]
    assert rows[1:] == [
        ["1", "Pine", "2000000", "109520", "1890480"],
        ["2", "Maple", "2400000", "194280", "2205720"],
    ]


def test_the_summary_names_nobody_and_has_both_parts_of_each_insurance(session: Session) -> None:
    two_people(session)
    with speaking("en"):
        found = drawn(session, Paper.SUMMARY)
        text, rows = text_of(documents.summary(found)), table_of(exports.summary_csv(found))
    for name in ("Pine", "Maple", PINE_LEGAL, MAPLE_LEGAL):
        assert name not in text
        assert name not in str(rows)
    by_head = dict(zip(rows[0], rows[1], strict=True))
    assert by_head["Number"] == "1"
    assert (by_head["National pension"], by_head["National pension: employer"]) == (
        "90000",
        "90000",
    )
    assert by_head["Income tax"] == "19520"
    assert by_head["Industrial accident insurance"] == "20000"
    assert "198,000" in text


def test_the_ledger_as_a_table_has_a_column_for_every_part(session: Session) -> None:
    two_people(session)
    with speaking("en"):
        rows = table_of(exports.ledger_csv(drawn(session)))
    heads = rows[0]
    for head in ("Basic pay", "Health insurance", "Income tax", "Paid out", "Overtime hours"):
        assert head in heads
    pine = dict(zip(heads, rows[1], strict=True))
    assert (pine["Name"], pine["Health insurance"], pine["Paid out"]) == ("Pine", "0", "1890480")
    assert pine["Hours worked"] == "176:00"


def test_the_register_is_by_legal_name_and_never_without_a_reason(session: Session) -> None:
    two_people(session)
    with pytest.raises(ReasonNeeded):
        service.register(session, Names(), by=WILLOW, at=now())
    people = service.register(session, WHY, by=WILLOW, at=now())
    with speaking("ko"):
        text = text_of(documents.workers_register(people, today()))
        rows = table_of(exports.register_csv(people))
    for expected in (PINE_LEGAL, MAPLE_LEGAL, "1968-03-15", "1 Mill Lane", "근로자명부"):
        assert expected in text
    assert rows[1][:4] == ["1", PINE_LEGAL, "Pine", "1968-03-15"]


def test_a_name_that_looks_like_a_formula_is_no_formula(session: Session) -> None:
    pine, _ = two_people(session)
    people_service.seal(session, pine, {"legal_name": "=1+1"}, by=WILLOW, at=now())
    with speaking("en"):
        rows = table_of(exports.ledger_csv(drawn(session, names=WHY)))
    assert rows[1][1] == "'=1+1"


def test_a_month_that_is_not_closed_has_no_papers(session: Session) -> None:
    two_people(session)
    with pytest.raises(NotApprovedYet):
        service.month_of_pay(session, NOVEMBER, Paper.LIST, Names(), by=WILLOW, at=now())
    with pytest.raises(NotApprovedYet):
        queries.closed_run(session, NOVEMBER)


# On the screen


@pytest.fixture
def closed(kept: Kept) -> None:
    """Pine's and Maple's closed October."""
    kept(two_people)
    kept(cedar)


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize(("shape", "kind"), [("pdf", "application/pdf"), ("csv", "text/csv")])
def test_each_paper_comes_in_both_shapes_under_a_name_that_tells_nobody(
    sign_in: SignIn, paper: Paper, shape: str, kind: str
) -> None:
    data = {"paper": paper.value, "shape": shape, "legal": "y", "reason": "For the files", **SECOND}
    answer = sign_in(Role.MANAGER).post("/pay/2026-10/papers", data=data)
    assert (answer.status_code, answer.mimetype) == (200, kind)
    named = answer.headers["Content-Disposition"]
    assert f"{paper.value}-2026-10.{shape}" in named
    assert "Drawn up by Willow, 24 Nov 2026" in plain(answer.data, shape)


def plain(data: bytes, shape: str) -> str:
    if shape == "csv":
        return data.decode("utf-8-sig")
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return " ".join(text.split())


@pytest.mark.usefixtures("closed")
def test_a_paper_by_chosen_names_says_nothing_of_who_drew_it(sign_in: SignIn) -> None:
    data = {"paper": "list", "shape": "pdf"}
    answer = sign_in(Role.MANAGER).post("/pay/2026-10/papers", data=data)
    assert "Drawn up" not in plain(answer.data, "pdf")


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("paper", ["ledger", "register"])
def test_without_a_reason_the_sentence_stands_beside_the_field(sign_in: SignIn, paper: str) -> None:
    data = {"paper": paper, "shape": "pdf", "legal": "y", "reason": ""}
    answer = sign_in(Role.MANAGER).post("/pay/2026-10/papers", data=data)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert tell(ReasonNeeded(), "en") in text
    assert 'id="reason-wrong"' in text


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.KEEPER, Role.CASHIER])
def test_nobody_else_draws_them_up(sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    for address in ("papers", "handed", "payslips.pdf"):
        assert client.get(f"/pay/2026-10/{address}").status_code == 403
