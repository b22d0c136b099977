from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy.orm import Session

from factory.db.session import SESSIONS
from factory.kernel.time import now
from factory.printing import papers, queries, spool, worker
from factory.printing.domain import Problem, Purpose, State
from factory.security.domain import Role
from factory.security.keys import KeyAway, Ring
from printers.document import Barcode, Cut, Document, Heading
from tests.conftest import SignIn
from tests.printing.build import make_document, make_job, make_printer

Write = Callable[[Callable[[Session], int]], int]


@pytest.fixture
def write(app: Flask) -> Write:
    """Do something in a transaction of its own, as a request would."""

    def done(what: Callable[[Session], int]) -> int:
        with app.app_context(), app.extensions[SESSIONS]() as session:
            number = what(session)
            session.commit()
            return number

    return done


@pytest.fixture
def state(app: Flask) -> Callable[[int], State]:
    def of(number: int) -> State:
        with app.app_context(), app.extensions[SESSIONS]() as session:
            return queries.job(session, number).state

    return of


def unsure(session: Session) -> int:
    number = make_job(session)
    spool.claim(session, number, b"x", at=now())
    spool.settle(session, number, Problem.BROKEN_OFF, 3, at=now())
    return number


def test_the_queue_says_what_waits_and_why(sign_in: SignIn, write: Write) -> None:
    client = sign_in(Role.CASHIER)

    def out_of_paper(session: Session) -> int:
        number = make_job(session)
        spool.claim(session, number, b"x", at=now())
        spool.settle(session, number, Problem.PAPER_OUT, 0, at=now())
        return number

    number = write(out_of_paper)
    answer = client.get("/printing/")
    assert answer.status_code == 200
    assert f"receipt {number}" in answer.text
    assert "The paper has run out. Please put in a new roll." in answer.text
    assert "<svg" in answer.text


def test_an_empty_queue_says_so(sign_in: SignIn) -> None:
    assert "Nothing waits for a printer." in sign_in(Role.CASHIER).get("/printing/").text


def test_a_paper_is_shown_as_the_printer_got_it(
    app: Flask, sign_in: SignIn, write: Write, state: Callable[[int], State]
) -> None:
    client = sign_in(Role.CASHIER)
    document = Document("Receipt", (Barcode("30000120"), Cut()))
    number = write(lambda session: make_job(session, document))
    with app.app_context():
        assert worker.print_all() == 1
        assert papers.stream(number)
    assert state(number) is State.SENT
    assert "30000120" in client.get(f"/printing/paper/{number}").text
    picture = client.get(f"/printing/paper/{number}.png")
    assert picture.mimetype == "image/png"
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture.data)))
    assert [code.text for code in read] == ["30000120"]


def test_what_is_kept_of_a_private_paper_is_shown_on_paper_of_its_width(
    app: Flask, sign_in: SignIn, write: Write
) -> None:
    badge = Document("Badge", (Heading("가람", size=3), Barcode("30000120"), Cut()))
    number = write(lambda session: make_job(session, badge, Purpose.BADGE))
    with app.app_context():
        assert worker.print_all() == 1
    picture = sign_in(Role.MANAGER).get(f"/printing/paper/{number}.png")
    shown = Image.open(io.BytesIO(picture.data)).convert("L")
    dark = shown.point(lambda dot: 255 if dot < 128 else 0)
    left, _, right, _ = dark.crop((0, 0, shown.width, 110)).getbbox() or (0, 0, 0, 0)
    assert abs((left + right) - shown.width) < 30
    assert shown.width > 576


def test_a_waiting_paper_is_shown_as_it_would_be_sent(sign_in: SignIn, write: Write) -> None:
    client = sign_in(Role.CASHIER)
    number = write(lambda session: make_job(session, make_document(drawer=True)))
    text = client.get(f"/printing/paper/{number}").text
    assert "189,000원" in text
    assert "The cash drawer opens with it." in text


@pytest.mark.parametrize("purpose", [Purpose.PAYSLIP, Purpose.BADGE])
def test_a_cashier_sees_no_private_paper(sign_in: SignIn, write: Write, purpose: Purpose) -> None:
    client = sign_in(Role.CASHIER)
    number = write(lambda session: make_job(session, purpose=purpose))
    assert client.get(f"/printing/paper/{number}").status_code == 403
    assert client.get(f"/printing/paper/{number}.png").status_code == 403
    for what in ("again", "give-up", "decide"):
        assert client.post(f"/printing/paper/{number}/{what}").status_code == 403
    assert sign_in(Role.MANAGER).get(f"/printing/paper/{number}").status_code == 200


def test_a_virtual_payslip_can_be_looked_at_while_its_paper_lies_there(
    app: Flask, sign_in: SignIn, write: Write
) -> None:
    client = sign_in(Role.MANAGER)
    number = write(lambda session: make_job(session, purpose=Purpose.PAYSLIP))
    with app.app_context():
        worker.print_all()
    assert "189,000원" in client.get(f"/printing/paper/{number}").text
    with app.app_context():
        Path(papers.folder() / f"{papers.name(number, private=True)}.bin").unlink()
    page = client.get(f"/printing/paper/{number}")
    assert page.status_code == 200
    assert "erased" in page.text


def test_while_the_stick_is_pulled_a_private_paper_is_not_shown_and_may_still_be_given_up(
    sign_in: SignIn, write: Write, state: Callable[[int], State], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(*_given: object) -> str:
        raise KeyAway

    client = sign_in(Role.MANAGER)
    number = write(lambda session: make_job(session, purpose=Purpose.PAYSLIP))
    monkeypatch.setattr(Ring, "open", pulled)
    page = client.get(f"/printing/paper/{number}")
    assert page.status_code == 200
    assert "Please put the stick with the key back in" in page.text
    assert "189,000" not in page.text
    client.post(f"/printing/paper/{number}/give-up")
    assert state(number) is State.CANCELLED
    assert client.get(f"/printing/paper/{number}.png").status_code == 422


def test_a_printed_paper_is_printed_again_as_a_marked_copy(
    app: Flask, sign_in: SignIn, write: Write
) -> None:
    client = sign_in(Role.CASHIER)
    number = write(make_job)
    with app.app_context():
        worker.print_all()
    answer = client.post(f"/printing/paper/{number}/again", follow_redirects=True)
    assert "A marked copy is on its way." in answer.text
    assert "copy 1" in answer.text


def test_a_waiting_paper_is_not_printed_again(sign_in: SignIn, write: Write) -> None:
    client = sign_in(Role.CASHIER)
    number = write(make_job)
    answer = client.post(f"/printing/paper/{number}/again")
    assert answer.status_code == 422
    assert "still on its way" in answer.text


def test_a_waiting_paper_is_given_up(
    sign_in: SignIn, write: Write, state: Callable[[int], State]
) -> None:
    client = sign_in(Role.CASHIER)
    number = write(make_job)
    client.post(f"/printing/paper/{number}/give-up")
    assert state(number) is State.CANCELLED
    assert client.post(f"/printing/paper/{number}/give-up").status_code == 422


@pytest.mark.parametrize(
    ("answer", "ends"), [("yes", State.SENT), ("no", State.CANCELLED), ("", State.CANCELLED)]
)
def test_who_looked_at_the_printer_decides(
    sign_in: SignIn, write: Write, state: Callable[[int], State], answer: str, ends: State
) -> None:
    client = sign_in(Role.CASHIER)
    number = write(unsure)
    assert "Did this paper come out of the printer?" in client.get("/printing/").text
    client.post(f"/printing/paper/{number}/decide", data={"came_out": answer})
    assert state(number) is ends
    assert client.post(f"/printing/paper/{number}/decide").status_code == 422


def test_a_printer_is_taken_in_changed_and_tested(
    app: Flask, sign_in: SignIn, write: Write
) -> None:
    client = sign_in(Role.KEEPER)
    described = {
        "name": "Corner",
        "place": "by the window",
        "profile": "sewoo-80",
        "target": "virtual",
        "purposes": ["receipt"],
        "active": "y",
    }
    page = client.post("/printing/printers", data=described, follow_redirects=True)
    assert "The printer Corner is taken in." in page.text
    with app.app_context(), app.extensions[SESSIONS]() as session:
        number = queries.printers(session)[0].id
    shown = client.get(f"/printing/printers/{number}").text
    assert "by the window" in shown
    assert re.search(r'<input checked[^>]* name="active"', shown)
    assert re.search(r'<input checked[^>]* value="receipt"', shown)
    assert '<option selected value="sewoo-80">' in shown
    described["target"] = "tcp://127.0.0.1:9"
    assert client.post(f"/printing/printers/{number}", data=described).status_code == 303
    assert "tcp://127.0.0.1:9" in client.get("/printing/printers").text
    tested = client.post(f"/printing/printers/{number}/test", follow_redirects=True)
    assert "가나다라마바사" in tested.text


def test_a_new_printer_is_in_use_and_of_any_maker_unless_told_otherwise(sign_in: SignIn) -> None:
    shown = sign_in(Role.KEEPER).get("/printing/printers").text
    assert re.search(r'<input checked[^>]* name="active"', shown)
    assert '<option selected value="generic-80">' in shown


def test_a_refused_printer_keeps_what_was_typed(sign_in: SignIn, write: Write) -> None:
    client = sign_in(Role.KEEPER)
    write(lambda session: make_printer(session, "virtual"))
    sent = {"name": "Corner", "place": "here", "profile": "epson-80", "target": "ftp://x"}
    answer = client.post("/printing/printers", data=sent)
    assert answer.status_code == 422
    assert "already a printer of this name" in answer.text
    assert "ftp://x" in answer.text
    answer = client.post("/printing/printers", data=sent | {"name": "New"})
    assert "No printer can have this address." in answer.text
    assert client.post("/printing/printers", data={}).status_code == 422


def test_a_paper_that_is_not_there_is_not_found(sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    assert client.get("/printing/paper/4711").status_code == 404
    assert client.get("/printing/printers/4711").status_code == 404


@pytest.mark.parametrize(
    "path", ["/printing/", "/printing/paper/1", "/printing/paper/1.png", "/printing/printers"]
)
def test_a_stranger_sees_no_papers(sign_in: SignIn, client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 303
    assert sign_in().get(path).status_code == 403


def test_a_cashier_does_not_manage_printers(sign_in: SignIn) -> None:
    client = sign_in(Role.CASHIER)
    assert client.get("/printing/printers").status_code == 403
    assert client.post("/printing/printers/1/test").status_code == 403


def _many(count: int) -> Callable[[Session], int]:
    return lambda session: min([make_job(session) for _ in range(count)])


def _listed(client: FlaskClient, **beyond: int) -> list[int]:
    answer = client.get("/printing/", query_string=beyond)
    assert answer.status_code == 200
    part = answer.text.partition('id="waiting"')[2]
    return [int(number) for number in re.findall(r'<a href="/printing/paper/([0-9]+)">', part)]


def test_a_long_queue_says_how_many_wait_and_shows_them_all_the_next_one_first(
    sign_in: SignIn, write: Write
) -> None:
    client, extra = sign_in(Role.CASHIER), 5
    first = write(_many(queries.PAGE + extra))
    last = first + queries.PAGE - 1
    answer = client.get("/printing/")
    assert f"Waiting ({queries.PAGE + extra})" in answer.text
    assert f"waiting={last}#waiting" in answer.text
    assert _listed(client) == [*range(first, last + 1)]
    assert _listed(client, waiting=last) == [*range(last + 1, last + 1 + extra)]


def test_why_a_long_queue_waits_is_said_though_its_first_paper_is_the_oldest(
    sign_in: SignIn, write: Write
) -> None:
    def without_paper(session: Session) -> int:
        number = _many(queries.PAGE + 1)(session)
        spool.postpone(session, number, Problem.PAPER_OUT, at=now())
        return number

    client = sign_in(Role.CASHIER)
    write(without_paper)
    assert "The paper has run out. Please put in a new roll." in client.get("/printing/").text


def test_all_that_was_printed_is_found_page_by_page(
    sign_in: SignIn, write: Write, app: Flask
) -> None:
    client = sign_in(Role.CASHIER)
    first = write(_many(queries.PAGE + 2))
    with app.app_context():
        assert worker.print_all() == queries.PAGE + 2
    assert _listed(client)[0] == first + queries.PAGE + 1
    assert _listed(client, done=first + 2) == [first + 1, first]


def test_every_paper_that_needs_somebody_is_reached(sign_in: SignIn, write: Write) -> None:
    def all_unsure(session: Session) -> int:
        return min([unsure(session) for _ in range(queries.PAGE + 1)])

    client = sign_in(Role.CASHIER)
    first = write(all_unsure)
    answer = client.get("/printing/")
    assert f"Please look at these ({queries.PAGE + 1})" in answer.text
    beyond = first + queries.PAGE - 1
    assert f"receipt {beyond + 1}<" not in answer.text
    assert f"receipt {beyond + 1}<" in client.get(f"/printing/?troubled={beyond}").text


@pytest.mark.parametrize("word", ["-1", "x", "9" * 40, "%EF%BC%91", ""])
def test_a_page_of_the_queue_that_is_none_is_the_first(
    sign_in: SignIn, write: Write, word: str
) -> None:
    client = sign_in(Role.CASHIER)
    number = write(make_job)
    assert f"receipt {number}<" in client.get(f"/printing/?waiting={word}&done={word}").text
