"""How payslips come into people's hands, and who has not read hers."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.ids import new_id
from factory.kernel.time import now
from factory.kernel.words import say, speaking, tell
from factory.payroll import queries, service
from factory.payroll.domain.handed import Delivery, Handed, NotApprovedYet, NotHers, Way, unread
from factory.payroll.service.calculating import Progress
from factory.people.domain import Worker
from factory.printing.service import one_pdf_of
from factory.security import queries as security
from factory.security.domain import Actor, Role
from tests.cast import PIN
from tests.conftest import Kept, SignIn
from tests.payroll.build import NOVEMBER, OCTOBER, WILLOW
from tests.payroll.closed import MAPLE_LEGAL, PINE_LEGAL, two_people
from tests.people.build import make_worker

pytestmark = pytest.mark.usefixtures("clock")


def herself(worker: Worker, *, with_pin: bool = True) -> Actor:
    roles = frozenset({Role.WORKER})
    return Actor(name=worker.name, roles=roles, worker=worker.id, with_pin=with_pin)


def hand(session: Session, worker: Worker, way: Way, by: Actor = WILLOW) -> None:
    service.hand_over(session, worker, OCTOBER, way, by=by, at=now())


def ways(session: Session, worker: Worker) -> list[Way]:
    (found,) = [d for d in queries.deliveries(session, OCTOBER) if d.worker.id == worker.id]
    return [each.way for each in found.ways]


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


@pytest.mark.parametrize(
    ("ways", "read", "given"),
    [
        ((), False, False),
        ((Way.PRINTED,), False, True),
        ((Way.PAPER,), False, True),
        ((Way.PDF,), True, True),
        ((Way.PRINTED, Way.READ), True, True),
    ],
)
def test_only_what_she_opened_herself_counts_as_read(
    ways: tuple[Way, ...], *, read: bool, given: bool, session: Session
) -> None:
    found = Delivery(make_worker(session), tuple(Handed(way, now(), "") for way in ways))
    assert (found.is_read, found.is_given) == (read, given)


def test_who_got_nothing_stands_first_among_the_unread(session: Session) -> None:
    pine, maple = two_people(session)
    hand(session, pine, Way.PRINTED)
    waiting = unread(queries.deliveries(session, OCTOBER))
    assert [each.worker.name for each in waiting] == ["Maple", "Pine"]
    hand(session, maple, Way.READ, herself(maple))
    waiting = unread(queries.deliveries(session, OCTOBER))
    assert [each.worker.name for each in waiting] == ["Pine"]


def test_the_first_time_of_each_way_is_kept(session: Session) -> None:
    pine, _ = two_people(session)
    for way in (Way.READ, Way.READ, Way.PAPER, Way.READ):
        hand(session, pine, way)
    assert ways(session, pine) == [Way.READ, Way.PAPER]
    assert queries.is_read(session, pine, OCTOBER)


def test_nothing_is_handed_over_of_a_month_that_is_not_approved(session: Session) -> None:
    pine, _ = two_people(session)
    service.hand_over(session, pine, NOVEMBER, Way.READ, by=WILLOW, at=now())
    assert not queries.is_read(session, pine, NOVEMBER)
    assert queries.deliveries(session, NOVEMBER) == ()


def test_no_paper_is_kept_as_given_where_there_is_no_payslip(session: Session) -> None:
    pine, _ = two_people(session)
    with pytest.raises(NotFound):
        service.give(session, pine, NOVEMBER, by=WILLOW, at=now())
    service.give(session, pine, OCTOBER, by=WILLOW, at=now())
    assert ways(session, pine) == [Way.PAPER]


def test_a_printed_slip_is_handed_over_by_printing(session: Session) -> None:
    pine, maple = two_people(session)
    service.print_slip(session, pine, OCTOBER, event_id=new_id(), by=WILLOW, at=now())
    assert ways(session, pine) == [Way.PRINTED]
    assert service.print_unread(session, OCTOBER, by=WILLOW, at=now()) == Progress(2, 2)
    assert ways(session, maple) == [Way.PRINTED]
    assert service.print_unread(session, OCTOBER, by=WILLOW, at=now()) == Progress(2, 2)


# By which name


def wish(session: Session, worker: Worker, *, legal: bool, by: Actor | None = None) -> None:
    service.wish_name(session, worker, legal=legal, by=by or herself(worker), at=now())


def all_text(session: Session) -> str:
    run = queries.closed_run(session, OCTOBER)
    return pdf_text(one_pdf_of(service.all_sheets(session, run, by=WILLOW, at=now())))


def test_a_legal_name_stands_on_a_payslip_only_while_she_wishes_it(session: Session) -> None:
    pine, _ = two_people(session)
    assert PINE_LEGAL not in all_text(session)
    wish(session, pine, legal=True)
    assert queries.wish_of(session, pine)
    text = all_text(session)
    assert PINE_LEGAL in text
    assert MAPLE_LEGAL not in text
    wish(session, pine, legal=False)
    assert PINE_LEGAL not in all_text(session)


def test_opening_her_legal_name_for_it_leaves_an_entry_with_the_reason(session: Session) -> None:
    pine, _ = two_people(session)
    wish(session, pine, legal=True)
    all_text(session)
    found = [each for each in security.audit(session) if each.what == "read_vault"]
    assert len(found) == 1
    with speaking(pine.language):
        assert "본인이 원해서" in found[0].reason


def test_nobody_else_wishes_it_for_her_and_not_without_her_pin(session: Session) -> None:
    pine, maple = two_people(session)
    for other in (WILLOW, herself(maple), herself(pine, with_pin=False)):
        with pytest.raises(NotHers):
            wish(session, pine, legal=True, by=other)
    assert not queries.wish_of(session, pine)


def test_all_payslips_are_one_file_and_each_has_its_own_page_numbers(session: Session) -> None:
    two_people(session)
    run = queries.closed_run(session, OCTOBER)
    data = one_pdf_of(service.all_sheets(session, run, by=WILLOW, at=now()))
    pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    assert len(pages) == 2
    assert all("1 / 1" in page for page in pages)
    looked = [each.thing for each in security.audit(session) if each.what == "see_payslip"]
    assert sorted(looked) == [f"payslip 2026-10 of worker {n}" for n in (1, 2)]


# On the screen


def _pine(session: Session) -> Worker:
    return two_people(session)[0]


@pytest.fixture
def pine(kept: Kept) -> Worker:
    """Pine, whose October is closed beside Maple's."""
    return kept(_pine)


def test_the_page_names_the_unread_and_takes_note_of_paper(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    client = sign_in(Role.MANAGER)
    text = client.get("/pay/2026-10/handed").get_data(as_text=True)
    assert "Print what nobody has got yet: 2" in text
    assert text.count("not read yet") == 2
    assert client.post(f"/pay/2026-10/{pine.number}/given").status_code == 303
    text = client.get("/pay/2026-10/handed").get_data(as_text=True)
    assert "given to her on paper" in text
    assert "Print what nobody has got yet: 1" in text
    with app.app_context(), reading() as session:
        assert ways(session, pine) == [Way.PAPER]
    assert client.post("/pay/2026-10/handed").status_code == 303
    assert "Print what nobody" not in client.get("/pay/2026-10/handed").get_data(as_text=True)


def test_all_payslips_come_as_one_pdf_whose_name_tells_nobody(
    sign_in: SignIn, pine: Worker
) -> None:
    answer = sign_in(Role.MANAGER).get("/pay/2026-10/payslips.pdf")
    assert answer.mimetype == "application/pdf"
    assert "payslips-2026-10-1.pdf" in answer.headers["Content-Disposition"]
    assert pine.name in pdf_text(answer.data)


@pytest.mark.parametrize("address", ["handed", "payslips.pdf", "papers"])
def test_a_month_that_is_not_approved_has_no_papers_yet(
    sign_in: SignIn, pine: Worker, address: str
) -> None:
    client = sign_in(Role.MANAGER)
    answer = client.get(f"/pay/2026-11/{address}", follow_redirects=True)
    assert tell(NotApprovedYet(), "en") in answer.get_data(as_text=True)
    assert pine.number


def test_reading_on_her_own_page_is_noted_once(app: Flask, sign_in: SignIn, pine: Worker) -> None:
    client = sign_in(Role.FLOOR_TERMINAL)
    assert client.get("/pay/mine/2026-10").status_code == 303
    with app.app_context(), reading() as session:
        assert ways(session, pine) == []
    client.post("/pin", data={"number": str(pine.number), "pin": PIN})
    for _ in range(2):
        assert client.get("/pay/mine/2026-10").status_code == 200
    with app.app_context(), reading() as session:
        assert ways(session, pine) == [Way.READ]


def test_she_takes_her_pdf_and_wishes_her_name_behind_her_pin(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    client = sign_in(Role.FLOOR_TERMINAL)
    assert client.get("/pay/mine/2026-10/payslip.pdf").status_code == 303
    assert client.post("/pay/mine/2026-10/name", data={"legal": "1"}).status_code == 303
    client.post("/pin", data={"number": str(pine.number), "pin": PIN})
    taken = client.get("/pay/mine/2026-10/payslip.pdf")
    assert pine.name in pdf_text(taken.data)
    assert PINE_LEGAL not in pdf_text(taken.data)
    client.post("/pay/mine/2026-10/name", data={"legal": "1"})
    assert say("Leave my legal name out", "ko_easy") in client.get("/pay/mine/2026-10").get_data(
        as_text=True
    )
    with app.app_context(), reading() as session:
        assert queries.wish_of(session, pine)
        assert Way.PDF in ways(session, pine)


def test_the_office_gives_her_pdf_with_her_legal_name_once_she_wished_it(
    app: Flask, sign_in: SignIn, pine: Worker
) -> None:
    with app.app_context(), transaction() as session:
        wish(session, pine, legal=True)
    answer = sign_in(Role.MANAGER).get(f"/pay/2026-10/{pine.number}.pdf")
    assert PINE_LEGAL in pdf_text(answer.data)
    assert f"payslip-2026-10-{pine.number}.pdf" in answer.headers["Content-Disposition"]


def test_a_payslip_nobody_has_is_not_handed_out(session: Session) -> None:
    pine, _ = two_people(session)
    nobody = replace(pine, number=99)
    with pytest.raises(NotFound):
        service.sheets(
            session,
            OCTOBER,
            [replace(queries.closed_run(session, OCTOBER).entries[0], number=nobody.number)],
            by=WILLOW,
            at=now(),
        )
