"""Pages of the catalogue: seasons and styles, a style, its colours, prices and operations."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from factory.catalogue import queries, service
from factory.catalogue.domain import Fibre, Grade, Style
from factory.catalogue.domain.changes import compare, parts
from factory.catalogue.domain.measures import Point, in_centimetres
from factory.catalogue.domain.sheet import Sheet, read_sheet, write_sheet
from factory.catalogue.forms import (
    ColourForm,
    PictureForm,
    PriceForm,
    SeasonForm,
    SheetForm,
    StyleForm,
)
from factory.catalogue.forms.care import CareForm
from factory.catalogue.forms.measures import measures_form
from factory.db.session import reading, transaction
from factory.kernel.errors import NotFound
from factory.kernel.time import now, today
from factory.kernel.words import mark, tell
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.pictures import LARGEST_FILE
from factory.web.responses import download, inline, page, see_other
from factory.web.sheets import allow_sheet
from factory.web.tiles import Group, Tile

bp = Blueprint("catalogue", __name__, url_prefix="/styles")
TILES = (Tile("catalogue.listed", mark("Styles"), Permission.SEE_CATALOGUE, Group.ORDERS, "coat"),)


@bp.get("/")
@allow(Permission.SEE_CATALOGUE)
def listed() -> ResponseReturnValue:
    """List the styles, of all seasons or of one."""
    season = request.args.get("season") or None
    with reading() as session:
        lines = queries.style_lines(session, today(), season)
        seasons = queries.seasons(session)
    return page("catalogue/list.html", lines=lines, seasons=seasons, season=season)


@bp.route("/seasons/new", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def open_season() -> ResponseReturnValue:
    """Open a season."""
    form = SeasonForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            season = service.open_season(session, form.to_season(), by=actor(), at=now())
            told = mark("The season {season} is open.")
            return see_other("catalogue.listed", told, values={"season": season.code})
    return page("catalogue/season.html", form=form)


@bp.route("/new", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def begin() -> ResponseReturnValue:
    """Begin a style."""
    form = StyleForm.sent()
    with reading() as session:
        seasons, colours = queries.seasons(session), queries.colours(session)
    form.offer(seasons, colours)
    if form.ok():
        with form.catching(), transaction() as session:
            style = service.add_style(session, form.to_style(colours), by=actor(), at=now())
            told = mark("The style is kept. Now its operations are still missing.")
            return see_other("catalogue.style", told, number=style.number)
    return page("catalogue/new.html", form=form, seasons=seasons)


@bp.get("/<number>")
@allow(Permission.SEE_CATALOGUE)
def style(number: str) -> ResponseReturnValue:
    """Show a style: sizes, colours, prices, and how it is made."""
    with reading() as session:
        found = queries.style(session, number)
        prices = queries.prices_of(session, number, today())
        routing = queries.newest_routing(session, number)
        photographed = queries.photographed(session)
        label = queries.care_label(session, number)
        table = queries.measure_table(session, number)
    sections = parts(routing) if routing else ()
    known = {"style": found, "prices": prices, "routing": routing, "parts": sections}
    known |= {"label": label, "month": f"{today():%Y-%m}", "table": table, "cm": in_centimetres}
    return page("catalogue/style.html", photographed=photographed, **known)


@bp.route("/<number>/colours", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def colours(number: str) -> ResponseReturnValue:
    """Make a style in one colour more."""
    form, found = ColourForm.sent(), _style(number)
    if form.ok():
        with form.catching(), transaction() as session:
            service.add_colour(session, number, form.to_colour(), by=actor(), at=now())
            return see_other("catalogue.style", mark("The colour is kept."), number=number)
    return page("catalogue/colour.html", form=form, style=found)


@bp.route("/<number>/prices", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def prices(number: str) -> ResponseReturnValue:
    """Show every price of a style, and set another."""
    form, found = PriceForm.sent(), _style(number)
    if form.ok():
        with form.catching(), transaction() as session:
            new = form.to_price()
            service.set_price(
                session, number, new.grade, new.price, new.since, by=actor(), at=now()
            )
            return see_other("catalogue.prices", mark("The price is kept."), number=number)
    with reading() as session:
        kept = queries.prices(session, number)
    return page("catalogue/prices.html", form=form, style=found, prices=kept, grades=Grade)


@bp.route("/<number>/care", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def care(number: str) -> ResponseReturnValue:
    """Say what stands on the label that is sewn into a style."""
    with reading() as session:
        found, kept = queries.style(session, number), queries.care_label(session, number)
        maker = queries.usual_maker(session)
    form = CareForm.of(kept, maker)
    if form.ok():
        with form.catching(), transaction() as session:
            service.describe_care(session, number, form.to_label(), by=actor(), at=now())
            return see_other("catalogue.style", mark("The label is kept."), number=number)
    return page("catalogue/care.html", form=form, style=found, kept=kept, fibres=tuple(Fibre))


@bp.route("/<number>/measures", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def measures(number: str) -> ResponseReturnValue:
    """Say how long a style's finished coats are, by size."""
    with reading() as session:
        found, kept = queries.style(session, number), queries.measures(session, number)
    form = measures_form(found, kept)
    if form.ok():
        with form.catching(), transaction() as session:
            service.set_measures(session, number, form.to_measures(), by=actor(), at=now())
            return see_other("catalogue.style", mark("The measures are kept."), number=number)
    return page("catalogue/measures.html", form=form, style=found, points=tuple(Point))


@bp.route("/<number>/operations", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def operations(number: str) -> ResponseReturnValue:
    """Read a sheet of operations, show what it would change, and take it over."""
    form, found, sheet = SheetForm.sent(), _style(number), Sheet((), ())
    with reading() as session:
        before = queries.newest_routing(session, number)
    if form.ok():
        sheet = read_sheet(form.to_text(), form.to_rate(), before)
        with form.catching():
            sheet.checked()
            if form.takes_over:
                return _take_over(number, form)
    elif not form.was_sent and before is not None:
        form.sheet.data = write_sheet(before.steps)
    compared = compare(before, sheet.steps)
    return page(
        "catalogue/operations.html",
        form=form,
        style=found,
        mistakes=[(mistake.cell, tell(mistake.refusal)) for mistake in sheet.mistakes],
        compared=compared if sheet.steps and not sheet.mistakes else None,
    )


def _take_over(number: str, form: SheetForm) -> ResponseReturnValue:
    with transaction() as session:
        service.load_operations(
            session, number, form.to_text(), form.to_rate(), by=actor(), at=now()
        )
    told = mark("The operations hold from now on. What is already in work keeps its own.")
    return see_other("catalogue.style", told, number=number)


@bp.get("/<number>/operations.csv")
@allow(Permission.SEE_CATALOGUE)
def sheet(number: str) -> ResponseReturnValue:
    """Give the operations as a sheet for the spreadsheet."""
    with reading() as session:
        routing = queries.routing(session, number)
    data = ("\ufeff" + write_sheet(routing.steps)).encode()
    return download(data, f"{number}-operations.csv", "text/csv")


def _style(number: str) -> Style:
    with reading() as session:
        return queries.style(session, number)


PHOTOS = frozenset({"catalogue.photo", "catalogue.sketch"})
"""Where a telephone's photo is sent to; elsewhere a body is small."""


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: dict[str, object] | None) -> None:
    if endpoint in PHOTOS:
        request.max_content_length = LARGEST_FILE + 64 * 1024
    elif endpoint == "catalogue.operations":
        allow_sheet()


@bp.route("/<number>/sketch", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def sketch(number: str) -> ResponseReturnValue:
    """Keep a style's sketch for the work order sheet."""
    form, found = PictureForm.sent(), _style(number)
    if form.ok():
        with form.catching(), transaction() as session:
            service.set_sketch(session, number, form.to_bytes(), by=actor(), at=now())
            return see_other("catalogue.sketch", mark("The picture is kept."), number=number)
    with reading() as session:
        kept = queries.sketch(session, number)
    return page("catalogue/sketch.html", form=form, style=found, kept=kept)


@bp.route("/<number>/photos/<code>", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def photo(number: str, code: str) -> ResponseReturnValue:
    """Keep a photo of an operation for the stations."""
    form, found = PictureForm.sent(), _style(number)
    with reading() as session:
        step = queries.routing(session, number).step(code)
        kept = queries.operation_photo(session, code)
    if form.ok():
        with form.catching(), transaction() as session:
            service.set_operation_photo(session, code, form.to_bytes(), by=actor(), at=now())
            told = mark("The picture is kept.")
            return see_other("catalogue.photo", told, number=number, code=code)
    return page("catalogue/photo.html", form=form, style=found, step=step, kept=kept)


@bp.get("/operations/<code>.jpg")
@allow(Permission.LOOK_AROUND)
def operation_photo(code: str) -> ResponseReturnValue:
    """Give the photo of an operation, as stations show it."""
    with reading() as session:
        found = queries.operation_photo(session, code)
    if found is None:
        raise NotFound(mark("picture"))
    return inline(found.data, f"{code}.jpg", "image/jpeg")


@bp.get("/<number>/sketch.jpg")
@allow(Permission.SEE_CATALOGUE)
def sketch_picture(number: str) -> ResponseReturnValue:
    """Give the sketch of a style."""
    with reading() as session:
        found = queries.sketch(session, number)
    if found is None:
        raise NotFound(mark("picture"))
    return inline(found.data, f"{number}.jpg", "image/jpeg")
