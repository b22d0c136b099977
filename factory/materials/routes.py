"""Pages of cloth and trims: what lies there, rolls that come in, what a coat takes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from factory.catalogue import queries as catalogue
from factory.db.session import reading, transaction
from factory.kernel.time import now
from factory.kernel.words import language, mark, say, translate
from factory.materials import queries, service
from factory.materials.domain import MOST_POINTS, Kind, in_units
from factory.materials.forms import (
    BomForm,
    InspectForm,
    MaterialForm,
    MoveForm,
    PriceForm,
    RollForm,
)
from factory.orders import queries as orders
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import page, see_other
from factory.web.tiles import Group, Tile

bp = Blueprint("materials", __name__, url_prefix="/materials")
bp.add_app_template_filter(in_units, "units")
TILES = (
    Tile("materials.shelves", mark("Cloth and trims"), Permission.SEE_STOCK, Group.ORDERS, "box"),
)


@bp.get("/of/<int:customer>")
@allow(Permission.SEE_STOCK)
def owned(customer: int) -> ResponseReturnValue:
    """Account for the cloth that a customer brought: cut, thrown away, sent back, still here."""
    with reading() as session:
        whose = orders.customer(session, customer)
        found = queries.accounts(session, whose.name)
        known = {each.number: each for each in queries.materials(session)}
    return page("materials/owned.html", customer=whose, accounts=found, known=known)


@bp.get("/")
@allow(Permission.SEE_STOCK)
def shelves() -> ResponseReturnValue:
    """Show every material with the rolls that lie there."""
    with reading() as session:
        found = queries.shelves(session)
        names = queries.owners(session)
        owners = tuple(each for each in orders.customers(session) if each.name in names)
    return page("materials/shelves.html", shelves=found, owners=owners)


@bp.route("/new", methods=["GET", "POST"])
@allow(Permission.MOVE_STOCK)
def add() -> ResponseReturnValue:
    """Keep a new cloth or trim."""
    form = MaterialForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            service.add_material(session, form.to_material(), by=actor(), at=now())
            return see_other("materials.shelves", mark("The material is kept."))
    return page("materials/material.html", form=form)


@bp.route("/receive", methods=["GET", "POST"])
@allow(Permission.MOVE_STOCK)
def receive() -> ResponseReturnValue:
    """Take a roll or a box in."""
    form = RollForm.sent()
    with reading() as session:
        known = queries.materials(session)
        owners = tuple(customer.name for customer in orders.customers(session))
    form.name(known, owners, translate(mark("ours")))
    if form.ok():
        with form.catching(), transaction() as session:
            event = form.to_event_id()
            made = service.receive(session, form.to_roll(), by=actor(), at=now(), event_id=event)
            told = mark("It is roll {number}. Please write that on it.")
            values: dict[str, object] = {"number": made.name}
            return see_other("materials.roll", told, values=values, number=made.number)
    return page("materials/receive.html", form=form, known=known)


@bp.route("/rolls/<int:number>", methods=["GET", "POST"])
@allow(Permission.SEE_STOCK)
def roll(number: int) -> ResponseReturnValue:
    """Show a roll, what came to it and went from it."""
    with reading() as session:
        found = queries.roll(session, number)
        material, moves = queries.material(session, found.material), queries.moves(session, number)
        paid = queries.price(session, number) if actor().may(Permission.MOVE_STOCK) else None
    known = {"roll": found, "material": material, "moves": moves, "paid": paid}
    return page("materials/roll.html", **known)


@bp.route("/rolls/<int:number>/price", methods=["GET", "POST"])
@allow(Permission.MOVE_STOCK)
def price(number: int) -> ResponseReturnValue:
    """Say what a roll was bought for."""
    with reading() as session:
        found, known = queries.roll(session, number), queries.price(session, number)
    form = PriceForm.sent(data={"price": known.each, "document": known.document} if known else None)
    if form.ok():
        wanted = form.to_price()
        if wanted is None:
            form.price.errors = [translate(mark("Please type the price."))]
        else:
            with form.catching(), transaction() as session:
                service.price_roll(session, number, wanted, by=actor(), at=now())
                return see_other("materials.roll", mark("The price is kept."), number=number)
    return page("materials/price.html", form=form, roll=found)


@bp.route("/rolls/<int:number>/move", methods=["GET", "POST"])
@allow(Permission.MOVE_STOCK)
def move(number: int) -> ResponseReturnValue:
    """Measure a roll, throw waste away, or send a customer's cloth back."""
    form = MoveForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            kind, amount, reason = Kind(form.kind.data), form.amount.hundredths, form.reason.data
            moved: dict[str, Any] = {"by": actor(), "at": now(), "event_id": form.to_event_id()}
            if kind is Kind.COUNTED:
                service.count(session, number, amount, reason, **moved)
            else:
                service.take_off(session, number, kind, amount, reason, **moved)
            return see_other("materials.roll", mark("It is noted."), number=number)
    with reading() as session:
        found = queries.roll(session, number)
    return page("materials/move.html", form=form, roll=found)


@bp.route("/rolls/<int:number>/inspect", methods=["GET", "POST"])
@allow(Permission.CUT)
def inspect(number: int) -> ResponseReturnValue:
    """Count the faults of a roll on the table, and say whether it is cut."""
    form = InspectForm.sent()
    with reading() as session:
        found, looks = queries.roll(session, number), queries.inspections(session, number)
        queries.refuse_trim(session, found)
    if form.ok():
        with form.catching(), transaction() as session:
            service.inspect(session, number, form.to_inspection(), by=actor(), at=now())
            return see_other("materials.inspect", mark("It is noted."), number=number)
    return page("materials/inspect.html", form=form, roll=found, looks=looks, most=MOST_POINTS)


@bp.route("/styles/<number>", methods=["GET", "POST"])
@allow(Permission.EDIT_CATALOGUE)
def bom(number: str) -> ResponseReturnValue:
    """Say what one coat of a style takes."""
    form = BomForm.sent()
    with reading() as session:
        style, known = catalogue.style(session, number), queries.materials(session)
        items = queries.bom(session, number)
    every = say(mark("all"))
    form.material.choices = [(m.number, f"{m.number} {m.called(language())}") for m in known]
    form.colour.choices = [("", every), *((c.code, c.called(language())) for c in style.colours)]
    form.size.choices = [("", every), *((size.label, size.label) for size in style.sizes)]
    if form.ok():
        with form.catching(), transaction() as session:
            service.set_bom(session, form.to_item(number), by=actor(), at=now())
            return see_other("materials.bom", mark("It is kept."), number=number)
    names = {each.number: each for each in known}
    return page("materials/bom.html", form=form, style=style, items=items, names=names)
