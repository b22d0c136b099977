"""The payslip on the slip printer: what it says, that it fits, that nothing of it stays."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import LANGUAGES, speaking
from factory.payroll import documents, queries, service
from factory.payroll.domain.run import Amounts, Entry, Worked
from factory.people.domain import Worker
from factory.printing import offline
from factory.printing import queries as printing
from factory.printing.domain import Purpose, State
from factory.printing.service import pdf_of
from factory.printing.worker import print_all
from factory.security import queries as security
from factory.security.domain import SYSTEM, Role
from printers import paper
from printers.document import Document, Row, Text
from printers.profiles import PROFILES
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.payroll.build import OCTOBER, approve, make_entry, make_slip, work_october
from tests.people.build import make_worker

WIDTHS = ("virtual-58", "virtual-80", "generic-58", "generic-80")
HOURS = Amounts("overtime", 99_000, "5.5", "hour", 18_000)
PIECES = Amounts("piece", 300_000, 120, "piece", None)
SALARY = Amounts("base", 2_700_000, 1, "month", 2_700_000)


def entry(*, final: bool = True) -> Entry:
    taken = {"national_pension": 128_250, "income_tax": 60_000}
    slip = make_slip({"base": 2_700_000, "overtime": 99_000, "piece": 300_000}, taken)
    found = make_slip(
        {"base": 3_099_000},
        taken,
        earnings=(SALARY, PIECES, HOURS),
        worked=Worked(days=22, minutes=11_010, overtime=330, night=90),
    )
    assert found.net == slip.net
    return make_entry(slip=found, final=final)


def lines(document: Document) -> list[str]:
    rows = [f"{b.left}|{b.right}" for b in document.blocks if isinstance(b, Row)]
    return rows + [block.text for block in document.blocks if isinstance(block, Text)]


def test_the_slip_says_what_the_law_asks_for() -> None:
    with speaking("en"):
        document = documents.payslip_slip(entry(), OCTOBER)
    found = lines(document)
    for expected in (
        "Pine|no. 7",
        "Month of pay|Oct 2026",
        "Pay day|10 Nov 2026 (Tue)",
        "Days worked|22",
        "Hours worked|183:30",
        "Overtime hours|5:30",
        "of these at night|1:30",
        "Basic pay|2,700,000",
        "Overtime|99,000",
        "· 5:30 × 18,000",
        "· 120 pieces",
        "Together|₩3,099,000",
        "National pension|128,250",
        "Together|₩188,250",
        "Paid out|₩2,910,750",
    ):
        assert expected in found
    assert not [text for text in found if "Holiday hours" in text]
    assert document.title == "payslip"


def test_a_line_without_one_rate_says_how_it_is_reckoned() -> None:
    parts = ("8", "first"), ("0.5", "beyond"), ("12000", "wage")
    why = {
        "code": "holiday_work",
        "amount": 156_000,
        "formula": "(first * 1.5 + beyond * 2) * wage",
        "inputs": [
            {"name": name, "value": value, "unit": "hour" if name != "wage" else "KRW/hour"}
            for value, name in parts
        ],
    }
    line = Amounts("holiday_work", 156_000, "8.5", "hour", None)
    found = make_slip({"base": 156_000}, earnings=(line,), explain=(why,))
    with speaking("en"):
        told = lines(documents.payslip_slip(make_entry(slip=found), OCTOBER))
    assert "· (8:00 × 1.5 + 0:30 × 2) × 12,000 = 156,000" in told


def test_a_slip_before_approval_says_so_and_one_after_does_not() -> None:
    with speaking("en"):
        draft = documents.payslip_slip(entry(final=False), OCTOBER)
        final = documents.payslip_slip(entry(), OCTOBER)
    assert "not yet approved" in lines(draft)
    assert "not yet approved" not in lines(final)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_slip_fits_every_paper_and_can_be_read_back(width: str, language: str) -> None:
    with speaking(language):
        document = documents.payslip_slip(entry(), OCTOBER)
    made = offline.make(document, width, "auto")
    found = paper.read(made.data, PROFILES[width].dots)
    assert found.warnings == ()
    if width.startswith("virtual"):
        assert "2,910,750" in found.text


def test_the_office_paper_says_the_same_with_its_reasons() -> None:
    with speaking("en"):
        sheet = documents.payslip(entry(final=False), OCTOBER)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_of(sheet))).pages)
    for expected in ("not yet approved", "183:30", "5:30", "18,000", "₩2,910,750"):
        assert expected in text


# Printing


def print_october(session: Session, worker: Worker, event: str = "") -> int:
    return service.print_slip(
        session, worker, OCTOBER, event_id=event or new_id(), by=SYSTEM, at=now()
    )


@pytest.mark.usefixtures("clock")
def test_a_payslip_is_one_paper_for_one_press_of_the_button(session: Session) -> None:
    pine, event = make_worker(session), new_id()
    work_october(session, pine)
    job = print_october(session, pine, event)
    assert print_october(session, pine, event) == job
    assert print_october(session, pine) != job
    line = printing.job(session, job)
    assert (line.purpose, line.state) == (Purpose.PAYSLIP, State.QUEUED)
    assert "Pine" not in line.title
    document, _, _ = printing.contents(session, job)
    assert document is not None
    assert "초롱" not in document.title
    assert any("임금명세서" in getattr(block, "text", "") for block in document.blocks)


@pytest.mark.usefixtures("clock")
def test_printing_leaves_an_entry_and_needs_a_payslip(session: Session) -> None:
    pine = make_worker(session)
    print_october(session, pine)
    (audit, *_) = security.audit(session)
    assert (audit.what, audit.thing) == ("print_payslip", "payslip 2026-10 of worker 1")
    with pytest.raises(NotFound):
        service.print_slip(session, pine, date(2026, 2, 1), event_id=new_id(), by=SYSTEM, at=now())


def _pine(session: Session) -> Worker:
    worker = make_worker(session)
    work_october(session, worker)
    return worker


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, who worked all of October."""
    return kept(_pine)


def test_nothing_of_it_is_left_after_printing(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.MANAGER)
    page = browser.get(f"/pay/2026-10/{pine.number}").text
    assert f'action="/pay/2026-10/{pine.number}/print"' in page
    answer = browser.post(f"/pay/2026-10/{pine.number}/print", follow_redirects=True)
    assert "on its way to the printer" in answer.text
    with app.app_context():
        assert print_all() == 1
        with reading() as session:
            (job,) = printing.jobs(session, State.SENT)
            assert job.erased
            assert printing.contents(session, job.id)[:2] == (None, None)


def test_her_own_page_prints_after_her_pin_alone(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    browser = sign_in(Role.CLOCK_TERMINAL)
    asked = browser.post("/pay/mine/2026-10/print")
    assert asked.location == "/pin?next=/pay/mine/2026-10"
    with app.app_context(), reading() as session:
        assert printing.waiting(session) == 0
    browser.post("/pin", data={"number": str(pine.number), "pin": PIN})
    assert 'action="/pay/mine/2026-10/print"' in browser.get("/pay/mine/2026-10").text
    event = {"event_id": new_id()}
    for _ in range(2):
        answer = browser.post("/pay/mine/2026-10/print", data=event)
        assert answer.location == "/pay/mine/2026-10"
    with app.app_context(), reading() as session:
        assert printing.waiting(session) == 1


def test_others_print_no_payslips(sign_in: SignIn, pine: Worker) -> None:
    for role in (Role.SUPERVISOR, Role.CASHIER, Role.CLOCK_TERMINAL):
        assert sign_in(role).post(f"/pay/2026-10/{pine.number}/print").status_code == 403
    browser = sign_in(Role.MANAGER)
    assert browser.post(f"/pay/2026-01/{pine.number}/print").status_code == 404
    assert browser.post("/pay/2026-10/999/print").status_code == 404


def test_her_page_leads_to_her_earlier_payslips(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    with app.app_context(), transaction() as session:
        approve(session)
        assert queries.payslips_of(session, pine) == (OCTOBER,)
    browser = sign_in(Role.CLOCK_TERMINAL)
    browser.post("/pin", data={"number": str(pine.number), "pin": PIN})
    page = browser.get("/pay/mine/2026-11?language=en").text
    assert 'href="/pay/mine/2026-10"' in page
    assert "not yet approved" in page
    assert "not yet approved" not in browser.get("/pay/mine/2026-10?language=en").text
