"""Pages about orders: list, one order, take and change, its moves, shipping, delivery notes."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from factory.catalogue import queries as catalogue
from factory.catalogue.domain import Style
from factory.db.session import reading, transaction
from factory.kernel.time import now, today
from factory.kernel.words import language, mark, tell
from factory.orders import documents, queries, service
from factory.orders.domain import (
    MOST_IN_A_CELL,
    WAY,
    NewOrder,
    Order,
    packed,
    refuse_change,
    refuse_shipping,
)
from factory.orders.domain.changes import refuse_amend
from factory.orders.domain.importing import SheetRead, read_order_sheet
from factory.orders.exports import orders_csv
from factory.orders.forms import (
    AgreedForm,
    CustomerForm,
    ImportForm,
    OrderForm,
    QuoteForm,
    ReasonForm,
    ShipForm,
    order_form,
    ship_form,
)
from factory.printing.service import pdf_of
from factory.security.domain import Permission
from factory.web.guard import actor, allow
from factory.web.responses import download, inline, page, see_other
from factory.web.sheets import allow_sheet
from factory.web.tiles import Group, Tile

bp = Blueprint("orders", __name__, url_prefix="/orders")
TILES = (
    Tile("orders.listed", mark("Orders"), Permission.SEE_ORDERS, Group.ORDERS, "order"),
    Tile("orders.customers", mark("Customers"), Permission.EDIT_ORDERS, Group.ORDERS, "customers"),
)
MOST_SHOWN = 100
"""Wrong cells shown at once; whoever mends those sees the rest."""
CARTON = 10
"""Coats in a carton, where nothing else is said: heavy coats."""
SEES_MONEY = (Permission.EDIT_ORDERS, Permission.SELL)
"""Whoever takes orders or money sees what they come to; the floor needs no prices."""


def _sees_money() -> bool:
    return any(actor().may(permission) for permission in SEES_MONEY)


def _asked() -> tuple[bool, int | None]:
    """What the filter in the address says: finished ones too, and one customer alone."""
    number = request.args.get("customer", "")
    return request.args.get("show") == "all", int(number) if number.isdecimal() else None


@bp.get("/")
@allow(Permission.SEE_ORDERS)
def listed() -> ResponseReturnValue:
    """List orders by due date, late ones marked."""
    everything, customer = _asked()
    with reading() as session:
        found = queries.orders(session, open_only=not everything, customer=customer)
        names = {each.number: each.called(language()) for each in catalogue.styles(session)}
        customers = queries.customers(session)
    asked = {"everything": everything, "customer": customer, "customers": customers}
    known = {"orders": found, "names": names, "today": today(), "money": _sees_money()}
    return page("orders/list.html", **known, **asked)


@bp.get("/orders.csv")
@allow(Permission.SEE_ORDERS)
def table() -> ResponseReturnValue:
    """Give the list for a spreadsheet, by the same filter."""
    everything, customer = _asked()
    with reading() as session:
        found = queries.orders(session, open_only=not everything, customer=customer)
    return download(orders_csv(found, with_money=_sees_money()), "orders.csv", "text/csv")


@bp.get("/<number>")
@allow(Permission.SEE_ORDERS)
def order(number: str) -> ResponseReturnValue:
    """Show an order: what is ordered, on the rail and gone out, size by size."""
    return _order_page(number)


def _order_page(number: str, form: ReasonForm | None = None) -> ResponseReturnValue:
    with reading() as session:
        found = queries.order(session, number)
        matrices = queries.matrices(session, found)
        shipments = queries.shipments(session, number)
        changes = queries.changes(session, number)
    known = {"order": found, "matrices": matrices, "shipments": shipments, "changes": changes}
    words = {"today": today(), "money": _sees_money(), "way": WAY}
    return page("orders/order.html", **known, **words, form=form or ReasonForm())


@bp.route("/new", methods=["GET", "POST"])
@allow(Permission.EDIT_ORDERS)
def take() -> ResponseReturnValue:
    """Take an order, typed into the tables of its styles."""
    form = _form()
    if form.ok():
        with form.catching(), transaction() as session:
            taken = service.take(session, form.to_entry(), by=actor(), at=now())
            told = mark("Order {number} is written down as a draft.")
            values: dict[str, object] = {"number": taken.number}
            return see_other("orders.order", told, values=values, number=taken.number)
    return _form_page(form, back=url_for("orders.listed"))


@bp.url_value_preprocessor
def _let_sheets_in(endpoint: str | None, _values: dict[str, object] | None) -> None:
    if endpoint == "orders.read_sheet":
        allow_sheet()


@bp.route("/import", methods=["GET", "POST"])
@allow(Permission.EDIT_ORDERS)
def read_sheet() -> ResponseReturnValue:
    """Read a customer's spreadsheet, show what is wrong in which cell, and take the order."""
    form: ImportForm = ImportForm.sent()
    with reading() as session:
        form.name(queries.customers(session))
        known = queries.orderable(session, today(), form.customer.data)
    read = SheetRead() if form.is_too_long else read_order_sheet(form.sheet.data or "", known)
    if form.ok():
        with form.catching():
            lines = read.checked()
            if form.takes_over:
                return _taken(form.to_order(lines))
    wrong = [(m.cell, m.column, tell(m.refusal)) for m in read.mistakes[:MOST_SHOWN]]
    return page("orders/import.html", form=form, read=read, mistakes=wrong)


def _taken(entry: NewOrder) -> ResponseReturnValue:
    with transaction() as session:
        taken = service.take(session, entry, by=actor(), at=now())
    told, values = mark("Order {number} is written down as a draft."), {"number": taken.number}
    return see_other("orders.order", told, values=dict(values), number=taken.number)


@bp.route("/<number>/change", methods=["GET", "POST"])
@allow(Permission.EDIT_ORDERS)
def change(number: str) -> ResponseReturnValue:
    """Write a draft anew."""
    form = _form(_draft(number))
    if form.ok():
        with form.catching(), transaction() as session:
            service.change(session, number, form.to_entry(), by=actor(), at=now())
            return see_other("orders.order", mark("The order is changed."), number=number)
    return _form_page(form, back=url_for("orders.order", number=number))


@bp.route("/<number>/amend", methods=["GET", "POST"])
@allow(Permission.EDIT_ORDERS)
def amend(number: str) -> ResponseReturnValue:
    """Change a promised order, with the reason; what is cut can only become more."""
    with reading() as session:
        found = queries.order(session, number)
    refuse_amend(found)
    form = _form(found)
    if form.ok():
        with form.catching(), transaction() as session:
            why = form.reason.data or ""
            service.amend(session, number, form.to_entry(), why, by=actor(), at=now())
            return see_other("orders.order", mark("The order is changed."), number=number)
    return _form_page(form, back=url_for("orders.order", number=number), amending=True)


def _draft(number: str) -> Order:
    """An order that can still be changed."""
    with reading() as session:
        found = queries.order(session, number)
    refuse_change(found)
    return found


def _form(draft: Order | None = None) -> OrderForm:
    """The form for the styles asked for by address or form, or for those of a draft."""
    with reading() as session:
        styles = tuple(catalogue.style(session, each) for each in _styles_asked(draft))
        return order_form(styles, queries.customers(session), draft)


def _styles_asked(draft: Order | None) -> list[str]:
    asked = [*request.form.getlist("style"), *request.args.getlist("style")]
    if request.form.get("more"):
        asked.append(request.form.get("another", ""))
    elif draft is not None and not asked:
        asked = [line.style for line in draft.lines]
    return [number for number in dict.fromkeys(asked) if number]


def _form_page(form: OrderForm, back: str, *, amending: bool = False) -> ResponseReturnValue:
    with reading() as session:
        others = _others(form, catalogue.styles(session))
    template = "orders/sheet.html" if form.styles else "orders/choose.html"
    return page(template, form=form, styles=others, back=back, amending=amending)


def _others(form: OrderForm, styles: tuple[Style, ...]) -> list[Style]:
    there = {style.number for style in form.styles}
    return [style for style in styles if style.number not in there]


@bp.post("/<number>/confirm")
@allow(Permission.EDIT_ORDERS)
def confirm(number: str) -> ResponseReturnValue:
    """Promise a draft."""
    form = ReasonForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            service.confirm(session, number, by=actor(), at=now())
            return see_other("orders.order", mark("The order is confirmed."), number=number)
    return _order_page(number, form)


@bp.post("/<number>/cancel")
@allow(Permission.EDIT_ORDERS)
def cancel(number: str) -> ResponseReturnValue:
    """Make nothing of an order."""
    form = ReasonForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            service.cancel(session, number, form.reason.data or "", by=actor(), at=now())
            return see_other("orders.order", mark("The order is cancelled."), number=number)
    return _order_page(number, form)


@bp.post("/<number>/close")
@allow(Permission.EDIT_ORDERS)
def close(number: str) -> ResponseReturnValue:
    """Make nothing more of an order."""
    form = ReasonForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            service.close(session, number, form.reason.data or "", by=actor(), at=now())
            return see_other("orders.order", mark("The order is closed."), number=number)
    return _order_page(number, form)


@bp.route("/<number>/ship", methods=["GET", "POST"])
@allow(Permission.EDIT_ORDERS)
def ship(number: str) -> ResponseReturnValue:
    """Send coats out to the customer; the table proposes what is ready."""
    with reading() as session:
        found = queries.order(session, number)
        matrices = queries.matrices(session, found)
    form: ShipForm = ship_form(matrices)
    if form.ok():
        going, event = form.to_going(found), form.to_event_id()
        with form.catching(), transaction() as session:
            service.ship(session, number, going, event_id=event, by=actor(), at=now())
            return see_other("orders.order", mark("The coats are on their way."), number=number)
    refuse_shipping(found)
    return page("orders/ship.html", form=form, order=found, matrices=matrices)


@bp.get("/<number>/<int:no>.pdf")
@allow(Permission.SEE_ORDERS)
def delivery_note(number: str, no: int) -> ResponseReturnValue:
    """Give the delivery note of a shipment as PDF."""
    with reading() as session:
        found = queries.order(session, number)
        shipment = queries.shipment(session, number, no)
        matrices = queries.shipped_matrices(session, found, shipment)
    sheet = documents.delivery_note(found, shipment, matrices)
    return inline(pdf_of(sheet), f"delivery-{shipment.number}.pdf", "application/pdf")


@bp.get("/<number>/<int:no>/packing.pdf")
@allow(Permission.SEE_ORDERS)
def packing_list(number: str, no: int) -> ResponseReturnValue:
    """Give the packing list of a shipment as PDF; `each` says how many coats a carton takes."""
    asked = request.args.get("each", "")
    each = min(int(asked), MOST_IN_A_CELL) if asked.isdecimal() and int(asked) else CARTON
    with reading() as session:
        found = queries.order(session, number)
        shipment = queries.shipment(session, number, no)
        matrices = queries.shipped_matrices(session, found, shipment)
        places = queries.places(session, found)
    cartons = packed(shipment.cells, each)
    sheet = documents.packing_list(found, shipment, matrices, cartons, places)
    return inline(pdf_of(sheet), f"packing-{shipment.number}.pdf", "application/pdf")


@bp.get("/<number>/work.pdf")
@allow(Permission.SEE_ORDERS)
def work_order(number: str) -> ResponseReturnValue:
    """Give the work order sheet as PDF."""
    with reading() as session:
        found = queries.order(session, number)
        matrices = queries.matrices(session, found)
        routings = queries.routings(session, found)
        sketches = queries.sketches(session, found)
        measures = queries.measures(session, found)
    sheet = documents.work_order(found, matrices, routings, sketches, measures)
    return inline(pdf_of(sheet), f"work-order-{number}.pdf", "application/pdf")


@bp.get("/customers")
@allow(Permission.EDIT_ORDERS)
def customers() -> ResponseReturnValue:
    """List the customers by name."""
    with reading() as session:
        found = queries.customers(session)
    return page("orders/customers.html", customers=found)


@bp.route("/customers/new", methods=["GET", "POST"])
@allow(Permission.EDIT_ORDERS)
def add_customer() -> ResponseReturnValue:
    """Keep a new customer."""
    form = CustomerForm.sent()
    if form.ok():
        with form.catching(), transaction() as session:
            service.add_customer(session, form.to_customer(), by=actor(), at=now())
            return see_other("orders.customers", mark("The customer is kept."))
    return page("orders/customer.html", form=form, customer=None)


@bp.route("/customers/<int:number>", methods=["GET", "POST"])
@allow(Permission.EDIT_ORDERS)
def change_customer(number: int) -> ResponseReturnValue:
    """Correct what is kept of a customer."""
    with reading() as session:
        found = queries.customer(session, number)
    form = CustomerForm.sent(obj=found)
    if form.ok():
        with form.catching(), transaction() as session:
            service.change_customer(session, form.to_customer(number), by=actor(), at=now())
            return see_other("orders.customers", mark("The customer is kept."))
    return page("orders/customer.html", form=form, customer=found)


@bp.route("/customers/<int:number>/prices", methods=["GET", "POST"])
@allow(Permission.EDIT_ORDERS)
def prices(number: int) -> ResponseReturnValue:
    """Show what a customer pays for each style, and agree on another price."""
    form: AgreedForm = AgreedForm.sent(data={"since": today()})
    with reading() as session:
        found, styles = queries.customer(session, number), catalogue.styles(session)
    form.offer(styles)
    if form.ok():
        with form.catching(), transaction() as session:
            service.agree_price(session, number, form.to_agreed(), by=actor(), at=now())
            return see_other("orders.prices", mark("The price is kept."), number=number)
    with reading() as session:
        agreed = queries.agreed(session, number)
    names = {style.number: style.called(language()) for style in styles}
    return page("orders/prices.html", form=form, customer=found, agreed=agreed, names=names)


@bp.get("/quote/<style>")
@allow(Permission.EDIT_ORDERS)
def quote(style: str) -> ResponseReturnValue:
    """Reckon an offer from standard time, cost of a minute and trims; as PDF where asked."""
    form = QuoteForm(request.args or None)
    with reading() as session:
        found = catalogue.style(session, style)
        routing = catalogue.routing(session, style)
    offer = None
    if request.args.get("rate") and form.validate():
        with form.catching():
            offer = form.to_quote(routing.sam)
    if offer is not None and request.args.get("paper"):
        sheet = documents.quote_sheet(found, offer, today())
        return inline(pdf_of(sheet), f"quote-{style}.pdf", "application/pdf")
    return page("orders/quote.html", form=form, style=found, routing=routing, offer=offer)
