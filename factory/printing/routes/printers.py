"""Printers: take one in, try it out, ask what it can, hold it back, look at its roll."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import mark, say
from factory.printing import asking, documents, fleet, queries, service
from factory.printing.forms import PlaceForm, PrinterForm, SeenForm
from factory.printing.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.route("/printers", methods=["GET", "POST"])
@allow(Permission.MANAGE_PRINTERS)
def printers() -> ResponseReturnValue:
    """List printers, and take one in."""
    form = PrinterForm.of()
    if form.ok():
        with form.catching(), transaction() as session:
            fleet.add_printer(session, form.to_printer(), by=actor(), at=now())
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
            fleet.change_printer(session, number, form.to_printer(), by=actor(), at=now())
            return see_other("printing.printers", mark("The printer is changed."))
    return page("printing/printer.html", form=form, printer=found)


@bp.post("/printers/<int:number>/test")
@allow(Permission.MANAGE_PRINTERS)
def test(number: int) -> ResponseReturnValue:
    """Print a test page."""
    with transaction() as session:
        found = queries.printer(session, number)
        document = documents.test_page(found.name, found.profile)
        made = service.print_at(session, number, document, by=actor(), at=now())
    return see_other("printing.paper", mark("The test page is on its way."), number=made)


@bp.post("/printers/<int:number>/ruler")
@allow(Permission.MANAGE_PRINTERS)
def ruler(number: int) -> ResponseReturnValue:
    """Print a label with a frame and a ruler."""
    with transaction() as session:
        profile = queries.profile_of(session, number)
        document = documents.ruler_label(profile)
        service.print_at(session, number, document, by=actor(), at=now())
    return see_other("printing.place", mark("The label is on its way."), number=number)


@bp.route("/printers/<int:number>/place", methods=["GET", "POST"])
@allow(Permission.MANAGE_PRINTERS)
def place(number: int) -> ResponseReturnValue:
    """Ask how far the frame on the label stands off, and print the labels there from now on."""
    with reading() as session:
        found, profile = queries.printer(session, number), queries.profile_of(session, number)
    form = PlaceForm.of(profile)
    if form.ok():
        across, down = form.to_place()
        with transaction() as session:
            fleet.move_labels(session, number, across, down, by=actor(), at=now())
        told = mark("Kept. Please print the label with the ruler once more.")
        return see_other("printing.place", told, number=number)
    return page("printing/place.html", form=form, printer=found)


@bp.post("/printers/<int:number>/hold")
@allow(Permission.MANAGE_PRINTERS)
def hold_printer(number: int) -> ResponseReturnValue:
    """Let all its papers wait."""
    with transaction() as session:
        fleet.hold_back(session, number, by=actor(), at=now())
    told = mark("Its papers wait until you let them go.")
    return see_other("printing.printer", told, number=number)


@bp.post("/printers/<int:number>/release")
@allow(Permission.MANAGE_PRINTERS)
def release_printer(number: int) -> ResponseReturnValue:
    """Let its papers come out again."""
    with transaction() as session:
        fleet.let_go(session, number, by=actor(), at=now())
    return see_other("printing.printer", mark("Its papers come out again."), number=number)


@bp.get("/printers/<int:number>/roll")
@allow(Permission.MANAGE_PRINTERS)
def roll(number: int) -> ResponseReturnValue:
    """Show what came out of it last, one below the other, as it hangs out of the printer."""
    with reading() as session:
        found = queries.printer(session, number)
        jobs = [j for j in queries.roll(session, number) if actor().may(j.purpose.seen_by)]
    return page("printing/roll.html", printer=found, jobs=jobs)


@bp.post("/printers/<int:number>/ask")
@allow(Permission.MANAGE_PRINTERS)
def ask(number: int) -> ResponseReturnValue:
    """Print the page that shows what a printer can."""
    with transaction() as session:
        title = say("What can this printer do?")
        service.print_bytes(session, number, title, asking.page(), by=actor(), at=now())
    return see_other("printing.seen", mark("The page is on its way."), number=number)


@bp.route("/printers/<int:number>/seen", methods=["GET", "POST"])
@allow(Permission.MANAGE_PRINTERS)
def seen(number: int) -> ResponseReturnValue:
    """Ask what is legible on that page, and set the printer up by the answers."""
    form: SeenForm = SeenForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            fleet.learn(session, number, form.to_seen(), by=actor(), at=now())
            told = mark("The printer is set up as its page showed.")
            return see_other("printing.printer", told, number=number)
    with reading() as session:
        found = queries.printer(session, number)
    return page("printing/seen.html", form=form, printer=found)
