"""Printers on the screen and in the outbox: asked what they can, held back, refused in time."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from factory.db.session import SESSIONS
from factory.kernel.errors import BadInput
from factory.kernel.time import now
from factory.kernel.words import speaking, tell
from factory.printing import asking, fleet, queries, service, spool, standing, worker
from factory.printing.domain import (
    Answer,
    NoLongerWaiting,
    NothingToDecide,
    NotThatMany,
    PicturesTooSlow,
    Problem,
    Purpose,
    State,
)
from factory.printing.fleet import Seen
from factory.printing.spool import Ended
from factory.security.domain import Role
from printers import paper
from printers.document import Barcode, Cut, Document, Label, Text
from printers.profiles import Hangul
from printers.transport import PrinterStatus
from tests.conftest import SignIn
from tests.printing.build import BIRCH, make_document, make_job, make_printer

BATCH = Document("hang tag", (Text("가"), Cut()) * 5, Label(40, 20))
SEEN = Seen(common=True, rare=False, dots=384, cut=True)


@pytest.fixture
def keeper(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.KEEPER)


@pytest.fixture
def made(app: Flask) -> Callable[[Callable[[Session], int]], int]:
    def done(what: Callable[[Session], int]) -> int:
        with app.app_context(), app.extensions[SESSIONS]() as session:
            number = what(session)
            session.commit()
            return number

    return done


def batch_broken_off(session: Session, units: int = 2) -> int:
    make_printer(session, "virtual", Purpose.HANG_TAG)
    number = make_job(session, BATCH, purpose=Purpose.HANG_TAG)
    spool.claim(session, number, b"x", at=now())
    spool.conclude(session, number, Ended(Problem.BROKEN_OFF, 9, units), at=now())
    return number


# Refused before anybody waits


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (Document("Wide", (Barcode("x" * 80),)), "too wide for 576 dots"),
        (Document("Large", (Text("가"),), Label(90, 20)), "the head is 72 mm wide"),
    ],
)
def test_what_does_not_fit_is_refused_before_it_waits(
    session: Session, document: Document, told: str
) -> None:
    make_printer(session, "virtual", Purpose.RECEIPT)
    with pytest.raises(BadInput) as refused:
        make_job(session, document)
    assert told in tell(refused.value, "en")
    assert queries.waiting(session) == 0


def test_pictures_over_a_slow_line_are_refused(session: Session) -> None:
    slow = "serial:/dev/ttyS0@9600"
    make_printer(session, slow, Purpose.RECEIPT)
    make_job(session)
    with pytest.raises(PicturesTooSlow):
        make_job(session, BATCH)
    other = fleet.NewPrinter(name="Old", place="", profile="generic-80", target=slow, purposes=())
    with pytest.raises(PicturesTooSlow):
        fleet.add_printer(session, other, by=BIRCH, at=now())


@pytest.mark.parametrize("target", ["serial:/dev/ttyUSB0", "usb:04b8:0202", "cups:Till"])
def test_printers_on_cables_are_taken_in(session: Session, target: str) -> None:
    number = make_printer(session, target)
    assert queries.printer(session, number).target == target


# What it can


@pytest.mark.parametrize(
    ("common", "rare", "hangul"),
    [(True, True, Hangul.UHC), (True, False, Hangul.KSX1001), (False, False, Hangul.NONE)],
)
def test_a_printer_is_set_up_by_what_somebody_saw(
    session: Session, *, common: bool, rare: bool, hangul: Hangul
) -> None:
    number = make_printer(session, "virtual")
    seen = Seen(common=common, rare=rare, dots=384, cut=False)
    profile = fleet.learn(session, number, seen, by=BIRCH, at=now())
    assert (profile.hangul, profile.dots, profile.cutter) == (hangul, 384, False)
    assert queries.profile_of(session, number) == profile


def test_another_model_forgets_what_the_page_showed(session: Session) -> None:
    number = make_printer(session, "virtual")
    fleet.learn(session, number, SEEN, by=BIRCH, at=now())
    new = fleet.NewPrinter(
        name="Corner", place="", profile="epson-80", target="virtual", purposes=()
    )
    fleet.change_printer(session, number, new, by=BIRCH, at=now())
    assert queries.profile_of(session, number).dots == 504


def test_the_page_that_asks_is_readable_on_any_printer() -> None:
    read = paper.read(asking.page(), 576)
    assert f"1) {asking.COMMON}" in read.text
    assert f"2) {asking.RARE}" in read.text
    assert read.cuts == 1
    assert read.warnings == ()


def test_a_keeper_asks_a_printer_and_says_what_is_legible(
    app: Flask, keeper: FlaskClient, made: Callable[[Callable[[Session], int]], int]
) -> None:
    number = made(lambda session: make_printer(session, "virtual"))
    page = keeper.post(f"/printing/printers/{number}/ask", follow_redirects=True)
    assert "What can this printer do?" in page.text
    with app.app_context():
        assert worker.print_all() == 1
    at = f"/printing/printers/{number}/seen"
    assert keeper.post(at, data={"common": "y"}).status_code == 422
    said = keeper.post(at, data={"common": "y", "dots": "384", "cut": "y"}, follow_redirects=True)
    assert "The printer is set up as its page showed." in said.text
    roll = keeper.get(f"/printing/printers/{number}/roll").text
    assert re.search(r"/printing/paper/\d+\.png", roll)


def test_a_label_with_a_ruler_is_printed(
    app: Flask, keeper: FlaskClient, made: Callable[[Callable[[Session], int]], int]
) -> None:
    number = made(lambda session: make_printer(session, "virtual"))
    page = keeper.post(f"/printing/printers/{number}/ruler", follow_redirects=True)
    assert "The label is on its way." in page.text
    (job,) = jobs(app, State.QUEUED)
    assert "48 × 27 mm" in keeper.get(f"/printing/paper/{job.id}").text


def test_labels_are_printed_where_the_ruler_shows_that_they_begin(
    app: Flask, keeper: FlaskClient, made: Callable[[Callable[[Session], int]], int]
) -> None:
    number = made(lambda session: make_printer(session, "virtual"))
    at = f"/printing/printers/{number}/place"
    assert keeper.post(at, data={"across": "7", "down": "0"}).status_code == 422
    page = keeper.post(at, data={"across": "25", "down": "-10"}, follow_redirects=True).text
    assert '<option selected value="25">2.5 mm further right' in page
    assert '<option selected value="-10">1 mm further up' in page
    with app.app_context(), app.extensions[SESSIONS]() as session:
        profile = queries.profile_of(session, number)
        assert (profile.across, profile.down, profile.label_start) == (25, -10, (20, -8))
        fleet.learn(session, number, SEEN, by=BIRCH, at=now())
        learnt = queries.profile_of(session, number)
        session.commit()
    assert (learnt.across, learnt.dots) == (25, 384)
    keeper.post(f"/printing/printers/{number}/ruler")
    (job,) = jobs(app, State.QUEUED)
    assert "43 × 27 mm" in keeper.get(f"/printing/paper/{job.id}").text


def jobs(app: Flask, *states: State) -> tuple[queries.JobLine, ...]:
    with app.app_context(), app.extensions[SESSIONS]() as session:
        return queries.jobs(session, *states)


# Held back and let go


def test_a_printer_is_held_and_let_go_on_its_page(
    keeper: FlaskClient, made: Callable[[Callable[[Session], int]], int]
) -> None:
    number = made(lambda session: make_printer(session, "virtual"))
    page = keeper.post(f"/printing/printers/{number}/hold", follow_redirects=True)
    assert "Let its papers go" in page.text
    assert "held back" in keeper.get("/printing/printers").text
    page = keeper.post(f"/printing/printers/{number}/release", follow_redirects=True)
    assert "Hold its papers back" in page.text


def test_a_paper_is_held_and_let_go_in_the_list(
    sign_in: SignIn, made: Callable[[Callable[[Session], int]], int]
) -> None:
    client, number = sign_in(Role.CASHIER), made(make_job)
    page = client.post(f"/printing/paper/{number}/hold", follow_redirects=True)
    assert "held back" in page.text
    assert client.post(f"/printing/paper/{number}/hold").status_code == 422
    page = client.post(f"/printing/paper/{number}/release", follow_redirects=True)
    assert "The paper is on its way again." in page.text
    assert client.post(f"/printing/paper/{number}/release").status_code == 422


def test_only_what_waits_is_held(session: Session) -> None:
    number = make_job(session)
    spool.claim(session, number, b"x", at=now())
    with pytest.raises(NoLongerWaiting):
        service.hold_back(session, number, by=BIRCH, at=now())
    with pytest.raises(NoLongerWaiting):
        service.let_go(session, number, by=BIRCH, at=now())


# Whether it came out


def test_nobody_knowing_is_an_answer(
    sign_in: SignIn, made: Callable[[Callable[[Session], int]], int]
) -> None:
    def unsure(session: Session) -> int:
        number = make_job(session)
        spool.claim(session, number, b"x", at=now())
        spool.settle(session, number, Problem.BROKEN_OFF, 3, at=now())
        return number

    client, number = sign_in(Role.CASHIER), made(unsure)
    data = {"came_out": "unknown"}
    page = client.post(f"/printing/paper/{number}/decide", data=data, follow_redirects=True)
    assert "If it is missing, print a marked copy." in page.text
    assert "nobody knows whether it came out" in page.text
    again = client.post(f"/printing/paper/{number}/again", follow_redirects=True)
    assert "copy 1" in again.text


def test_the_rest_of_a_batch_is_asked_for_with_the_number_that_came_out(
    sign_in: SignIn, made: Callable[[Callable[[Session], int]], int]
) -> None:
    client, number = sign_in(Role.CASHIER), made(batch_broken_off)
    assert "This job has 5 papers; 2 had left for the printer." in client.get("/printing/").text
    at = f"/printing/paper/{number}"
    assert 'value="2"' in client.get(at).text
    assert "can&#39;t have come out" in client.post(f"{at}/rest", data={"done": "6"}).text
    assert client.post(f"{at}/rest", data={"done": "many"}).status_code == 422
    page = client.post(f"{at}/rest", data={"done": "3"}, follow_redirects=True)
    assert "The rest is on its way." in page.text
    assert "3 of 5" in page.text


def test_a_batch_that_came_out_whole_is_done(session: Session) -> None:
    number = batch_broken_off(session)
    with pytest.raises(NotThatMany):
        service.go_on(session, number, -1, by=BIRCH, at=now())
    assert service.go_on(session, number, 5, by=BIRCH, at=now()) is State.SENT
    with pytest.raises(NothingToDecide):
        service.go_on(session, number, 2, by=BIRCH, at=now())


def test_a_single_paper_has_no_rest_only_a_marked_copy(session: Session) -> None:
    number = make_job(session, make_document(drawer=True))
    spool.claim(session, number, b"x", at=now())
    spool.settle(session, number, Problem.BROKEN_OFF, 1, at=now())
    with pytest.raises(NothingToDecide):
        service.go_on(session, number, 0, by=BIRCH, at=now())


def test_what_was_decided_is_not_overturned_by_a_worker_that_comes_late(session: Session) -> None:
    number = make_job(session)
    spool.claim(session, number, b"x", at=now(), worker="slow")
    spool.recover(session, at=now(), gone=lambda _worker: True)
    service.decide(session, number, Answer.UNKNOWN, by=BIRCH, at=now())
    assert spool.settle(session, number, None, 1, at=now()) is State.UNKNOWN


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (PrinterStatus(online=False), "The printer does not answer."),
        (PrinterStatus(paper=False), "The paper has run out."),
        (PrinterStatus(paper=True, cover=False), "The cover is open."),
        (PrinterStatus(), "It takes papers, and says nothing of itself."),
        (PrinterStatus(paper=True, cover=True), "It says that all is well."),
    ],
)
def test_how_a_printer_is_is_told_in_words(
    session: Session, said: PrinterStatus, sentence: str
) -> None:
    line = queries.printer(session, make_printer(session, "tcp://127.0.0.1:9"))
    with speaking("en"):
        assert sentence in standing.sentence(line, said)
    assert standing.ask(line).online is False


def test_a_late_receipt_of_the_same_document_keeps_the_drawer_shut() -> None:
    document = make_document(drawer=True)
    assert document.without_drawer().blocks == make_document().blocks
    assert make_document().without_drawer() == make_document()
