"""The cutting table: orders to cut, a lay planned and cut, its papers."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import language, mark
from factory.orders.domain import refuse_work
from factory.production import service
from factory.production.domain.cutting import NewLay
from factory.production.domain.sheet import Sheet, suggested
from factory.production.forms import LayForm, cut_form, lay_form
from factory.production.queries import table
from factory.production.queries.table import CutOrder
from factory.production.routes.blueprint import bp
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other


@bp.get("/cutting/")
@allow(Permission.CUT)
def cutting() -> ResponseReturnValue:
    """List the orders that have something to cut, the most urgent first."""
    with reading() as session:
        found = table.orders_to_cut(session)
    return page("production/cutting.html", orders=found, today=today())


@bp.get("/cutting/<number>")
@allow(Permission.CUT)
def cut_order(number: str) -> ResponseReturnValue:
    """Show what of an order is cut and what is left, with its lays."""
    with reading() as session:
        found = table.cut_order(session, number)
    return page("production/cut_order.html", found=found)


@bp.route("/cutting/<number>/<style>", methods=["GET", "POST"])
@allow(Permission.CUT)
def plan_lay(number: str, style: str) -> ResponseReturnValue:
    """Plan a lay; the one that cuts most is offered."""
    sheet = _looked_at(number).sheet(style)
    form: LayForm = _form_of(sheet).sent(data=_offered(sheet))
    if form.ok():
        with form.catching(), transaction() as session:
            lay = service.plan_lay(session, _planned(number, sheet, form), by=actor(), at=now())
            service.print_cut_ticket(session, lay.id, by=actor(), at=now())
            told = mark("The lay is planned. Its cut ticket is on its way to the printer.")
            return see_other("production.lay", told, lay=lay.id)
    found = _looked_at(number)
    form.show(found.last_lay)
    return page("production/plan_lay.html", number=number, sheet=found.sheet(style), form=form)


def _looked_at(number: str) -> CutOrder:
    """The order as it is now, if anything may be cut for it."""
    with reading() as session:
        found = table.cut_order(session, number)
    refuse_work(found.order)
    return found


def _form_of(sheet: Sheet) -> type[LayForm]:
    return lay_form(sheet.sizes, sheet.colours(language()))


def _offered(sheet: Sheet) -> dict[str, int]:
    found = suggested(sheet)
    return {} if found is None else LayForm.offered(found.marker, found.plies)


def _planned(number: str, sheet: Sheet, form: LayForm) -> NewLay:
    return NewLay(
        order=number,
        line_plies=form.plies(row.line for row in sheet.rows),
        marker=form.marker(sheet.sizes),
        bundle_size=form.bundle_size.data or 0,
        seen=form.to_seen(),
    )


@bp.route("/cutting/lay/<int:lay>", methods=["GET", "POST"])
@allow(Permission.CUT)
def lay(lay: int) -> ResponseReturnValue:
    """Show a lay; record what was really laid and cut."""
    with reading() as session:
        found = table.lay(session, lay)
    form = cut_form(found.colours(language())).sent(data=found.offered())
    if form.ok():
        with form.catching(), transaction() as session:
            plies = form.plies(found.lines)
            service.record_cut(session, lay, plies, form.metres.centimetres, by=actor(), at=now())
            told = mark("The cut is kept. The bundle tickets are on their way to the printer.")
            return see_other("production.lay", told, lay=lay)
    return page("production/lay.html", found=found, form=form)


@bp.post("/cutting/lay/<int:lay>/drop")
@allow(Permission.CUT)
def drop_lay(lay: int) -> ResponseReturnValue:
    """Let a planned lay go."""
    with transaction() as session:
        dropped = service.drop_lay(session, lay, by=actor(), at=now())
    return see_other("production.cut_order", mark("The lay is dropped."), number=dropped.order)


@bp.post("/cutting/lay/<int:lay>/ticket")
@allow(Permission.CUT)
def print_cut_ticket(lay: int) -> ResponseReturnValue:
    """Print the cut ticket once more."""
    with transaction() as session:
        service.print_cut_ticket(session, lay, by=actor(), at=now())
    return see_other("production.lay", mark("It is on its way to the printer."), lay=lay)
