"""The outbox on the screen: what waits, what needs a person, each paper as it came out."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark
from factory.printing import documents, papers, pictures, queries, service
from factory.printing.domain import State
from factory.printing.forms import PrinterForm
from factory.printing.queries import JobLine
from factory.security.domain import Permission
from factory.web.guard import NotAllowed, actor, allow
from factory.web.responses import page, see_other
from factory.web.tiles import Group, Tile

bp = Blueprint("printing", __name__, url_prefix="/printing")

TILES = (
    Tile("printing.queue", mark("Papers"), Permission.SEE_PRINTING, Group.HOUSE, "print"),
    Tile("printing.printers", mark("Printers"), Permission.MANAGE_PRINTERS, Group.HOUSE, "print"),
)


@bp.get("/")
@allow(Permission.SEE_PRINTING)
def queue() -> ResponseReturnValue:
    """Show what waits, what needs a person, and what was printed last."""
    with reading() as session:
        troubled = queries.jobs(session, State.UNSURE, State.FAILED)
        waiting = queries.jobs(session, State.QUEUED, State.SENDING)
        done = queries.jobs(session, State.SENT, State.CANCELLED)
    return page("printing/queue.html", troubled=troubled, waiting=waiting, done=done)


@bp.get("/paper/<int:number>")
@allow(Permission.SEE_PRINTING)
def paper(number: int) -> ResponseReturnValue:
    """Show a paper as it lies in the hand."""
    with reading() as session:
        job = _visible(queries.job(session, number))
        shown = None if _gone(job) else pictures.of_job(session, number)
    return page("printing/paper.html", job=job, shown=shown)


@bp.get("/paper/<int:number>.png")
@allow(Permission.SEE_PRINTING)
def picture(number: int) -> ResponseReturnValue:
    """The paper's picture, decoded from the printer's bytes."""
    with reading() as session:
        _visible(queries.job(session, number))
        shown = pictures.of_job(session, number)
    response = Response(shown.png, mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _visible(job: JobLine) -> JobLine:
    """Private papers are for those who may make them."""
    if not actor().may(job.purpose.seen_by):
        raise NotAllowed
    return job


def _gone(job: JobLine) -> bool:
    return job.erased and papers.stream(job.id) is None


@bp.post("/paper/<int:number>/again")
@allow(Permission.SEE_PRINTING)
def again(number: int) -> ResponseReturnValue:
    """Print a marked copy."""
    with transaction() as session:
        _visible(queries.job(session, number))
        made = service.print_again(session, number, by=actor(), at=now())
    return see_other("printing.paper", mark("A marked copy is on its way."), number=made)


@bp.post("/paper/<int:number>/give-up")
@allow(Permission.SEE_PRINTING)
def give_up(number: int) -> ResponseReturnValue:
    """Let a waiting paper go."""
    with transaction() as session:
        _visible(queries.job(session, number))
        service.give_up(session, number, by=actor(), at=now())
    return see_other("printing.queue", mark("The paper is given up."))


@bp.post("/paper/<int:number>/decide")
@allow(Permission.SEE_PRINTING)
def decide(number: int) -> ResponseReturnValue:
    """Take the answer whether a paper came out."""
    came_out = request.form.get("came_out") == "yes"
    with transaction() as session:
        _visible(queries.job(session, number))
        service.decide(session, number, came_out=came_out, by=actor(), at=now())
    told = mark("Good, it is printed.") if came_out else mark("A marked copy is on its way.")
    return see_other("printing.queue", told)


@bp.route("/printers", methods=["GET", "POST"])
@allow(Permission.MANAGE_PRINTERS)
def printers() -> ResponseReturnValue:
    """List printers, and take one in."""
    form = PrinterForm.of()
    if form.ok():
        with form.catching(), transaction() as session:
            service.add_printer(session, form.to_printer(), by=actor(), at=now())
            told = mark("The printer {name} is taken in.")
            return see_other("printing.printers", told, values={"name": form.name.data})
    with reading() as session:
        found = queries.printers(session)
    return page("printing/printers.html", form=form, printers=found)


@bp.route("/printers/<int:number>", methods=["GET", "POST"])
@allow(Permission.MANAGE_PRINTERS)
def printer(number: int) -> ResponseReturnValue:
    """Describe a printer anew."""
    with reading() as session:
        found = queries.printer(session, number)
    form = PrinterForm.of(found)
    if form.ok():
        with form.catching(), transaction() as session:
            service.change_printer(session, number, form.to_printer(), by=actor(), at=now())
            return see_other("printing.printers", mark("The printer is changed."))
    return page("printing/printer.html", form=form, printer=found)


@bp.post("/printers/<int:number>/test")
@allow(Permission.MANAGE_PRINTERS)
def test(number: int) -> ResponseReturnValue:
    """Print a test page."""
    with transaction() as session:
        found = queries.printer(session, number)
        document = documents.test_page(found.name, found.profile)
        made = service.print_test(session, number, document, by=actor(), at=now())
    return see_other("printing.paper", mark("The test page is on its way."), number=made)
