"""The cutting table: orders to cut, a lay planned and cut, its papers."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import language, mark, named
from factory.materials import queries as materials
from factory.materials.domain import Roll, Use, in_units
from factory.orders.domain import refuse_work
from factory.production import service
from factory.production.domain.cutting import NewLay
from factory.production.domain.sheet import Sheet, suggested
from factory.production.forms import ROLL_ROWS, LayForm, cut_form, lay_form
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


@bp.get("/cutting/buy")
@allow(Permission.SEE_STOCK)
def buy_list() -> ResponseReturnValue:
    """What open orders take of each material, what lies there, and what is short."""
    with reading() as session:
        coats = table.coats_to_cut(session)
        needs = materials.needs(session, coats)
    return page("production/buy.html", needs=needs, coats=sum(coats.values()))


@bp.get("/cutting/<number>")
@allow(Permission.CUT)
def cut_order(number: str) -> ResponseReturnValue:
    """Show what of an order is cut and what is left, with its lays and what is short for it."""
    with reading() as session:
        found = table.cut_order(session, number)
        owners = [found.order.customer.name] if found.order.customer else []
        needs = materials.needs(session, table.coats_of(found), owners)
    short = tuple(need for need in needs if need.short)
    return page("production/cut_order.html", found=found, short=short)


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
        rolls = [(roll.number, called(roll)) for roll in materials.rolls(session, Use.SHELL)]
    form = cut_form(found.colours(language()), rolls).sent(data=found.offered())
    if form.ok():
        with form.catching(), transaction() as session:
            laid, plies = form.rolls(), form.plies(found.lines)
            metres = form.metres.centimetres
            service.record_cut(session, lay, plies, metres, laid, by=actor(), at=now())
            told = mark("The cut is kept. The bundle tickets are on their way to the printer.")
            return see_other("production.lay", told, lay=lay)
    return page("production/lay.html", found=found, form=form, roll_rows=ROLL_ROWS)


def called(roll: Roll) -> str:
    """A roll as the cutter chooses it: number, shade, what is left, whose it is."""
    parts = (roll.name, roll.material, roll.shade, f"{in_units(roll.left)} m", named(roll.owner))
    return " · ".join(part for part in parts if part)


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
