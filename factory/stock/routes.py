"""Pages of the rail: what is there, a coat's comings and goings, counting."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from factory.catalogue import queries as catalogue
from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import mark, say
from factory.security.domain import Permission
from factory.stock import queries, service
from factory.stock.exports import stock_sheet
from factory.stock.forms import CodeForm, CountForm, PlaceForm, ScrapForm
from factory.web.guard import actor, allow
from factory.web.responses import download, page, see_other
from factory.web.tiles import Group, Reminder, Tile, Waiting

bp = Blueprint("stock", __name__, url_prefix="/stock")
TILES = (
    Tile("stock.rail", mark("Coats on the rail"), Permission.SEE_STOCK, Group.SHOP, "rail"),
    Tile("stock.count", mark("Count coats"), Permission.MOVE_STOCK, Group.SHOP, "scan"),
)


@bp.get("/")
@allow(Permission.SEE_STOCK)
def rail() -> ResponseReturnValue:
    """Show what is there by style, colour and size, of all seasons or of one."""
    season = request.args.get("season") or None
    with reading() as session:
        rails = queries.rails(session, season)
        seasons, unsure = catalogue.seasons(session), queries.to_count(session, today())
    values = {"rails": rails, "seasons": seasons, "season": season, "unsure": unsure}
    return page("stock/rail.html", tag=CodeForm(), **values)


@bp.post("/look")
@allow(Permission.SEE_STOCK)
def look() -> ResponseReturnValue:
    """Go to the coat whose hang tag was scanned."""
    form = CodeForm.sent()
    if form.ok():
        with form.catching(), reading() as session:
            found = catalogue.item(session, form.code.data)
            return redirect(url_for("stock.coat", code=found.code), code=303)
    return page("stock/look.html", form=form)


@bp.get("/coats/<code>")
@allow(Permission.SEE_STOCK)
def coat(code: str) -> ResponseReturnValue:
    """Show a kind of coat: how many are there, of which lots, what came and went."""
    with reading() as session:
        line = queries.stock_line(session, code, today())
        lots = queries.lots(session, code)
        moved, place = queries.movements(session, code), queries.places(session).get(code, "")
    known = {"line": line, "lots": lots, "movements": moved, "place": place}
    return page("stock/coat.html", form=PlaceForm(data={"place": place}), **known)


@bp.post("/coats/<code>/place")
@allow(Permission.MOVE_STOCK)
def hang(code: str) -> ResponseReturnValue:
    """Say where a kind of coat hangs."""
    form: PlaceForm = PlaceForm.sent()
    place = (form.place.data or "")[:20]
    with transaction() as session:
        service.hang_at(session, code, place, by=actor(), at=now())
    return see_other("stock.coat", mark("It is noted."), code=code)


@bp.route("/count", methods=["GET", "POST"])
@allow(Permission.MOVE_STOCK)
def count() -> ResponseReturnValue:
    """Count one kind of coat after the other; a difference becomes a counter-entry."""
    form = CountForm.asked()
    if form.ok():
        with form.catching(), transaction() as session:
            code, reason = form.code.data, form.reason.data
            by, event = actor(), form.to_event_id()
            difference = service.count(
                session, code, form.counted.data, reason, event_id=event, by=by, at=now()
            )
            told, values = _counted(code, form.counted.data, difference)
            return see_other("stock.count", told, values=values, reason=reason)
    return page("stock/count.html", form=form)


def _counted(code: str, counted: int, difference: int) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {"code": code, "counted": counted, "number": abs(difference)}
    if difference < 0:
        return mark("{code}: {counted} counted, {number} missing."), values
    if difference > 0:
        return mark("{code}: {counted} counted, {number} more than known."), values
    return mark("{code}: {counted} counted, as known."), values


@bp.route("/scrap", methods=["GET", "POST"])
@allow(Permission.MOVE_STOCK)
def scrap() -> ResponseReturnValue:
    """Take coats beyond use off the rail."""
    form = ScrapForm.asked()
    if form.ok():
        with form.catching(), transaction() as session:
            code, quantity, reason = form.code.data, form.quantity.data, form.reason.data
            by, event = actor(), form.to_event_id()
            service.scrap(session, code, quantity, reason, event_id=event, by=by, at=now())
            told, values = mark("{number} off the rail."), {"number": quantity}
            return see_other("stock.coat", told, values=values, code=code)
    return page("stock/scrap.html", form=form)


@bp.get("/stock.csv")
@allow(Permission.SEE_STOCK)
def sheet() -> ResponseReturnValue:
    """Give the stock as a sheet for the spreadsheet."""
    with reading() as session:
        lines = queries.list_stock(session, today())
    return download(stock_sheet(lines), f"stock-{today().isoformat()}.csv", "text/csv")


def _waiting(session: Session) -> Waiting | None:
    found = queries.to_count(session, today())
    if not found:
        return None
    return say("Sold on somebody's word, to be counted: {count}", count=len(found)), {}


REMINDERS = (Reminder("stock.count", Permission.MOVE_STOCK, _waiting),)
